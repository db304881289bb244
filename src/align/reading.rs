//! What activities and goals say, as stems with weights.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Named;
use super::likeness::{Idf, Vector, add, unit};
use super::topics::TOPICS;
use crate::model::{
    Activity, Framework, Goal, Iri, Match, Plan, ReferenceData, ReviewState, Text, Values,
};
use crate::text::Lexicon;

/// How much a part of a compound counts beside the whole word.
pub(super) const PART: f64 = 0.5;

/// How much words count that stand near an activity: the one it is a bullet of, its bullets, its
/// heading.
const NEAR: f64 = 0.5;

/// How much a word of a topic counts beside a word of the goal itself.
const TOPIC: f64 = 0.5;

/// A text of a plan.
pub(super) struct Passage<'a> {
    /// The part of the plan that has it.
    pub(super) part: &'a Iri,
    /// The text.
    pub(super) text: &'a Text,
    /// How much it counts.
    pub(super) weight: f64,
}

/// The texts that say what an activity is about, its own first.
pub(super) fn passages<'a>(plan: &'a Plan, iri: &'a Iri) -> Vec<Passage<'a>> {
    let Some((iri, activity)) = plan.activities.get_key_value(iri) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let mut add = |part: &'a Iri, values: &'a Values<Text>, weight: f64| {
        all.extend(values.iter().map(|text| Passage { part, text, weight }));
    };
    add(iri, &activity.title, 1.0);
    add(iri, &activity.alternative, 1.0);
    add(iri, &activity.description, 1.0);
    let parent = activity.sub_activity_of.first();
    let parent = parent.and_then(|parent| plan.activities.get_key_value(parent));
    if let Some((parent, node)) = parent {
        add(parent, &node.title, NEAR);
    }
    for (bullet, node) in bullets(plan, iri) {
        add(bullet, &node.title, NEAR);
    }
    let headed = parent.map_or(activity, |(_, parent)| parent);
    let area = headed.focus_area.first();
    if let Some((area, node)) = area.and_then(|area| plan.areas.get_key_value(area)) {
        add(area, &node.label, NEAR);
    }
    all
}

fn bullets<'a>(plan: &'a Plan, of: &Iri) -> impl Iterator<Item = (&'a Iri, &'a Activity)> {
    plan.activities
        .iter()
        .filter(move |(_, node)| node.sub_activity_of.iter().any(|parent| parent == of))
}

/// The lexicon of everything that is read here.
pub(super) fn lexicon(plan: Named<'_>, others: &[Named<'_>], framework: &Framework) -> Lexicon {
    let plans = others.iter().map(|(_, plan)| *plan).chain([plan.1]);
    let activities = plans.flat_map(|plan| {
        let activities = plan.activities.values();
        let of_activities =
            activities.flat_map(|node| [&node.title, &node.alternative, &node.description]);
        let areas = plan.areas.values().map(|node| &node.label);
        of_activities.chain(areas).flat_map(Values::iter)
    });
    let goals = framework.goals.iter().flat_map(goal_texts);
    let texts = activities.chain(goals);
    Lexicon::learn(texts.map(|text| (text.text.as_str(), text.language.as_str())))
}

fn goal_texts(goal: &Goal) -> impl Iterator<Item = &Text> {
    goal.names
        .iter()
        .chain(&goal.other_names)
        .chain(&goal.definition)
}

/// The stems of an activity, each with the weight of the text that counts most.
pub(super) fn activity(lexicon: &Lexicon, plan: &Plan, iri: &Iri) -> Vector {
    let mut vector = Vector::new();
    for passage in passages(plan, iri) {
        read(&mut vector, lexicon, passage.text, passage.weight);
    }
    vector
}

fn read(into: &mut Vector, lexicon: &Lexicon, text: &Text, weight: f64) {
    for term in lexicon.terms(&text.text, &text.language) {
        let weight = if term.part { PART * weight } else { weight };
        let there = into.entry(term.stem).or_default();
        *there = there.max(weight);
    }
}

/// The stems of what each activity of a plan says itself.
pub(super) fn own_words(lexicon: &Lexicon, plan: &Plan) -> BTreeMap<Iri, Vector> {
    let activities = plan.activities.iter();
    let of = activities.map(|(iri, node)| {
        let mut vector = Vector::new();
        for text in [&node.title, &node.description]
            .into_iter()
            .flat_map(Values::iter)
        {
            read(&mut vector, lexicon, text, 1.0);
        }
        (iri.clone(), vector)
    });
    of.collect()
}

/// How much each stem says, by the activities of all plans.
pub(super) fn idf(lexicon: &Lexicon, plan: Named<'_>, others: &[Named<'_>]) -> Idf {
    let plans = others.iter().chain([&plan]);
    let all: Vec<Vector> = plans
        .flat_map(|(_, plan)| own_words(lexicon, plan).into_values())
        .collect();
    Idf::of_texts(&all)
}

/// What accepted alignments of other plans say: for each goal, the activities that serve it.
pub(super) struct Examples(BTreeMap<Iri, Vec<(Vector, f64)>>);

