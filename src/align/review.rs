//! What becomes of suggestions: they wait in a layer of their own until a person decides.
//!
//! ```text
//! propose ──▶ suggested layer ── decide ──▶ editorial layer: accepted, rejected, none fits
//! ```
//!
//! Who accepts a suggestion makes it his own: the alignment is then judged by a person, on that
//! day and on the same words, and how likely the program thought it goes. What was rejected is kept
//! too, so that it is not suggested again.

use std::collections::{BTreeMap, BTreeSet};

use super::quote::Words;
use super::{Named, carried, suggest};
use crate::model::{
    Alignment, Confidence, Date, Framework, Iri, Layer, LayerGraph, Linked, Method, Plan, Quote,
    ReferenceData, ReviewState, Target, Text, Values,
};

/// Under what terms links are published.
const CC0: &str = "http://creativecommons.org/publicdomain/zero/1.0/";

/// A goal that something may serve, not yet in the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What serves.
    pub aligned: Iri,
    /// The goal.
    pub goal: Iri,
    /// How likely it is that a person accepts it.
    pub confidence: f64,
    /// The words it rests on.
    pub words: Vec<Words>,
    /// The accepted alignment that it was carried over from; `None` where a program supposes it.
    pub from: Option<Iri>,
}

/// What a person says of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It holds.
    Accept,
    /// It does not hold.
    Reject,
    /// No goal of the framework fits the activity, this one as little as others.
    NoneFits,
}

/// A suggestion that waits for a decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The alignment.
    pub alignment: Iri,
    /// What serves.
    pub aligned: Iri,
    /// The goal.
    pub goal: Iri,
    /// How likely it is that a person accepts it, as written.
    pub confidence: Option<String>,
    /// The words it rests on.
    pub words: Vec<Words>,
    /// The accepted alignment that it was carried over from.
    pub from: Option<Iri>,
}

/// What may serve which goal of a framework and has not been answered: by accepted alignments that
/// mappings carry over, then by the texts.
pub fn proposals(
    plan: Named<'_>,
    framework: &Framework,
    reference: &ReferenceData,
    others: &[Named<'_>],
) -> Vec<Proposal> {
    let answered = Answered::of(plan.1, framework);
    let mut all: BTreeMap<(Iri, Iri), Proposal> = BTreeMap::new();
    for carried in carried(plan.1, framework, reference) {
        let original = plan.1.alignments.get(&carried.from);
        let proposal = Proposal {
            words: original.map(words_of).unwrap_or_default(),
            aligned: carried.aligned,
            goal: carried.goal,
            confidence: carried.confidence,
            from: Some(carried.from),
        };
        all.insert((proposal.aligned.clone(), proposal.goal.clone()), proposal);
    }
    for suggestion in suggest(plan, framework, reference, others) {
        let key = (suggestion.activity.clone(), suggestion.goal.clone());
        all.entry(key).or_insert(Proposal {
            aligned: suggestion.activity,
            goal: suggestion.goal,
            confidence: suggestion.confidence,
            words: suggestion.words,
            from: None,
        });
    }
    let mut open: Vec<_> = all
        .into_values()
        .filter(|proposal| !answered.has(proposal))
        .collect();
    open.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    open
}

/// What people have said of a plan and the goals of a framework.
struct Answered<'a> {
    goals: BTreeSet<(&'a Iri, &'a Iri)>,
    none: BTreeSet<&'a Iri>,
}

impl<'a> Answered<'a> {
    fn of(plan: &'a Plan, framework: &Framework) -> Self {
        let mut answered = Self {
            goals: BTreeSet::new(),
            none: BTreeSet::new(),
        };
        for alignment in plan.alignments.values() {
            // Those that nobody has answered are in no public layer.
            let Some(aligned) = alignment.aligned.first() else {
                continue;
            };
            if let Some(goal) = alignment.aligned_with.first() {
                answered.goals.insert((aligned, goal));
            }
            let accepted = alignment.review_state.first() == Some(&ReviewState::Accepted);
            if accepted && alignment.fits_no_goal_of.first() == Some(&framework.iri) {
                answered.none.insert(aligned);
            }
        }
        answered
    }

    fn has(&self, proposal: &Proposal) -> bool {
        self.none.contains(&proposal.aligned)
            || self.goals.contains(&(&proposal.aligned, &proposal.goal))
    }
}

