//! What goes out and comes back unchanged changes nothing; what is changed changes alone.

use std::path::Path;

use super::*;
use crate::model::{Date, Layer, Layered, PlanId, Precision, Status, Text};
use crate::rdf::{self, Base, LayeredGraph, parse};
use crate::store::{Folder, folder, load, put};

const PLANS: [&str; 3] = [
    "vasterbotten-2026",
    "vastmanland-2018-2020",
    "vastmanland-2021-2022",
];

const ID: &str = "vastmanland-2021-2022";

fn data() -> Folder {
    Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap()
}

fn plan(id: &str) -> (Plan, String) {
    let (data, base) = (data(), Base::default());
    let mut graph = LayeredGraph::new(base.plan(&PlanId::parse(id).unwrap()));
    for (name, bytes) in &data.plans()[id] {
        if let Some(layer) = name.strip_suffix(".ttl").and_then(Layer::from_key) {
            graph.extend(&parse::turtle(bytes, &base, name).0, layer);
        }
    }
    (rdf::read(&graph).0, graph.plan().as_str().to_owned())
}

/// Organisations are those of the reference data, called after their address.
fn name(organisation: &Iri) -> Option<String> {
    let known = data().files().any(|(path, bytes)| {
        let id = organisation.as_str().rsplit('/').next().unwrap();
        path.starts_with("reference/organisations/")
            && String::from_utf8_lossy(bytes).contains(&format!("<organisation/{id}> a "))
    });
    known.then(|| format!("Namnet på {organisation}"))
}

fn no_name(_: &Iri) -> Option<String> {
    None
}

fn no_members(_: &Iri) -> Vec<Iri> {
    Vec::new()
}

const ORGANISATIONS: Organisations<'static> = Organisations {
    name: &name,
    members: &no_members,
    goals: &no_name,
};

/// The day on which the tests take workbooks back.
fn added() -> Origin {
    Origin::Added(Date::parse("2026-11-27").unwrap())
}

fn workbook(plan: &Plan, iri: &str) -> Workbook {
    read_xlsx(&export_xlsx(plan, iri, name).unwrap()).unwrap()
}

fn rows(workbook: &mut Workbook, part: Part) -> &mut Vec<Row> {
    workbook.sheets.get_mut(&part).unwrap()
}

fn set(row: &mut Row, column: Column, text: &str) {
    row.cells.insert(column, text.to_owned());
}

#[test]
fn an_untouched_workbook_changes_nothing() {
    for id in PLANS {
        let (plan, iri) = plan(id);
        let shown = show::plan(&plan, &iri, &name);
        let csv = read_csv(&export_csv(&plan, &iri, name).unwrap()).unwrap();
        for workbook in [workbook(&plan, &iri), csv] {
            assert_eq!(workbook, shown, "{id}");
            let mut after = plan.clone();
            let remarks = patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added());
            assert_eq!(remarks, []);
            assert_eq!(after, plan, "{id}");
        }
        let again = export_xlsx(&plan, &iri, name).unwrap();
        assert_eq!(export_xlsx(&plan, &iri, name).unwrap(), again);
    }
}

#[test]
fn what_is_changed_changes_alone_and_holds() {
    let (before, iri) = plan(ID);
    let mut workbook = workbook(&before, &iri);
    let row = &mut rows(&mut workbook, Part::Activities)[0];
    let key = Iri::parse(row.cell(Column::Iri)).unwrap();
    set(row, Column::Title, "En ny titel");
    set(row, Column::Status, "avslutad");
    let wrong = row.clone();
    set(row, Column::Status, "Genomförd");
    set(row, Column::From, "2020-02-01");
    let mut after = before.clone();
    assert_eq!(
        patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added()),
        []
    );
    let changed = &after.activities[&key];
    assert_eq!(changed.title.first(), Some(&Text::sv("En ny titel")));
    assert_eq!(changed.status.first(), Some(&Status::Completed));
    let period = &changed.temporal.values().next().unwrap().node;
    assert_eq!(period.start.first(), Date::parse("2020-02-01").as_ref());

    // Put back, nothing else is different.
    let mut back = after.clone();
    let node = back.activities.get_mut(&key).unwrap();
    let old = &before.activities[&key];
    node.title = old.title.clone();
    node.status = old.status.clone();
    node.temporal = old.temporal.clone();
    assert_eq!(back, before);

    // A group of statuses is no status.
    *rows(&mut workbook, Part::Activities).first_mut().unwrap() = wrong;
    let remarks = patch(
        &mut before.clone(),
        &iri,
        &workbook,
        &ORGANISATIONS,
        &added(),
    );
    assert_eq!(remarks.len(), 1);
    assert!(remarks[0].sv.starts_with("Aktiviteter, rad 2, Status:"));

    let written = put(&after, &iri).unwrap();
    assert_eq!(written.changed.len(), 1);
    assert!(written.changed.contains("stated.ttl"));
}

