//! From data folder to snapshot: what is refused, what is taken up, what stays the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use samplan::model::PlanId;
use samplan::rdf::Base;
use samplan::store::live::Outcome;
use samplan::store::{Error, Folder, Live, Loaded, folder as data_folder, load};

use crate::shapes::small_plan;
use crate::support::{copy_of_data, folder, graph_of, node, snapshot};

fn load_from(dir: &Path) -> Loaded {
    load::load(&Folder::read(dir).unwrap(), &Base::default()).unwrap()
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded.snapshot.plans().keys().map(PlanId::as_str).collect()
}

/// Changes one file of a folder by replacing words that stand in it.
fn edit(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(old), "{} has no {old}", file.display());
    fs::write(file, text.replacen(old, new, 1)).unwrap();
}

/// The small plan as a folder, with its made-up source text somewhere else.
fn put_small_plan(folder: &Path) {
    let promise = "    dcat:downloadURL <plan/exempel-2026/source.txt> ;\n";
    let elsewhere = "    dcat:downloadURL <https://example.org/exempel.txt> ;\n";
    let plan = small_plan();
    assert!(plan.contains(promise));
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("stated.ttl"), plan.replace(promise, elsewhere)).unwrap();
}

#[test]
fn words_that_do_not_stand_on_the_lines_given_are_found() {
    for (old, new, word) in [
        (
            "plan:sourceText \"2026\"@sv",
            "plan:sourceText \"2031\"@sv",
            "do not stand",
        ),
        (
            "plan:sourceRange \"L8\"",
            "plan:sourceRange \"L9\"",
            "do not stand",
        ),
        (
            "plan:sourceRange \"L8\"",
            "plan:sourceRange \"L179\"",
            "has 178 lines",
        ),
    ] {
        let dir = copy_of_data();
        edit(
            &dir.path().join("plans/vasterbotten-2026/stated.ttl"),
            old,
            new,
        );
        let loaded = load_from(dir.path());
        let findings: Vec<_> = loaded
            .refused
            .iter()
            .flat_map(|refusal| &refusal.findings)
            .collect();
        assert!(!findings.is_empty(), "{new}");
        for finding in findings {
            assert!(finding.to_string().contains(word), "{finding}");
            assert!(finding.place.line.is_some(), "{finding}");
        }
    }
}

#[test]
fn a_plan_that_promises_its_source_text_must_have_it() {
    let dir = copy_of_data();
    fs::remove_file(dir.path().join("plans/vasterbotten-2026/source.txt")).unwrap();
    let loaded = load_from(dir.path());
    let findings: Vec<_> = loaded
        .refused
        .iter()
        .flat_map(|refusal| &refusal.findings)
        .collect();
    assert_eq!(findings.len(), 1);
    assert!(
        findings[0].to_string().contains("source.txt"),
        "{}",
        findings[0]
    );
}

#[test]
fn the_same_folder_gives_the_same_content_and_revision_every_time() {
    let again = load::load(folder(), &Base::default()).unwrap().snapshot;
    assert_eq!(again.revision(), snapshot().revision());
    assert_eq!(again.triples(), snapshot().triples());
    let revisions = |s: &samplan::store::Snapshot| -> BTreeMap<String, String> {
        let plans = s.plans().iter();
        plans
            .map(|(id, entry)| (id.to_string(), entry.revision.clone()))
            .collect()
    };
    assert_eq!(revisions(&again), revisions(snapshot()));
}

#[test]
fn a_revision_depends_on_what_is_said_and_not_on_how_it_is_written() {
    let dir = copy_of_data();
    let file = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        format!("# A comment, and white space.\n\n{text}\n\n"),
    )
    .unwrap();
    assert_eq!(
        load_from(dir.path()).snapshot.revision(),
        snapshot().revision()
    );

    edit(&file, "lärlärokoncept", "lärokoncept");
    let id = PlanId::parse("vasterbotten-2026").unwrap();
    let changed = load_from(dir.path()).snapshot;
    assert_ne!(changed.revision(), snapshot().revision());
    assert_ne!(
        changed.plans()[&id].revision,
        snapshot().plans()[&id].revision
    );
}

