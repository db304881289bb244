//! Suggestions as text.

use std::io::{self, Write};

use crate::align::{Proposal, Words};
use crate::model::{Framework, Iri, Plan, Text, Values};

/// How many characters of a title or a goal's name stand in a line.
const WIDTH: usize = 72;

/// A ranked list of suggestions: how likely, the goal, what serves it, on which words.
pub(super) fn table(
    out: &mut impl Write,
    plan: &Plan,
    framework: &Framework,
    proposals: &[Proposal],
) -> io::Result<()> {
    let name = swedish_first(framework.names.iter());
    let name = name.map_or(framework.id.as_str(), |name| &name.text);
    if proposals.is_empty() {
        return writeln!(out, "No suggestions for goals of {name}.");
    }
    let count = proposals.len();
    let words = if count == 1 {
        "suggestion"
    } else {
        "suggestions"
    };
    writeln!(out, "{count} {words} for goals of {name}:\n")?;
    for proposal in proposals {
        let goal = goal(framework, &proposal.goal);
        writeln!(out, "{:.2}  {goal}", proposal.confidence)?;
        writeln!(out, "      {}", title(plan, &proposal.aligned))?;
        why(
            out,
            plan,
            &proposal.aligned,
            &proposal.words,
            proposal.from.as_ref(),
        )?;
    }
    Ok(())
}

/// What a suggestion rests on.
pub(super) fn why(
    out: &mut impl Write,
    plan: &Plan,
    aligned: &Iri,
    words: &[Words],
    from: Option<&Iri>,
) -> io::Result<()> {
    for words in words {
        let exact = words.exact.replace('\n', " ");
        let of = if words.part == *aligned {
            String::new()
        } else {
            format!(", in: {}", title(plan, &words.part))
        };
        writeln!(out, "      “{exact}”{of}")?;
    }
    if let Some(from) = from {
        let last = from.last();
        writeln!(out, "      carried over from {last}")?;
    }
    Ok(())
}

/// The name of a goal.
pub(super) fn goal(framework: &Framework, iri: &Iri) -> String {
    let goal = framework.goals.iter().find(|goal| goal.iri == *iri);
    let name = goal.and_then(|goal| swedish_first(goal.names.iter()));
    short(name.map_or(iri.as_str(), |name| &name.text))
}

/// The title of a part of a plan.
pub(super) fn title(plan: &Plan, part: &Iri) -> String {
    let activity = plan.activities.get(part).map(|node| &node.title);
    let area = plan.areas.get(part).map(|node| &node.label);
    let section = plan.sections.get(part).map(|node| &node.title);
    let texts: Option<&Values<Text>> = activity.or(area).or(section);
    let texts = texts.unwrap_or(&plan.title);
    short(swedish_first(texts.iter()).map_or(part.as_str(), |text| &text.text))
}

fn swedish_first<'a>(texts: impl Iterator<Item = &'a Text>) -> Option<&'a Text> {
    // A false key comes before a true one.
    texts.min_by_key(|text| text.language != "sv")
}

fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() <= WIDTH {
        return text;
    }
    let kept: String = text.chars().take(WIDTH - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_with_a_mark() {
        assert_eq!(short("kort\ntitel"), "kort titel");
        let long = short(&"å".repeat(100));
        assert_eq!(long.chars().count(), WIDTH);
        assert!(long.ends_with('…'));
    }
}
