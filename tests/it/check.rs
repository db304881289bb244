//! `samplan check`, `init` and `serve` as a person runs them: words and exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{copy_of_data, root};

fn samplan(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samplan"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SAMPLAN_DATA")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    let text = [output.stdout.clone(), output.stderr.clone()].concat();
    String::from_utf8(text).unwrap()
}

#[test]
fn a_folder_that_holds_is_exit_code_0() {
    let output = samplan(&["check"], root());
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert!(out(&output).contains("3 plans hold"));
    assert!(output.stdout.is_empty(), "findings only on standard output");
}

#[test]
fn findings_are_exit_code_1_with_place_words_and_rule() {
    let dir = copy_of_data();
    let file = dir.path().join("plans/vasterbotten-2026/stated.ttl");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replacen("status:not-stated", "status:finished", 1),
    )
    .unwrap();
    let data = dir.path().to_str().unwrap();
    // The whole folder, the plan's folder, one of its files: the same findings.
    let whole = samplan(&["check", "--data", data], root());
    let plan = dir.path().join("plans/vasterbotten-2026");
    let by_folder = samplan(&["check", "--data", data, plan.to_str().unwrap()], root());
    let by_file = samplan(&["check", "--data", data, file.to_str().unwrap()], root());
    for output in [&whole, &by_folder, &by_file] {
        assert_eq!(output.status.code(), Some(1), "{}", out(output));
        assert_eq!(output.stdout, whole.stdout);
    }
    let text = out(&whole);
    for expected in [
        "plans/vasterbotten-2026",
        "stated.ttl:",
        "<plan/vasterbotten-2026/activity/",
        "adms:status",
        "(status)",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}

#[test]
fn a_file_that_holds_a_whole_plan_is_judged_by_itself() {
    let small = root().join("tests/fixtures/small-plan.ttl");
    let output = samplan(&["check", small.to_str().unwrap()], root());
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    for (text, word) in [
        ("", "exactly one plan"),
        ("<a> a <b", "not valid Turtle"),
        ("<a> <b> \"\\uD800\" .", "not valid Turtle"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("plan.ttl");
        fs::write(&file, text).unwrap();
        let output = samplan(&["check", file.to_str().unwrap()], root());
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(out(&output).contains(word), "{}", out(&output));
    }
}

#[test]
fn what_cannot_be_checked_is_exit_code_2_and_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let output = samplan(&["check"], dir.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        out(&output).contains("samplan init data"),
        "{}",
        out(&output)
    );
    let output = samplan(&["check", "nothing.ttl"], root());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        out(&output).contains("there is no nothing.ttl"),
        "{}",
        out(&output)
    );
}

#[test]
fn init_says_what_to_do_next_and_never_writes_over_anything() {
    let dir = tempfile::tempdir().unwrap();
    let output = samplan(&["init", "mine"], dir.path());
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    assert!(out(&output).contains("samplan serve --data mine"));
    assert_eq!(
        samplan(&["check", "--data", "mine"], dir.path())
            .status
            .code(),
        Some(0)
    );
    let output = samplan(&["init", "mine"], dir.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        out(&output).contains("nothing in it was changed"),
        "{}",
        out(&output)
    );
}

#[test]
fn serve_without_data_or_with_a_wrong_address_says_how_to_mend_it() {
    let dir = tempfile::tempdir().unwrap();
    let output = samplan(&["serve", "--listen", "127.0.0.1:0"], dir.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("samplan init"), "{}", out(&output));
    let output = samplan(&["serve", "--base-url", "example.org"], dir.path());
    assert!(
        out(&output).contains("https://example.org/planer/"),
        "{}",
        out(&output)
    );
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = samplan(&["serve", "--listen", &address], root());
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("--listen"), "{}", out(&output));
}

#[test]
fn a_slip_gives_one_finding_and_not_what_follows_from_it() {
    let findings = |change: &dyn Fn(&Path)| {
        let dir = copy_of_data();
        change(&dir.path().join("plans"));
        let output = samplan(&["check", "--data", dir.path().to_str().unwrap()], root());
        assert_eq!(output.status.code(), Some(1), "{}", out(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        text
    };
    let stated = "vasterbotten-2026/stated.ttl";
    let text = fs::read_to_string(root().join("data/plans").join(stated)).unwrap();
    let missing_semicolon = findings(&|plans| {
        let text = text.replacen("plan:position 1 ;", "plan:position 1", 1);
        fs::write(plans.join(stated), text).unwrap();
    });
    assert!(
        missing_semicolon.contains("stated.ttl:"),
        "{missing_semicolon}"
    );
    let latin_1 = findings(&|plans| {
        let bytes: Vec<u8> = text
            .chars()
            .map(|c| u8::try_from(c).unwrap_or(b'?'))
            .collect();
        fs::write(plans.join(stated), bytes).unwrap();
    });
    assert!(latin_1.contains("UTF-8"), "{latin_1}");
    let renamed = findings(&|plans| {
        fs::rename(
            plans.join("vasterbotten-2026"),
            plans.join("norrbotten-2026"),
        )
        .unwrap();
    });
    assert!(renamed.contains("plan/vasterbotten-2026") && renamed.contains("plan/norrbotten-2026"));
    let undescribed = findings(&|plans| {
        let plan = plans.join("vasterbotten-2026");
        let line = "<plan/vasterbotten-2026> <http://purl.org/dc/terms/alternative> \"x\"@sv .\n";
        fs::write(plan.join("editorial.ttl"), line).unwrap();
    });
    assert!(
        undescribed.contains("plan/vasterbotten-2026/editorial"),
        "{undescribed}"
    );
}

#[test]
fn a_folder_that_is_no_data_folder_is_not_said_to_hold() {
    let plan = root().join("data/plans/vasterbotten-2026");
    let output = samplan(&["check", "--data", plan.to_str().unwrap()], root());
    assert_eq!(output.status.code(), Some(2));
    assert!(
        out(&output).contains("not a data folder"),
        "{}",
        out(&output)
    );
}
