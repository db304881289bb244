//! The organisations that plans name, and how much each has to do.

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::Error;
use super::cell::{Cell, iris, texts};
use super::column::{Column, Columns, Holds};
use crate::store::Snapshot;
use crate::vocab::{dcterms, foaf, owl, plan, rdf, skos};

/// Where Wikidata names its items.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";
/// Where Sweden's data portal names organisations.
const DATAPORTAL: &str = "http://dataportal.se/organisation/";

/// What a row is about: an organisation.
pub(super) struct Row<'a> {
    snapshot: &'a Snapshot,
    organisation: NamedNode,
}

/// A row for each organisation, in the order of their addresses.
///
/// # Errors
/// Where the store fails.
pub(super) fn rows(snapshot: &Snapshot) -> Result<Vec<Row<'_>>, Error> {
    let organisations = snapshot.referring(rdf::TYPE, foaf::AGENT)?.into_iter();
    Ok(organisations
        .map(|organisation| Row {
            snapshot,
            organisation,
        })
        .collect())
}

impl Row<'_> {
    fn iris(&self, property: NamedNodeRef<'_>) -> Result<Cell, Error> {
        let found = iris(self.snapshot, self.organisation.as_ref(), property)?;
        Ok(Cell::list(found))
    }

    fn name(&self, language: &str) -> Result<Cell, Error> {
        let mut names = texts(self.snapshot, self.organisation.as_ref(), foaf::NAME)?;
        Ok(Cell::list(names.remove(language).unwrap_or_default()))
    }

    /// The codes of a kind.
    fn codes(&self, kind: NamedNodeRef<'_>) -> Result<Cell, Error> {
        let codes = self
            .snapshot
            .objects(self.organisation.as_ref(), skos::NOTATION)?;
        Ok(Cell::list(codes.into_iter().filter_map(
            |code| match code {
                Term::Literal(code) if code.datatype() == kind => Some(code.value().to_owned()),
                _ => None,
            },
        )))
    }

    /// What it is called by who names things below an address.
    fn named_by(&self, namespace: &str) -> Result<Cell, Error> {
        let names = iris(self.snapshot, self.organisation.as_ref(), owl::SAME_AS)?;
        let names = names.into_iter();
        Ok(Cell::list(names.filter(|name| name.starts_with(namespace))))
    }

    /// How many activities name it by a property.
    fn activities(&self, property: NamedNodeRef<'_>) -> Result<Cell, Error> {
        let found = self
            .snapshot
            .referring(property, self.organisation.as_ref())?;
        Ok(Cell::one(found.len()))
    }
}