#[test]
fn a_copy_of_the_folder_works_at_any_address() {
    let base = Base::parse("https://example.org/planer").unwrap();
    let loaded = load::load(folder(), &base).unwrap();
    assert_eq!(loaded.refused, []);
    let plan = base.node("plan/vasterbotten-2026");
    assert_eq!(
        plan.as_str(),
        "https://example.org/planer/plan/vasterbotten-2026"
    );
    assert!(!loaded.snapshot.about(plan.as_ref()).unwrap().is_empty());
    assert!(
        !loaded
            .snapshot
            .knows(node("plan/vasterbotten-2026").as_ref())
            .unwrap()
    );
}

#[test]
fn the_default_graph_holds_every_triple_once_and_no_suggestion() {
    let entry = snapshot().plans().values().next().unwrap();
    let merged = graph_of(entry).merged();
    let in_layers: usize = graph_of(entry).layers().map(|(_, graph)| graph.len()).sum();
    assert!(merged.len() <= in_layers);
    let total = snapshot().triples();
    let dir = copy_of_data();
    // The same triple once more, in another layer: nothing is new in the merge.
    let plan = dir.path().join("plans/vasterbotten-2026");
    let repeated =
        "<plan/vasterbotten-2026> <http://purl.org/dc/terms/identifier> \"vasterbotten-2026\" .\n";
    let describe = |layer: &str, class: &str| {
        format!(
            "@prefix plan: <https://w3id.org/samplan/ns#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n\
             <plan/vasterbotten-2026/{layer}> a plan:{class} ; plan:inPlan <plan/vasterbotten-2026> ;\n\
             dcterms:modified \"2026-11-22\"^^<http://www.w3.org/2001/XMLSchema#date> ;\n\
             dcterms:license <http://creativecommons.org/publicdomain/zero/1.0/> .\n{repeated}"
        )
    };
    let editorial = fs::read_to_string(plan.join("editorial.ttl")).unwrap();
    fs::write(plan.join("editorial.ttl"), editorial + repeated).unwrap();
    let loaded = load_from(dir.path());
    assert_eq!(loaded.refused, []);
    assert_eq!(loaded.snapshot.triples(), total);

    fs::write(
        plan.join("suggested.ttl"),
        describe("suggested", "SuggestedGraph"),
    )
    .unwrap();
    let loaded = load_from(dir.path());
    assert_eq!(loaded.refused, []);
    assert_eq!(
        loaded.snapshot.triples(),
        total,
        "suggestions are not merged"
    );
    let suggested = node("plan/vasterbotten-2026/suggested");
    assert!(
        loaded
            .snapshot
            .named_graph(suggested.as_ref())
            .unwrap()
            .is_some()
    );
}

#[test]
fn a_plan_that_does_not_hold_is_named_and_the_rest_is_served() {
    let dir = copy_of_data();
    let file = dir.path().join("plans/vastmanland-2021-2022/stated.ttl");
    edit(
        &file,
        "\"2021-01-01\"^^xsd:date",
        "\"2027-01-01\"^^xsd:date",
    );
    let loaded = load_from(dir.path());
    assert_eq!(ids(&loaded), ["vasterbotten-2026", "vastmanland-2018-2020"]);
    assert_eq!(loaded.refused.len(), 1);
    assert_eq!(loaded.refused[0].what, "plans/vastmanland-2021-2022");
    assert!(!loaded.refused[0].findings.is_empty());
}

