//! `samplan import` and `samplan export`, as a person uses them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::root;

const MARKDOWN: &str = "# Handlingsplan för digitalisering 2024–2026

Antagen av kommunstyrelsen den 12 mars 2024

## Bakgrund

Köpings kommun ska bli bättre. Kontakt: Anna Svensson, anna.svensson@example.org, 021-12 34 56.

## Trygg välfärd

| Nr | Åtgärd | Ansvarig | Tidplan | Status |
|----|--------|----------|---------|--------|
| 1 | Införa e-tjänster. Invånare ska kunna söka digitalt. | Köpings kommun | 2024 | Påbörjad |
| 2 | Utveckla välfärdsteknik | Vård- och omsorgsnämnden tillsammans med Region Västmanland | Q1 2025 – Q4 2025 | Ej påbörjad |
| 3 | Stärka säkerheten | IT-avdelningen | Löpande | Blå |
";

/// What `pdftotext -layout` makes of a table: columns side by side, names broken over lines.
const LAID_OUT: &str = "Åtgärdsplan 2025 för Region Dalarna

Kompetens

Insats                                Ansvarig               När          Läge
Utbilda alla chefer i ledning av      Region Dalarna         2025         Pågår
digital utveckling

Ta fram en gemensam                   Region Dalarna i       2025-2026    Ny
kompetensplan                         samverkan med
                                      Falu kommun
";

/// A data folder with reference data and no plans.
struct Instance(tempfile::TempDir);

impl Instance {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        assert!(samplan(&["init", data.to_str().unwrap()]).status.success());
        Self(dir)
    }

    /// One with the plans of the repository.
    fn with_plans() -> Self {
        let instance = Self::new();
        for id in [
            "vastmanland-2021-2022",
            "vastmanland-2018-2020",
            "vasterbotten-2026",
        ] {
            let from = root().join("data/plans").join(id);
            let to = instance.data().join("plans").join(id);
            fs::create_dir_all(&to).unwrap();
            for file in fs::read_dir(from).unwrap() {
                let file = file.unwrap();
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
        instance
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn run(&self, words: &[&str]) -> Output {
        let data = self.data();
        let mut words = words.to_vec();
        words.extend(["--data", data.to_str().unwrap()]);
        samplan(&words)
    }

    fn import(&self, document: &Path, more: &[&str]) -> Output {
        let mut words = vec!["import", document.to_str().unwrap()];
        words.extend(more);
        self.run(&words)
    }

    /// Every file below the data folder with its bytes.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(dir: &Path, into: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, into);
                } else {
                    into.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.data(), &mut files);
        files.sort();
        files
    }

    fn turtle(&self, plan: &str) -> String {
        ["stated", "interpreted"]
            .map(|layer| {
                fs::read_to_string(self.data().join(format!("plans/{plan}/{layer}.ttl"))).unwrap()
            })
            .concat()
    }
}

fn samplan(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samplan"))
        .args(words)
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    let streams = [&output.stdout, &output.stderr];
    streams
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .concat()
}

#[test]
fn a_document_becomes_a_plan_that_holds() {
    let instance = Instance::new();
    let document = instance.file("plan.md", MARKDOWN.as_bytes());
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let turtle = instance.turtle("kopings-kommun-2024-2026");
    for words in [
        "\"Handlingsplan för digitalisering 2024–2026\"@sv",
        "\"Införa e-tjänster.\"@sv",
        "\"Invånare ska kunna söka digitalt.\"@sv",
        "organisation/vard-och-omsorgsnamnden-kopings-kommun",
        "status:not-started",
        "\"2024-03-12\"",
        "\"2025-12-31\"",
    ] {
        assert!(turtle.contains(words), "{words} is not in {turtle}");
    }
    let check = instance.run(&["check"]);
    assert!(check.status.success(), "{}", out(&check));
    let again = instance.import(&document, &[]);
    assert!(out(&again).contains("Nothing changed."), "{}", out(&again));
}

#[test]
fn a_table_laid_out_in_columns_is_read() {
    let instance = Instance::new();
    let document = instance.file("plan.txt", LAID_OUT.as_bytes());
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let turtle = instance.turtle("dalarna-2025");
    for words in [
        "\"Utbilda alla chefer i ledning av digital utveckling\"@sv",
        "\"Ta fram en gemensam kompetensplan\"@sv",
        "\"i samverkan med Falu kommun\"@sv",
        "role:collaborating",
        "\"2026-12-31\"",
    ] {
        assert!(turtle.contains(words), "{words} is not in {turtle}");
    }
}