/// Puts proposals for a framework into the suggested layer of a plan, in place of those that a
/// program put there before. One that says the same as before keeps its day and its author.
pub fn propose(
    plan: &mut Plan,
    iri: &Iri,
    framework: &Framework,
    proposals: &[Proposal],
    by: &Iri,
    today: Date,
) {
    let goals: BTreeSet<&Iri> = framework.goals.iter().map(|goal| &goal.iri).collect();
    let before: BTreeMap<Iri, Alignment> = plan
        .alignments
        .iter()
        .filter(|(_, alignment)| {
            let goal = any(&alignment.aligned_with);
            is_waiting(alignment)
                && goal.is_some_and(|goal| goals.contains(goal))
                && matches!(
                    any(&alignment.method),
                    Some(Method::ByMachine | Method::ByMapping)
                )
        })
        .map(|(iri, alignment)| (iri.clone(), alignment.clone()))
        .collect();
    plan.alignments.retain(|iri, _| !before.contains_key(iri));
    for proposal in proposals {
        let key = key(&proposal.aligned, &framework.id, proposal.goal.last());
        let address = address(plan, iri, &key);
        let alignment = suggestion(proposal, &address, iri, by, today);
        let kept = before
            .get(&address)
            .filter(|before| same(before, &alignment));
        let alignment = kept.cloned().unwrap_or(alignment);
        plan.alignments.insert(address, alignment);
    }
    if !proposals.is_empty() {
        describe(plan, iri, Layer::Suggested, today);
    }
}

/// Whether two suggestions say the same, whoever made them and when.
fn same(a: &Alignment, b: &Alignment) -> bool {
    let without = |alignment: &Alignment| Alignment {
        date: Values::default(),
        attributed_to: Values::default(),
        ..alignment.clone()
    };
    without(a) == without(b)
}

/// The suggestions of a plan that wait for a decision, the likeliest first.
pub fn waiting(plan: &Plan) -> Vec<Waiting> {
    let mut all: Vec<Waiting> = plan
        .alignments
        .iter()
        .filter(|(_, alignment)| is_waiting(alignment))
        .filter_map(|(iri, alignment)| {
            let confidence = any(&alignment.confidence);
            Some(Waiting {
                alignment: iri.clone(),
                aligned: any(&alignment.aligned)?.clone(),
                goal: any(&alignment.aligned_with)?.clone(),
                confidence: confidence.map(|confidence| confidence.as_str().to_owned()),
                words: words_of(alignment),
                from: any(&alignment.derived_from).cloned(),
            })
        })
        .collect();
    all.sort_by(|a, b| b.confidence.cmp(&a.confidence));
    all
}

fn is_waiting(alignment: &Alignment) -> bool {
    any(&alignment.review_state) == Some(&ReviewState::Suggested)
}

/// The first value of any layer; `first` leaves out suggestions.
fn any<T: Ord>(values: &Values<T>) -> Option<&T> {
    values.layered().next().map(|layered| &layered.value)
}

/// Why nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// No such suggestion waits: it was answered before, or by another decision.
    Answered,
    /// That none fits cannot be said, since the activity has an accepted goal of the framework.
    HasGoal,
}

