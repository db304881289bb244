//! What the catalogue says of things in words, in Swedish and English.

use crate::model::{Activity, Plan, Text, Values};
use crate::sparql::named::Words;
use crate::views::writer::both;

/// A text of a plan in both languages; in one that it does not have, other words.
pub(super) fn title(texts: &Values<Text>, otherwise: Words) -> Words {
    let in_language = |language: &str| {
        let mut own = texts.iter().filter(|text| text.language == language);
        own.next().map(|text| text.text.clone())
    };
    Words {
        sv: in_language("sv").unwrap_or(otherwise.sv),
        en: in_language("en").unwrap_or(otherwise.en),
    }
}

/// What a plan's dataset is called where the plan has no title in a language.
pub(super) fn untitled(owner: &Words, years: &str) -> Words {
    both(
        &join(["Handlingsplan", &owner.sv, years]),
        &join(["Action plan", &owner.en, years]),
    )
}

/// A title without the years at its end: what the editions of a plan have in common.
pub(super) fn without_years(title: &Words) -> Words {
    let short = |title: &str, otherwise: &str| {
        let years = |c: char| c.is_ascii_digit() || [' ', '–', '-', ',', '/'].contains(&c);
        let short = title.trim_end_matches(years);
        if short.is_empty() || short.len() == title.len() {
            format!("{title} ({otherwise})")
        } else {
            format!("{short} ({otherwise})")
        }
    };
    both(
        &short(&title.sv, "alla utgåvor"),
        &short(&title.en, "all editions"),
    )
}

fn join(parts: [&str; 3]) -> String {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// What a plan's dataset holds.
pub(super) fn of_plan(plan: &Plan, owner: &Words, years: &str) -> Words {
    let is_whole = |activity: &&Activity| activity.sub_activity_of.is_empty();
    let activities = plan.activities.values().filter(is_whole).count();
    let (areas, outcomes) = (plan.areas.len(), plan.follow_ups.len());
    let sv = [
        format!(
            "Handlingsplan{}{}",
            when(" från ", &owner.sv),
            when(" för ", years)
        ),
        format!(
            ", som länkade data: {}",
            many(activities, "aktivitet", "aktiviteter")
        ),
        some(areas, |areas| {
            format!(" i {}", many(areas, "fokusområde", "fokusområden"))
        }),
        ", med ansvariga, tidplan och status så som planen anger dem".to_owned(),
        some(outcomes, |outcomes| {
            format!(
                ", och {}",
                many(outcomes, "redovisat utfall", "redovisade utfall")
            )
        }),
    ];
    let en = [
        format!(
            "Action plan{}{}",
            when(" of ", &owner.en),
            when(" for ", years)
        ),
        format!(
            ", as linked data: {}",
            many(activities, "activity", "activities")
        ),
        some(areas, |areas| {
            format!(" in {}", many(areas, "focus area", "focus areas"))
        }),
        ", with who is responsible, when, and the status, as the plan states them".to_owned(),
        some(outcomes, |outcomes| {
            format!(
                ", and {}",
                many(outcomes, "reported outcome", "reported outcomes")
            )
        }),
    ];
    both(&(sv.concat() + "."), &(en.concat() + "."))
}

fn many(count: usize, one: &str, several: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {several}"),
    }
}

fn some(count: usize, words: impl Fn(usize) -> String) -> String {
    if count == 0 {
        String::new()
    } else {
        words(count)
    }
}

fn when(before: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{before}{text}")
    }
}

/// The keywords of everything here.
const KEYWORDS: &[(&str, &str)] = &[
    ("handlingsplan", "sv"),
    ("uppföljning", "sv"),
    ("länkade data", "sv"),
    ("action plan", "en"),
    ("follow-up", "en"),
    ("linked data", "en"),
];

/// The same, each with its language.
pub(super) fn keywords() -> impl Iterator<Item = (String, &'static str)> {
    KEYWORDS
        .iter()
        .map(|(word, language)| ((*word).to_owned(), *language))
}