impl Examples {
    /// Those for the goals of a framework. An alignment with a goal that somebody has said is like
    /// one of the framework's counts too, by how alike the two are.
    pub(super) fn of(
        lexicon: &Lexicon,
        idf: &Idf,
        framework: &Framework,
        reference: &ReferenceData,
        others: &[Named<'_>],
    ) -> Self {
        let mut examples: BTreeMap<Iri, Vec<(Vector, f64)>> = BTreeMap::new();
        let own: BTreeSet<&Iri> = framework.goals.iter().map(|goal| &goal.iri).collect();
        for (_, plan) in others {
            for alignment in plan.alignments.values() {
                let accepted = alignment.review_state.first() == Some(&ReviewState::Accepted);
                let aligned = alignment.aligned.first();
                let aligned = aligned.filter(|iri| plan.activities.contains_key(iri));
                let (Some(activity), Some(goal), true) =
                    (aligned, alignment.aligned_with.first(), accepted)
                else {
                    continue;
                };
                let vector = || idf.weigh(&self::activity(lexicon, plan, activity));
                if own.contains(goal) {
                    examples
                        .entry(goal.clone())
                        .or_default()
                        .push((vector(), 1.0));
                }
                for (like, how) in alike(reference, goal) {
                    if own.contains(like) {
                        let example = (vector(), nearness(how));
                        examples.entry(like.clone()).or_default().push(example);
                    }
                }
            }
        }
        Self(examples)
    }

    /// The mean of those of a goal.
    fn mean(&self, goal: &Iri) -> Option<Vector> {
        let mut sum = Vector::new();
        for (example, weight) in self.0.get(goal)? {
            add(&mut sum, example, *weight);
        }
        Some(unit(sum))
    }
}

/// The goals that somebody has said correspond to a goal, in either direction.
pub(super) fn alike<'a>(
    reference: &'a ReferenceData,
    goal: &Iri,
) -> impl Iterator<Item = (&'a Iri, Match)> {
    reference.mappings.values().filter_map(move |mapping| {
        if mapping.from == *goal {
            Some((&mapping.to, mapping.kind))
        } else if mapping.to == *goal {
            Some((&mapping.from, mapping.kind))
        } else {
            None
        }
    })
}

/// How much what is said of one goal holds for another.
fn nearness(how: Match) -> f64 {
    match how {
        Match::Exact | Match::Close => 1.0,
        Match::Broad | Match::Narrow | Match::Related => 0.5,
    }
}

/// What a goal is about.
pub(super) struct Profile {
    /// Its address.
    pub(super) iri: Iri,
    /// What its own texts, topics and likes say.
    pub(super) own: Vector,
    /// What its examples say; `None` where there are none.
    pub(super) learnt: Option<Vector>,
}

/// The goals of a framework that activities can serve: those that have no goals under them.
pub(super) fn profiles(
    lexicon: &Lexicon,
    idf: &Idf,
    framework: &Framework,
    reference: &ReferenceData,
    examples: &Examples,
) -> Vec<Profile> {
    let above: BTreeSet<&Iri> = framework
        .goals
        .iter()
        .filter_map(|goal| goal.broader.as_ref())
        .collect();
    let goals: Vec<&Goal> = framework
        .goals
        .iter()
        .filter(|goal| !above.contains(&goal.iri))
        .collect();
    let texts: Vec<Vector> = goals.iter().map(|goal| goal_words(lexicon, goal)).collect();
    let goals_in_all: f64 = texts.iter().map(|_| 1.0).sum();
    let mut shared: BTreeMap<Arc<str>, f64> = BTreeMap::new();
    for stem in texts.iter().flat_map(Vector::keys) {
        *shared.entry(Arc::clone(stem)).or_default() += 1.0;
    }
    goals
        .iter()
        .zip(&texts)
        .map(|(goal, words)| {
            let mut own = words.clone();
            for (stem, weight) in &mut own {
                // What every goal says tells none of them from the others.
                let with = shared.get(stem).copied().unwrap_or(1.0);
                *weight *= 1.0 - (with - 1.0) / goals_in_all;
            }
            for (like, how) in alike(reference, &goal.iri) {
                if let Some((_, like)) = reference.goal(like) {
                    add(&mut own, &goal_words(lexicon, like), TOPIC * nearness(how));
                }
            }
            topics(&mut own, lexicon, words);
            Profile {
                iri: goal.iri.clone(),
                own: idf.weigh(&own),
                learnt: examples.mean(&goal.iri),
            }
        })
        .collect()
}

fn goal_words(lexicon: &Lexicon, goal: &Goal) -> Vector {
    let mut words = Vector::new();
    for text in goal_texts(goal) {
        read(&mut words, lexicon, text, 1.0);
    }
    words
}

/// Adds the words of the topics that a goal names.
fn topics(own: &mut Vector, lexicon: &Lexicon, goal: &Vector) {
    let swedish = |word: &str| lexicon.terms(word, "sv");
    for topic in TOPICS {
        let named = topic.names.iter().any(|name| {
            let first = swedish(name).into_iter().next();
            first.is_some_and(|term| goal.contains_key(&term.stem))
        });
        if !named {
            continue;
        }
        for word in topic.words {
            for term in swedish(word) {
                let weight = if term.part { PART * TOPIC } else { TOPIC };
                let there = own.entry(term.stem).or_default();
                *there = there.max(weight);
            }
        }
    }
}