/// Writes a plan into a copy of the data folder.
fn put(plan: &Plan, iri: &str) -> Result<put::Written, put::PutError> {
    let (dir, base, data) = (tempfile::tempdir().unwrap(), Base::default(), data());
    for (path, bytes) in data.files() {
        folder::write_file(&dir.path().join(path), bytes).unwrap();
    }
    let validator = load::folder_validator(&data, &base).unwrap();
    let graph = rdf::write(plan, &Iri::parse(iri).unwrap());
    let today = Date::new(2031, 1, 1).unwrap();
    put::plan(dir.path(), &base, &validator, graph, None, today)
}

/// The members of a group, from the reference data.
fn members(group: &Iri) -> Vec<Iri> {
    let data = data();
    let reference = data.reference();
    let bytes = &reference["reference/organisations/others.ttl"];
    let (graph, _) = parse::turtle(bytes, &Base::default(), "others.ttl");
    let group = oxrdf::NamedNode::new(group.as_str()).unwrap();
    graph
        .objects_for_subject_predicate(&group, crate::vocab::foaf::MEMBER)
        .filter_map(|member| match member {
            oxrdf::TermRef::NamedNode(member) => Iri::parse(member.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_group_that_takes_part_each_for_itself_holds_with_its_members() {
    let (mut plan, iri) = plan(ID);
    let mut workbook = workbook(&plan, &iri);
    for row in rows(&mut workbook, Part::Participations) {
        if row.cell(Column::Activity) != iri {
            set(row, Column::Organisation, "kommunerna-i-vastmanlands-lan");
            set(row, Column::EachForItself, "Ja");
        }
    }
    let organisations = Organisations {
        name: &name,
        members: &members,
        goals: &no_name,
    };
    assert_eq!(
        patch(&mut plan, &iri, &workbook, &organisations, &added()),
        []
    );
    put(&plan, &iri).unwrap();
}

#[test]
fn who_is_responsible_follows_from_the_participations() {
    let (mut plan, iri) = plan(ID);
    let mut workbook = workbook(&plan, &iri);
    let row = rows(&mut workbook, Part::Participations)
        .iter_mut()
        .find(|row| {
            row.cell(Column::Iri)
                .ends_with("/participation/kulturutveckling")
        })
        .unwrap();
    let key = Iri::parse(row.cell(Column::Activity)).unwrap();
    let organisation = |id: &str| Iri::parse(format!("{}{id}", show::organisations(&iri))).unwrap();
    let (group, member) = (
        organisation("kommunerna-i-vastmanlands-lan"),
        organisation("sala-kommun"),
    );
    set(row, Column::Organisation, "kommunerna-i-vastmanlands-lan");
    set(row, Column::Role, "Stödjande");
    set(row, Column::EachForItself, "ja");
    let members = |whole: &Iri| {
        let own = (*whole == group).then(|| member.clone());
        own.into_iter().collect()
    };
    let organisations = Organisations {
        name: &name,
        members: &members,
        goals: &no_name,
    };
    let libraries: Vec<_> = plan.activities[&key]
        .participation
        .values()
        .flat_map(|linked| linked.node.participant.iter().cloned())
        .filter(|agent| agent.as_str().contains("folkbibliotek"))
        .collect();
    assert_eq!(
        patch(&mut plan, &iri, &workbook, &organisations, &added()),
        []
    );
    let activity = &plan.activities[&key];
    let layered: Vec<_> = activity.supporting.layered().collect();
    let expected = [
        Layered {
            value: group,
            layer: Layer::Stated,
        },
        Layered {
            value: member,
            layer: Layer::Interpreted,
        },
    ];
    assert_eq!(layered, expected.iter().collect::<Vec<_>>());
    let responsible: Vec<_> = activity.responsible.iter().cloned().collect();
    assert_eq!(responsible, libraries);
}

#[test]
fn every_text_survives_the_sheets() {
    let (mut plan, iri) = plan(ID);
    let texts = [
        "=1+1",
        "'=1+1",
        "+46 21",
        "@SUM(A1)",
        "'citat' först",
        "- punkt\n- punkt två",
        "_x0041_ _x000D_",
        "a;b,c\t\"d\" 'e' <f> & å 𝄞",
        "0012",
        "2021-1",
        "sant",
    ];
    for (activity, text) in plan.activities.values_mut().zip(texts) {
        activity.title = [(Text::sv(text), Layer::Stated)].into_iter().collect();
        activity.description = [(Text::sv(format!(" {text}\r\n")), Layer::Editorial)]
            .into_iter()
            .collect();
    }
    let csv = read_csv(&export_csv(&plan, &iri, name).unwrap()).unwrap();
    for workbook in [workbook(&plan, &iri), csv] {
        assert_eq!(workbook, show::plan(&plan, &iri, &name));
        let mut after = plan.clone();
        assert_eq!(
            patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added()),
            []
        );
        assert_eq!(after, plan);
    }
}

#[test]
fn an_edit_stays_in_the_layer_of_what_it_replaces() {
    let (mut plan, iri) = plan("vastmanland-2018-2020");
    let mut workbook = workbook(&plan, &iri);
    let row = rows(&mut workbook, Part::FollowUps)
        .iter_mut()
        .find(|row| row.cell(Column::Status) == "Pausad")
        .unwrap();
    let key = Iri::parse(row.cell(Column::Iri)).unwrap();
    set(row, Column::Status, "Genomförd");
    set(row, Column::Date, "2021-03-01");
    assert_eq!(
        patch(&mut plan, &iri, &workbook, &ORGANISATIONS, &added()),
        []
    );
    let follow_up = &plan.follow_ups[&key];
    let layers: Vec<_> = follow_up.status.layered().collect();
    let expected = Layered {
        value: Status::Completed,
        layer: Layer::Interpreted,
    };
    assert_eq!(layers, [&expected]);
    assert_eq!(follow_up.date.first(), Date::parse("2021-03-01").as_ref());
}

#[test]
fn the_cells_of_a_period_are_left_together() {
    let (before, iri) = plan(ID);
    let mut workbook = workbook(&before, &iri);
    let row = &mut rows(&mut workbook, Part::Activities)[0];
    set(row, Column::From, "");
    set(row, Column::PeriodWording, "Tills vidare");
    let mut after = before.clone();
    let remarks = patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added());
    assert_eq!((remarks.len(), &after), (2, &before));

    // Emptied as a whole, the period goes; filled in again, it comes back on the same lines.
    let row = &mut rows(&mut workbook, Part::Activities)[0];
    let key = Iri::parse(row.cell(Column::Iri)).unwrap();
    set(row, Column::To, "");
    set(row, Column::PeriodWording, "");
    assert_eq!(
        patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added()),
        []
    );
    assert!(after.activities[&key].temporal.is_empty());
    let row = &mut rows(&mut workbook, Part::Activities)[0];
    set(row, Column::From, "2021-01-01");
    assert_eq!(
        patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added()),
        []
    );
    let period = after.activities[&key].temporal.values().next().unwrap();
    assert_eq!(period.node.precision.first(), Some(&Precision::Year));
}

