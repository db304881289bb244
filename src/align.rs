//! Which goal an activity may serve: suggestions, each with the words it rests on.
//!
//! A suggestion is for a person to judge. It is made of texts alone, by functions without files,
//! network or chance: the same plans give the same suggestions.
//!
//! ```text
//! goal:     names, definition, topics of the field, goals said to be like it
//! others:   what the accepted alignments of OTHER plans say of their activities
//!                     │
//! activity: title, description, bullets, heading ──▶ likeness ──▶ rank, confidence, words
//! ```
//!
//! A plan's own alignments never count for its own suggestions, so that what is measured on the
//! plans in `data/` (`tests/it/align_quality.rs`) is what a new plan meets. [`carried`] takes the
//! accepted alignments of a plan over to the successor of a framework; [`earlier`] finds what of an
//! older edition an activity may continue.

mod carry;
mod earlier;
mod likeness;
mod quote;
mod reading;
mod review;
mod topics;

use std::collections::BTreeMap;

pub use carry::{Carried, carried};
pub use earlier::{Continued, Link, earlier};
pub use quote::Words;
pub use review::{
    Decision, Proposal, Undecided, Waiting, decide, describe, framework_of, proposals, propose,
    waiting, words_of,
};

use crate::model::{Framework, Iri, Plan, ReferenceData};
use crate::text::Lexicon;
use likeness::{Idf, Vector, cosine};
use reading::{Examples, Profile};

/// How much the likeness to the goal's own words counts beside the likeness to what the goal's
/// accepted alignments in other plans say.
const OWN_WORDS: f64 = 0.7;

/// The likeness below which a goal is not suggested.
const ENOUGH: f64 = 0.05;

/// How near a goal must come to the best one of its activity to be suggested beside it.
const BESIDE: f64 = 0.8;

/// The likeness at which a person accepts every other suggestion.
const EVEN: f64 = 0.065;

/// That a goal serves, as a program supposes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// What serves.
    pub activity: Iri,
    /// The goal.
    pub goal: Iri,
    /// Its place among the goals of the activity, from 1.
    pub rank: usize,
    /// How likely it is that a person accepts it, from 0 to 1 in steps of a twentieth.
    pub confidence: f64,
    /// The words that carried it, those that did most first.
    pub words: Vec<Words>,
}

/// A plan and its address.
pub type Named<'a> = (&'a Iri, &'a Plan);

/// Suggests goals of a framework for the activities of a plan: the best one, and those that come
/// close to it; none where even the best is too weak. `others` are the plans to learn from, of
/// which the plan itself is left out.
pub fn suggest(
    plan: Named<'_>,
    framework: &Framework,
    reference: &ReferenceData,
    others: &[Named<'_>],
) -> Vec<Suggestion> {
    let aligner = Aligner::new(plan, framework, reference, others);
    let mut all = Vec::new();
    for activity in plan.1.activities.keys() {
        let ranked = aligner.rank(activity);
        let best = ranked.first().map_or(0.0, |(_, likeness)| *likeness);
        let near = ranked
            .iter()
            .take_while(|(_, likeness)| *likeness >= ENOUGH && *likeness >= BESIDE * best);
        for (rank, (goal, likeness)) in near.enumerate() {
            all.push(Suggestion {
                activity: activity.clone(),
                goal: goal.iri.clone(),
                rank: rank + 1,
                confidence: confidence(*likeness, rank + 1),
                words: aligner.words(activity, goal),
            });
        }
    }
    all
}

/// How likely it is that a person accepts a suggestion: by likeness, and less where others of the
/// same activity come before it.
#[expect(clippy::cast_precision_loss, reason = "a rank is a small number")]
fn confidence(likeness: f64, rank: usize) -> f64 {
    let square = likeness * likeness;
    in_steps(square / (square + EVEN * EVEN) / rank as f64)
}

/// A number from 0 to 1 in steps of a twentieth: a finer one would promise more than is known.
fn in_steps(number: f64) -> f64 {
    (number * 20.0).round() / 20.0
}

/// What is known when goals of a framework are suggested for a plan.
struct Aligner<'a> {
    plan: Named<'a>,
    lexicon: Lexicon,
    idf: Idf,
    goals: Vec<Profile>,
    activities: BTreeMap<&'a Iri, Vector>,
}

impl<'a> Aligner<'a> {
    fn new(
        plan: Named<'a>,
        framework: &Framework,
        reference: &ReferenceData,
        others: &[Named<'_>],
    ) -> Self {
        let others: Vec<Named<'_>> = others
            .iter()
            .filter(|(iri, _)| *iri != plan.0)
            .copied()
            .collect();
        let lexicon = reading::lexicon(plan, &others, framework);
        let idf = reading::idf(&lexicon, plan, &others);
        let examples = Examples::of(&lexicon, &idf, framework, reference, &others);
        let goals = reading::profiles(&lexicon, &idf, framework, reference, &examples);
        let activities = plan.1.activities.iter();
        let activities = activities
            .map(|(iri, _)| (iri, idf.weigh(&reading::activity(&lexicon, plan.1, iri))))
            .collect();
        Self {
            plan,
            lexicon,
            idf,
            goals,
            activities,
        }
    }

    /// The goals by how alike an activity they are.
    fn rank(&self, activity: &Iri) -> Vec<(&Profile, f64)> {
        let Some(own) = self.activities.get(activity) else {
            return Vec::new();
        };
        let mut ranked: Vec<_> = self
            .goals
            .iter()
            .map(|goal| (goal, goal.likeness(own)))
            .collect();
        ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.iri.cmp(&b.iri)));
        ranked
    }

    /// The words of the plan that a goal and an activity share most.
    fn words(&self, activity: &Iri, goal: &Profile) -> Vec<Words> {
        let passages = reading::passages(self.plan.1, activity);
        quote::words(&self.lexicon, &passages, &|stem| {
            goal.weight(stem) * self.idf.of(stem)
        })
    }
}

impl Profile {
    fn likeness(&self, activity: &Vector) -> f64 {
        let own = cosine(activity, &self.own);
        match &self.learnt {
            Some(learnt) => OWN_WORDS * own + (1.0 - OWN_WORDS) * cosine(activity, learnt),
            None => own,
        }
    }

    /// How much a stem speaks for the goal.
    fn weight(&self, stem: &str) -> f64 {
        let own = self.own.get(stem).copied().unwrap_or_default();
        let learnt = self.learnt.as_ref().and_then(|learnt| learnt.get(stem));
        let learnt = learnt.copied().unwrap_or_default();
        OWN_WORDS * own + (1.0 - OWN_WORDS) * learnt
    }
}
