//! Activities of different plans that resemble each other, with the words they share marked.

use std::sync::Arc;

use maud::{Markup, html};

use super::{View, plan_link};
use crate::compare::likeness::{self, Likeness, Similar};
use crate::compare::{ActivityFacts, PlanFacts};
use crate::model::{Iri, PlanId, Text};
use crate::text::Lexicon;
use crate::views::Error;
use crate::views::comparison;
use crate::views::page::facts::Facts;

/// How many pairs are shown.
const PAIRS: usize = 12;

/// From which likeness on two activities are said to be alike, and much alike.
const SOME: f32 = 0.3;
const MUCH: f32 = 0.5;

/// How many of the words they share are named.
const WORDS: usize = 10;

pub(super) fn section(view: View<'_>) -> Result<Markup, Error> {
    let facts = view.facts;
    let lexicon = comparison::lexicon(facts.snapshot)?;
    let mut all = Vec::new();
    for (id, ..) in &view.made.plans {
        if let Some(entry) = facts.snapshot.plans().get(id) {
            all.push(comparison::words_of(facts.snapshot, entry)?);
        }
    }
    let likeness = Likeness::of(all.iter().map(|words| &**words));
    let mut shown = Vec::new();
    for pair in likeness.pairs(PAIRS) {
        let (Some(one), Some(other)) = (find(view, &pair.one), find(view, &pair.other.iri)) else {
            continue;
        };
        let sides = [one, other].map(|side| self::side(view, side, &pair.other.shared, &lexicon));
        let words = shared_words(facts, one.2, &pair.other, &lexicon);
        shown.push((sides, words));
    }
    Ok(html! {
        section.wide-text aria-labelledby="alike" {
            h2 #alike { (facts.pick("Aktiviteter som liknar varandra", "Activities that resemble each other")) }
            @if shown.is_empty() {
                p { (facts.pick("Inga aktiviteter i olika planer liknar varandra till orden.", "No activities of different plans resemble each other by their words.")) }
            } @else {
                p.words { (facts.pick(
                    "Räknat på orden i titel och beskrivning, inte på innebörden. Ord som båda har är markerade.",
                    "Told by the words of title and description, not by meaning. Words that both have are marked.")) }
                ul.plain.pairs {
                    @for ([one, other], words) in &shown {
                        li { (one) (other) (words) }
                    }
                }
            }
        }
    })
}

type Found<'a> = (&'a PlanId, &'a PlanFacts, &'a ActivityFacts);

fn find<'a>(view: View<'a>, iri: &Iri) -> Option<Found<'a>> {
    view.made.plans.iter().find_map(|(id, plan, _)| {
        let activity = plan.activities.iter().find(|one| one.iri == *iri)?;
        Some((id, &**plan, activity))
    })
}

fn side(
    view: View<'_>,
    (id, plan, activity): Found<'_>,
    shared: &[Arc<str>],
    lexicon: &Lexicon,
) -> Markup {
    let facts = view.facts;
    html! {
        p {
            @if let Some(title) = Text::best(&activity.titles, facts.language) {
                a href=(facts.leads(activity.iri.as_str())) lang=[facts.lang(title)] { (marked(title, shared, lexicon)) }
            }
            br; span.quiet { (plan_link(view, id, plan)) }
        }
    }
}

/// A text with the words marked that have some stems.
pub(in crate::views::page) fn marked(text: &Text, stems: &[Arc<str>], lexicon: &Lexicon) -> Markup {
    let mut parts = Vec::new();
    let mut at = 0;
    for range in likeness::marks(text, stems, lexicon) {
        let (Some(before), Some(word)) =
            (text.text.get(at..range.start), text.text.get(range.clone()))
        else {
            continue;
        };
        parts.push((before, word));
        at = range.end;
    }
    html! {
        @for (before, word) in &parts { (before) mark { (word) } }
        (text.text.get(at..).unwrap_or_default())
    }
}

/// How much an activity shares with another, and in which of its words.
pub(in crate::views::page) fn shared_words(
    facts: Facts<'_>,
    activity: &ActivityFacts,
    similar: &Similar,
    lexicon: &Lexicon,
) -> Markup {
    let how = match similar.likeness {
        much if much >= MUCH => facts.pick("Mycket lika. ", "Much alike. "),
        some if some >= SOME => facts.pick("Lika. ", "Alike. "),
        _ => facts.pick("Något lika. ", "Somewhat alike. "),
    };
    let texts = activity.titles.iter().chain(&activity.descriptions);
    let words = likeness::words_with(texts, &similar.shared, lexicon);
    html! {
        p.quiet {
            (how)
            (facts.pick("Gemensamma ord: ", "Shared words: "))
            @for (index, word) in words.iter().take(WORDS).enumerate() { @if index > 0 { ", " } span lang="sv" { (word) } }
        }
    }
}