#[test]
fn what_cannot_be_taken_over_is_named_and_left() {
    let (before, iri) = plan(ID);
    let mut workbook = workbook(&before, &iri);
    let activities = rows(&mut workbook, Part::Activities);
    set(&mut activities[0], Column::From, "våren 2021");
    set(&mut activities[0], Column::Title, "");
    set(&mut activities[1], Column::Area, "Inget område");
    set(&mut activities[1], Column::Plan, "en-annan");
    let gone = activities.remove(2);
    let mut new = gone.clone();
    set(&mut new, Column::Iri, "");
    activities.push(new);
    let mut unknown = gone.clone();
    set(&mut unknown, Column::Iri, "http://example.org/a");
    activities.push(unknown);
    let part = &mut rows(&mut workbook, Part::Participations)[0];
    set(part, Column::Organisation, "finns-inte");
    set(part, Column::Role, "Chef");
    workbook
        .unknown
        .push((Part::Activities, "Kommentar".to_owned()));
    workbook.sheets.remove(&Part::FollowUps);
    let mut after = before.clone();
    let remarks = patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added());
    assert_eq!(after, before);
    assert_eq!(remarks.len(), 11, "{remarks:#?}");
    for words in [
        "Aktiviteter, rad 2, Från: ”våren 2021”",
        "Aktiviteter, rad 2, Titel",
        "Aktiviteter, rad 3, Fokusområde",
        "Aktiviteter, rad 3, Plan",
        "Medverkande, rad 2, Organisationens id: ”finns-inte”",
        "Medverkande, rad 2, Roll: ”Chef”",
        "Uppföljningar: bladet saknas",
        "”Kommentar”",
        "planen har redan detta",
        "ingen del med adressen ”http://example.org/a”",
        "saknas. Planen behåller den",
    ] {
        assert!(
            remarks.iter().any(|remark| remark.sv.contains(words)),
            "{words}: {remarks:#?}"
        );
    }
}

