//! The seed document, against what is published of it.

use super::*;
use crate::import::document::Block;
use crate::import::table::title::title_and_description;

/// Footnote marks are taken out of passages elsewhere; here by their words.
const MARKS: &[(&str, &str)] = &[
    ("20211", "2021"),
    ("folkbiblioteken2", "folkbiblioteken"),
    (
        "bredbandsmålet för god mobiltäckning1",
        "bredbandsmålet för god mobiltäckning",
    ),
    ("EDIH3", "EDIH"),
    ("verksamt.se4", "verksamt.se"),
    ("LIKA5", "LIKA"),
    ("(GDPR)6", "(GDPR)"),
    ("tjänstedesign7", "tjänstedesign"),
    ("plattform)8", "plattform)"),
    ("e-arkiv9", "e-arkiv"),
];

/// The lines of the document without its footnotes.
fn seed() -> Vec<TextLine> {
    let notes = [
        152..=157,
        241..=241,
        351..=353,
        622..=622,
        671..=679,
        669..=670,
    ];
    let source = include_str!("../../../../../data/plans/vastmanland-2021-2022/source.txt");
    let lines = numbered(source).into_iter();
    lines
        .filter(|line| !notes.iter().any(|note| note.contains(&line.number)))
        .collect()
}

/// What is published of an activity.
#[derive(Debug, Default, PartialEq, Eq)]
struct Published {
    title: String,
    description: String,
    period: String,
    parties: Vec<String>,
    status: String,
    points: Vec<String>,
    outcome: String,
}

/// The activities of a published plan, in order. The files are written one statement a line, so
/// that is all that is read of them.
fn published(turtle: &str) -> Vec<Published> {
    let mut found: Vec<(String, Published)> = Vec::new();
    for block in turtle.split("\n\n<plan/") {
        let head = block.split('>').next().unwrap();
        let parts: Vec<&str> = head.split('/').collect();
        let text = |name: &str| {
            let after = block
                .split_once(&format!("{name} \""))
                .map(|(_, after)| after);
            let after = after.unwrap_or_default();
            match after.strip_prefix("\"\"") {
                Some(long) => long.split("\"\"\"").next().unwrap().to_owned(),
                None => after.split('"').next().unwrap().to_owned(),
            }
        };
        let of = |key: &str, found: &[(String, Published)]| {
            found.iter().position(|(name, _)| name == key)
        };
        match parts[1..] {
            ["activity", name] => {
                if let Some((_, parent)) = block.split_once("subActivityOf <plan/") {
                    let parent = parent
                        .split('>')
                        .next()
                        .unwrap()
                        .rsplit('/')
                        .next()
                        .unwrap();
                    let at = of(parent, &found).unwrap();
                    found[at].1.points.push(text("dcterms:title"));
                } else {
                    let activity = Published {
                        title: text("dcterms:title"),
                        description: text("dcterms:description"),
                        status: text("plan:statusText"),
                        ..Published::default()
                    };
                    found.push((name.to_owned(), activity));
                }
            }
            ["activity", name, "period"] => {
                let at = of(name, &found).unwrap();
                found[at].1.period = text("plan:sourceText");
            }
            // A financier is named in the description.
            ["activity", name, "participation", who] if !who.ends_with("-finansiar") => {
                let at = of(name, &found).unwrap();
                found[at].1.parties.push(text("plan:sourceText"));
            }
            ["follow-up", name] => {
                if let Some(at) = of(name, &found) {
                    found[at].1.outcome = text("dcterms:description");
                }
            }
            _ => {}
        }
    }
    found.into_iter().map(|(_, activity)| activity).collect()
}

fn unmarked(text: &str) -> String {
    let marks = MARKS.iter();
    marks.fold(text.to_owned(), |text, (with, without)| {
        text.replace(with, without)
    })
}