/// What fills a cell of a row.
type Fill = fn(&Row<'_>) -> Result<Cell, Error>;

/// The columns, in their order.
pub(super) const COLUMNS: Columns<Fill> = &[
    (
        Column::new(
            "iri",
            Holds::Iri,
            ["Adress", "Address"],
            [
                "Organisationens adress.",
                "The address of the organisation.",
            ],
        )
        .required(),
        |row| Ok(Cell::one(row.organisation.as_str())),
    ),
    (
        Column::new(
            "name",
            Holds::Text,
            ["Namn", "Name"],
            ["Organisationens namn.", "The name of the organisation."],
        )
        .says(foaf::NAME)
        .language("sv"),
        |row| row.name("sv"),
    ),
    (
        Column::new(
            "name_en",
            Holds::Text,
            ["Namn på engelska", "Name in English"],
            [
                "Organisationens namn på engelska.",
                "The name of the organisation in English.",
            ],
        )
        .says(foaf::NAME)
        .language("en"),
        |row| row.name("en"),
    ),
    (
        Column::new(
            "other_names",
            Holds::Text,
            ["Andra namn", "Other names"],
            [
                "Andra namn och förkortningar, på vilket språk som helst.",
                "Other names and abbreviations, in whatever language.",
            ],
        )
        .list(),
        |row| {
            let names = texts(row.snapshot, row.organisation.as_ref(), skos::ALT_LABEL)?;
            Ok(Cell::list(names.into_values().flatten()))
        },
    ),
    (
        Column::new(
            "organisation_number",
            Holds::Code(plan::ORGANISATION_NUMBER),
            ["Organisationsnummer", "Organisation number"],
            [
                "Organisationsnumret; tomt när det inte är kontrollerat.",
                "The organisation number; empty where it has not been verified.",
            ],
        )
        .says(skos::NOTATION),
        |row| row.codes(plan::ORGANISATION_NUMBER),
    ),
    (
        Column::new(
            "code",
            Holds::Code(plan::SCB_CODE),
            ["Läns- eller kommunkod", "County or municipality code"],
            [
                "SCB:s kod för regionens län eller för kommunen; Gotland har båda.",
                "The code of Statistics Sweden for the region's county or for the municipality; Gotland has both.",
            ],
        )
        .says(skos::NOTATION)
        .list(),
        |row| row.codes(plan::SCB_CODE),
    ),
    (
        Column::new(
            "type",
            Holds::Iri,
            ["Slag", "Type"],
            [
                "Organisationens slag, ur ADMS lista över utgivare.",
                "The type of the organisation, from the ADMS list of publisher types.",
            ],
        )
        .says(dcterms::TYPE),
        |row| row.iris(dcterms::TYPE),
    ),
    (
        Column::new(
            "county",
            Holds::Iri,
            ["Län", "County"],
            [
                "Adressen till det län som organisationen finns i.",
                "The address of the county that the organisation is in.",
            ],
        )
        .says(dcterms::SPATIAL)
        .list(),
        |row| row.iris(dcterms::SPATIAL),
    ),
    (
        Column::new(
            "county_name",
            Holds::Text,
            ["Länets namn", "Name of the county"],
            [
                "Länets namn, i samma ordning som adresserna.",
                "The name of the county, in the order of the addresses.",
            ],
        )
        .list(),
        |row| {
            let counties = row.iris(dcterms::SPATIAL)?;
            counties.names(row.snapshot, skos::PREF_LABEL, "sv")
        },
    ),
    (
        Column::new(
            "wikidata",
            Holds::Iri,
            ["Wikidata", "Wikidata"],
            [
                "Organisationen hos Wikidata; tom när det inte är kontrollerat.",
                "The organisation at Wikidata; empty where it has not been verified.",
            ],
        )
        .says(owl::SAME_AS),
        |row| row.named_by(WIKIDATA),
    ),
    (
        Column::new(
            "dataportal",
            Holds::Iri,
            ["Dataportalen", "Data portal"],
            [
                "Organisationen hos Sveriges dataportal; tom när numret inte är kontrollerat.",
                "The organisation at Sweden's data portal; empty where the number has not been verified.",
            ],
        )
        .says(owl::SAME_AS),
        |row| row.named_by(DATAPORTAL),
    ),
    (
        Column::new(
            "responsible",
            Holds::Integer,
            ["Ansvarar för", "Responsible for"],
            [
                "Antalet aktiviteter och delaktiviteter som organisationen ansvarar för.",
                "The number of activities and sub-activities that the organisation is responsible for.",
            ],
        )
        .required(),
        |row| row.activities(plan::RESPONSIBLE),
    ),
    (
        Column::new(
            "supporting",
            Holds::Integer,
            ["Medverkar i", "Supporting"],
            [
                "Antalet aktiviteter och delaktiviteter som organisationen medverkar i.",
                "The number of activities and sub-activities that the organisation supports.",
            ],
        )
        .required(),
        |row| row.activities(plan::SUPPORTING),
    ),
    (
        Column::new(
            "members",
            Holds::Iri,
            ["Medlemmar", "Members"],
            [
                "För en grupp: medlemmarnas adresser.",
                "For a group: the addresses of its members.",
            ],
        )
        .says(foaf::MEMBER)
        .list(),
        |row| row.iris(foaf::MEMBER),
    ),
];