#[test]
fn a_table_saved_by_a_spreadsheet_is_read_all_the_same() {
    let text = "Adress\tÖvrigt\tTitel\r\nhttp://example.org/a\t\tÅtgärd\r\n";
    let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let files = [("Plan-Aktiviteter (1).csv".to_owned(), bytes)];
    let workbook = read_csv(&files).unwrap();
    let row = &workbook.sheets[&Part::Activities][0];
    assert_eq!(row.cell(Column::Title), "Åtgärd");
    assert_eq!(workbook.unknown, [(Part::Activities, "Övrigt".to_owned())]);
}

#[test]
fn a_blank_workbook_has_every_sheet() {
    let workbook = read_xlsx(&blank_xlsx().unwrap()).unwrap();
    assert_eq!(workbook, show::blank());
    assert!(matches!(read_xlsx(b"no"), Err(Error::Unreadable(_))));
    assert!(matches!(read_csv(&[]), Err(Error::NoSheets)));
}

#[test]
fn a_cell_far_away_is_refused_without_making_room_for_it() {
    let mut file = rust_xlsxwriter::Workbook::new();
    let sheet = file.add_worksheet();
    sheet.set_name("Aktiviteter").unwrap();
    sheet.write_string(0, 0, "Adress").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let read = read_xlsx(&file.save_to_buffer().unwrap());
    assert!(matches!(read, Err(Error::Unreadable(why)) if why.contains("1048576")));
}

/// A row without an address.
fn new_row(number: usize, cells: &[(Column, &str)]) -> Row {
    let mut row = Row {
        number,
        ..Row::default()
    };
    set(&mut row, Column::Iri, "");
    for (column, text) in cells {
        set(&mut row, *column, text);
    }
    row
}

/// What an officer adds a year later: an activity with a part, who takes part, what came of it.
fn with_new_rows(plan: &Plan, iri: &str) -> Workbook {
    let mut workbook = workbook(plan, iri);
    let known = rows(&mut workbook, Part::Activities)[0]
        .cell(Column::Title)
        .to_owned();
    let known = known.as_str();
    rows(&mut workbook, Part::Activities).extend([
        new_row(
            100,
            &[(Column::Title, "En del"), (Column::Parent, "Ny åtgärd")],
        ),
        new_row(
            101,
            &[
                (Column::Title, "Ny åtgärd"),
                (Column::Area, "Ett tillgängligt Västmanland"),
                (Column::Description, "Så här."),
                (Column::From, "2022-01-01"),
                (Column::To, "2022-12-31"),
                (Column::Status, "Genomförd"),
            ],
        ),
    ]);
    rows(&mut workbook, Part::Participations).extend([
        new_row(
            100,
            &[
                (Column::Activity, "Ny åtgärd"),
                (Column::Role, "Ansvarig"),
                (Column::Organisation, "region-vastmanland"),
            ],
        ),
        new_row(
            101,
            &[
                (Column::Activity, known),
                (Column::Role, "Stödjande"),
                (Column::Organisation, "sala-kommun"),
            ],
        ),
    ]);
    rows(&mut workbook, Part::FollowUps).extend([
        new_row(
            100,
            &[
                (Column::Activity, known),
                (Column::Text, "Det blev bra."),
                (Column::Status, "Genomförd"),
                (Column::Date, "2026-11-01"),
            ],
        ),
        new_row(
            101,
            &[(Column::Activity, "Ny åtgärd"), (Column::Text, "Det med.")],
        ),
    ]);
    workbook
}