#[test]
fn from_and_to_may_have_columns_of_their_own() {
    let instance = Instance::new();
    let csv = "Nr;Åtgärd;Ansvarig;Start;Slut;Status\r\n\
               1;Utveckla e-tjänster;Region Halland m.fl.;2024;2025;Klar\r\n\
               2;Öppna data;Halmstads kommun;2025;2026;Pågår\r\n";
    let (latin_1, _, _) = encoding_rs::WINDOWS_1252.encode(csv);
    let document = instance.file("plan.csv", &latin_1);
    let imported = instance.import(&document, &["--id", "halland", "--title", "Plan"]);
    assert!(imported.status.success(), "{}", out(&imported));
    let turtle = instance.turtle("halland");
    for words in [
        "\"Utveckla e-tjänster\"@sv",
        "plan:sourceText \"2024 2025\"@sv",
        "\"2026-12-31\"",
        "hasParticipant <organisation/region-halland>",
        "The plan says that others take part",
    ] {
        assert!(turtle.contains(words), "{words} is not in {turtle}");
    }
}

#[test]
fn measures_in_a_list_have_their_fields_beside_them() {
    let instance = Instance::new();
    let text = "Handlingsplan för psykisk hälsa 2023-2025\n\nRegion Jämtland Härjedalen\n\n\
                1. Insatser\n\n1.1 Barn och unga\n\nAlla barn ska må bra.\n\n\
                - Utveckla elevhälsan. Ansvarig: Östersunds kommun. Tidplan: 2024.\n\
                - Starta en mottagning på nätet\n";
    let document = instance.file("plan.txt", text.as_bytes());
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let turtle = instance.turtle("jamtland-harjedalen-2023-2025");
    for words in [
        "\"Utveckla elevhälsan.\"@sv",
        "plan:sourceText \"Östersunds kommun\"@sv",
        "\"2024-12-31\"",
        "\"Alla barn ska må bra.\"@sv",
    ] {
        assert!(turtle.contains(words), "{words} is not in {turtle}");
    }
    assert!(!turtle.contains("Ansvarig:"), "{turtle}");
}

#[test]
fn each_municipality_of_a_county_is_meant_by_its_members() {
    let instance = Instance::new();
    let text = "Åtgärdsplan 2026 för Region Gävleborg\n\nSäkerhet\n\n\
                Åtgärd\tAnsvarig\tTidplan\nÖva på incidenter\tRespektive kommun\t2026\n\
                Ta fram en modell\tkommunerna\t2026\n";
    let document = instance.file("plan.txt", text.as_bytes());
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let turtle = instance.turtle("gavleborg-2026");
    for words in [
        "kommunerna-i-gavleborgs-lan>",
        "hudiksvalls-kommun>",
        "plan:distributive true",
    ] {
        assert!(turtle.contains(words), "{words} is not in {turtle}");
    }
    let again = instance.import(&document, &[]);
    assert!(out(&again).contains("Nothing changed."), "{}", out(&again));
}

#[test]
fn persons_never_become_data() {
    let instance = Instance::new();
    let document = instance.file("plan.md", MARKDOWN.as_bytes());
    let imported = instance.import(&document, &[]);
    let report = out(&imported);
    for words in ["Anna", "Svensson", "example.org", "12 34 56"] {
        assert!(
            !report.contains(words),
            "{words} is in the report: {report}"
        );
        for (path, bytes) in instance.files() {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let name = path.to_string_lossy();
            let new = name.contains("/plans/") || name.contains("/plan-");
            assert!(
                !new || !text.contains(words),
                "{words} is in {}",
                path.display()
            );
        }
    }
    assert_eq!(report.matches("person: ").count(), 3, "{report}");
}

