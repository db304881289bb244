//! `samplan align` as a person runs it: what is shown, written, decided and remembered.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use samplan::model::{Alignment, Layer, Method, Plan, PlanId, ReviewState, Values};
use samplan::rdf::Base;
use samplan::store::{Folder, load};

use crate::support::{copy_of_data, root};

const PLAN: &str = "vasterbotten-2026";
const OLD: &str = "digstrat-2017";
const NEW: &str = "digstrat-2025";

/// A folder in which nobody has linked anything of one plan, but all of the others.
fn without_links(id: &str) -> tempfile::TempDir {
    let dir = copy_of_data();
    fs::remove_file(dir.path().join(format!("plans/{id}/editorial.ttl"))).unwrap();
    dir
}

fn align(data: &Path, words: &[&str], answers: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_samplan"))
        .args(["align"])
        .args(words)
        .args(["--data", data.to_str().unwrap()])
        .current_dir(root())
        .env_remove("SAMPLAN_DATA")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not ask reads nothing.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

fn done(data: &Path, words: &[&str], answers: &str) -> String {
    let output = align(data, words, answers);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    out(&output)
}

/// The plan as the folder has it, which must hold.
fn plan(data: &Path, id: &str) -> Plan {
    let loaded = load::load(&Folder::read(data).unwrap(), &Base::default()).unwrap();
    assert_eq!(loaded.refused, []);
    let entry = &loaded.snapshot.plans()[&PlanId::parse(id).unwrap()];
    Plan::clone(&entry.plan)
}

fn any<T: Ord + Clone>(values: &Values<T>) -> Option<T> {
    values.layered().next().map(|layered| layered.value.clone())
}

fn suggested(plan: &Plan) -> Vec<&Alignment> {
    let all = plan.alignments.values();
    all.filter(|one| any(&one.review_state) == Some(ReviewState::Suggested))
        .collect()
}

/// The shown suggestions: activity and goal.
fn shown(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.windows(2).filter(|pair| pair[0].starts_with("0."));
    pairs
        .map(|pair| (pair[1].trim().to_owned(), pair[0][6..].to_owned()))
        .collect()
}

#[test]
fn suggestions_are_shown_and_nothing_is_written() {
    let dir = without_links(PLAN);
    let before = Folder::read(dir.path()).unwrap();
    let text = done(dir.path(), &[PLAN, "--framework", OLD], "");
    let shown = shown(&text);
    assert!(shown.len() > 20, "{text}");
    assert!(
        text.contains("“systematiskt informationssäkerhetsarbete”"),
        "{text}"
    );
    assert!(text.contains("Nothing was written"), "{text}");
    assert_eq!(Folder::read(dir.path()).unwrap(), before);
}

#[test]
fn written_suggestions_wait_in_their_own_layer_and_writing_again_changes_nothing() {
    let dir = without_links(PLAN);
    let text = done(dir.path(), &[PLAN, "--framework", OLD, "--write"], "");
    assert!(
        text.contains(&format!("Written: plans/{PLAN}/suggested.ttl")),
        "{text}"
    );
    let changed = plan(dir.path(), PLAN);
    let all = suggested(&changed);
    assert_eq!(all.len(), shown(&text).len());
    for one in all {
        assert_eq!(one.declared, [Layer::Suggested].into());
        assert_eq!(any(&one.method), Some(Method::ByMachine));
        assert!(
            any(&one.attributed_to)
                .unwrap()
                .as_str()
                .ends_with("/organisation/samplan")
        );
        assert!(!one.target.is_empty() && !one.confidence.is_empty());
    }
    assert!(
        changed
            .activities
            .values()
            .all(|node| node.contributes_to.is_empty())
    );
    let first = Folder::read(dir.path()).unwrap();
    let text = done(dir.path(), &[PLAN, "--framework", OLD, "--write"], "");
    assert!(text.contains("Nothing changed"), "{text}");
    assert_eq!(Folder::read(dir.path()).unwrap(), first);
    // Those of another framework come beside them.
    done(dir.path(), &[PLAN, "--framework", NEW, "--write"], "");
    let both = plan(dir.path(), PLAN);
    assert!(suggested(&both).len() > suggested(&changed).len());
}

#[test]
fn what_is_decided_moves_and_is_not_suggested_again() {
    let dir = without_links(PLAN);
    let before = shown(&done(dir.path(), &[PLAN, "--framework", OLD], ""));
    let words = [PLAN, "--framework", OLD, "--review"];
    let text = done(
        dir.path(),
        &words,
        "region-vasterbotten\na\nr\nx\nn\ns\nq\n",
    );
    assert!(
        text.contains("“x” is no answer") && text.contains("3 decided"),
        "{text}"
    );
    let changed = plan(dir.path(), PLAN);
    let judged: Vec<&Alignment> = changed
        .alignments
        .values()
        .filter(|one| one.declared.contains(&Layer::Editorial))
        .collect();
    assert_eq!(judged.len(), 3);
    for one in &judged {
        assert_eq!(any(&one.method), Some(Method::ByPerson));
        assert!(
            any(&one.attributed_to)
                .unwrap()
                .as_str()
                .ends_with("/region-vasterbotten")
        );
        assert!(one.confidence.is_empty(), "that was the program's");
    }
    let accepted = judged.iter().find(|one| {
        any(&one.review_state) == Some(ReviewState::Accepted) && !one.aligned_with.is_empty()
    });
    let accepted = accepted.unwrap();
    assert!(!accepted.target.is_empty(), "the words stay");
    let activity = &changed.activities[accepted.aligned.first().unwrap()];
    assert_eq!(
        activity.contributes_to.first(),
        accepted.aligned_with.first()
    );
    let none = judged
        .iter()
        .find(|one| !one.fits_no_goal_of.is_empty())
        .unwrap();
    assert!(
        none.fits_no_goal_of
            .first()
            .unwrap()
            .as_str()
            .ends_with(OLD)
    );
    assert_eq!(
        changed.activities[none.aligned.first().unwrap()]
            .contributes_to
            .first(),
        None
    );
    // None of the three comes again, nor another goal for what no goal fits; the rest does, and
    // what was accepted has no bearing on this plan's own suggestions.
    let after = shown(&done(dir.path(), &[PLAN, "--framework", OLD], ""));
    assert!(
        before[..3].iter().all(|gone| !after.contains(gone)),
        "{after:?}"
    );
    assert!(after.iter().all(|(activity, _)| *activity != before[2].0));
    assert!(after.iter().all(|left| before.contains(left)) && after.len() >= before.len() - 5);
    assert!(suggested(&changed).len() == after.len(), "the others wait");
}

#[test]
fn a_review_that_ends_at_once_changes_nothing() {
    let dir = without_links(PLAN);
    let before = Folder::read(dir.path()).unwrap();
    let words = [
        PLAN,
        "--framework",
        OLD,
        "--review",
        "--by",
        "region-vasterbotten",
    ];
    for answers in ["", "q\n", "s\ns\nq\n"] {
        let text = done(dir.path(), &words, answers);
        assert!(text.contains("Nothing changed"), "{text}");
        assert_eq!(Folder::read(dir.path()).unwrap(), before);
    }
}

#[test]
fn accepted_alignments_are_carried_over_to_the_successor_as_suggestions() {
    let dir = copy_of_data();
    // All of the older strategy are judged, none of the newer.
    let file = dir.path().join(format!("plans/{PLAN}/editorial.ttl"));
    let text = fs::read_to_string(&file).unwrap();
    let kept: Vec<&str> = text
        .split("\n\n")
        .filter(|block| !block.contains("digstrat-2025"))
        .collect();
    fs::write(&file, kept.join("\n\n")).unwrap();
    mend_shortcuts(&file, &text);
    let shown = done(dir.path(), &[PLAN, "--framework", NEW, "--write"], "");
    assert!(
        shown.contains("carried over from konnektivitetsstrategier-digstrat-2017"),
        "{shown}"
    );
    let changed = plan(dir.path(), PLAN);
    let by_mapping: Vec<_> = suggested(&changed)
        .into_iter()
        .filter(|one| any(&one.method) == Some(Method::ByMapping))
        .collect();
    assert!(by_mapping.len() >= 10, "{}", by_mapping.len());
    for one in by_mapping {
        let from = &changed.alignments[&any(&one.derived_from).unwrap()];
        assert_eq!(any(&from.aligned), any(&one.aligned));
        assert_eq!(from.review_state.first(), Some(&ReviewState::Accepted));
        assert!(!one.target.is_empty(), "on the same words");
    }
    let accepted = |plan: &Plan| {
        plan.activities
            .values()
            .filter(|node| {
                node.contributes_to
                    .iter()
                    .any(|goal| goal.as_str().contains(NEW))
            })
            .count()
    };
    assert_eq!(accepted(&changed), 0, "never as facts");
}

/// Puts back the goals of the older strategies, whose lines also named the newer.
fn mend_shortcuts(file: &Path, before: &str) {
    let mut text = fs::read_to_string(file).unwrap();
    for block in before.split("\n\n") {
        if block.contains("> plan:contributesTo") && block.contains("digstrat-2025") {
            let (subject, goals) = block.split_once(" plan:contributesTo ").unwrap();
            let (goals, rest) = match goals.split_once(" ;") {
                Some((goals, rest)) => (goals, format!(" ;{rest}")),
                None => (goals.trim_end_matches(" ."), " .".to_owned()),
            };
            let goals: Vec<&str> = goals
                .split(',')
                .map(str::trim)
                .filter(|goal| !goal.contains("digstrat-2025"))
                .collect();
            let goals = goals.join(" , ");
            text = format!("{text}\n{subject} plan:contributesTo {goals}{rest}\n");
        }
    }
    fs::write(file, text).unwrap();
}

#[test]
fn what_an_earlier_edition_goes_on_as_is_suggested_and_reviewed() {
    let (newer, older) = ("vastmanland-2021-2022", "vastmanland-2018-2020");
    let dir = copy_of_data();
    let file = dir.path().join(format!("plans/{newer}/interpreted.ttl"));
    let text = fs::read_to_string(&file).unwrap();
    let known: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("prov:was") && line.contains("/activity/"))
        .collect();
    assert_eq!(known.len(), 3);
    let without: Vec<&str> = text.lines().filter(|line| !known.contains(line)).collect();
    fs::write(&file, without.join("\n")).unwrap();
    let text = done(dir.path(), &[newer, "--earlier", older, "--write"], "");
    assert!(
        text.contains("Kartlägga återstående bredbandsutbyggnad"),
        "{text}"
    );
    let links = |layer: Layer| {
        let plan = plan(dir.path(), newer);
        let nodes = plan.activities.values();
        let all = nodes.flat_map(|node| {
            let all = node
                .revision_of
                .layered()
                .chain(node.derived_from.layered());
            all.cloned().collect::<Vec<_>>()
        });
        all.filter(|link| link.layer == layer).count()
    };
    let waiting = links(Layer::Suggested);
    assert!(waiting >= 3, "{text}");
    let answers = "a\nr\n";
    let words = [
        newer,
        "--earlier",
        older,
        "--review",
        "--by",
        "region-vastmanland",
    ];
    let text = done(dir.path(), &words, answers);
    assert!(text.contains("2 decided"), "{text}");
    assert_eq!(
        (links(Layer::Editorial), links(Layer::Suggested)),
        (1, waiting - 2)
    );
    // What is said already is not suggested again.
    let there = done(folder_path(), &[newer, "--earlier", older], "");
    assert!(!there.contains("Samordna nätverk"), "{there}");
}