#[test]
fn a_row_without_an_address_is_a_new_part_of_the_editorial_layer() {
    let (before, iri) = plan(ID);
    let workbook = with_new_rows(&before, &iri);
    let mut after = before.clone();
    let remarks = patch(&mut after, &iri, &workbook, &ORGANISATIONS, &added());
    assert_eq!(remarks.len(), 6, "{remarks:#?}");
    let is_new = |remark: &crate::import::Remark| remark.kind == crate::import::Kind::Added;
    assert!(remarks.iter().all(is_new), "{remarks:#?}");

    let node = |path: &str| Iri::parse(format!("{iri}/{path}")).unwrap();
    let activity = &after.activities[&node("activity/ny-atgard")];
    assert_eq!(activity.declared, [Layer::Editorial].into());
    let notes: Vec<_> = activity
        .editorial_note
        .iter()
        .map(|note| note.text.as_str())
        .collect();
    assert_eq!(
        notes,
        [
            "Added in the workbook on 2026-11-27.",
            "Tillagd i arbetsboken 2026-11-27."
        ]
    );
    assert!(activity.source_range.is_empty() && activity.status_text.is_empty());
    assert_eq!(activity.status.first(), Some(&Status::Completed));
    let period = &activity.temporal[&node("activity/ny-atgard/period")].node;
    assert!(period.source_text.is_empty() && !period.editorial_note.is_empty());
    assert_eq!(period.precision.first(), Some(&Precision::Year));
    let responsible: Vec<_> = activity.responsible.layered().collect();
    assert_eq!(
        (responsible.len(), responsible[0].layer),
        (1, Layer::Editorial)
    );
    // Last among its siblings, and below an activity that stands below it in the sheet.
    let area = activity.focus_area.first();
    let siblings = before
        .activities
        .values()
        .filter(|other| other.focus_area.first() == area);
    let last = siblings.filter_map(|other| other.position.first()).max();
    assert_eq!(
        activity.position.first(),
        last.map(|last| last + 1).as_ref()
    );
    let part = &after.activities[&node("activity/en-del")];
    assert_eq!(
        part.sub_activity_of.first(),
        Some(&node("activity/ny-atgard"))
    );
    let follow_up = &after.follow_ups[&node("follow-up/ny-atgard")];
    assert_eq!(follow_up.reported_in.first(), Some(&node("editorial")));

    // What was there is untouched, and the whole holds.
    let stated = |plan: &Plan| {
        let graph = rdf::write(plan, &Iri::parse(iri.as_str()).unwrap());
        graph.layer(Layer::Stated).cloned()
    };
    assert_eq!(stated(&after), stated(&before));
    let written = put(&after, &iri).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(written.changed, ["editorial.ttl".to_owned()].into());

    // The same rows again, and the workbook of the plan as it now is, change nothing.
    let mut again = after.clone();
    let remarks = patch(&mut again, &iri, &workbook, &ORGANISATIONS, &added());
    assert_eq!(again, after);
    let there = |remark: &&crate::import::Remark| remark.sv.contains("planen har redan detta");
    assert_eq!(remarks.iter().filter(there).count(), 6, "{remarks:#?}");
    let shown = self::workbook(&after, &iri);
    assert_eq!(
        patch(&mut again, &iri, &shown, &ORGANISATIONS, &added()),
        []
    );
    assert_eq!(again, after);
}

