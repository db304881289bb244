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

fn no_members(_: &Iri) -> Vec<Iri> {
    Vec::new()
}

const ORGANISATIONS: Organisations<'static> = Organisations {
    name: &name,
    members: &no_members,
};

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
            let remarks = patch(&mut after, &iri, &workbook, &ORGANISATIONS);
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
    assert_eq!(patch(&mut after, &iri, &workbook, &ORGANISATIONS), []);
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
    let remarks = patch(&mut before.clone(), &iri, &workbook, &ORGANISATIONS);
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
    put::plan(dir.path(), &base, &validator, &graph, None, today)
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
    };
    assert_eq!(patch(&mut plan, &iri, &workbook, &organisations), []);
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
    };
    let libraries: Vec<_> = plan.activities[&key]
        .participation
        .values()
        .flat_map(|linked| linked.node.participant.iter().cloned())
        .filter(|agent| agent.as_str().contains("folkbibliotek"))
        .collect();
    assert_eq!(patch(&mut plan, &iri, &workbook, &organisations), []);
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
        assert_eq!(patch(&mut after, &iri, &workbook, &ORGANISATIONS), []);
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
    assert_eq!(patch(&mut plan, &iri, &workbook, &ORGANISATIONS), []);
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
    let remarks = patch(&mut after, &iri, &workbook, &ORGANISATIONS);
    assert_eq!((remarks.len(), &after), (2, &before));

    // Emptied as a whole, the period goes; filled in again, it comes back on the same lines.
    let row = &mut rows(&mut workbook, Part::Activities)[0];
    let key = Iri::parse(row.cell(Column::Iri)).unwrap();
    set(row, Column::To, "");
    set(row, Column::PeriodWording, "");
    assert_eq!(patch(&mut after, &iri, &workbook, &ORGANISATIONS), []);
    assert!(after.activities[&key].temporal.is_empty());
    let row = &mut rows(&mut workbook, Part::Activities)[0];
    set(row, Column::From, "2021-01-01");
    assert_eq!(patch(&mut after, &iri, &workbook, &ORGANISATIONS), []);
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
    let remarks = patch(&mut after, &iri, &workbook, &ORGANISATIONS);
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
        "raden saknar adress",
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
