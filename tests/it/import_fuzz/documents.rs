//! Documents of what plans are made of, in any order.

use proptest::prelude::*;
use proptest::sample::select;

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

/// What may stand on top.
const HEADS: [&str; 3] = [
    "",
    "Handlingsplan för Region Dalarna 2024–2026\n\n",
    "# Plan 2025\n\n",
];

/// Labels of fields.
const LABELS: [&str; 12] = [
    "Ansvarig",
    "Ansvariga",
    "Samverkan",
    "Tidplan",
    "Tid",
    "Status",
    "Mål",
    "Åtgärd",
    "Beskrivning",
    "Uppföljning",
    "Indikator",
    "Kontakt",
];

/// What a measure begins with.
const NUMBERS: [&str; 10] = [
    "",
    "Åtgärd 1: ",
    "Åtgärd 2. ",
    "Insats 1.1 – ",
    "3.1 ",
    "## ",
    "### 2.1 ",
    "A1 ",
    "1. ",
    "**",
];

/// What stands around a plan.
const FURNITURE: [&str; 12] = [
    "Innehåll\n",
    "Innehållsförteckning\n",
    "1 Inledning ........ 3\n",
    "2.1 Åtgärder\t4\n",
    "Sida 1 av 3\n\u{c}",
    "2 (4)\n\n",
    "Region Dalarna · Dnr 2024/13 · 3\n\u{c}",
    "1. Falu kommun, Budget 2024, https://example.org/b.pdf\n",
    "¹ Se bilaga 2.\n",
    "1) Beslut i fullmäktige 2024-03-01\n",
    "Uppföljning av handlingsplan 2021–2023\n\n",
    "Referenser\n\n",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        60 => select(WORDS.to_vec()).prop_map(str::to_owned),
        1 => (200..3000_usize).prop_map(|length| "å".repeat(length)),
        2 => "\\PC{0,12}",
    ]
}

/// Words with what stands between them.
fn words(range: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let words = prop::collection::vec((word(), select(GAPS.to_vec())), range);
    words.prop_map(|words| {
        let parts = words.into_iter();
        parts
            .flat_map(|(word, gap)| [word, gap.to_owned()])
            .collect()
    })
}

/// A few words that may be a title or what a field says.
fn phrase() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "))
}

fn line() -> impl Strategy<Value = String> {
    let parts = (select(STARTS.to_vec()), words(0..7), select(ENDS.to_vec()));
    parts.prop_map(|(start, words, end)| format!("{start}{words}{end}"))
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

/// A measure under a heading of its own, with fields on a line each, on one line, or in a table of
/// two columns.
fn measure() -> impl Strategy<Value = String> {
    let between = select(vec![
        ": ",
        ":\n",
        ":  ",
        " | ",
        "\t",
        "          ",
        "** ",
        " – ",
    ]);
    let after = select(vec!["\n", "\n", " ", ". ", "\n\n", " |\n"]);
    let fields = prop::collection::vec((select(LABELS.to_vec()), phrase()), 0..6);
    let title = (select(NUMBERS.to_vec()), phrase(), select(ENDS.to_vec()));
    (title, fields, between, after).prop_map(|((number, title, end), fields, between, after)| {
        let fields = fields.into_iter();
        let fields: String = fields
            .flat_map(|(label, value)| [label, between, &value, after].map(str::to_owned))
            .collect();
        format!("{number}{title}{end}{fields}\n")
    })
}

fn furniture() -> impl Strategy<Value = String> {
    select(FURNITURE.to_vec()).prop_map(str::to_owned)
}

/// Text as it comes out of a program or is typed.
pub(super) fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![6 => line(), 2 => table(), 2 => measure(), 1 => furniture()];
    (select(HEADS.to_vec()), prop::collection::vec(part, 0..40))
        .prop_map(|(head, parts)| format!("{head}{}", parts.concat()))
}

/// Separated values, with lines on top that are no header, and cells in quotes or not.
pub(super) fn separated() -> impl Strategy<Value = String> {
    let inside = select(vec!["", "", "\n", "\"\""]);
    let cell = (words(0..4), any::<bool>(), inside).prop_map(|(words, quoted, inside)| {
        if quoted {
            format!("\"{words}{inside}{words}\"")
        } else {
            words
        }
    });
    let titles = prop::collection::vec(prop::collection::vec(phrase(), 1..4), 0..4);
    let columns = prop::collection::vec(select([&WORDS[..11], &LABELS[..]].concat()), 2..7);
    let rows = prop::collection::vec(prop::collection::vec(cell, 1..8), 0..9);
    let separator = select(vec![";", ";", ",", "\t"]);
    let head = select(HEADS.to_vec());
    (head, separator, titles, columns, rows).prop_map(|(head, separator, titles, columns, rows)| {
        let columns: Vec<String> = columns.into_iter().map(str::to_owned).collect();
        let all = titles.into_iter().chain([columns]).chain(rows);
        let lines = all.map(|cells: Vec<String>| cells.join(separator) + "\n");
        format!("{head}{}", lines.collect::<String>())
    })
}

/// Markdown, with front matter or not.
pub(super) fn markdown() -> impl Strategy<Value = String> {
    let front = prop_oneof![
        Just(String::new()),
        Just("---\ntitle: Handlingsplan 2024–2026\nauthor: Region Dalarna\n---\n\n".to_owned()),
        phrase().prop_map(|title| format!("---\ntitle: {title}\n---\n")),
        Just("---\n".to_owned()),
    ];
    let rows = prop::collection::vec(prop::collection::vec(words(0..3), 1..6), 0..6);
    let columns = prop::collection::vec(select(WORDS[..11].to_vec()), 2..6);
    let table = (columns, rows).prop_map(|(columns, rows)| {
        let rule = vec!["---"; columns.len()].join("|");
        let rows = rows.into_iter().map(|cells| cells.join("|"));
        let lines = [columns.join("|"), rule].into_iter().chain(rows);
        let lines = lines.map(|cells| format!("|{cells}|\n"));
        format!("\n{}\n", lines.collect::<String>())
    });
    let starts = select(vec![
        "# ", "## ", "### ", "- ", "  - ", "1. ", "> ", "**", "`", "[^1]: ", "<b>", "```\n", "",
    ]);
    let ends = select(vec![
        "\n", "\n\n", "**\n", "[^1]\n", "  \n", "\n---\n", "\\\n",
    ]);
    let marked = (starts, words(0..5), ends);
    let marked = marked.prop_map(|(start, words, end)| format!("{start}{words}{end}"));
    let part = prop_oneof![4 => marked, 2 => table, 2 => measure(), 1 => line()];
    let title = "# Handlingsplan för Region Dalarna 2024–2026\n\n";
    (front, prop::collection::vec(part, 0..30))
        .prop_map(move |(front, parts)| format!("{front}{title}{}", parts.concat()))
}

/// Bytes of any sort, some with what a format begins with.
pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let starts: Vec<&[u8]> = vec![
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xd0\xcf\x11\xe0",
        b"a;b\n",
        b"{\\rtf1",
        b"<html>",
        b"\x00",
    ];
    let some = b"a\xe5 \n\r\t;,\"|-#1\x00\xc3\xa5".to_vec();
    let rest = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..600),
        prop::collection::vec(select(some), 0..600),
    ];
    (select(starts), rest).prop_map(|(start, rest)| [start, &rest].concat())
}