#[test]
fn a_new_row_that_lacks_something_says_what() {
    let (mut plan, iri) = plan(ID);
    let twins: Vec<_> = plan.activities.keys().take(2).cloned().collect();
    for twin in &twins {
        let node = plan.activities.get_mut(twin).unwrap();
        node.title = [(Text::sv("Tvilling"), Layer::Stated)]
            .into_iter()
            .collect();
    }
    let mut workbook = workbook(&plan, &iri);
    rows(&mut workbook, Part::Activities).extend([
        new_row(100, &[(Column::Description, "Utan titel")]),
        new_row(
            101,
            &[
                (Column::Title, "Med fel"),
                (Column::Status, "klar"),
                (Column::PeriodWording, "2022"),
                (Column::From, "2022-01-01"),
            ],
        ),
    ]);
    let takes_part = |activity, role, organisation| {
        [
            (Column::Activity, activity),
            (Column::Role, role),
            (Column::Organisation, organisation),
        ]
    };
    rows(&mut workbook, Part::Participations).extend([
        new_row(100, &takes_part("Tvilling", "Ansvarig", "sala-kommun")),
        new_row(101, &takes_part("Finns inte", "Ansvarig", "sala-kommun")),
        new_row(102, &takes_part("Med fel", "Chef", "sala-kommun")),
        new_row(103, &takes_part("Med fel", "Ansvarig", "finns-inte")),
        new_row(104, &takes_part("", "Ansvarig", "sala-kommun")),
    ]);
    let mut wording = new_row(105, &takes_part("Med fel", "Ansvarig", "sala-kommun"));
    set(&mut wording, Column::Wording, "Sala kommun");
    rows(&mut workbook, Part::Participations).push(wording);
    rows(&mut workbook, Part::FollowUps).push(new_row(100, &[(Column::Activity, "Med fel")]));
    let remarks = patch(&mut plan, &iri, &workbook, &ORGANISATIONS, &added());
    for words in [
        "Aktiviteter, rad 100, Titel: ”” får inte vara tom. Fyll i ett värde. Raden utelämnades.",
        "Aktiviteter, rad 101, Status: ”klar” är inget av värdena i listan",
        "Aktiviteter, rad 101, Periodens lydelse: ”2022” kan inte vara dokumentets ord",
        "Medverkande, rad 100, Aktivitet: ”Tvilling” är titeln på flera",
        "Medverkande, rad 101, Aktivitet: ”Finns inte” är varken adressen",
        "Medverkande, rad 102, Roll: ”Chef” är inget av värdena i listan",
        "Medverkande, rad 103, Organisationens id: ”finns-inte” är ingen organisation",
        "Medverkande, rad 104, Aktivitet: ”” får inte vara tom",
        "Medverkande, rad 105, Lydelse: ”Sala kommun” kan inte vara dokumentets ord",
        "Uppföljningar, rad 100, Text: ”” får inte vara tom",
    ] {
        assert!(
            remarks.iter().any(|remark| remark.sv.starts_with(words)),
            "{words}: {remarks:#?}"
        );
    }
    let wrong = Iri::parse(format!("{iri}/activity/med-fel")).unwrap();
    let activity = &plan.activities[&wrong];
    assert_eq!(
        (activity.participation.len(), activity.status.first()),
        (1, None)
    );
}

#[test]
fn a_new_row_with_lines_stands_in_the_document() {
    let (mut plan, iri) = plan(ID);
    let mut workbook = workbook(&plan, &iri);
    rows(&mut workbook, Part::Activities).push(new_row(
        100,
        &[
            (Column::Title, "Överhoppad"),
            (Column::From, "2021-01-01"),
            (Column::PeriodWording, "2021"),
            (Column::Lines, "L12, L14-L15"),
        ],
    ));
    let remarks = patch(&mut plan, &iri, &workbook, &ORGANISATIONS, &added());
    assert_eq!(remarks.len(), 1, "{remarks:#?}");
    let activity = &plan.activities[&Iri::parse(format!("{iri}/activity/overhoppad")).unwrap()];
    assert_eq!(activity.source_range.iter().count(), 2);
    let period = &activity.temporal.values().next().unwrap().node;
    assert_eq!(period.source_range, activity.source_range);
    assert_eq!(period.source_text.first(), Some(&Text::sv("2021")));
}

#[test]
fn other_titles_of_several_lines_stay_whole() {
    let (mut plan, iri) = plan(ID);
    let (key, node) = plan.activities.iter_mut().next().unwrap();
    let key = key.clone();
    let titles = ["En titel\npå två rader", "En titel", "Sist"].map(Text::sv);
    node.alternative = titles
        .clone()
        .map(|title| (title, Layer::Stated))
        .into_iter()
        .collect();
    let mut workbook = workbook(&plan, &iri);
    let sheet = rows(&mut workbook, Part::Activities);
    let row = sheet
        .iter_mut()
        .find(|row| row.cell(Column::Iri) == key.as_str())
        .unwrap();
    let cell = row.cell(Column::OtherTitles).replace("Sist", "Ny sist");
    set(row, Column::OtherTitles, &cell);
    assert_eq!(
        patch(&mut plan, &iri, &workbook, &ORGANISATIONS, &added()),
        []
    );
    let after: Vec<_> = plan.activities[&key].alternative.iter().cloned().collect();
    let [two_lines, one_line, _] = titles;
    assert_eq!(after, [one_line, two_lines, Text::sv("Ny sist")]);
}

#[test]
fn a_cell_like_a_formula_is_text_in_csv() {
    let (mut plan, iri) = plan(ID);
    let activity = plan.activities.values_mut().next().unwrap();
    activity.description = [(Text::sv("=HYPERLINK(\"x\")"), Layer::Stated)]
        .into_iter()
        .collect();
    let files = export_csv(&plan, &iri, name).unwrap();
    let sheet = String::from_utf8_lossy(&files[0].1);
    assert!(sheet.contains("'=HYPERLINK"), "{sheet}");
    for line in sheet.lines() {
        assert!(!line.contains(";=") && !line.contains(";\"="), "{line}");
    }
}