#[test]
fn a_dry_run_writes_nothing_and_reports_as_json() {
    let instance = Instance::new();
    let document = instance.file("plan.md", MARKDOWN.as_bytes());
    let before = instance.files();
    let imported = instance.import(&document, &["--dry-run", "--json"]);
    assert!(imported.status.success());
    assert_eq!(instance.files(), before);
    let report: serde_json::Value = serde_json::from_slice(&imported.stdout).unwrap();
    assert_eq!(report["plans"][0]["id"], "kopings-kommun-2024-2026");
    assert_eq!(report["plans"][0]["counts"]["activities"], 3);
    let left_out = report["findings"].as_array().unwrap();
    let left_out = left_out
        .iter()
        .find(|finding| finding["kind"] == "left-out")
        .unwrap();
    assert_eq!(
        (&left_out["read"], &left_out["line"]),
        (&"Blå".into(), &15.into())
    );
}

#[test]
fn what_is_given_fills_in_what_the_document_lacks() {
    let instance = Instance::new();
    let document = instance.file("a.txt", "Mål\n\nVi vill mycket.\n".as_bytes());
    let refused = instance.import(&document, &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(out(&refused).contains("--period"), "{}", out(&refused));
    let wrong = instance.import(&document, &["--publisher", "nobody"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(out(&wrong).contains("nobody"), "{}", out(&wrong));
}

#[test]
fn what_cannot_be_a_plan_is_refused() {
    let instance = Instance::new();
    let before = instance.files();
    for (name, bytes) in [
        ("empty.pdf", &b""[..]),
        ("picture.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"),
        ("broken.docx", b"PK\x03\x04broken"),
    ] {
        let document = instance.file(name, bytes);
        let refused = instance.import(&document, &[]);
        assert_eq!(refused.status.code(), Some(1), "{name}: {}", out(&refused));
        assert!(out(&refused).contains(name), "{}", out(&refused));
    }
    assert_eq!(instance.files(), before);
}

#[test]
fn importing_again_keeps_addresses_and_what_people_added() {
    let instance = Instance::with_plans();
    for id in ["vastmanland-2021-2022", "vasterbotten-2026"] {
        let document = root().join(format!("data/plans/{id}/source.txt"));
        let imported = instance.import(&document, &[]);
        assert!(imported.status.success(), "{}", out(&imported));
        let report = out(&imported);
        for kind in [": added: ", ": gone: "] {
            assert!(!report.contains(kind), "{report}");
        }
    }
    let turtle = instance.turtle("vastmanland-2021-2022");
    for words in [
        "activity/pts-bredbandsstod>",
        "alignment/valmaende-rus2030-vastmanland>",
        "Regional digital agenda för Västmanland – handlingsplan 2021–2022",
        "reference/pedagog-varmland>",
        "wasDerivedFrom <plan/vastmanland-2018-2020/activity/samordna-natverk>",
    ] {
        assert!(turtle.contains(words), "{words} is not in {turtle}");
    }
    let check = instance.run(&["check"]);
    assert!(check.status.success(), "{}", out(&check));
}

/// Links to goals are somebody's judgement: an activity that goes takes them along only when whoever
/// imports says so.
#[test]
fn links_of_an_activity_that_is_gone_are_taken_away_only_when_told() {
    let instance = Instance::with_plans();
    let text =
        fs::read_to_string(root().join("data/plans/vastmanland-2021-2022/source.txt")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let first = lines
        .iter()
        .position(|line| line.starts_with("Främja samverkan inom bredbandsområdet"))
        .unwrap();
    let last = first
        + lines[first..]
            .iter()
            .position(|line| line.contains("Pågår"))
            .unwrap();
    let shorter = [&lines[..first], &lines[last + 1..]].concat().join("\n");
    let document = instance.0.path().join("shorter.txt");
    fs::write(&document, shorter).unwrap();
    let id = ["--id", "vastmanland-2021-2022"];
    let before = instance.files();
    let refused = instance.import(&document, &id);
    assert_eq!(refused.status.code(), Some(1));
    let said = out(&refused);
    assert!(
        said.contains("--drop-links") && said.contains("activity/samverkan-inom-bredband"),
        "{said}"
    );
    assert_eq!(
        said.matches("--drop-links").count(),
        2,
        "one finding, in two languages: {said}"
    );
    assert_eq!(instance.files(), before, "nothing is written");
    let taken = instance.import(&document, &[id[0], id[1], "--drop-links"]);
    assert!(taken.status.success(), "{}", out(&taken));
    assert!(
        out(&taken).contains("taken away with it"),
        "{}",
        out(&taken)
    );
    let file = instance
        .0
        .path()
        .join("data/plans/vastmanland-2021-2022/editorial.ttl");
    let editorial = fs::read_to_string(file).unwrap();
    assert!(!editorial.contains("samverkan-inom-bredband"));
    assert!(editorial.contains("alignment/pts-bredbandsstod-digstrat-2017-digital-infrastruktur>"));
    let check = instance.run(&["check"]);
    assert!(check.status.success(), "{}", out(&check));
}

#[test]
fn export_then_import_changes_nothing() {
    let instance = Instance::with_plans();
    let before = instance.files();
    for (id, format, name) in [
        ("vastmanland-2021-2022", "xlsx", "book.xlsx"),
        ("vasterbotten-2026", "csv", "sheets"),
    ] {
        let file = instance.0.path().join(name);
        let path = file.to_str().unwrap();
        let exported = instance.run(&["export", id, "--format", format, "--output", path]);
        assert!(exported.status.success(), "{}", out(&exported));
        let imported = instance.import(&file, &[]);
        assert!(
            out(&imported).contains("Nothing changed."),
            "{}",
            out(&imported)
        );
    }
    assert_eq!(instance.files(), before);
    let unknown = instance.run(&["export", "nothing"]);
    assert!(
        out(&unknown).contains("vasterbotten-2026"),
        "{}",
        out(&unknown)
    );
}

/// Changes the rows of an exported folder of sheets: each file's text by its name.
fn add_lines(sheets: &Path, file: &str, lines: &str) {
    let path = sheets.join(file);
    let text = fs::read_to_string(&path).unwrap() + lines;
    fs::write(path, text).unwrap();
}

#[test]
fn what_an_officer_adds_to_a_workbook_survives_the_next_import_of_the_document() {
    let id = "vastmanland-2021-2022";
    let instance = Instance::with_plans();
    let sheets = instance.0.path().join("sheets");
    let path = sheets.to_str().unwrap();
    let exported = instance.run(&["export", id, "--format", "csv", "--output", path]);
    assert!(exported.status.success(), "{}", out(&exported));
    // Adress;Plan;Fokusområde;Del av;Ordning;Titel;Andra titlar;Beskrivning;Från;Till;…;Status
    add_lines(
        &sheets,
        "aktiviteter.csv",
        ";;Ett tillgängligt Västmanland;;;Öppna en digital mötesplats;;;2022-01-01;2022-12-31;;Genomförd;;\r\n",
    );
    add_lines(
        &sheets,
        "medverkande.csv",
        ";Öppna en digital mötesplats;Ansvarig;sala-kommun;;;\r\n",
    );
    add_lines(
        &sheets,
        "uppfoljningar.csv",
        ";Öppna en digital mötesplats;Ring Anna Svensson, anna@example.org. Hundra besökte den.;Genomförd;;2023-02-01\r\n",
    );
    let stated = fs::read(instance.data().join(format!("plans/{id}/stated.ttl"))).unwrap();
    let imported = instance.import(&sheets, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let report = out(&imported);
    assert!(
        report.contains("activity/oppna-en-digital-motesplats"),
        "{report}"
    );
    assert_eq!(report.matches(": added: ").count(), 3, "{report}");
    let editorial =
        || fs::read_to_string(instance.data().join(format!("plans/{id}/editorial.ttl"))).unwrap();
    let added = editorial();
    assert!(added.contains("Hundra besökte den."), "{added}");
    assert!(!added.contains("anna@example.org"), "{added}");
    assert_eq!(
        fs::read(instance.data().join(format!("plans/{id}/stated.ttl"))).unwrap(),
        stated
    );

    let again = instance.import(&sheets, &[]);
    assert!(out(&again).contains("Nothing changed."), "{}", out(&again));

    let document = root().join(format!("data/plans/{id}/source.txt"));
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    assert!(!out(&imported).contains(": gone: "), "{}", out(&imported));
    assert_eq!(editorial(), added);
    let check = instance.run(&["check"]);
    assert!(check.status.success(), "{}", out(&check));
}

#[test]
fn what_stands_in_the_document_later_is_said_by_the_document() {
    let instance = Instance::new();
    let document = instance.file("plan.md", MARKDOWN.as_bytes());
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let id = "kopings-kommun-2024-2026";
    let sheets = instance.0.path().join("sheets");
    let path = sheets.to_str().unwrap();
    instance.run(&["export", id, "--format", "csv", "--output", path]);
    add_lines(
        &sheets,
        "aktiviteter.csv",
        ";;Trygg välfärd;;7;Lära ut källkritik;;Så här.;2024-02-01;2025-12-31;;Pågår;;\r\n",
    );
    let imported = instance.import(&sheets, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let row = "| 4 | Lära ut källkritik | Köpings kommun | 2025 | Ny |\n";
    let document = instance.file("plan.md", format!("{MARKDOWN}{row}").as_bytes());
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let file = |layer: &str| {
        fs::read_to_string(instance.data().join(format!("plans/{id}/{layer}.ttl"))).unwrap()
    };
    let (stated, editorial) = (file("stated"), file("editorial"));
    assert!(stated.contains("activity/lara-ut-kallkritik>"), "{stated}");
    assert!(editorial.contains("Så här."), "{editorial}");
    assert!(!editorial.contains("2024-02-01"), "{editorial}");
}

#[test]
fn a_form_that_is_filled_in_makes_a_plan() {
    let instance = Instance::new();
    let blank = instance.0.path().join("blank.xlsx");
    let exported = samplan(&["export", "--blank", "--output", blank.to_str().unwrap()]);
    assert!(exported.status.success(), "{}", out(&exported));
    let empty = instance.import(&blank, &["--id", "koping-2027", "--period", "2027-2028"]);
    assert_eq!(empty.status.code(), Some(1));
    assert!(out(&empty).contains("no rows"), "{}", out(&empty));

    let filled = instance.file("filled.xlsx", &filled_form());
    let given = [
        "--id",
        "koping-2027",
        "--publisher",
        "kopings-kommun",
        "--title",
        "Digitaliseringsplan",
        "--period",
        "2027-2028",
    ];
    let imported = instance.import(&filled, &given);
    assert!(imported.status.success(), "{}", out(&imported));
    let report = out(&imported);
    for words in [
        "2 activities",
        "1 focus areas",
        "2 with somebody responsible",
        "1 follow-ups",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    let source = fs::read_to_string(instance.data().join("plans/koping-2027/source.txt")).unwrap();
    assert!(source.contains("Titel: Införa e-tjänster\n"), "{source}");
    assert!(!source.contains("Läs mig"), "{source}");
    let turtle = instance.turtle("koping-2027");
    for words in [
        "Digitaliseringsplan",
        "activity/infora-e-tjanster/period>",
        "sourceText \"2027-01-01 2027-12-31\"@sv",
        "statusText \"Pågår\"@sv",
        "sourceText \"Köpings kommun\"@sv",
    ] {
        assert!(turtle.contains(words), "{words}: {turtle}");
    }
    let check = instance.run(&["check"]);
    assert!(check.status.success(), "{}", out(&check));

    // The same form again adds nothing; one that has more adds that.
    let again = instance.import(&filled, &given);
    assert!(out(&again).contains("Nothing changed."), "{}", out(&again));
}

/// The sheets of `samplan export --blank`, filled in; `|` is a line break within a cell.
const FORM: [(&str, &str); 3] = [
    (
        "Aktiviteter",
        "Adress;Plan;Fokusområde;Del av;Ordning;Titel;Andra titlar;Beskrivning;Från;Till;Periodens lydelse;Status;Statusens lydelse;Källrader
;;Trygg välfärd;;;Införa e-tjänster;;Invånare ska kunna|söka digitalt.;2027-01-01;2027-12-31;;Pågår
;;Trygg välfärd;;;Stärka säkerheten;;;2027-01-01;;Från 2027",
    ),
    (
        "Medverkande",
        "Adress;Aktivitet;Roll;Organisationens id;Organisationens namn;Var och en för sig;Lydelse
;Införa e-tjänster;Ansvarig;kopings-kommun;Köpings kommun
;Stärka säkerheten;Huvudansvarig;region-vastmanland;;;Regionen",
    ),
    (
        "Uppföljningar",
        "Adress;Aktivitet;Text;Status;Statusens lydelse;Datum
;Införa e-tjänster;Tio tjänster finns.;Delvis genomförd;på god väg;2027-06-30",
    ),
];

fn filled_form() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in FORM {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (at, row) in (0..).zip(rows.lines()) {
            let cells = row.split(';').map(|cell| cell.replace('|', "\n"));
            sheet.write_row(at, 0, cells).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// What takes less than a second needs no explanation; and JSON stays JSON.
#[test]
fn a_quick_document_shows_no_progress() {
    let instance = Instance::new();
    let document = instance.file("plan.md", MARKDOWN.as_bytes());
    for flags in [&[][..], &["--json"]] {
        let imported = instance.import(&document, flags);
        assert!(imported.status.success(), "{}", out(&imported));
        assert_eq!(String::from_utf8_lossy(&imported.stderr), "");
    }
}

/// What an officer knows of how far something has come goes in where the document says nothing.
#[test]
fn a_status_may_be_told_where_the_document_has_none() {
    let instance = Instance::new();
    let text = "Handlingsplan för psykisk hälsa 2023-2025\n\nRegion Jämtland Härjedalen\n\n\
                1. Insatser\n\n- Utveckla elevhälsan. Ansvarig: Östersunds kommun. Tidplan: 2024.\n";
    let document = instance.file("plan.txt", text.as_bytes());
    let imported = instance.import(&document, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let id = "jamtland-harjedalen-2023-2025";
    let sheets = instance.0.path().join("sheets");
    let path = sheets.to_str().unwrap();
    instance.run(&["export", id, "--format", "csv", "--output", path]);
    let file = sheets.join("aktiviteter.csv");
    let rows = fs::read_to_string(&file).unwrap();
    let column = rows
        .lines()
        .next()
        .unwrap()
        .split(';')
        .position(|name| name == "Status");
    let told = rows.lines().enumerate().map(|(at, row)| {
        let mut cells: Vec<&str> = row.split(';').collect();
        if at == 1 {
            cells[column.unwrap()] = "Genomförd";
        }
        cells.join(";")
    });
    fs::write(&file, told.collect::<Vec<_>>().join("\r\n")).unwrap();
    let imported = instance.import(&sheets, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    let editorial = instance.data().join(format!("plans/{id}/editorial.ttl"));
    let editorial = fs::read_to_string(editorial).unwrap();
    assert!(editorial.contains("status:completed"), "{editorial}");
    let again = instance.import(&sheets, &[]);
    assert!(out(&again).contains("Nothing changed."), "{}", out(&again));
    let check = instance.run(&["check"]);
    assert!(check.status.success(), "{}", out(&check));
}

/// The second version of a document names somebody whom nobody knew, as the first did.
#[test]
fn a_second_version_may_name_new_organisations() {
    let instance = Instance::new();
    let first = instance.file("plan.md", MARKDOWN.as_bytes());
    assert!(instance.import(&first, &[]).status.success());
    let row = "| 4 | Lära ut källkritik | Biblioteksenheten | 2025 | Ny |\n";
    let second = instance.file("plan.md", format!("{MARKDOWN}{row}").as_bytes());
    let imported = instance.import(&second, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    assert!(out(&imported).contains(": added: "), "{}", out(&imported));
    let organisations = instance
        .data()
        .join("reference/organisations/plan-kopings-kommun-2024-2026.ttl");
    let organisations = fs::read_to_string(organisations).unwrap();
    for name in ["Biblioteksenheten", "IT-avdelningen"] {
        assert!(organisations.contains(name), "{name}: {organisations}");
    }
}

/// Another plan of the same body for the same time does not take the first one's place.
#[test]
fn another_plan_for_the_same_time_leaves_the_first_alone() {
    let instance = Instance::new();
    let first = instance.file("a.md", MARKDOWN.as_bytes());
    assert!(instance.import(&first, &[]).status.success());
    let before = instance.turtle("kopings-kommun-2024-2026");
    let text = "# Handlingsplan för klimatet 2024–2026\n\nKöpings kommun\n\n## Transporter\n\n\
                | Åtgärd | Ansvarig |\n|---|---|\n| Byta till elbilar | Köpings kommun |\n";
    let second = instance.file("b.md", text.as_bytes());
    let imported = instance.import(&second, &[]);
    assert!(imported.status.success(), "{}", out(&imported));
    assert_eq!(instance.turtle("kopings-kommun-2024-2026"), before);
    assert!(
        instance
            .turtle("kopings-kommun-klimatet-2024-2026")
            .contains("elbilar")
    );
}
