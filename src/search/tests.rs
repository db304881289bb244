//! What is found, in which order, and how it is shown.

use super::*;
use crate::model::{Language, Text};

fn thing(name: &str, kind: Kind, title: &str, description: &str, region: &str) -> Thing {
    Thing {
        iri: format!("https://example.org/{name}"),
        kind,
        within: None,
        title: vec![Text::sv(title)],
        other: Vec::new(),
        description: vec![Text::sv(description)],
        regions: [region]
            .iter()
            .filter(|region| !region.is_empty())
            .map(|r| (*r).to_owned())
            .collect(),
    }
}

fn index(things: Vec<Thing>) -> Index {
    Index::of(vec![std::sync::Arc::new(Part::of_things(things))])
}

fn some() -> Index {
    index(vec![
        thing(
            "a",
            Kind::Goal,
            "Informationssäkerhetsarbete",
            "Stödja etableringen i samtliga kommuner.",
            "",
        ),
        thing(
            "b",
            Kind::Goal,
            "Trygga förskolor",
            "Säkerhet i vardagen på förskolan.",
            "x",
        ),
        thing("c", Kind::Framework, "Säkerheten", "Om bredband.", "x"),
        thing(
            "d",
            Kind::Organisation,
            "Region Digitala stigen",
            "Digital kompetens och bredbandsstöd.",
            "y",
        ),
        thing(
            "e",
            Kind::Organisation,
            "Kompetensen",
            "Om kompetens, och om det digitala.",
            "y",
        ),
    ])
}

fn asked(text: &str) -> Asked {
    Asked {
        query: Query::parse(text, "sv").unwrap(),
        take: 20,
        language: Language::Sv,
        ..Asked::default()
    }
}

/// The names of what is found, best first.
fn names(index: &Index, asked: &Asked) -> String {
    let answer = index.answer(asked);
    let hits = answer.hits.iter();
    hits.filter_map(|hit| hit.iri.rsplit('/').next()).collect()
}

#[test]
fn inflections_and_parts_of_compounds_are_found() {
    let index = some();
    for (text, found) in [
        // As a title of its own, as a part of a title, in a text.
        ("säkerhet", "cab"),
        ("sakerhet", "cab"),
        ("säkerheten", "cab"),
        ("arbete", "a"),
        ("informationssäkerhet", "a"),
        ("förskola", "b"),
        ("forskolor", "b"),
        ("bredband", "cd"),
        ("stöd bredbandet", "d"),
        ("kommunernas", "a"),
        ("kompetens", "ed"),
        ("fjällripa", ""),
        ("säkerhet fjällripa", ""),
    ] {
        assert_eq!(names(&index, &asked(text)), found, "{text}");
    }
}

#[test]
fn a_compound_that_no_text_has_is_looked_for_by_its_parts() {
    assert_eq!(names(&some(), &asked("förskolesäkerhet")), "b");
}

#[test]
fn the_form_that_was_written_comes_first() {
    let index = index(vec![
        thing("a", Kind::Goal, "Tjänsten", "", ""),
        thing("b", Kind::Goal, "Tjänster", "", ""),
    ]);
    assert_eq!(names(&index, &asked("tjänster")), "ba");
    assert_eq!(names(&index, &asked("tjänsten")), "ab");
    // Neither form: what is as good stands in the order of addresses.
    assert_eq!(names(&index, &asked("tjänst")), "ab");
}

#[test]
fn words_with_their_dots_come_before_those_without() {
    let index = index(vec![
        thing("a", Kind::Goal, "Härd", "", ""),
        thing("b", Kind::Goal, "Hård", "", ""),
        thing("c", Kind::Goal, "Hard", "", ""),
    ]);
    assert_eq!(names(&index, &asked("hård")), "b");
    assert_eq!(names(&index, &asked("hard")), "cab");
}

#[test]
fn a_phrase_stands_as_it_is_written_within_one_text() {
    let index = some();
    assert_eq!(names(&index, &asked("\"digital kompetens\"")), "d");
    assert_eq!(names(&index, &asked("”Digital Kompetens”")), "d");
    assert_eq!(names(&index, &asked("\"digitala kompetens\"")), "");
    assert_eq!(
        names(&index, &asked("\"om det\"")),
        "e",
        "small words count in it"
    );
    assert_eq!(
        names(&index, &asked("\"stigen digital\"")),
        "",
        "not across texts"
    );
    assert_eq!(names(&index, &asked("\"digital kompetens\" bredband")), "d");
    assert_eq!(names(&index, &asked("\"digital kompetens\" fjällripa")), "");
}

#[test]
fn what_is_no_query_is_refused() {
    let parse = |text: &str| Query::parse(text, "sv").unwrap_err();
    assert_eq!(parse(&"a".repeat(201)), QueryError::TooLong);
    assert_eq!(parse(&"ord ".repeat(17)), QueryError::TooMany);
    assert_eq!(parse("digital \"kompetens"), QueryError::OpenPhrase);
    assert_eq!(parse("?! –"), QueryError::NoWord);
    assert_eq!(parse("i och för"), QueryError::OnlySmallWords);
    assert_eq!(
        Query::parse("of the", "en"),
        Err(QueryError::OnlySmallWords)
    );
    assert!(Query::parse("  ", "sv").unwrap().is_empty());
    assert!(Query::parse("IT", "en").is_ok());
}

