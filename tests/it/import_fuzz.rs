//! Documents put together at random from what plans are made of and from what breaks readers.
//!
//! `PROPTEST_CASES=20000 cargo test --release import_fuzz` tries many.

use proptest::prelude::*;
use proptest::sample::select;

use crate::import_properties::broken;

/// How many documents `cargo test` tries; more where the environment says so.
fn cases() -> u32 {
    let wanted = std::env::var("PROPTEST_CASES").ok();
    wanted.and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

/// Words of columns, statuses, periods and parties, bullets, and oddities.
const WORDS: [&str; 52] = [
    "Åtgärd",
    "Aktivitet",
    "Insats",
    "Ansvarig",
    "Samverkan",
    "Tidplan",
    "Status",
    "Nr",
    "Område",
    "Mål",
    "Utfall",
    "Region Dalarna",
    "Falu kommun",
    "länets kommuner",
    "och",
    "samt",
    "x",
    "X",
    "Pågår",
    "Klar",
    "Ej påbörjad",
    "Löpande",
    "2024–2026",
    "2024-13-45",
    "99999-99-99",
    "2025",
    "Q4 2025 – Q1 2024",
    "18446744073709551616",
    "1",
    "2",
    "12",
    "ord1",
    "2021¹",
    "20211",
    "Bilaga",
    "Referenser",
    "Antagen av fullmäktige",
    "Utveckla digitala tjänster.",
    "Anna Berg",
    "a.b@example.org",
    "https://example.org/å",
    "www.",
    "nätverks-",
    "\u{ad}mjuk\u{ad}",
    "a\u{301}\u{323}",
    "\u{200f}höger\u{200e}",
    "\u{feff}",
    "\u{2028}",
    "ﬁ",
    "“”",
    "(",
    "🇸🇪",
];

/// What stands between words.
const GAPS: [&str; 9] = [" ", " ", "  ", "        ", "\t", "\t\t", "; ", ", ", ""];

/// What begins a line.
const STARTS: [&str; 14] = [
    "", "", "", "• ", "- ", "o ", "1. ", "3.1 ", "2) ", "## ", "        ", "1 ", "\u{c}", "| ",
];

/// What ends a line.
const ENDS: [&str; 8] = ["\n", "\n", "\n", "\n\n", "\n\n\n\n", "\r\n", "\r", ".\n"];

fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        60 => select(WORDS.to_vec()).prop_map(str::to_owned),
        1 => (200..3000_usize).prop_map(|length| "å".repeat(length)),
        2 => "\\PC{0,12}",
    ];
    let words = prop::collection::vec((word, select(GAPS.to_vec())), 0..7);
    (select(STARTS.to_vec()), words, select(ENDS.to_vec())).prop_map(|(start, words, end)| {
        let words: String = words
            .into_iter()
            .flat_map(|(word, gap)| [word, gap.to_owned()])
            .collect();
        format!("{start}{words}{end}")
    })
}

/// A table whose columns are set apart by one thing, with rows that may be broken.
fn table() -> impl Strategy<Value = String> {
    let separator = select(vec!["\t", "          ", " | ", "\n", ";"]);
    let columns = prop::collection::vec(select(WORDS[..11].to_vec()), 2..6);
    let rows = prop::collection::vec(prop::collection::vec(select(WORDS.to_vec()), 1..7), 0..8);
    (separator, columns, rows).prop_map(|(separator, columns, rows)| {
        let all = std::iter::once(columns).chain(rows);
        all.map(|cells| cells.join(separator) + "\n").collect()
    })
}

fn document() -> impl Strategy<Value = String> {
    let head = select(vec![
        "",
        "Handlingsplan för Region Dalarna 2024–2026\n\n",
        "# Plan 2025\n\n",
    ]);
    let part = prop_oneof![3 => line(), 1 => table()];
    (head, prop::collection::vec(part, 0..40))
        .prop_map(|(head, parts)| format!("{head}{}", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in a document, it is refused or becomes a plan that holds, the same each
    /// time, whose titles stand where it says.
    #[test]
    fn any_document_is_refused_or_a_plan_that_holds(text in document()) {
        prop_assert_eq!(broken(text.as_bytes()), [""; 0]);
    }
}