#[test]
fn a_fault_of_syntax_has_a_file_a_line_and_a_column() {
    let dir = copy_of_data();
    let file = dir.path().join("plans/vasterbotten-2026/interpreted.ttl");
    let text = fs::read_to_string(&file).unwrap();
    let lines = text.lines().count() as u64;
    fs::write(&file, format!("{text}<plan/x> a plan:Plan ; oops .\n")).unwrap();
    let loaded = load_from(dir.path());
    assert_eq!(ids(&loaded).len(), 2);
    let finding = &loaded.refused[0].findings[0];
    assert_eq!(
        finding.place.file.as_deref(),
        Some("plans/vasterbotten-2026/interpreted.ttl")
    );
    assert_eq!(finding.place.line.map(|(line, _)| line), Some(lines + 1));
}

#[test]
fn a_misspelt_layer_a_wrong_folder_name_and_a_changed_source_are_found() {
    let dir = copy_of_data();
    let plans = dir.path().join("plans");
    fs::copy(
        plans.join("vasterbotten-2026/interpreted.ttl"),
        plans.join("vasterbotten-2026/interprted.ttl"),
    )
    .unwrap();
    fs::create_dir(plans.join("Åre 2026")).unwrap();
    fs::write(plans.join("Åre 2026/stated.ttl"), "").unwrap();
    edit(
        &plans.join("vastmanland-2021-2022/source.txt"),
        "Bakgrund",
        "bakgrund",
    );
    let loaded = load_from(dir.path());
    let words: Vec<String> = loaded
        .refused
        .iter()
        .flat_map(|refusal| refusal.findings.iter().map(ToString::to_string))
        .collect();
    for expected in ["interprted.ttl", "Rename the folder", "checksum"] {
        assert!(
            words.iter().any(|finding| finding.contains(expected)),
            "{expected}: {words:#?}"
        );
    }
    assert_eq!(ids(&loaded), ["vastmanland-2018-2020"]);
}

#[test]
fn a_faulty_reference_file_is_refused_and_does_not_take_the_plans_with_it() {
    let dir = copy_of_data();
    let file = dir.path().join("reference/frameworks/ena.ttl");
    edit(
        &file,
        "\"2026-11-22\"^^xsd:date",
        "\"2026-11-31\"^^xsd:date",
    );
    let loaded = load_from(dir.path());
    let refused: Vec<_> = loaded
        .refused
        .iter()
        .map(|refusal| refusal.what.as_str())
        .collect();
    assert_eq!(refused, ["reference/frameworks/ena.ttl"]);
    assert_eq!(ids(&loaded).len(), 3);
}

#[test]
fn a_folder_without_reference_data_uses_what_comes_with_the_program() {
    let dir = copy_of_data();
    fs::remove_dir_all(dir.path().join("reference")).unwrap();
    fs::remove_file(dir.path().join("catalog.ttl")).unwrap();
    let loaded = load_from(dir.path());
    assert_eq!(loaded.refused, []);
    assert_eq!(loaded.snapshot.revision(), snapshot().revision());
}

#[test]
fn a_change_is_taken_up_as_a_whole_or_not_at_all() {
    let dir = copy_of_data();
    let live = Live::open(dir.path().to_owned(), Base::default()).unwrap();
    let first = live.state().snapshot.revision().to_owned();
    assert_eq!(live.reload(), Outcome::Unchanged);

    let file = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    edit(&file, "lärlärokoncept", "lärokoncept");
    assert_eq!(live.reload(), Outcome::TakenUp);
    let second = live.state().snapshot.revision().to_owned();
    assert_ne!(second, first);

    // One plan is mended and another broken in the same change: neither is taken up.
    edit(&file, "lärokoncept", "lärlärokoncept");
    let other = dir.path().join("plans/vastmanland-2021-2022/stated.ttl");
    let whole = fs::read_to_string(&other).unwrap();
    fs::write(&other, &whole[..whole.len() / 2]).unwrap();
    let Outcome::NotTakenUp(reason) = live.reload() else {
        panic!("a broken plan must not be taken up");
    };
    assert!(
        reason.contains("plans/vastmanland-2021-2022/stated.ttl"),
        "{reason}"
    );
    let state = live.state();
    assert_eq!(state.snapshot.revision(), second);
    assert_eq!(state.snapshot.plans().len(), 3);
    assert_eq!(state.not_taken_up.as_deref(), Some(reason.as_str()));

    fs::write(&other, whole).unwrap();
    assert_eq!(live.reload(), Outcome::TakenUp);
    assert_eq!(live.state().snapshot.revision(), first);
    assert_eq!(live.state().not_taken_up, None);
}

