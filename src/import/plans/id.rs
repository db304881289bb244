//! The id of a plan, for its address: whose it is and for when, and what it is about where that
//! body has another plan for the same time.

use std::rc::Rc;

use crate::import::assemble::draft::Draft;
use crate::import::assemble::key::slug;
use crate::import::assemble::likeness::{SAME, likeness};
use crate::import::lexicon::structure;
use crate::model::{Plan, PlanId};

/// How many words of a title are told in an id.
const TOPIC: usize = 3;

/// How many of a document's activities must be in a plan for the document to be the plan's.
const SHARE: f64 = 0.3;

/// The id of the plan that a draft is: `place-years`, or `place-topic-years` where a plan of
/// another content has that id. `None` where neither is free or an id.
pub(super) fn derive(
    draft: &Draft,
    place: &str,
    years: &str,
    title: Option<&str>,
    plan: &dyn Fn(&PlanId) -> Option<Rc<Plan>>,
) -> Option<PlanId> {
    let topic = title.map(|title| topic(title, place)).unwrap_or_default();
    let about: Vec<&str> = topic.iter().take(TOPIC).map(String::as_str).collect();
    let about = about.join("-");
    let usable = |id: String| {
        let id = PlanId::parse(id.trim_matches('-'))?;
        let there = plan(&id);
        there
            .is_none_or(|there| is_same(draft, &topic, &there, place))
            .then_some(id)
    };
    let short = format!("{place}-{years}");
    usable(short).or_else(|| {
        let long = format!("{place}-{about}-{years}");
        if about.is_empty() { None } else { usable(long) }
    })
}

/// What a title is about, word by word as in an id: without the words for a plan, years, and the
/// place.
fn topic(title: &str, place: &str) -> Vec<String> {
    const SMALL: [&str; 12] = [
        "for", "och", "att", "med", "mot", "the", "and", "till", "inom", "lan", "kommun", "region",
    ];
    let place: Vec<&str> = place.split('-').collect();
    let plan: Vec<String> = structure::PLAN.iter().map(|word| slug(word)).collect();
    slug(title)
        .split('-')
        .filter(|word| word.len() > 2 && !word.bytes().all(|byte| byte.is_ascii_digit()))
        .filter(|word| !SMALL.contains(word) && !place.contains(word))
        .filter(|word| {
            !plan
                .iter()
                .any(|plan| plan.split('-').any(|plan| word.starts_with(plan)))
        })
        .map(str::to_owned)
        .collect()
}

/// Whether a document is a plan that is there already: their titles are about the same, or their
/// activities are.
fn is_same(draft: &Draft, own: &[String], plan: &Plan, place: &str) -> bool {
    let titles = plan.title.iter();
    let theirs: Vec<Vec<String>> = titles.map(|title| topic(&title.text, place)).collect();
    let alike = theirs.iter().any(|theirs| {
        let shared = own.iter().filter(|word| theirs.contains(word)).count();
        shared * 2 >= own.len().min(theirs.len()) && (shared > 0 || own.is_empty())
    });
    alike && !own.is_empty() || share(draft, plan) >= SHARE
}

/// How many of a draft's activities a plan has, from 0 to 1; 1 where neither has any.
fn share(draft: &Draft, plan: &Plan) -> f64 {
    let there = |title: &str| {
        let mut theirs = plan
            .activities
            .values()
            .flat_map(|activity| activity.title.iter());
        theirs.any(|theirs| likeness(&theirs.text, title) > SAME)
    };
    let all = draft.activities.len();
    if all == 0 {
        return if plan.activities.is_empty() { 1.0 } else { 0.0 };
    }
    let shared = draft
        .activities
        .iter()
        .filter(|own| there(&own.title.text))
        .count();
    #[expect(clippy::cast_precision_loss, reason = "counts of activities")]
    let share = shared as f64 / all as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::assemble::draft::Activity;
    use crate::import::document::Passage;
    use crate::model::{Iri, Layer, Text};

    fn plan(title: &str, activity: &str) -> Plan {
        let mut plan = Plan::default();
        plan.title.insert(Text::sv(title), Layer::Stated);
        let mut node = crate::model::Activity::default();
        node.title.insert(Text::sv(activity), Layer::Stated);
        let iri = Iri::parse("http://x/plan/p/activity/a").unwrap();
        plan.activities.insert(iri, node);
        plan
    }

    fn derived(title: &str, activity: &str, there: &Plan) -> Option<String> {
        let draft = Draft {
            activities: vec![Activity {
                title: Passage::new(1, activity),
                ..Activity::default()
            }],
            ..Draft::default()
        };
        let known =
            |id: &PlanId| (id.as_str() == "falun-2024-2026").then(|| Rc::new(there.clone()));
        let id = derive(&draft, "falun", "2024-2026", Some(title), &known);
        id.map(|id| id.as_str().to_owned())
    }

    #[test]
    fn another_plan_for_the_same_time_gets_an_id_of_its_own() {
        let there = plan(
            "Handlingsplan för digitalisering 2024–2026",
            "Införa e-tjänster",
        );
        let same = derived(
            "Handlingsplan för digitalisering 2024-2026",
            "Något annat",
            &there,
        );
        assert_eq!(same.as_deref(), Some("falun-2024-2026"));
        let same = derived("Digital plan", "Införa e-tjänster nu", &there);
        assert_eq!(same.as_deref(), Some("falun-2024-2026"));
        let other = derived("Klimathandlingsplan för Falun", "Plantera träd", &there);
        assert_eq!(
            other.as_deref(),
            Some("falun-klimathandlingsplan-2024-2026")
        );
    }

    #[test]
    fn where_no_id_is_free_there_is_none() {
        let there = plan("Handlingsplan för digitalisering", "Införa e-tjänster");
        assert_eq!(
            derived("Handlingsplan 2024–2026", "Plantera träd", &there),
            None
        );
    }
}
