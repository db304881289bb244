//! `/search`: what is asked in an address, and the answer for programs. The page for people is in
//! [`page::search`](super::page::search).
//!
//! The index belongs to a snapshot and is made of a part for each plan, which stays for as long as
//! the plan and the reference data do.

mod asked;
mod json;
mod things;

use std::convert::Infallible;
use std::sync::Arc;

use super::Error;
use crate::model::{Iri, Plan};
use crate::search::{Answer, Index, Part};
use crate::store::{PlanEntry, Snapshot};
use crate::vocab::dcterms;

pub use asked::Asked;
pub(in crate::views) use asked::short;
pub use json::json;

/// The path of the search.
pub const SEARCH: &str = "search";

/// The forms in which an answer is to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For programs.
    Json,
    /// For people.
    Page,
}

impl Form {
    /// Every form, in the order a server prefers them.
    pub const ALL: [Self; 2] = [Self::Json, Self::Page];

    /// The media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Page => "text/html",
        }
    }

    /// The value of a `Content-Type` header.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Page => "text/html; charset=utf-8",
        }
    }

    /// The end of an address that asks for the form, without the dot.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Page => "html",
        }
    }

    /// The form that a suffix asks for.
    pub fn from_suffix(suffix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.suffix() == suffix)
    }
}

/// A question and its answer.
pub struct Shown<'a> {
    /// The question.
    pub asked: &'a Asked,
    /// The answer.
    pub answer: Answer<'a>,
}

/// What can be found in a snapshot: made when it is first asked for, which takes seconds for a
/// nation's plans, and kept with it.
///
/// # Errors
/// Always our fault.
pub fn index(snapshot: &Snapshot) -> Result<Arc<Index>, Error> {
    snapshot.once(SEARCH, || {
        let mut parts = Vec::with_capacity(snapshot.plans().len() + 1);
        for entry in snapshot.plans().values() {
            parts.push(part(snapshot, entry)?);
        }
        parts.push(Arc::new(Part::of_things(things::all(snapshot)?)));
        Ok(Index::of(parts))
    })
}

/// The answer to a question, as JSON or as a page.
///
/// # Errors
/// Always our fault.
pub fn render(snapshot: &Snapshot, asked: &Asked, form: Form) -> Result<Vec<u8>, Error> {
    let index = index(snapshot)?;
    let shown = Shown {
        asked,
        answer: index.answer(&asked.question()),
    };
    match form {
        Form::Json => json(snapshot, &shown),
        Form::Page => Ok(super::page::search::page(snapshot, &shown)?.into_bytes()),
    }
}

/// What can be found in a plan.
fn part(snapshot: &Snapshot, entry: &PlanEntry) -> Result<Arc<Part>, Error> {
    let Some(iri) = Iri::parse(entry.iri.as_str()) else {
        return Ok(Arc::new(Part::of_things(Vec::new())));
    };
    let regions = regions(snapshot, &entry.plan)?;
    let made = entry.once(SEARCH, || {
        Ok::<_, Infallible>(Part::of_plan(&iri, &entry.plan, &regions))
    });
    Ok(made.unwrap_or_else(|never| match never {}))
}

/// The places that a plan is about: those it names, else those of its owners.
fn regions(snapshot: &Snapshot, plan: &Plan) -> Result<Vec<String>, Error> {
    let own: Vec<String> = plan
        .spatial
        .iter()
        .map(|place| place.as_str().to_owned())
        .collect();
    if !own.is_empty() {
        return Ok(own);
    }
    let mut regions = Vec::new();
    for owner in plan.creator.iter() {
        let owner = oxrdf::NamedNodeRef::new_unchecked(owner.as_str());
        let places = snapshot.nodes(owner, dcterms::SPATIAL)?.into_iter();
        regions.extend(places.map(oxrdf::NamedNode::into_string));
    }
    Ok(regions)
}