#[test]
fn what_was_refused_all_along_does_not_stand_in_the_way_of_the_rest() {
    let dir = copy_of_data();
    fs::write(
        dir.path().join("plans/vasterbotten-2026/stated.ttl"),
        "oops",
    )
    .unwrap();
    let live = Live::open(dir.path().to_owned(), Base::default()).unwrap();
    assert_eq!(live.state().snapshot.plans().len(), 2);
    let new = dir.path().join("plans/exempel-2026");
    put_small_plan(&new);
    assert_eq!(live.reload(), Outcome::TakenUp);
    assert_eq!(live.state().snapshot.plans().len(), 3);
    assert_eq!(live.state().refused.len(), 1);
}

#[test]
fn a_folder_that_vanishes_leaves_the_old_snapshot_serving() {
    let dir = copy_of_data();
    let live = Live::open(dir.path().to_owned(), Base::default()).unwrap();
    let path = dir.path().to_owned();
    dir.close().unwrap();
    assert!(matches!(live.reload(), Outcome::NotTakenUp(_)));
    assert_eq!(live.state().snapshot.plans().len(), 3);
    assert!(matches!(
        Live::open(path, Base::default()),
        Err(Error::NoFolder(_))
    ));
}

#[test]
fn init_makes_a_folder_that_serves_and_takes_a_plan() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("mine");
    let written = data_folder::init(&path).unwrap();
    assert!(written.iter().any(|file| file.ends_with("catalog.ttl")));
    let loaded = load_from(&path);
    assert_eq!(loaded.refused, []);
    assert_eq!(ids(&loaded).len(), 0);

    put_small_plan(&path.join("plans/exempel-2026"));
    assert_eq!(ids(&load_from(&path)), ["exempel-2026"]);

    // What is there is never written over.
    assert!(matches!(data_folder::init(&path), Err(Error::NotEmpty(_))));
    assert_eq!(ids(&load_from(&path)), ["exempel-2026"]);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("a/b.ttl");
    data_folder::write_file(&file, b"one").unwrap();
    data_folder::write_file(&file, b"two").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"two");
    let names: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing is left beside it");
}

#[test]
fn what_is_not_judged_again_is_what_judging_again_would_give() {
    let dir = copy_of_data();
    let before = load_from(dir.path()).snapshot;
    let after = |dir: &Path| {
        let folder = Folder::read(dir).unwrap();
        load::load_after(&folder, &Base::default(), Some(&before)).unwrap()
    };
    // One plan changes: the others are taken over, and the whole is what a fresh start gives.
    let plan = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    edit(
        &plan,
        "dcterms:identifier",
        "# a remark\n    dcterms:identifier",
    );
    assert_eq!(after(dir.path()).snapshot.revision(), before.revision());
    edit(&plan, "plan:position 1 ;", "plan:position 9 ;");
    let (fast, fresh) = (after(dir.path()), load_from(dir.path()));
    assert_ne!(fast.snapshot.revision(), before.revision());
    assert_eq!(fast.snapshot.revision(), fresh.snapshot.revision());
    assert_eq!(fast.refused, fresh.refused);
    // An organisation goes: no plan has changed, and yet those that name it no longer hold.
    let regions = dir.path().join("reference/organisations/regions.ttl");
    edit(
        &regions,
        "<organisation/region-vastmanland> a foaf:Agent",
        "<organisation/region-elsewhere> a foaf:Agent",
    );
    let (fast, fresh) = (after(dir.path()), load_from(dir.path()));
    assert_eq!(fast.refused, fresh.refused);
    assert!(
        fast.refused
            .iter()
            .any(|refusal| refusal.what == "plans/vastmanland-2021-2022")
    );
}
