//! Which activities of an earlier edition the activities of a plan may continue.
//!
//! Such a suggestion is a link in the suggested layer, `prov:wasRevisionOf` or
//! `prov:wasDerivedFrom`. Accepted it moves to the editorial layer; rejected it goes. There is no
//! place where a rejection would be kept, so it may be suggested again.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use super::{Align, Desk, entry, review, show};
use crate::align::{self, Continued, Link};
use crate::cli::plan_files;
use crate::model::{Activity, Iri, Layer, Plan, Values};

/// Shows, writes or reviews what the activities of a plan may continue.
pub(super) fn run(align: &Align, mut desk: Desk, id: &str) -> anyhow::Result<ExitCode> {
    let before = entry(&desk.snapshot, id).with_context(|| align.no_plan(&desk.snapshot, id))?;
    let iri = Iri::parse(before.iri.as_str()).context("the address of the plan is no IRI")?;
    let before = Arc::clone(&before.plan);
    let mut found = align::earlier((&desk.iri, &desk.plan), (&iri, &before));
    found.retain(|one| !is_known(&desk.plan, one));
    if align.review {
        return decide(align, desk, &before, &found);
    }
    let mut out = io::stdout().lock();
    if found.is_empty() {
        writeln!(out, "No suggestions.")?;
    }
    for one in &found {
        tell(&mut out, &desk.plan, &before, one)?;
    }
    if !align.write {
        if !found.is_empty() {
            writeln!(
                out,
                "\nNothing was written. --write puts them into suggested.ttl, --review decides on them."
            )?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let today = plan_files::today()?;
    forget(&mut desk.plan, &iri);
    for one in &found {
        say(&mut desk.plan, one, Layer::Suggested);
    }
    if !found.is_empty() {
        align::describe(&mut desk.plan, &desk.iri, Layer::Suggested, today);
    }
    align.put(&desk, &mut out)
}

fn tell(out: &mut impl Write, plan: &Plan, before: &Plan, one: &Continued) -> io::Result<()> {
    let how = match one.link {
        Link::Continued => "continues",
        Link::SplitOrMerged => "goes on from, among others,",
    };
    writeln!(
        out,
        "{:.2}  {}",
        one.likeness,
        show::title(plan, &one.activity)
    )?;
    writeln!(out, "      {how}")?;
    writeln!(out, "      {}", show::title(before, &one.earlier))
}

fn decide(
    align: &Align,
    mut desk: Desk,
    before: &Plan,
    found: &[Continued],
) -> anyhow::Result<ExitCode> {
    let (mut input, mut out) = (io::stdin().lock(), io::stdout().lock());
    if found.is_empty() {
        writeln!(out, "Nothing to review.")?;
        return Ok(ExitCode::SUCCESS);
    }
    // The link has no author of its own, but whoever decides is to be somebody.
    review::reviewer(align, &desk, &mut input, &mut out)?;
    let today = plan_files::today()?;
    let mut decided = 0;
    for one in found {
        writeln!(out)?;
        tell(&mut out, &desk.plan, before, one)?;
        match review::answer(&mut input, &mut out, false)? {
            review::Answer::Quit => break,
            review::Answer::Accept => {
                unsay(&mut desk.plan, one);
                say(&mut desk.plan, one, Layer::Editorial);
                align::describe(&mut desk.plan, &desk.iri, Layer::Editorial, today);
                decided += 1;
            }
            review::Answer::Reject => {
                unsay(&mut desk.plan, one);
                decided += 1;
            }
            review::Answer::Skip | review::Answer::NoneFits => {}
        }
    }
    review::finish(align, &desk, &mut out, decided)
}

/// Whether somebody has said already what an activity and an earlier one have to do with each
/// other.
fn is_known(plan: &Plan, one: &Continued) -> bool {
    let activity = plan.activities.get(&one.activity);
    activity.is_some_and(|activity| {
        let mut said = activity
            .revision_of
            .iter()
            .chain(activity.derived_from.iter());
        said.any(|earlier| *earlier == one.earlier)
    })
}

fn property(activity: &mut Activity, link: Link) -> &mut Values<Iri> {
    match link {
        Link::Continued => &mut activity.revision_of,
        Link::SplitOrMerged => &mut activity.derived_from,
    }
}

fn say(plan: &mut Plan, one: &Continued, layer: Layer) {
    if let Some(activity) = plan.activities.get_mut(&one.activity) {
        property(activity, one.link).insert(one.earlier.clone(), layer);
    }
}

/// Takes back what was suggested of an activity and an earlier one.
fn unsay(plan: &mut Plan, one: &Continued) {
    if let Some(activity) = plan.activities.get_mut(&one.activity) {
        without(activity, |earlier| *earlier == one.earlier);
    }
}

/// Takes back what was suggested of the activities of an earlier edition.
fn forget(plan: &mut Plan, before: &Iri) {
    let of_edition = format!("{before}/");
    for activity in plan.activities.values_mut() {
        without(activity, |earlier| {
            earlier.as_str().starts_with(&of_edition)
        });
    }
}

fn without(activity: &mut Activity, gone: impl Fn(&Iri) -> bool) {
    for values in [&mut activity.revision_of, &mut activity.derived_from] {
        *values = values
            .layered()
            .filter(|link| link.layer != Layer::Suggested || !gone(&link.value))
            .map(|link| (link.value.clone(), link.layer))
            .collect();
    }
}
