//! A person goes through suggestions in the terminal.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use anyhow::Context;

use super::{Align, Desk, show};
use crate::align::{self, Decision, Proposal, Undecided, Waiting};
use crate::cli::plan_files;
use crate::model::{Framework, Iri};

/// What a person answers.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It holds.
    Accept,
    /// It does not hold.
    Reject,
    /// No goal fits.
    NoneFits,
    /// Another time.
    Skip,
    /// That is all for now.
    Quit,
}

/// Asks about each suggestion for a framework, and writes what was decided; what was not decided
/// on waits in the suggested layer. Where nothing was decided nothing is written.
pub(super) fn run(
    align: &Align,
    mut desk: Desk,
    framework: &Framework,
    proposals: &[Proposal],
) -> anyhow::Result<ExitCode> {
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    let today = plan_files::today()?;
    let publisher = desk.publisher()?;
    align::propose(
        &mut desk.plan,
        &desk.iri,
        framework,
        proposals,
        &publisher,
        today,
    );
    let of_framework = |goal: &Iri| framework.goals.iter().any(|own| own.iri == *goal);
    let mut waiting = align::waiting(&desk.plan);
    waiting.retain(|one| of_framework(&one.goal));
    if waiting.is_empty() {
        writeln!(out, "Nothing to review.")?;
        return Ok(ExitCode::SUCCESS);
    }
    let by = reviewer(align, &desk, &mut input, &mut out)?;
    let mut decided = 0;
    let count = waiting.len();
    for (at, one) in waiting.iter().enumerate() {
        // That no goal fits has answered this one too.
        if !desk.plan.alignments.contains_key(&one.alignment) {
            continue;
        }
        ask_about(&mut out, &desk, framework, one, (at + 1, count))?;
        let decision = match answer(&mut input, &mut out, true)? {
            Answer::Quit => break,
            Answer::Skip => continue,
            Answer::Accept => Decision::Accept,
            Answer::Reject => Decision::Reject,
            Answer::NoneFits => Decision::NoneFits,
        };
        let (plan, iri) = (&mut desk.plan, &desk.iri);
        let done = align::decide(plan, iri, &one.alignment, decision, (&by, today));
        match done {
            Ok(()) => decided += 1,
            Err(Undecided::Answered) => {}
            Err(Undecided::HasGoal) => {
                writeln!(
                    out,
                    "It has an accepted goal of this framework; nothing was decided."
                )?;
            }
        }
    }
    finish(align, &desk, &mut out, decided)
}

/// Writes the plan where something was decided.
pub(super) fn finish(
    align: &Align,
    desk: &Desk,
    out: &mut impl Write,
    decided: usize,
) -> anyhow::Result<ExitCode> {
    writeln!(out, "\n{decided} decided.")?;
    if decided == 0 {
        writeln!(out, "Nothing changed.")?;
        return Ok(ExitCode::SUCCESS);
    }
    align.put(desk, out)
}

fn ask_about(
    out: &mut impl Write,
    desk: &Desk,
    framework: &Framework,
    one: &Waiting,
    (at, count): (usize, usize),
) -> io::Result<()> {
    writeln!(
        out,
        "\n[{at}/{count}] {}",
        show::title(&desk.plan, &one.aligned)
    )?;
    let confidence = one.confidence.as_deref().unwrap_or("   ?");
    writeln!(out, "{confidence}  {}", show::goal(framework, &one.goal))?;
    show::why(out, &desk.plan, &one.aligned, &one.words, one.from.as_ref())
}

/// Who reviews, as given or as asked.
pub(super) fn reviewer(
    align: &Align,
    desk: &Desk,
    input: &mut impl BufRead,
    out: &mut impl Write,
) -> anyhow::Result<Iri> {
    let id = if let Some(id) = &align.by {
        id.clone()
    } else {
        write!(
            out,
            "Who reviews? The id of an organisation, as in /organisation/ID: "
        )?;
        out.flush()?;
        let mut line = String::new();
        input.read_line(&mut line)?;
        line.trim().to_owned()
    };
    desk.organisation(&id).with_context(|| {
        format!(
            "“{id}” is no organisation here; give the id of one that exists with --by, or add it to the reference data first"
        )
    })
}

/// Asks until there is an answer; the end of the input is the end of the review. `none` says
/// whether that none fits is an answer.
pub(super) fn answer(
    input: &mut impl BufRead,
    out: &mut impl Write,
    none: bool,
) -> io::Result<Answer> {
    let choices = if none {
        "a accept, r reject, n no goal fits, s skip, q quit"
    } else {
        "a accept, r reject, s skip, q quit"
    };
    loop {
        write!(out, "{choices} > ")?;
        out.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            writeln!(out)?;
            return Ok(Answer::Quit);
        }
        match line.trim().to_lowercase().as_str() {
            "a" | "accept" | "godta" => return Ok(Answer::Accept),
            "r" | "reject" | "avvisa" => return Ok(Answer::Reject),
            "n" | "none" | "inget" if none => return Ok(Answer::NoneFits),
            "s" | "skip" | "" => return Ok(Answer::Skip),
            "q" | "quit" | "sluta" => return Ok(Answer::Quit),
            other => writeln!(out, "“{other}” is no answer.")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_answer_is_asked_again_and_the_end_is_the_end() {
        let mut out = Vec::new();
        let mut input = "x\nn\nA\n".as_bytes();
        assert_eq!(answer(&mut input, &mut out, false).unwrap(), Answer::Accept);
        assert_eq!(answer(&mut input, &mut out, false).unwrap(), Answer::Quit);
        assert_eq!(
            String::from_utf8(out)
                .unwrap()
                .matches("is no answer")
                .count(),
            2
        );
        assert_eq!(
            answer(&mut "n\n".as_bytes(), &mut Vec::new(), true).unwrap(),
            Answer::NoneFits
        );
    }
}
