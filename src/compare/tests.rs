//! A small plan, made by hand, and what is taken out of it and counted.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::editions::{Change, Editions, Part};
use super::facts::{PlanFacts, Progress};
use super::likeness::{Likeness, PlanWords, marks};
use super::matrix::{Answer, Comparison};
use super::request::{Order, Request, Wanted};
use crate::model::{
    Activity, Alignment, Date, FollowUp, Framework, Goal, Iri, Layer, Linked, Period, Plan,
    ReviewState, Status, Text,
};
use crate::text::Lexicon;

fn iri(path: &str) -> Iri {
    Iri::parse(format!("http://example.org/{path}")).unwrap()
}

fn values<T: Ord>(value: T) -> crate::model::Values<T> {
    [(value, Layer::Stated)].into_iter().collect()
}

/// A framework with a goal and two under it.
fn framework() -> Framework {
    let goal = |key: &str, broader: Option<&str>| Goal {
        iri: iri(&format!("goal/{key}")),
        key: key.to_owned(),
        names: vec![Text::sv(key)],
        other_names: Vec::new(),
        definition: Vec::new(),
        remarks: Vec::new(),
        broader: broader.map(|key| iri(&format!("goal/{key}"))),
        depth: usize::from(broader.is_some()),
    };
    Framework {
        iri: iri("framework"),
        id: "framework".to_owned(),
        names: vec![Text::sv("Ramverk")],
        goals: vec![
            goal("all", None),
            goal("one", Some("all")),
            goal("two", Some("all")),
        ],
    }
}

fn activity(title: &str, position: u32) -> Activity {
    Activity {
        declared: [Layer::Stated].into(),
        title: values(Text::sv(title)),
        position: values(position),
        ..Activity::default()
    }
}

fn accepted(plan: &mut Plan, part: &str, goal: Option<&str>, state: ReviewState) {
    let part = iri(part);
    let layer = if state == ReviewState::Suggested {
        Layer::Suggested
    } else {
        Layer::Editorial
    };
    let mut alignment = Alignment {
        aligned: [(part.clone(), layer)].into_iter().collect(),
        review_state: [(state, layer)].into_iter().collect(),
        ..Alignment::default()
    };
    match goal {
        Some(goal) => alignment
            .aligned_with
            .insert(iri(&format!("goal/{goal}")), layer),
        None => alignment.fits_no_goal_of.insert(iri("framework"), layer),
    }
    if let (ReviewState::Accepted, Some(goal)) = (state, goal)
        && let Some(activity) = plan.activities.get_mut(&part)
    {
        let goal = iri(&format!("goal/{goal}"));
        activity.contributes_to.insert(goal, layer);
    }
    let name = iri(&format!("alignment/{}", plan.alignments.len()));
    plan.alignments.insert(name, alignment);
}

/// Three activities, the first with a bullet.
fn plan() -> Plan {
    let mut plan = Plan {
        title: values(Text::sv("Plan")),
        ..Plan::default()
    };
    plan.activities
        .insert(iri("a"), activity("Bygg ut bredbandet", 1));
    plan.activities
        .insert(iri("b"), activity("Ordna kurser", 2));
    plan.activities
        .insert(iri("c"), activity("Skriv en rapport", 3));
    let bullet = Activity {
        sub_activity_of: values(iri("a")),
        ..activity("Kartlägg fibern", 1)
    };
    plan.activities.insert(iri("a-1"), bullet);
    plan
}

fn facts(plan: &Plan) -> Arc<PlanFacts> {
    Arc::new(PlanFacts::of(&iri("plan"), plan))
}

fn counts(plan: &Plan, request: Request) -> Vec<(Vec<usize>, Answer)> {
    let framework = framework();
    let comparison = Comparison::of(&framework, [facts(plan)], request);
    let rows = comparison.rows.iter();
    rows.map(|row| (row.cells[0].activities.clone(), comparison.answer(row, 0)))
        .collect()
}

