//! The shapes: the small plan keeps them, and each broken plan breaks the rule it names.
//!
//! `tests/fixtures/broken.txt` holds the cases and says how they are written. pySHACL judges
//! the same cases in `tests/conformance/shacl.py`.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use oxrdf::{Literal, NamedNode, Triple};
use samplan::model::{Finding, Layer};
use samplan::rdf::{Base, LayeredGraph, parse};
use samplan::store::load;
use samplan::validate::Validator;

use crate::support::{PLAN, folder, node, root};

static VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| load::folder_validator(folder(), &Base::default()).unwrap());

pub(crate) fn small_plan() -> String {
    fs::read_to_string(root().join("tests/fixtures/small-plan.ttl")).unwrap()
}

/// A case of `broken.txt`.
struct Case {
    name: String,
    rule: String,
    text: String,
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(root().join("tests/fixtures/broken.txt")).unwrap();
    let small = small_plan();
    text.split("\n=== ")
        .skip(1)
        .map(|case| {
            let (head, edits) = case.split_once("\n<<<\n").unwrap();
            let (name, rule) = head.lines().next().unwrap().split_once(": ").unwrap();
            let text = edits.split("\n<<<\n").fold(small.clone(), |text, edit| {
                let (old, new) = edit.split_once(">>>\n").unwrap();
                let new = &new[..new.rfind("...").unwrap()];
                assert_eq!(text.matches(old).count(), 1, "{name}: {old}");
                text.replace(old, new)
            });
            Case {
                name: name.to_owned(),
                rule: rule.to_owned(),
                text,
            }
        })
        .collect()
}

fn layered(text: &str) -> LayeredGraph {
    let (graph, findings) = parse::turtle(text.as_bytes(), &Base::default(), "plan");
    assert_eq!(findings, []);
    let mut layered = LayeredGraph::new(node("plan/exempel-2026"));
    layered.extend(&graph, Layer::Stated);
    layered
}

fn findings(graph: LayeredGraph) -> Vec<Finding> {
    VALIDATOR.plan(graph).err().unwrap_or_default()
}

#[test]
fn the_small_plan_keeps_every_rule() {
    assert_eq!(findings(layered(&small_plan())), []);
}

#[test]
fn each_broken_plan_breaks_the_rule_it_names() {
    let cases = cases();
    assert!(cases.len() >= 30, "{} cases", cases.len());
    for case in cases {
        let findings = findings(layered(&case.text));
        let rules: BTreeSet<&str> = findings
            .iter()
            .filter_map(|finding| finding.rule.as_deref())
            .collect();
        assert!(
            rules.contains(case.rule.as_str()),
            "{}: {rules:?}, not {}",
            case.name,
            case.rule
        );
    }
}

#[test]
fn every_rule_that_speaks_does_so_in_swedish_and_english() {
    for case in cases() {
        for finding in findings(layered(&case.text)) {
            let words = [&finding.sv, &finding.en];
            for text in words {
                assert!(
                    !text.is_empty() && !text.contains("sh:"),
                    "{}: {finding}",
                    case.name
                );
            }
            assert_ne!(finding.sv, finding.en, "{}: {finding}", case.name);
        }
    }
}

#[test]
fn a_finding_names_the_node_the_property_and_the_mend() {
    let broken = small_plan().replace(
        "dcterms:title \"Bygg ut bredbandet\"@sv",
        "dcterms:title \"Bygg ut bredbandet\"",
    );
    assert_ne!(broken, small_plan(), "the small plan has that title");
    let findings = findings(layered(&broken));
    let finding = findings
        .iter()
        .find(|finding| finding.rule.is_some())
        .unwrap();
    assert_eq!(
        finding.place.node.as_deref(),
        Some("http://localhost:8080/plan/exempel-2026/activity/bredband")
    );
    assert_eq!(finding.place.property.as_deref(), Some("dcterms:title"));
    assert!(finding.en.contains("language"), "{finding}");
}

/// What people added to the small plan: it stands in no document.
const ADDED: &str = r#"
<plan/exempel-2026/activity/tillagd> a plan:Activity ;
    dcterms:title "Tillagd"@sv ;
    plan:inPlan <plan/exempel-2026> ;
    plan:position 9 ;
    adms:status status:completed ;
    dcterms:temporal <plan/exempel-2026/activity/tillagd/period> ;
    m8g:hasParticipation <plan/exempel-2026/activity/tillagd/participation/regionen> ;
    plan:responsible <organisation/region-vastmanland> ;
    skos:editorialNote "Tillagd i arbetsboken."@sv .

<plan/exempel-2026/activity/tillagd/period> a dcterms:PeriodOfTime ;
    dcat:startDate "2026-01-01"^^xsd:date ;
    plan:precision plan:year ;
    skos:editorialNote "Tillagd i arbetsboken."@sv .

<plan/exempel-2026/activity/tillagd/participation/regionen> a m8g:Participation ;
    dcterms:identifier "regionen" ;
    m8g:role role:lead ;
    m8g:hasParticipant <organisation/region-vastmanland> ;
    plan:position 1 ;
    skos:editorialNote "Tillagd i arbetsboken."@sv .

<plan/exempel-2026/follow-up/tillagd> a plan:FollowUp ;
    plan:followUpOf <plan/exempel-2026/activity/tillagd> ;
    plan:reportedIn <plan/exempel-2026> ;
    plan:inPlan <plan/exempel-2026> ;
    plan:position 9 ;
    dcterms:description "Klart."@sv ;
    plan:statusText "klart"@sv ;
    adms:status status:completed ;
    skos:editorialNote "Tillagd i arbetsboken."@sv .