fn description(blocks: &[Block]) -> (String, Vec<String>) {
    let (points, paragraphs): (Vec<&Block>, Vec<&Block>) = blocks
        .iter()
        .partition(|block| matches!(block, Block::Item(_)));
    let cell = Cell {
        content: paragraphs.into_iter().cloned().collect(),
        ..Cell::default()
    };
    let points = points.into_iter().filter_map(|block| match block {
        Block::Item(item) => Some(unmarked(&item.text.text)),
        _ => None,
    });
    (unmarked(&cell.text().text), points.collect())
}

fn activities(tables: &[Found]) -> Vec<Row> {
    let rows = tables.iter().flat_map(|found| found.table.rows.clone());
    rows.filter(|row| !row.header).collect()
}

fn check(row: &Row, expected: &Published) {
    let (title, rest) = title_and_description(&row.cells[0]);
    assert_eq!(unmarked(&title.text), expected.title);
    let (description, points) = description(&rest);
    assert_eq!(description, expected.description, "{}", title.text);
    assert_eq!(points, expected.points, "{}", title.text);
    assert_eq!(unmarked(&row.cells[1].text().text), expected.period);
}

#[test]
fn the_rows_of_the_plan_are_what_is_published() {
    let tables = find(&seed());
    let counts: Vec<usize> = tables
        .iter()
        .map(|found| found.table.rows.len() - 1)
        .collect();
    assert_eq!(counts, [4, 7, 7, 14]);
    let rows = activities(&tables[..3]);
    let expected = published(include_str!(
        "../../../../../data/plans/vastmanland-2021-2022/stated.ttl"
    ));
    assert_eq!(rows.len(), expected.len());
    for (row, expected) in rows.iter().zip(&expected) {
        check(row, expected);
        let parties = row.cells[2].text().text;
        let mut rest = parties.as_str();
        for party in &expected.parties {
            let at = rest.find(party.as_str());
            let at = at.unwrap_or_else(|| panic!("{party} in {parties}"));
            rest = &rest[at + party.len()..];
        }
        assert_eq!(rest, "", "{parties}");
        assert_eq!(row.cells[3].text().text, expected.status);
    }
}

#[test]
fn the_rows_of_the_follow_up_are_what_is_published() {
    let tables = find(&seed());
    let rows = activities(&tables[3..]);
    let expected = published(include_str!(
        "../../../../../data/plans/vastmanland-2018-2020/stated.ttl"
    ));
    assert_eq!(rows.len(), expected.len());
    for (row, expected) in rows.iter().zip(&expected) {
        check(row, expected);
        assert_eq!(row.cells[2].text().text, expected.outcome);
    }
}

#[test]
fn cells_know_their_lines() {
    let seed = seed();
    let tables = find(&seed);
    let ends: Vec<(u32, u32)> = tables
        .iter()
        .map(|found| {
            (
                seed[found.lines.start].number,
                seed[found.lines.end - 1].number,
            )
        })
        .collect();
    assert_eq!(ends, [(103, 174), (202, 283), (308, 410), (414, 664)]);
    let lines = |table: usize, row: usize, cell: usize| {
        tables[table].table.rows[row].cells[cell].text().lines
    };
    assert_eq!(lines(0, 4, 2), [167, 168, 169, 170, 171, 172]);
    assert_eq!(lines(1, 2, 0), [217, 218, 219, 220, 221]);
    assert_eq!(lines(3, 5, 0), [505, 506, 517, 518]);
    assert_eq!(lines(3, 5, 1), [508, 509]);
    assert_eq!(
        lines(3, 5, 2),
        [511, 512, 513, 521, 522, 523, 524, 525, 526]
    );
}

#[test]
fn names_below_each_other_stay_apart() {
    let tables = find(&seed());
    let cell = &tables[0].table.rows[4].cells[2];
    let names = cell.text().text;
    assert_eq!(
        names,
        "Folkbiblioteken i respektive kommun\n\nKulturutveckling, Region Västmanland"
    );
}