fn folder_path() -> &'static Path {
    static DATA: LazyLock<PathBuf> = LazyLock::new(|| root().join("data"));
    &DATA
}

#[test]
fn who_asks_for_what_is_not_there_is_told_what_there_is() {
    let data = folder_path();
    for (words, expected) in [
        (&["vasterbotten-2027", "--framework", OLD][..], PLAN),
        (&[PLAN, "--framework", "gdpr"], OLD),
        (&[PLAN, "--earlier", "nej"], "vastmanland-2018-2020"),
        (&[PLAN], "--framework"),
    ] {
        let output = align(data, words, "");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(out(&output).contains(expected), "{}", out(&output));
    }
    let dir = without_links(PLAN);
    let words = [PLAN, "--framework", OLD, "--review", "--by", "ingen-alls"];
    let output = align(dir.path(), &words, "a\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        out(&output).contains("“ingen-alls” is no organisation here"),
        "{}",
        out(&output)
    );
}

#[test]
fn nothing_is_suggested_where_everything_is_judged() {
    for (id, framework) in [(PLAN, OLD), (PLAN, NEW)] {
        let text = done(folder_path(), &[id, "--framework", framework], "");
        let shown = shown(&text);
        // Other goals than those that somebody has chosen may still be suggested.
        let plan = plan(folder_path(), id);
        assert!(shown.len() < 25, "{text}");
        let none: Vec<String> = plan
            .alignments
            .values()
            .filter(|one| {
                one.fits_no_goal_of
                    .first()
                    .is_some_and(|of| of.as_str().ends_with(framework))
            })
            .map(|one| {
                plan.activities[one.aligned.first().unwrap()]
                    .title
                    .first()
                    .unwrap()
                    .text
                    .clone()
            })
            .collect();
        assert!(!none.is_empty());
        for title in none {
            let title: String = title.chars().take(40).collect();
            assert!(
                shown
                    .iter()
                    .all(|(activity, _)| !activity.starts_with(&title)),
                "{title}"
            );
        }
    }
}

