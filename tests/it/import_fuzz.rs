//! Documents put together at random from what plans are made of and from what breaks readers.
//!
//! `cargo test` tries the same few each time. `PROPTEST_CASES=20000 cargo test --release
//! import_fuzz` tries that many others of each sort, tells the seed, and shows every kind of
//! failure with the smallest document found for it; `IMPORT_SEED` tries those of that seed again.

use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::fmt::Write;
use std::hash::BuildHasher;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::import_properties::broken;

mod documents;
mod mutations;

/// The most failures that are made smaller, and the most steps of that for each.
const SHOWN: usize = 12;
const STEPS: usize = 1500;

/// A number from the environment.
fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Tries documents, `cases` of them or as many as the environment says. Fails with the smallest
/// document of each kind of failure, shown whole.
fn try_each<S>(cases: u64, documents: S)
where
    S: Strategy,
    S::Value: AsRef<[u8]>,
{
    let wanted = asked("PROPTEST_CASES");
    let any = || wanted.map_or(0, |_| RandomState::new().hash_one(0));
    let seed = asked("IMPORT_SEED").unwrap_or_else(any);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed.to_le_bytes().repeat(4));
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut failures: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for _ in 0..wanted.unwrap_or(cases) {
        let mut tree = documents.new_tree(&mut runner).unwrap();
        let Some((kind, mut shown)) = failure(tree.current().as_ref()) else {
            continue;
        };
        if let Some((times, _)) = failures.get_mut(&kind) {
            *times += 1;
            continue;
        }
        let steps = if failures.len() < SHOWN { STEPS } else { 0 };
        let mut smaller = steps > 0 && tree.simplify();
        for _ in 0..steps {
            if !smaller {
                break;
            }
            smaller = match failure(tree.current().as_ref()) {
                Some((same, text)) if same == kind => {
                    shown = text;
                    tree.simplify()
                }
                _ => tree.complicate(),
            };
        }
        // At once: who stops a long run has what it found.
        eprintln!("IMPORT_SEED={seed}\n{shown}\n");
        failures.insert(kind, (1, shown));
    }
    let mut all = String::new();
    for (times, shown) in failures.values() {
        writeln!(all, "{times} times:\n{shown}\n").unwrap();
    }
    assert!(all.is_empty(), "IMPORT_SEED={seed}\n{all}");
}

/// The kind of failure that a document gives, and what there is to show of it.
fn failure(document: &[u8]) -> Option<(String, String)> {
    let found = catch_unwind(AssertUnwindSafe(|| broken(document)));
    let found = found.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        vec![format!("panicked: {}", text.unwrap_or_default())]
    });
    let first = found.first()?;
    Some((
        kind(first),
        format!("{}\n{}", found.join("\n"), shown(document)),
    ))
}

/// What failures of a kind have in common: the words without what is quoted.
fn kind(message: &str) -> String {
    let mut depth = 0_usize;
    let mut kind = String::new();
    for c in message.chars().filter(|c| !c.is_ascii_digit()) {
        match c {
            '“' | '<' | '[' => depth += 1,
            '”' | '>' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kind.push(c),
            _ => {}
        }
    }
    kind.split(" / ").next().unwrap_or_default().to_owned()
}

/// A document as it can be written in a test.
fn shown(document: &[u8]) -> String {
    std::str::from_utf8(document).map_or_else(
        |_| format!("b\"{}\"", document.escape_ascii()),
        |text| format!("{text:?}"),
    )
}

#[test]
fn any_text_is_refused_or_a_plan_that_holds() {
    try_each(64, documents::text());
}

#[test]
fn any_separated_values_are_refused_or_a_plan_that_holds() {
    try_each(32, documents::separated());
}

#[test]
fn any_markdown_is_refused_or_a_plan_that_holds() {
    try_each(32, documents::markdown());
}

#[test]
fn any_bytes_are_read_or_refused() {
    try_each(256, documents::bytes());
}

#[test]
fn a_document_with_parts_changed_is_refused_or_a_plan_that_holds() {
    try_each(24, mutations::changed());
}

#[test]
fn a_package_with_bytes_changed_is_read_or_refused() {
    try_each(64, mutations::damaged());
}

/// What the random documents found: each is refused or a plan that holds.
#[test]
fn fields_about_no_measure_are_no_activity() {
    for text in [
        "1. Ansvarig\nAnsvarig: Åtgärd\nStatus: Åtgärd\n\n## Åtgärd \n",
        "Åtgärd\nAnsvarig:\n1. Ansvarig:\nÅtgärd. \n",
        "Åtgärd\nTidplan: 2021¹\nAnsvarig: Åtgärd\n\n## Åtgärd\n\n1. Ansvarig\nAnsvarig: Åtgärd\n\n",
        "# Åtgärder\n\n- **Ansvarig:** Falu kommun\n- [Uppföljning](#u)\n\n## Mål\n\n- Responsible: X\n- Timeline: 2025\n",
    ] {
        holds(text);
    }
}

#[test]
fn a_new_organisation_does_not_take_the_address_of_another() {
    holds("Region Dalarna\rAnsvarig:  𝔍ຌ. Ansvarig:  Åtgärd. \n1. \n");
}

#[test]
fn a_name_with_a_tab_in_it_is_masked_in_words_too() {
    holds("X\nAnsvarig: Åtgärd Tidplan: Åtgärd \nAnna Berg\tLöpande Åtgärd \n## Åtgärd \n");
}

#[test]
fn a_status_that_is_written_with_marks_is_no_quote() {
    holds(
        "# Plan\n\n|Åtgärd|Ansvarig|Status|\n|---|---|---|\n|Bygga hus|Falu kommun|🂠\\{ |\n|Måla|Falu kommun|*Pågår* nu|\n\n",
    );
}

#[test]
fn a_footnote_without_words_is_none() {
    holds("# Plan\n\nOrd[^1]\n\n[^1]: \n");
}

#[test]
fn cells_of_one_line_make_no_broken_word() {
    holds(
        "Åtgärd          Åtgärd\nStatus          https://example.org/å          Insats          Åtgärd          Åtgärd\na.b@example.org          Åtgärd          nätverks-          ord1\n",
    );
}

/// The text as part of a plan breaks nothing.
fn holds(text: &str) {
    let document = format!("Handlingsplan för Region Dalarna 2024–2026\n\n{text}");
    assert_eq!(broken(document.as_bytes()), [""; 0], "{document:?}");
}
