//! The test cases of the W3C for SPARQL 1.0 and 1.1: queries, result formats, syntax, protocol
//! and service description. Each goes through the router, as a request of anybody would.
//!
//! The files are the W3C's and no part of this repository. Where they are missing the tests
//! say so and look at nothing.

mod compare;
mod description;
mod evaluation;
mod left_out;
mod manifest;
mod protocol;
mod service;
mod syntax;
mod text;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use left_out::LEFT_OUT;
use manifest::{Case, Kind};

/// How many cases there are at least: fewer means that a manifest was not read.
const LEAST: [(&str, usize); 2] = [("w3c-sparql10", 482), ("w3c-sparql11", 375)];

/// What came of the cases of a folder.
#[derive(Default)]
struct Tally {
    cases: usize,
    passed: usize,
    left_out: usize,
}

#[tokio::test]
async fn every_case_holds_or_is_left_out_for_a_reason() {
    let Some(cases) = cases("every_case_holds_or_is_left_out_for_a_reason") else {
        return;
    };
    let mut reasons: BTreeMap<_, _> = LEFT_OUT.iter().copied().collect();
    assert_eq!(reasons.len(), LEFT_OUT.len(), "a case is listed twice");
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &cases {
        let tally = tallies.entry(case.suite.clone()).or_default();
        tally.cases += 1;
        match (holds(case).await, reasons.remove(case.name.as_str())) {
            (Ok(()), None) => tally.passed += 1,
            (Err(_), Some(_)) => tally.left_out += 1,
            (Ok(()), Some(_)) => wrong.push(format!("{} is left out and holds", case.name)),
            (Err(error), None) => wrong.push(format!("{}: {error}", case.name)),
        }
    }
    let unknown = reasons.keys().map(|name| format!("{name} is no case"));
    wrong.extend(unknown);
    say(&summary(&tallies));
    for (suite, least) in LEAST {
        let of_suite = tallies.iter().filter(|(name, _)| name.starts_with(suite));
        let found: usize = of_suite.map(|(_, tally)| tally.cases).sum();
        assert!(found >= least, "{suite} has only {found} cases");
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[tokio::test]
async fn a_request_can_say_which_graphs_the_query_is_asked_of() {
    let Some(cases) = cases("a_request_can_say_which_graphs_the_query_is_asked_of") else {
        return;
    };
    let left_out: BTreeSet<_> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
    let (mut asked, mut wrong) = (0, Vec::new());
    for Case {
        base, name, kind, ..
    } in &cases
    {
        if let Kind::Evaluation(evaluation) = kind
            && !left_out.contains(name.as_str())
            && let Some(outcome) = evaluation::holds_by_request(base, evaluation).await
        {
            asked += 1;
            wrong.extend(outcome.err().map(|error| format!("{name}: {error}")));
        }
    }
    assert!(asked >= 400, "only {asked} cases");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[tokio::test]
async fn every_update_is_refused() {
    let Some(cases) = cases("every_update_is_refused") else {
        return;
    };
    let mut refused = BTreeSet::new();
    for Case {
        base, name, kind, ..
    } in &cases
    {
        if let Kind::Protocol { manifest, case } = kind
            && let Some(outcome) = protocol::updates_refused(base, manifest, case).await
        {
            assert_eq!(outcome, Ok(()), "{name}");
            refused.insert(name);
        }
    }
    assert!(refused.len() >= 12, "{refused:?}");
}

/// The cases, or a word that there are none here.
fn cases(test: &str) -> Option<Vec<Case>> {
    let folder = manifest::folder();
    if folder.is_dir() {
        return Some(manifest::cases());
    }
    say(&format!(
        "SKIPPED: {test}: there is no {}\n",
        folder.display()
    ));
    None
}

async fn holds(case: &Case) -> Result<(), String> {
    match &case.kind {
        Kind::Evaluation(evaluation) => evaluation::holds(&case.base, evaluation).await,
        Kind::Syntax { query, valid } => syntax::holds(&case.base, query, *valid).await,
        Kind::Protocol {
            manifest,
            case: node,
        } => protocol::holds(&case.base, manifest, node).await,
        Kind::ServiceDescription => {
            let (_, name) = case.name.rsplit_once('#').unwrap();
            description::holds(name).await
        }
    }
}

fn summary(tallies: &BTreeMap<String, Tally>) -> String {
    let mut table = format!(
        "{:<38}{:>6}{:>8}{:>10}\n",
        "suite", "cases", "passed", "left out"
    );
    let mut row = |name: &str, tally: &Tally| {
        let Tally {
            cases,
            passed,
            left_out,
        } = tally;
        writeln!(table, "{name:<38}{cases:>6}{passed:>8}{left_out:>10}").unwrap();
    };
    let mut all = Tally::default();
    for (name, tally) in tallies {
        row(name, tally);
        all.cases += tally.cases;
        all.passed += tally.passed;
        all.left_out += tally.left_out;
    }
    row("all", &all);
    table
}

/// Not `eprintln!`, which the test runner keeps to itself when a test passes.
fn say(words: &str) {
    std::io::Write::write_all(&mut std::io::stderr(), words.as_bytes()).unwrap();
}
