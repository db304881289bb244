//! What a table says of itself, beside its columns: what it lists, what may be done with it,
//! when it changed.

use std::collections::BTreeSet;
use std::io;

use oxrdf::{GraphName, NamedNodeRef};
use serde_json::{Map, Value, json};

use super::cell::{iris, linked, texts};
use super::column::{Column, both};
use super::{Error, Kind};
use crate::store::{PlanEntry, Snapshot};
use crate::views::{Resource, describe, modified};
use crate::vocab::{dcterms, skos};

/// The description of a table (Metadata Vocabulary for Tabular Data, section 5.4), which is at
/// the address of the resource. The dialect is the default one.
pub(super) fn table(
    kind: &Kind,
    snapshot: &Snapshot,
    resource: &Resource,
) -> Result<Vec<u8>, Error> {
    let of = Of {
        stem: resource.address(snapshot).as_str().to_owned(),
        licences: licences(kind, snapshot, resource)?,
        modified: modified(snapshot, resource)?,
        query: match resource.parameters().as_str() {
            "" => String::new(),
            parameters => format!("?{parameters}"),
        },
    };
    describe_table(kind, snapshot, &of)
}

/// What is said of a table that does not follow from its kind.
pub(super) struct Of {
    /// Its address, without suffix.
    pub(super) stem: String,
    /// What stands after that, from the question mark on.
    pub(super) query: String,
    /// What it may be used under.
    pub(super) licences: BTreeSet<String>,
    /// The day on which what it holds last changed.
    pub(super) modified: Option<String>,
}

pub(super) fn describe_table(kind: &Kind, snapshot: &Snapshot, of: &Of) -> Result<Vec<u8>, Error> {
    let mut table = Map::new();
    let mut say = |key: &str, value: Value| {
        table.insert(key.to_owned(), value);
    };
    say(
        "@context",
        json!(["http://www.w3.org/ns/csvw", { "@language": "sv" }]),
    );
    say("url", json!(format!("{}.csv{}", of.stem, of.query)));
    say("dc:title", both(title(kind, snapshot)?));
    say("dc:description", both(about(kind).map(str::to_owned)));
    if !of.licences.is_empty() {
        let nodes = of.licences.iter().map(|licence| json!({ "@id": licence }));
        say("dc:license", nodes.collect());
    }
    let rights = rights(kind, snapshot);
    if !rights.is_empty() {
        say("dc:rights", Value::Array(rights));
    }
    if let Some(day) = &of.modified {
        say("dc:modified", json!({ "@value": day, "@type": "xsd:date" }));
    }
    let columns: Vec<_> = kind.columns().map(Column::description).collect();
    say(
        "tableSchema",
        json!({ "columns": columns, "primaryKey": "iri", "aboutUrl": "{+iri}" }),
    );
    let mut bytes = serde_json::to_vec_pretty(&table).map_err(io::Error::from)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The title, in Swedish and English.
fn title(kind: &Kind, snapshot: &Snapshot) -> Result<[String; 2], Error> {
    let (node, property, words) = match kind {
        Kind::Plans => return Ok(["Handlingsplaner", "Action plans"].map(str::to_owned)),
        Kind::AllActivities => {
            let words = ["Alla planers aktiviteter", "Activities of all plans"];
            return Ok(words.map(str::to_owned));
        }
        Kind::Goals => return Ok(["Ramverkens mål", "Goals of the frameworks"].map(str::to_owned)),
        Kind::Organisations => return Ok(["Organisationer", "Organisations"].map(str::to_owned)),
        Kind::Activities(plan) => {
            let words = ["Aktiviteter", "Activities"];
            (snapshot.base().plan(plan), dcterms::TITLE, words)
        }
        Kind::GoalsOf(framework) => (framework.clone(), skos::PREF_LABEL, ["Mål", "Goals"]),
        Kind::Comparison(asked) => {
            let words = ["Planer mot målen i", "Plans towards the goals of"];
            let framework = snapshot
                .base()
                .node(&format!("framework/{}", asked.framework));
            (framework, skos::PREF_LABEL, words)
        }
    };
    let names = texts(snapshot, node.as_ref(), property)?;
    let name = |language: &str| {
        let names = names.get(language).or_else(|| names.values().next());
        let name = names.and_then(|names| names.first());
        name.map_or(node.as_str(), String::as_str)
    };
    let [sv, en] = words;
    Ok([
        format!("{sv}: {}", name("sv")),
        format!("{en}: {}", name("en")),
    ])
}

/// What a row is, in Swedish and English.
fn about(kind: &Kind) -> [&'static str; 2] {
    match kind {
        Kind::Plans => [
            "En rad per handlingsplan (utgåva).",
            "A row for each action plan (edition).",
        ],
        Kind::Activities(_) | Kind::AllActivities => [
            "En rad per aktivitet eller delaktivitet, i dokumentets ordning. Tabellen är en återgivning; dokumentet gäller. En tom cell betyder att uppgiften inte är känd. Vilka värden som är tolkade står i kolumnen interpreted.",
            "A row for each activity or sub-activity, in the order of the document. The table is a rendering; the document holds. An empty cell means that the value is not known. Which values are interpreted stands in the column interpreted.",
        ],
        Kind::Goals => [
            "En rad per mål. Ramverk utan mål har ingen rad.",
            "A row for each goal. Frameworks without goals have no row.",
        ],
        Kind::GoalsOf(_) => [
            "En rad per mål. Ett ramverk utan mål ger bara kolumnernas namn.",
            "A row for each goal. A framework without goals gives the names of the columns only.",
        ],
        Kind::Comparison(_) => [
            "En rad per aktivitet som bidrar till ett mål, och en för varje mål och plan där ingen gör det, som säger vad som är känt. En tom cell betyder att uppgiften inte är känd.",
            "A row for each activity that serves a goal, and one for each goal and plan where none does, which says what is known. An empty cell means that the value is not known.",
        ],
        Kind::Organisations => [
            "En rad per organisation som finns i referensdata.",
            "A row for each organisation of the reference data.",
        ],
    }
}

/// The plan whose text the table holds, if it holds one's.
fn plan<'a>(kind: &Kind, snapshot: &'a Snapshot) -> Option<&'a PlanEntry> {
    match kind {
        Kind::Activities(plan) => snapshot.plans().get(plan),
        _ => None,
    }
}