#[test]
fn a_bullet_counts_with_its_activity_and_a_goal_with_the_one_above_it() {
    let mut plan = plan();
    accepted(&mut plan, "a-1", Some("one"), ReviewState::Accepted);
    accepted(&mut plan, "a", Some("one"), ReviewState::Accepted);
    accepted(&mut plan, "b", Some("two"), ReviewState::Accepted);
    let rows = counts(&plan, Request::default());
    // In the order of the document the activities are a, its bullet, b, c.
    assert_eq!(rows[0], (vec![0, 2], Answer::Served));
    assert_eq!(rows[1], (vec![0], Answer::Served));
    assert_eq!(rows[2], (vec![2], Answer::Served));
}

#[test]
fn zero_is_said_only_where_everything_has_been_reviewed() {
    let mut plan = plan();
    assert_eq!(counts(&plan, Request::default())[1].1, Answer::NotReviewed);
    accepted(&mut plan, "a", Some("one"), ReviewState::Accepted);
    assert_eq!(
        counts(&plan, Request::default())[2].1,
        Answer::PartlyReviewed
    );
    accepted(&mut plan, "b", None, ReviewState::Accepted);
    accepted(&mut plan, "c", None, ReviewState::Accepted);
    assert_eq!(counts(&plan, Request::default())[2].1, Answer::NotServed);
    let none = Request {
        statuses: BTreeSet::from([Wanted::Status(Status::Paused)]),
        ..Request::default()
    };
    assert_eq!(counts(&plan, none)[1].1, Answer::Nothing);
}

#[test]
fn a_suggestion_is_shown_and_never_counted_and_a_rejection_is_neither() {
    let mut plan = plan();
    accepted(&mut plan, "a", Some("one"), ReviewState::Suggested);
    accepted(&mut plan, "b", Some("two"), ReviewState::Rejected);
    let framework = framework();
    let comparison = Comparison::of(&framework, [facts(&plan)], Request::default());
    let cell = |row: usize| &comparison.rows[row].cells[0];
    assert_eq!((cell(1).activities.len(), cell(1).suggested), (0, 1));
    assert_eq!((cell(2).activities.len(), cell(2).suggested), (0, 0));
    assert_eq!(comparison.plans[0].reviewed, 0);
}

#[test]
fn the_newest_follow_up_with_a_status_says_how_far_it_has_come() {
    let mut plan = plan();
    let report = |status: Option<Status>, day: &str| FollowUp {
        declared: [Layer::Stated].into(),
        follow_up_of: values(iri("a")),
        status: status
            .into_iter()
            .map(|status| (status, Layer::Stated))
            .collect(),
        date: values(Date::parse(day).unwrap()),
        ..FollowUp::default()
    };
    assert_eq!(facts(&plan).activities[0].progress, Progress::NoStatuses);
    plan.follow_ups
        .insert(iri("f2"), report(Some(Status::Completed), "2021-01-01"));
    plan.follow_ups
        .insert(iri("f1"), report(Some(Status::Paused), "2022-01-01"));
    plan.follow_ups
        .insert(iri("f0"), report(None, "2023-01-01"));
    let facts = facts(&plan);
    assert_eq!(facts.activities[0].progress.status(), Some(Status::Paused));
    assert_eq!(facts.activities[2].progress, Progress::NotReported);
    let days: Vec<_> = facts.activities[0]
        .outcomes
        .iter()
        .map(|one| one.date)
        .collect();
    assert!(days.is_sorted());
}

#[test]
fn a_period_covers_the_years_it_touches_and_an_open_end_all_that_follow() {
    let mut plan = plan();
    let period = Period {
        start: values(Date::parse("2021-03-01").unwrap()),
        ..Period::default()
    };
    let linked = Linked::new([Layer::Stated].into(), period);
    let own = plan.activities.get_mut(&iri("b")).unwrap();
    own.temporal.insert(iri("b/period"), linked);
    let facts = facts(&plan);
    let of = |year| {
        let request = Request {
            year: Some(year),
            ..Request::default()
        };
        facts
            .whole()
            .filter(|(_, one)| request.takes(&facts, one))
            .count()
    };
    assert_eq!((of(2020), of(2021), of(2050)), (0, 1, 1));
}

