//! Accepted alignments taken over to goals that somebody has said are like their own.

use std::collections::BTreeMap;

use super::reading::alike;
use crate::model::{Alignment, Framework, Iri, Match, Plan, ReferenceData, ReviewState};

/// An accepted alignment taken over to a goal of another framework, such as the successor of its
/// own.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// What serves.
    pub aligned: Iri,
    /// The goal that it may serve too.
    pub goal: Iri,
    /// The accepted alignment.
    pub from: Iri,
    /// How likely it is that a person accepts it.
    pub confidence: f64,
}

/// The accepted alignments of a plan, taken over to the goals of a framework by the mappings that
/// say they are the same or close, wider or narrower. That two goals have something to do with
/// each other is not enough.
///
/// Where several lead to the same goal, the surest does.
pub fn carried(plan: &Plan, framework: &Framework, reference: &ReferenceData) -> Vec<Carried> {
    let own = |goal: &Iri| framework.goals.iter().any(|own| own.iri == *goal);
    let mut best: BTreeMap<(Iri, Iri), Carried> = BTreeMap::new();
    for (from, alignment) in &plan.alignments {
        let (Some(aligned), Some(goal)) =
            (alignment.aligned.first(), alignment.aligned_with.first())
        else {
            continue;
        };
        if alignment.review_state.first() != Some(&ReviewState::Accepted) || own(goal) {
            continue;
        }
        for (like, how) in alike(reference, goal) {
            let Some(holds) = holds(how).filter(|_| own(like)) else {
                continue;
            };
            let carried = Carried {
                aligned: aligned.clone(),
                goal: like.clone(),
                from: from.clone(),
                confidence: super::in_steps(sure(alignment) * holds),
            };
            let key = (aligned.clone(), like.clone());
            match best.get(&key) {
                Some(other) if other.confidence >= carried.confidence => {}
                _ => {
                    best.insert(key, carried);
                }
            }
        }
    }
    best.into_values().collect()
}

/// How sure the one who made an alignment was; who says nothing is sure.
fn sure(alignment: &Alignment) -> f64 {
    let confidence = alignment.confidence.first();
    let confidence = confidence.and_then(|confidence| confidence.as_str().parse().ok());
    confidence.unwrap_or(1.0)
}

/// How much of what serves one goal serves another, as far as the plans in `data/` tell: of those
/// that serve one goal, three of four serve the one that is close to it. `None` where nothing
/// follows.
fn holds(how: Match) -> Option<f64> {
    match how {
        Match::Exact => Some(1.0),
        Match::Close => Some(0.75),
        Match::Broad | Match::Narrow => Some(0.5),
        Match::Related => None,
    }
}