/// What the table may be used under. The text of a plan has its own licence, reference data
/// those of their files; what is said of the plans has that of the catalogue.
fn licences(
    kind: &Kind,
    snapshot: &Snapshot,
    resource: &Resource,
) -> Result<BTreeSet<String>, Error> {
    if let Some(entry) = plan(kind, snapshot) {
        let licences = entry.plan.license.iter();
        return Ok(licences.map(ToString::to_string).collect());
    }
    if matches!(kind, Kind::Plans | Kind::Comparison(_)) {
        let catalogue = snapshot.base().node("catalog");
        let licences = iris(snapshot, catalogue.as_ref(), dcterms::LICENSE)?;
        return Ok(licences.into_iter().collect());
    }
    let mut found = BTreeSet::new();
    for (file, _) in describe(snapshot, resource)?.layers(snapshot)? {
        if let GraphName::NamedNode(file) = file {
            let file = NamedNodeRef::new_unchecked(file.as_str());
            found.extend(iris(snapshot, file, dcterms::LICENSE)?);
        }
    }
    Ok(found)
}

/// What is known of the rights to the text of a plan, in every language there is.
fn rights(kind: &Kind, snapshot: &Snapshot) -> Vec<Value> {
    let plan = plan(kind, snapshot).map(|entry| &*entry.plan);
    let rights = plan.into_iter().flat_map(|plan| linked(&plan.rights));
    let texts = rights
        .flat_map(|(_, _, rights)| rights.label.iter())
        .map(|text| json!({ "@value": text.text, "@language": text.language }));
    match kind {
        Kind::AllActivities => PER_PLAN
            .iter()
            .map(|(language, text)| json!({ "@value": text, "@language": language }))
            .collect(),
        _ => texts.collect(),
    }
}

/// What is known of the rights to the texts of all plans together.
const PER_PLAN: [(&str, &str); 2] = [
    (
        "sv",
        "Varje plans text har den licens, eller saknar den licens, som plan.csv anger.",
    ),
    (
        "en",
        "The text of each plan has the licence, or the lack of one, that plan.csv states.",
    ),
];