fn samplan(words: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_samplan"))
        .args(words)
        .current_dir(root())
        .env_remove("SAMPLAN_DATA")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{words:?}: {}", out(&output));
    out(&output)
}

#[test]
fn decisions_in_the_workbook_are_taken_over() {
    let dir = without_links(PLAN);
    done(dir.path(), &[PLAN, "--framework", OLD, "--write"], "");
    let data = dir.path().to_str().unwrap();
    let book = dir.path().join("book");
    let book = book.to_str().unwrap();
    samplan(&[
        "export", PLAN, "--format", "csv", "--output", book, "--data", data,
    ]);
    let before = Folder::read(dir.path()).unwrap();
    let text = samplan(&["import", book, "--data", data]);
    assert!(text.contains("Nothing changed"), "{text}");
    assert_eq!(Folder::read(dir.path()).unwrap(), before);

    let sheet = Path::new(book).join("malkopplingar.csv");
    let text = fs::read_to_string(&sheet).unwrap();
    assert!(
        text.contains("Digital trygghet") && text.contains("säkerhetsarbete"),
        "{text}"
    );
    // Each suggestion ends in its state and an empty decision.
    let edited = text
        .replacen(";föreslagen;\r\n", ";föreslagen;godtagen\r\n", 1)
        .replacen(";föreslagen;\r\n", ";föreslagen;avvisad\r\n", 1);
    fs::write(&sheet, edited).unwrap();
    let waiting = suggested(&plan(dir.path(), PLAN)).len();
    let text = samplan(&["import", book, "--data", data]);
    assert!(
        text.contains("editorial.ttl") && text.contains("suggested.ttl"),
        "{text}"
    );
    let changed = plan(dir.path(), PLAN);
    assert_eq!(suggested(&changed).len(), waiting - 2);
    let states: Vec<_> = changed
        .alignments
        .values()
        .filter(|one| one.declared.contains(&Layer::Editorial))
        .map(|one| {
            assert_eq!(any(&one.attributed_to), changed.creator.first().cloned());
            any(&one.review_state).unwrap()
        })
        .collect();
    assert_eq!(states.len(), 2);
    assert!(states.contains(&ReviewState::Accepted) && states.contains(&ReviewState::Rejected));
}