fn choosing(text: &str, facet: Facet, values: &[&str]) -> Asked {
    let mut asked = asked(text);
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    asked.chosen.insert(facet, values);
    asked
}

fn counts(index: &Index, asked: &Asked, facet: Facet) -> Vec<(String, usize)> {
    let answer = index.answer(asked);
    let (_, counts) = answer
        .facets
        .into_iter()
        .find(|(own, _)| *own == facet)
        .unwrap();
    counts
        .iter()
        .map(|count| (count.value.to_owned(), count.many))
        .collect()
}

fn pairs(pairs: &[(&str, usize)]) -> Vec<(String, usize)> {
    pairs
        .iter()
        .map(|(name, many)| ((*name).to_owned(), *many))
        .collect()
}

#[test]
fn choices_narrow_and_their_numbers_say_what_another_choice_would_give() {
    let index = some();
    let all = asked("");
    assert_eq!(names(&index, &all), "abcde");
    assert_eq!(
        counts(&index, &all, Facet::Region),
        pairs(&[("x", 2), ("y", 2)])
    );
    let in_x = choosing("", Facet::Region, &["x"]);
    assert_eq!(names(&index, &in_x), "bc");
    // Of its own facet what there would be else, of others what there is.
    assert_eq!(
        counts(&index, &in_x, Facet::Region),
        pairs(&[("x", 2), ("y", 2)])
    );
    assert_eq!(
        counts(&index, &in_x, Facet::Kind),
        pairs(&[("framework", 1), ("goal", 1)])
    );
    let in_both = choosing("", Facet::Region, &["x", "y"]);
    assert_eq!(names(&index, &in_both), "bcde");
    let nowhere = choosing("", Facet::Region, &["z"]);
    assert_eq!(names(&index, &nowhere), "");
    let goals = choosing("säkerhet", Facet::Kind, &["goal"]);
    assert_eq!(names(&index, &goals), "ab");
    assert_eq!(
        counts(&index, &goals, Facet::Kind),
        pairs(&[("goal", 2), ("framework", 1)])
    );
    assert_eq!(counts(&index, &goals, Facet::Region), pairs(&[("x", 1)]));
}

#[test]
fn pages_follow_one_another_without_gap_or_overlap() {
    let index = some();
    let whole = names(&index, &asked("om kompetens digital bredband säkerhet"));
    assert_eq!(whole, "", "all words must be there");
    let whole = names(&index, &asked(""));
    let mut pages = String::new();
    for skip in [0, 2, 4, 6] {
        let page = Asked {
            skip,
            take: 2,
            ..asked("")
        };
        assert_eq!(index.answer(&page).total, 5);
        pages += &names(&index, &page);
    }
    assert_eq!(pages, whole);
}

#[test]
fn the_words_sought_are_marked_where_they_stand() {
    let index = some();
    let marked = |marked: &Marked| -> Vec<String> {
        marked
            .marks
            .iter()
            .map(|range| marked.text[range.clone()].to_owned())
            .collect()
    };
    let answer = index.answer(&asked("säkerhet förskola"));
    assert_eq!(marked(&answer.hits[0].title), ["förskolor"]);
    let snippet = answer.hits[0].snippet.as_ref().unwrap();
    assert_eq!(marked(snippet), ["Säkerhet", "förskolan"]);
    let answer = index.answer(&asked("\"digital kompetens\""));
    let snippet = answer.hits[0].snippet.as_ref().unwrap();
    assert_eq!(marked(snippet), ["Digital kompetens"]);
}

#[test]
fn of_a_long_text_the_passage_with_most_words_is_shown() {
    let filler = "Ett två tre fyra fem sex sju åtta nio tio. ".repeat(20);
    let text = format!("Bredband först. {filler}Sedan bredband och säkerhet i fält. {filler}");
    let index = index(vec![thing("a", Kind::Goal, "Mål", &text, "")]);
    let answer = index.answer(&asked("säkerhet bredband"));
    let snippet = answer.hits[0].snippet.as_ref().unwrap();
    assert!(
        snippet.text.contains("Sedan bredband och säkerhet"),
        "{}",
        snippet.text
    );
    assert!(snippet.before && snippet.after && snippet.text.len() <= 220);
    assert!(snippet.text.ends_with(char::is_alphanumeric) || snippet.text.ends_with('.'));
    assert_eq!(snippet.marks.len(), 2);
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_is_answered_or_refused(
        text in "([a-zåäöé]{1,9}|\"| |\\PC){0,12}",
        title in "\\PC{0,30}",
        description in "([a-zåäö]{1,12}| |\\PC){0,80}",
    ) {
        let index = index(vec![thing("a", Kind::Goal, &title, &description, "")]);
        if let Ok(query) = Query::parse(&text, "sv") {
            let answer = index.answer(&Asked { query, take: 5, ..Asked::default() });
            for hit in &answer.hits {
                for marked in std::iter::once(&hit.title).chain(&hit.snippet) {
                    let mut end = 0;
                    for mark in &marked.marks {
                        proptest::prop_assert!(mark.start >= end && marked.text.get(mark.clone()).is_some());
                        end = mark.end;
                    }
                }
            }
        }
    }
}