#[test]
fn a_form_that_is_filled_in_is_a_document() {
    let mut form = Workbook::default();
    for part in Part::FORM {
        form.sheets.insert(part, Vec::new());
    }
    assert!(form.is_form() && form.is_empty());
    let mut row = new_row(
        2,
        &[
            (Column::Title, "Första\nåtgärden"),
            (Column::Area, "Skola"),
            (Column::Status, "Pågår"),
            (Column::From, "2027-01-01"),
            (Column::To, "2028-12-31"),
        ],
    );
    for column in Part::Activities.columns() {
        row.cells.entry(*column).or_default();
    }
    rows(&mut form, Part::Activities).push(row);
    rows(&mut form, Part::Participations).push(new_row(
        2,
        &[
            (Column::Activity, "Första\nåtgärden"),
            (Column::Role, "Ansvarig"),
            (Column::Organisation, "sala-kommun"),
            (Column::OrganisationName, "Sala kommun"),
        ],
    ));
    rows(&mut form, Part::FollowUps).push(new_row(
        2,
        &[
            (Column::Activity, "Första\nåtgärden"),
            (Column::Text, "Ring Anna Svensson, anna@example.org."),
        ],
    ));
    assert!(form.is_form() && !form.is_empty());
    let filled = filled(
        &form,
        "form.xlsx",
        crate::import::document::Format::Xlsx,
        "",
    );
    assert!(
        !filled.document.source.contains("anna@example.org"),
        "{}",
        filled.document.source
    );
    assert!(
        filled
            .remarks
            .iter()
            .all(|remark| remark.sv.starts_with("Uppföljningar, rad 2: "))
    );
    let iri = "http://localhost:8080/plan/ny-2027";
    let mut plan = Plan::default();
    let origin = Origin::Document(filled.lines);
    let remarks = patch(&mut plan, iri, &filled.workbook, &ORGANISATIONS, &origin);
    assert_eq!(remarks, []);
    let (key, activity) = plan.activities.iter().next().unwrap();
    assert_eq!(
        key.as_str(),
        "http://localhost:8080/plan/ny-2027/activity/forsta-atgarden"
    );
    assert_eq!(activity.declared, [Layer::Stated].into());
    assert_eq!(activity.status_text.first(), Some(&Text::sv("Pågår")));
    let lines: Vec<&str> = filled.document.source.lines().collect();
    let ranges = [
        &activity.source_range,
        &activity
            .participation
            .values()
            .next()
            .unwrap()
            .node
            .source_range,
        &plan.follow_ups.values().next().unwrap().source_range,
        &plan.areas.values().next().unwrap().source_range,
    ];
    let heads = [
        "Aktiviteter, rad 2",
        "Medverkande, rad 2",
        "Uppföljningar, rad 2",
        "Aktiviteter, rad 2",
    ];
    for (range, head) in ranges.into_iter().zip(heads) {
        let range = range.first().unwrap();
        assert_eq!(lines[range.first as usize - 1], head);
        assert_ne!(lines[range.last as usize - 1], "");
        let next = lines.get(range.last as usize);
        assert_eq!(next, Some(&""));
    }
    let follow_up = plan.follow_ups.values().next().unwrap();
    let text = &follow_up.description.first().unwrap().text;
    assert!(!text.contains("example.org"), "{text}");
}

/// A plan of which three goals are suggested, for two activities.
fn with_suggestions() -> (Plan, String) {
    let (mut plan, iri) = plan(ID);
    let (own, today) = (
        Iri::parse(iri.as_str()).unwrap(),
        Date::new(2026, 11, 27).unwrap(),
    );
    plan.alignments.clear();
    for activity in plan.activities.values_mut() {
        activity.contributes_to = crate::model::Values::default();
    }
    let goal = |key: &str| format!("http://localhost:8080/framework/digstrat-2017/goal/{key}");
    let framework = crate::model::Framework {
        iri: Iri::parse("http://localhost:8080/framework/digstrat-2017").unwrap(),
        id: "digstrat-2017".to_owned(),
        names: Vec::new(),
        goals: Vec::new(),
    };
    let proposals: Vec<_> = [
        ("oppna-data", "digital-innovation", 0.8),
        ("oppna-data", "digital-ledning", 0.4),
        ("pedagogsajt", "digital-kompetens", 0.6),
    ]
    .map(|(activity, key, confidence)| crate::align::Proposal {
        aligned: Iri::parse(format!("{iri}/activity/{activity}")).unwrap(),
        goal: Iri::parse(goal(key)).unwrap(),
        confidence,
        words: Vec::new(),
        from: None,
    })
    .into();
    let by = Iri::parse("http://localhost:8080/organisation/samplan").unwrap();
    crate::align::propose(&mut plan, &own, &framework, &proposals, &by, today);
    (plan, iri)
}