/// Does what a person says of a suggestion. That none fits answers all suggestions of the framework
/// for the same activity.
///
/// # Errors
/// Where the decision cannot be taken; then nothing is changed.
pub fn decide(
    plan: &mut Plan,
    iri: &Iri,
    alignment: &Iri,
    decision: Decision,
    by: (&Iri, Date),
) -> Result<(), Undecided> {
    let mut all = waiting(plan).into_iter();
    let waiting = all.find(|one| one.alignment == *alignment);
    let waiting = waiting.ok_or(Undecided::Answered)?;
    let framework = framework_of(&waiting.goal).ok_or(Undecided::Answered)?;
    let of_framework = |goal: &Iri| framework_of(goal).as_ref() == Some(&framework);
    let serves = |one: &Alignment| {
        one.review_state.first() == Some(&ReviewState::Accepted)
            && one.aligned.first() == Some(&waiting.aligned)
            && one.aligned_with.first().is_some_and(of_framework)
    };
    if decision == Decision::NoneFits && plan.alignments.values().any(serves) {
        return Err(Undecided::HasGoal);
    }
    let (who, today) = by;
    plan.alignments.retain(|iri, other| {
        let answered = decision == Decision::NoneFits
            && is_waiting(other)
            && any(&other.aligned) == Some(&waiting.aligned)
            && any(&other.aligned_with).is_some_and(of_framework);
        iri != alignment && !answered
    });
    let mut judged = Alignment {
        declared: [Layer::Editorial].into(),
        aligned: editorial(waiting.aligned.clone()),
        in_plan: editorial(iri.clone()),
        method: editorial(Method::ByPerson),
        attributed_to: editorial(who.clone()),
        date: editorial(today),
        review_state: editorial(match decision {
            Decision::Reject => ReviewState::Rejected,
            Decision::Accept | Decision::NoneFits => ReviewState::Accepted,
        }),
        ..Alignment::default()
    };
    let address = if decision == Decision::NoneFits {
        let key = key(&waiting.aligned, framework.last(), "inget-mal");
        judged.fits_no_goal_of = editorial(framework);
        address(plan, iri, &key)
    } else {
        judged.aligned_with = editorial(waiting.goal.clone());
        judged.target = targets(alignment, &waiting.words, Layer::Editorial);
        judged.derived_from = waiting
            .from
            .into_iter()
            .map(|from| (from, Layer::Editorial))
            .collect();
        alignment.clone()
    };
    if decision == Decision::Accept {
        serve(plan, iri, &waiting.aligned, waiting.goal);
    }
    plan.alignments.insert(address, judged);
    describe(plan, iri, Layer::Editorial, today);
    Ok(())
}

fn editorial<T: Ord>(value: T) -> Values<T> {
    [(value, Layer::Editorial)].into_iter().collect()
}

/// Says of a part of a plan that it serves a goal.
fn serve(plan: &mut Plan, iri: &Iri, part: &Iri, goal: Iri) {
    let goals = if part == iri {
        &mut plan.contributes_to
    } else if let Some(activity) = plan.activities.get_mut(part) {
        &mut activity.contributes_to
    } else if let Some(area) = plan.areas.get_mut(part) {
        &mut area.contributes_to
    } else {
        return;
    };
    goals.insert(goal, Layer::Editorial);
}

fn suggestion(proposal: &Proposal, address: &Iri, plan: &Iri, by: &Iri, today: Date) -> Alignment {
    const LAYER: Layer = Layer::Suggested;
    fn one<T: Ord>(value: T) -> Values<T> {
        [(value, LAYER)].into_iter().collect()
    }
    let method = match proposal.from {
        Some(_) => Method::ByMapping,
        None => Method::ByMachine,
    };
    let confidence = Confidence::parse(&format!("{:.2}", proposal.confidence));
    Alignment {
        declared: [LAYER].into(),
        aligned: one(proposal.aligned.clone()),
        aligned_with: one(proposal.goal.clone()),
        in_plan: one(plan.clone()),
        review_state: one(ReviewState::Suggested),
        confidence: confidence.into_iter().map(|value| (value, LAYER)).collect(),
        method: one(method),
        attributed_to: one(by.clone()),
        date: one(today),
        target: targets(address, &proposal.words, LAYER),
        derived_from: proposal
            .from
            .iter()
            .map(|from| (from.clone(), LAYER))
            .collect(),
        ..Alignment::default()
    }
}

/// The quotations of an alignment.
fn targets(alignment: &Iri, words: &[Words], layer: Layer) -> crate::model::Owned<Target> {
    let text = |language: &str, text: &str| -> Values<Text> {
        let text = (!text.is_empty()).then(|| Text {
            language: language.to_owned(),
            text: text.to_owned(),
        });
        text.into_iter().map(|text| (text, layer)).collect()
    };
    let mut all = crate::model::Owned::new();
    for (at, words) in words.iter().enumerate() {
        let named = |name: &str| match at {
            0 => Iri::parse(format!("{alignment}/{name}")),
            _ => Iri::parse(format!("{alignment}/{name}-{}", at + 1)),
        };
        let (Some(target), Some(quote)) = (named("target"), named("quote")) else {
            continue;
        };
        let selector = Quote {
            declared: [layer].into(),
            exact: text(&words.language, &words.exact),
            prefix: text(&words.language, &words.prefix),
            suffix: text(&words.language, &words.suffix),
        };
        let node = Target {
            declared: [layer].into(),
            source: [(words.part.clone(), layer)].into_iter().collect(),
            selector: [(quote, Linked::new([layer].into(), selector))].into(),
        };
        all.insert(target, Linked::new([layer].into(), node));
    }
    all
}

