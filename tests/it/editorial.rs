//! What people have linked: every quotation stands where it says, no activity was passed over,
//! and the mappings keep their rules.

use std::collections::BTreeSet;

use samplan::model::{Iri, Plan, ReviewState, Text, Values};
use samplan::rdf::{Base, parse};
use samplan::store::{Folder, load};

use crate::support::{folder, node, plan};

const PLANS: [&str; 3] = [
    "vastmanland-2018-2020",
    "vastmanland-2021-2022",
    "vasterbotten-2026",
];

fn texts<'a>(values: &[&'a Values<Text>]) -> Vec<&'a str> {
    let all = values.iter().flat_map(|values| values.iter());
    all.map(|text| text.text.as_str()).collect()
}

/// The texts of the part of a plan with that IRI.
pub(crate) fn texts_of<'a>(plan: &'a Plan, part: &Iri) -> Vec<&'a str> {
    if let Some(activity) = plan.activities.get(part) {
        return texts(&[
            &activity.title,
            &activity.alternative,
            &activity.description,
        ]);
    }
    if let Some(area) = plan.areas.get(part) {
        return texts(&[&area.label, &area.r#abstract, &area.description]);
    }
    if let Some(section) = plan.sections.get(part) {
        return texts(&[&section.title, &section.description]);
    }
    Vec::new()
}

#[test]
fn every_quotation_stands_word_for_word_in_the_part_it_names() {
    let mut quotations = 0;
    for id in PLANS {
        let plan = &plan(id).plan;
        for (iri, alignment) in &plan.alignments {
            assert!(!alignment.target.is_empty(), "{iri} rests on no words");
            for target in alignment.target.values() {
                let part = target.node.source.first().unwrap();
                for quote in target.node.selector.values() {
                    let words = |values: &Values<Text>| {
                        values
                            .first()
                            .map_or_else(String::new, |text| text.text.clone())
                    };
                    let quote = &quote.node;
                    let whole = [&quote.prefix, &quote.exact, &quote.suffix]
                        .map(words)
                        .concat();
                    let texts = texts_of(plan, part);
                    assert!(
                        texts.iter().any(|text| text.contains(&whole)),
                        "{iri}: {part} does not say “{whole}”"
                    );
                    quotations += 1;
                }
            }
        }
    }
    assert!(quotations > 250, "{quotations}");
}

/// The activities of a plan for which somebody has said which goal of a framework they serve, or
/// that none fits.
fn judged(plan: &Plan, framework: &str) -> BTreeSet<Iri> {
    let framework = node(&format!("framework/{framework}"));
    let goals = format!("{}/goal/", framework.as_str());
    let accepted = plan.alignments.values().filter(|alignment| {
        let goal = alignment.aligned_with.first();
        let none = alignment.fits_no_goal_of.first();
        alignment.review_state.first() == Some(&ReviewState::Accepted)
            && (goal.is_some_and(|goal| goal.as_str().starts_with(&goals))
                || none.is_some_and(|none| none.as_str() == framework.as_str()))
    });
    accepted
        .filter_map(|alignment| alignment.aligned.first().cloned())
        .collect()
}

#[test]
fn no_activity_was_passed_over() {
    let asked = PLANS.map(|id| (id, "digstrat-2017"));
    for (id, framework) in asked
        .into_iter()
        .chain([("vasterbotten-2026", "digstrat-2025")])
    {
        let plan = &plan(id).plan;
        let judged = judged(plan, framework);
        for activity in plan.activities.keys() {
            assert!(judged.contains(activity), "{activity}: {framework}");
        }
    }
}

/// The rules that a reference file breaks when one thing in it is written otherwise.
fn broken(path: &str, old: &str, new: &str) -> BTreeSet<String> {
    let mut files: std::collections::BTreeMap<String, Vec<u8>> = folder()
        .files()
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
        .collect();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(old), "{old}");
    let text = text.replacen(old, new, 1);
    files.insert(path.to_owned(), text.clone().into_bytes());
    let base = Base::default();
    let (graph, faults) = parse::turtle(text.as_bytes(), &base, path);
    assert_eq!(faults, [], "{new}");
    let validator = load::folder_validator(&Folder::from_files(files), &base).unwrap();
    let findings = validator.reference(graph).err().unwrap_or_default();
    let rules = findings.into_iter().filter_map(|finding| finding.rule);
    rules.collect()
}