#[test]
fn a_decision_in_the_workbook_is_one_of_whoever_is_behind_the_plan() {
    let (before, iri) = with_suggestions();
    let mut given = workbook(&before, &iri);
    let sheet = rows(&mut given, Part::Alignments);
    assert_eq!(sheet.len(), 3);
    let cells: Vec<_> = sheet
        .iter()
        .map(|row| row.cell(Column::Confidence))
        .collect();
    assert_eq!(cells, ["0.80", "0.60", "0.40"], "the likeliest first");
    assert_eq!(sheet[0].cell(Column::State), "föreslagen");
    assert_eq!(sheet[0].cell(Column::Who), "samplan");
    assert!(sheet[0].cell(Column::AlignedTitle).contains("öppna data"));
    set(&mut sheet[0], Column::Decision, "Godtagen");
    set(&mut sheet[1], Column::Decision, "none fits");
    set(&mut sheet[2], Column::Decision, "rejected");
    let mut after = before.clone();
    assert_eq!(
        patch(&mut after, &iri, &given, &ORGANISATIONS, &added()),
        []
    );
    assert_eq!(crate::align::waiting(&after), []);
    let own = |key: &str| Iri::parse(format!("{iri}/{key}")).unwrap();
    let one = |key: &str| &after.alignments[&own(&format!("alignment/{key}"))];
    let accepted = one("oppna-data-digstrat-2017-digital-innovation");
    assert_eq!(accepted.attributed_to.first(), after.creator.first());
    assert_eq!(accepted.date.first(), Date::new(2026, 11, 27).as_ref());
    let served = &after.activities[&own("activity/oppna-data")].contributes_to;
    assert_eq!(served.first(), accepted.aligned_with.first());
    let rejected = one("oppna-data-digstrat-2017-digital-ledning");
    let state = crate::model::ReviewState::Rejected;
    assert_eq!(rejected.review_state.first(), Some(&state));
    let none = one("pedagogsajt-digstrat-2017-inget-mal");
    assert!(none.fits_no_goal_of.first().is_some() && none.aligned_with.is_empty());

    // The same workbook once more says nothing new of what was accepted or rejected.
    let mut again = after.clone();
    let remarks = patch(&mut again, &iri, &given, &ORGANISATIONS, &added());
    assert_eq!(again, after);
    assert_eq!(
        remarks.len(),
        1,
        "the suggestion that none fits answered is gone: {remarks:?}"
    );
}

#[test]
fn only_what_waits_is_decided_on_and_only_in_its_own_column() {
    let (before, iri) = with_suggestions();
    let mut given = workbook(&before, &iri);
    let sheet = rows(&mut given, Part::Alignments);
    set(&mut sheet[0], Column::Decision, "kanske");
    set(&mut sheet[1], Column::Goal, "Ett annat mål");
    sheet.push(new_row(
        9,
        &[
            (Column::AlignedTitle, "En ny"),
            (Column::Decision, "godtagen"),
        ],
    ));
    let mut after = before.clone();
    let remarks = patch(&mut after, &iri, &given, &ORGANISATIONS, &added());
    assert_eq!(after, before);
    let said: Vec<_> = remarks.iter().map(|remark| remark.en.as_str()).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said[0].contains("godtagen, avvisad, inget mål passar"),
        "{said:?}"
    );
    assert!(
        said[1].contains("Ett annat mål") && said[2].contains("samplan align"),
        "{said:?}"
    );

    // What is decided stays, whatever the workbook says then.
    let (plan, iri) = plan(ID);
    let mut given = workbook(&plan, &iri);
    set(
        &mut rows(&mut given, Part::Alignments)[0],
        Column::Decision,
        "avvisad",
    );
    let mut after = plan.clone();
    let remarks = patch(&mut after, &iri, &given, &ORGANISATIONS, &added());
    assert_eq!(after, plan);
    assert!(remarks[0].en.contains("decided on already"), "{remarks:?}");

    // A workbook from before there was such a sheet.
    given.sheets.remove(&Part::Alignments);
    assert_eq!(
        patch(&mut after, &iri, &given, &ORGANISATIONS, &added()),
        []
    );
}