/// The words that an alignment rests on.
pub fn words_of(alignment: &Alignment) -> Vec<Words> {
    let of = alignment.target.values().filter_map(|target| {
        let quote = &target.node.selector.values().next()?.node;
        let exact = any(&quote.exact)?;
        let around =
            |values: &Values<Text>| any(values).map_or_else(String::new, |text| text.text.clone());
        Some(Words {
            part: any(&target.node.source)?.clone(),
            language: exact.language.clone(),
            exact: exact.text.clone(),
            prefix: around(&quote.prefix),
            suffix: around(&quote.suffix),
        })
    });
    of.collect()
}

/// The key of an alignment: what it aligns, the framework and the goal, or that none fits.
fn key(aligned: &Iri, framework: &str, goal: &str) -> String {
    format!("{}-{framework}-{goal}", aligned.last())
}

/// The framework of a goal, by its address.
pub fn framework_of(goal: &Iri) -> Option<Iri> {
    let (framework, _) = goal.as_str().rsplit_once("/goal/")?;
    Iri::parse(framework)
}

/// The address of an alignment with that key, which no other has.
fn address(plan: &Plan, iri: &Iri, key: &str) -> Iri {
    let numbered = (2..).map(|number| format!("{iri}/alignment/{key}-nr{number}"));
    let mut all = std::iter::once(format!("{iri}/alignment/{key}")).chain(numbered);
    all.find_map(|address| Iri::parse(address).filter(|iri| !plan.alignments.contains_key(iri)))
        // Keys are parts of addresses already, so the first is one.
        .unwrap_or_else(|| iri.clone())
}