"#;

#[test]
fn what_people_added_has_a_note_instead_of_lines() {
    let plan = small_plan() + ADDED;
    assert_eq!(findings(layered(&plan)), []);
    // Its status text is their own word: no line is asked for it.
    let source = "rad\n".repeat(200);
    let judged = VALIDATOR.plan_with_source(layered(&plan), &source);
    let judged = judged.err().unwrap_or_default();
    let of_added = |finding: &&Finding| {
        let node = finding.place.node.as_deref();
        node.is_some_and(|node| node.contains("tillagd"))
    };
    assert_eq!(judged.iter().filter(of_added).count(), 0, "{judged:#?}");

    let note = "skos:editorialNote \"Tillagd i arbetsboken.\"@sv";
    let bare = small_plan() + &ADDED.replace(&format!(";\n    {note}"), "");
    let bare = findings(layered(&bare));
    let rules = bare.iter().filter_map(|finding| finding.rule.as_deref());
    assert_eq!(rules.filter(|rule| *rule == "source-or-note").count(), 4);
}

/// An alignment that a machine proposes, in a layer of its own.
fn suggestion(state: &str) -> Vec<Triple> {
    let alignment = node("plan/exempel-2026/alignment/forslag");
    let iri = |text: &str| NamedNode::new(text).unwrap();
    let plan = |name: &str| iri(&format!("{PLAN}{name}"));
    let say =
        |property: NamedNode, object: NamedNode| Triple::new(alignment.clone(), property, object);
    let graph = node("plan/exempel-2026/suggested");
    let dcterms = |name: &str| iri(&format!("http://purl.org/dc/terms/{name}"));
    let day = || Literal::new_typed_literal("2026-11-22", oxrdf::vocab::xsd::DATE);
    let cc0 = iri("http://creativecommons.org/publicdomain/zero/1.0/");
    vec![
        say(oxrdf::vocab::rdf::TYPE.into_owned(), plan("Alignment")),
        say(plan("inPlan"), node("plan/exempel-2026")),
        say(plan("aligned"), node("plan/exempel-2026/activity/bredband")),
        say(
            plan("alignedWith"),
            node("framework/digstrat-2017/goal/digital-trygghet"),
        ),
        say(plan("reviewState"), plan(state)),
        say(plan("method"), plan("by-machine")),
        say(
            iri("http://www.w3.org/ns/prov#wasAttributedTo"),
            node("organisation/samplan"),
        ),
        Triple::new(alignment.clone(), dcterms("date"), day()),
        Triple::new(
            graph.clone(),
            oxrdf::vocab::rdf::TYPE,
            plan("SuggestedGraph"),
        ),
        Triple::new(graph.clone(), plan("inPlan"), node("plan/exempel-2026")),
        Triple::new(graph.clone(), dcterms("modified"), day()),
        Triple::new(graph, dcterms("license"), cc0),
    ]
}

#[test]
fn suggestions_are_judged_too_but_do_not_count() {
    let with = |state: &str| {
        let mut graph = layered(&small_plan());
        for triple in suggestion(state) {
            graph.insert(&triple, Layer::Suggested);
        }
        findings(graph)
    };
    assert_eq!(with("suggested"), []);
    let made_up: Vec<_> = with("made-up").into_iter().filter_map(|f| f.rule).collect();
    assert!(
        !made_up.is_empty(),
        "a made-up state in the suggestions is found"
    );
}

#[test]
fn an_acceptance_among_the_suggestions_carries_no_shortcut() {
    // The merge is what is judged: a shortcut in it cannot rest on a suggestion.
    let mut graph = layered(&small_plan());
    for triple in suggestion("accepted") {
        graph.insert(&triple, Layer::Suggested);
    }
    let shortcut = Triple::new(
        node("plan/exempel-2026/activity/bredband"),
        NamedNode::new(format!("{PLAN}contributesTo")).unwrap(),
        node("framework/digstrat-2017/goal/digital-trygghet"),
    );
    graph.insert(&shortcut, Layer::Editorial);
    assert!(!findings(graph).is_empty());
}

/// What nobody has accepted is not served as if somebody had, whatever file it stands in.
#[test]
fn suggestions_and_decisions_stand_in_layers_of_their_own() {
    let layer = |state: &str, layer: Layer| {
        let mut graph = layered(&small_plan());
        let iri = "plan/exempel-2026/alignment/extra";
        let text = format!(
            "@prefix plan: <{PLAN}> . @prefix prov: <http://www.w3.org/ns/prov#> .
             @prefix dcterms: <http://purl.org/dc/terms/> .
             <{iri}> a plan:Alignment ; plan:inPlan <plan/exempel-2026> ;
                plan:aligned <plan/exempel-2026/activity/studiecirklar> ;
                plan:alignedWith <framework/digstrat-2017/goal/digital-ledning> ;
                plan:reviewState plan:{state} ; plan:method plan:by-machine ;
                prov:wasAttributedTo <organisation/samplan> ;
                dcterms:date \"2026-11-27\"^^<http://www.w3.org/2001/XMLSchema#date> ."
        );
        let (triples, findings) = parse::turtle(text.as_bytes(), &Base::default(), "layer");
        assert_eq!(findings, []);
        graph.extend(&triples, layer);
        let found = self::findings(graph);
        found
            .iter()
            .any(|finding| finding.en.contains("suggested.ttl"))
    };
    assert!(layer("suggested", Layer::Stated));
    assert!(layer("rejected", Layer::Suggested));
    assert!(!layer("suggested", Layer::Suggested));
    assert!(!layer("rejected", Layer::Stated));
}