#[test]
fn a_broken_mapping_breaks_the_rule_that_names_it() {
    const GOALS: &str = "reference/mappings/digstrat-2017-2025.ttl";
    const WORDS: &str = "reference/mappings/status-words.ttl";
    let breakages = [
        (
            GOALS,
            "owl:annotatedSource <framework/digstrat-2017/goal/digital-kompetens>",
            "owl:annotatedSource <framework/digstrat-2017/goal/finns-inte>",
            "mapping-from",
        ),
        (
            GOALS,
            "owl:annotatedProperty skos:closeMatch",
            "owl:annotatedProperty skos:related",
            "mapping-match",
        ),
        (
            GOALS,
            "owl:annotatedTarget <framework/digstrat-2025/goal/digital-kompetens>",
            "owl:annotatedTarget <framework/digstrat-2025>",
            "mapping-to",
        ),
        (
            GOALS,
            "pav:authoredBy <organisation/samplan>",
            "pav:authoredBy <organisation/ingen>",
            "mapping-author",
        ),
        (
            GOALS,
            "pav:authoredOn \"2026-11-27\"^^xsd:date",
            "pav:authoredOn \"i dag\"",
            "mapping-date",
        ),
        (
            GOALS,
            "rdfs:comment \"Området heter",
            "skos:note \"Området heter",
            "mapping-reason",
        ),
        (
            GOALS,
            "a sssom:Mapping",
            "a sssom:Mapping ; rdfs:comment \"Ett skäl till.\"@sv",
            "mapping-reason",
        ),
        (
            GOALS,
            "<mapping/digstrat-2017-digital-kompetens-digstrat-2025-digital-kompetens>",
            "<mapping/1>",
            "mapping-address",
        ),
        (
            GOALS,
            "skos:closeMatch <framework/digstrat-2025/goal/digital-kompetens> .",
            "skos:relatedMatch <framework/digstrat-2025/goal/digital-kompetens> .",
            "mapping-stated",
        ),
        (
            WORDS,
            "skos:exactMatch status:new",
            "skos:closeMatch status:new",
            "mapping-stated",
        ),
        (
            WORDS,
            "owl:annotatedTarget status:new",
            "owl:annotatedTarget status:ny",
            "mapping-to",
        ),
    ];
    for (path, old, new, rule) in breakages {
        let rules = broken(path, old, new);
        assert!(rules.contains(rule), "{new}: {rules:?}, not {rule}");
    }
    assert_eq!(broken(WORDS, "Ordet står", "Ordet står"), BTreeSet::new());
}

#[test]
fn every_status_in_the_documents_own_words_is_explained() {
    let reference = crate::support::snapshot().reference().unwrap();
    let mut words = BTreeSet::new();
    for id in PLANS {
        let plan = &plan(id).plan;
        let activities = plan
            .activities
            .values()
            .map(|node| (&node.status_text, &node.status));
        let follow_ups = plan
            .follow_ups
            .values()
            .map(|node| (&node.status_text, &node.status));
        for (texts, status) in activities.chain(follow_ups) {
            for text in texts.iter() {
                let (_, mapping) = reference.status_word(&text.text).unwrap();
                let key = mapping.to.as_str().rsplit('/').next().unwrap();
                assert_eq!(
                    Some(key),
                    status.first().map(|status| status.key()),
                    "{}",
                    text.text
                );
                words.insert(text.text.clone());
            }
        }
    }
    assert_eq!(words.len(), 8, "{words:?}");
}