/// Describes a layer that a plan now has.
pub fn describe(plan: &mut Plan, iri: &Iri, layer: Layer, today: Date) {
    plan.graphs.entry(layer).or_insert_with(|| LayerGraph {
        declared: [layer].into(),
        in_plan: [(iri.clone(), layer)].into_iter().collect(),
        modified: [(today, layer)].into_iter().collect(),
        license: Iri::parse(CC0)
            .into_iter()
            .map(|terms| (terms, layer))
            .collect(),
        ..LayerGraph::default()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Activity, Mapping, Match};

    const PLAN: &str = "http://x/plan/a";

    fn iri(path: &str) -> Iri {
        Iri::parse(format!("http://x/{path}")).unwrap()
    }

    fn today() -> Date {
        Date::new(2026, 11, 27).unwrap()
    }

    /// A plan with an activity about broadband and one about nothing.
    fn plan() -> Plan {
        let titles = [
            ("bredband", "Bygga ut bredband"),
            ("annat", "Utreda frågan"),
        ];
        let activities = titles.map(|(key, title)| {
            let node = Activity {
                title: [(Text::sv(title), Layer::Stated)].into_iter().collect(),
                ..Activity::default()
            };
            (iri(&format!("plan/a/activity/{key}")), node)
        });
        Plan {
            activities: activities.into(),
            ..Plan::default()
        }
    }

    fn framework(id: &str, goals: &[(&str, &str)]) -> Framework {
        let goals = goals.iter().map(|(key, name)| crate::model::Goal {
            iri: iri(&format!("framework/{id}/goal/{key}")),
            key: (*key).to_owned(),
            names: vec![Text::sv(*name)],
            other_names: Vec::new(),
            definition: Vec::new(),
            remarks: Vec::new(),
            broader: None,
            depth: 0,
        });
        Framework {
            iri: iri(&format!("framework/{id}")),
            id: id.to_owned(),
            names: Vec::new(),
            goals: goals.collect(),
        }
    }

    fn reference(frameworks: &[Framework], how: Match) -> ReferenceData {
        let mapping = Mapping {
            from: iri("framework/old/goal/natet"),
            kind: how,
            to: iri("framework/new/goal/konnektivitet"),
            author: iri("organisation/x"),
            date: today(),
            reason: Vec::new(),
        };
        ReferenceData {
            frameworks: frameworks
                .iter()
                .map(|one| (one.iri.clone(), one.clone()))
                .collect(),
            mappings: [(iri("mapping/x"), mapping)].into(),
            ..ReferenceData::default()
        }
    }

    fn old() -> Framework {
        framework(
            "old",
            &[("natet", "Bredband i hela länet"), ("vard", "En god vård")],
        )
    }

    fn proposed(plan: &Plan, framework: &Framework, how: Match) -> Vec<Proposal> {
        let own = Iri::parse(PLAN).unwrap();
        let reference = reference(&[old(), framework.clone()], how);
        proposals((&own, plan), framework, &reference, &[])
    }

    fn with_suggestion(plan: &mut Plan) -> Iri {
        let own = Iri::parse(PLAN).unwrap();
        let proposals = proposed(plan, &old(), Match::Close);
        assert_eq!(proposals.len(), 1, "{proposals:?}");
        propose(
            plan,
            &own,
            &old(),
            &proposals,
            &iri("organisation/x"),
            today(),
        );
        waiting(plan)[0].alignment.clone()
    }

    fn decided(decision: Decision) -> Plan {
        let (mut plan, own) = (plan(), Iri::parse(PLAN).unwrap());
        let alignment = with_suggestion(&mut plan);
        let by = (&iri("organisation/y"), today());
        assert_eq!(decide(&mut plan, &own, &alignment, decision, by), Ok(()));
        let again = decide(&mut plan, &own, &alignment, decision, by);
        assert_eq!(again, Err(Undecided::Answered));
        plan
    }

    #[test]
    fn what_is_decided_is_not_proposed_again() {
        for decision in [Decision::Accept, Decision::Reject, Decision::NoneFits] {
            let plan = decided(decision);
            assert_eq!(waiting(&plan), [], "{decision:?}");
            assert_eq!(proposed(&plan, &old(), Match::Close), [], "{decision:?}");
            let serves = plan
                .activities
                .values()
                .any(|node| !node.contributes_to.is_empty());
            assert_eq!(serves, decision == Decision::Accept);
        }
    }

    #[test]
    fn what_serves_a_goal_does_not_fit_none() {
        let (mut plan, own) = (decided(Decision::Accept), Iri::parse(PLAN).unwrap());
        let other = Proposal {
            aligned: iri("plan/a/activity/bredband"),
            goal: iri("framework/old/goal/vard"),
            confidence: 0.5,
            words: Vec::new(),
            from: None,
        };
        propose(
            &mut plan,
            &own,
            &old(),
            &[other],
            &iri("organisation/x"),
            today(),
        );
        let alignment = waiting(&plan)[0].alignment.clone();
        let by = (&iri("organisation/y"), today());
        let before = plan.clone();
        let said = decide(&mut plan, &own, &alignment, Decision::NoneFits, by);
        assert_eq!((said, plan), (Err(Undecided::HasGoal), before));
    }

    #[test]
    fn the_day_of_a_suggestion_that_stays_stays() {
        let (mut plan, own) = (plan(), Iri::parse(PLAN).unwrap());
        with_suggestion(&mut plan);
        let before = plan.clone();
        let later = Date::new(2027, 1, 1).unwrap();
        let proposals = proposed(&plan, &old(), Match::Close);
        propose(
            &mut plan,
            &own,
            &old(),
            &proposals,
            &iri("organisation/z"),
            later,
        );
        assert_eq!(plan, before);
        propose(&mut plan, &own, &old(), &[], &iri("organisation/z"), later);
        assert_eq!(waiting(&plan), [], "one that is proposed no longer goes");
    }

    #[test]
    fn only_nearness_carries_an_accepted_alignment_over() {
        let new = framework(
            "new",
            &[("konnektivitet", "Ordet sägs inte"), ("annat", "Vård")],
        );
        let plan = decided(Decision::Accept);
        for (how, confidence) in [
            (Match::Exact, Some(1.0)),
            (Match::Close, Some(0.75)),
            (Match::Broad, Some(0.5)),
            (Match::Narrow, Some(0.5)),
            (Match::Related, None),
        ] {
            let carried: Vec<_> = proposed(&plan, &new, how)
                .into_iter()
                .filter(|one| one.from.is_some())
                .collect();
            assert_eq!(
                carried.first().map(|one| one.confidence),
                confidence,
                "{how:?}"
            );
            assert!(carried.iter().all(|one| !one.words.is_empty()));
        }
        let rejected = decided(Decision::Reject);
        let none = proposed(&rejected, &new, Match::Exact);
        assert!(none.iter().all(|one| one.from.is_none()));
    }
}