#[test]
fn goals_come_in_the_order_asked_for() {
    let mut plan = plan();
    accepted(&mut plan, "a", Some("two"), ReviewState::Accepted);
    let framework = framework();
    let keys = |order| {
        let request = Request {
            order,
            ..Request::default()
        };
        let comparison = Comparison::of(&framework, [facts(&plan)], request);
        let keys = comparison.rows.iter().map(|row| row.goal.key.clone());
        keys.collect::<Vec<_>>()
    };
    assert_eq!(keys(Order::Framework), ["all", "one", "two"]);
    assert_eq!(keys(Order::Most), ["all", "two", "one"]);
    assert_eq!(keys(Order::Fewest), ["one", "all", "two"]);
    for order in Order::ALL {
        assert_eq!(Order::from_key(order.key()), Some(order));
    }
    for wanted in Wanted::all() {
        assert_eq!(Wanted::from_key(wanted.key()), Some(wanted));
    }
}

#[test]
fn what_became_of_an_activity_is_told_from_its_links() {
    let mut first = plan();
    first.activities.insert(iri("d"), activity("Avsluta", 4));
    let mut second = Plan {
        replaces: values(iri("plan")),
        ..Plan::default()
    };
    let mut add = |name: &str, one: Activity| second.activities.insert(iri(name), one);
    let revised = |title: &str, of: &str| Activity {
        revision_of: values(iri(of)),
        ..activity(title, 1)
    };
    let derived = |of: &[&str]| Activity {
        derived_from: of.iter().map(|one| (iri(one), Layer::Stated)).collect(),
        ..activity("x", 1)
    };
    add("a2", revised("Bygg ut bredbandet", "a"));
    add("b2", revised("Ordna fler kurser", "b"));
    add("c2", derived(&["c"]));
    add("c3", derived(&["c"]));
    let second = Arc::new(PlanFacts::of(&iri("plan2"), &second));
    let editions = Editions::of([facts(&first), second]);
    let one = |of: &str| editions.history(&iri(of)).into_iter().next().unwrap();
    assert_eq!(one("a").change, Change::Continued);
    assert_eq!(
        (one("b2").change, one("b2").parts),
        (Change::Changed, vec![Part::Title])
    );
    assert_eq!(one("c").change, Change::Split);
    assert_eq!(editions.history(&iri("c")).len(), 2);
    assert_eq!(editions.dropped_by(&iri("d")), [&iri("plan2")]);
    assert!(editions.dropped_by(&iri("a")).is_empty());
    assert!(editions.history(&iri("d")).is_empty());
}

#[test]
fn activities_resemble_each_other_by_rare_words_of_other_plans_only() {
    let lexicon = Lexicon::learn([("bredband fiber kurser", "sv")]);
    let words = |name: &str, titles: &[&str]| {
        let mut plan = Plan::default();
        for (at, title) in (1..).zip(titles) {
            plan.activities
                .insert(iri(&format!("{name}/{at}")), activity(title, at));
        }
        PlanWords::of(&PlanFacts::of(&iri(name), &plan), &lexicon)
    };
    let one = words(
        "p",
        &["Kartlägg fibern i kommunerna", "Ordna kurser i kommunerna"],
    );
    let other = words(
        "q",
        &[
            "Revidera kartläggningen av fiber i kommunerna",
            "Skriv rapport till kommunerna",
        ],
    );
    let likeness = Likeness::of([&one, &other]);
    let similar = likeness.similar(&iri("p/1"), 5);
    assert_eq!(similar[0].iri, iri("q/1"));
    assert!(similar.iter().all(|one| one.iri.as_str().contains("/q/")));
    assert!(
        likeness.similar(&iri("p/2"), 5).is_empty(),
        "kommunerna alone is too little"
    );
    let pairs = likeness.pairs(5);
    assert_eq!((pairs.len(), &pairs[0].one), (1, &iri("p/1")));
    // One word alone can mean anything, even where it is all there is.
    let alone = Likeness::of([&words("r", &["Robotar"]), &words("s", &["Robotar"])]);
    assert!(alone.similar(&iri("r/1"), 5).is_empty());
    let text = Text::sv("Revidera kartläggningen av fiber");
    let marked = marks(&text, &similar[0].shared, &lexicon);
    let marked: Vec<_> = marked.into_iter().map(|range| &text.text[range]).collect();
    assert_eq!(marked, ["kartläggningen", "fiber"]);
}
