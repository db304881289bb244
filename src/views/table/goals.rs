//! The goals of frameworks, and what serves them.
//!
//! A row is a goal. A framework without goals has no row, and a table of its own with the
//! names of the columns only; that it is there stands in the list of frameworks.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedNodeRef, Term};

use super::Error;
use super::cell::{Cell, iris, texts};
use super::column::{Column, Columns, Holds};
use crate::store::Snapshot;
use crate::vocab::{plan, rdf, skos};

/// What a row is about: a goal, in a framework.
pub(super) struct Row<'a> {
    snapshot: &'a Snapshot,
    framework: NamedNode,
    goal: NamedNode,
}

/// The goals of every framework. A goal that is in two stands with the first.
///
/// # Errors
/// Where the store fails.
pub(super) fn all(snapshot: &Snapshot) -> Result<Vec<Row<'_>>, Error> {
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for framework in snapshot.referring(rdf::TYPE, plan::FRAMEWORK)? {
        let goals = of(snapshot, &framework)?.into_iter();
        rows.extend(goals.filter(|row| seen.insert(row.goal.clone())));
    }
    Ok(rows)
}

/// The goals of a framework: each followed by those under it.
///
/// # Errors
/// Where the store fails.
pub(super) fn of<'a>(snapshot: &'a Snapshot, framework: &NamedNode) -> Result<Vec<Row<'a>>, Error> {
    let mut rows = Vec::new();
    for goal in snapshot.referring(skos::IN_SCHEME, framework.as_ref())? {
        if is_a(snapshot, &goal, plan::GOAL)? {
            let row = Row {
                snapshot,
                framework: framework.clone(),
                goal,
            };
            rows.push((path(snapshot, &row.goal)?, row));
        }
    }
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// The places of a goal and of those it stands under, from the top.
fn path(snapshot: &Snapshot, goal: &NamedNode) -> Result<Vec<(u32, String)>, Error> {
    let mut path: Vec<(u32, String)> = Vec::new();
    let mut next = Some(goal.as_str().to_owned());
    while let Some(iri) = next
        // Nothing forbids that a goal stands under itself; a view must end all the same.
        && path.iter().all(|(_, known)| *known != iri)
    {
        let node = NamedNodeRef::new_unchecked(&iri);
        let parents = iris(snapshot, node, skos::BROADER)?;
        path.push((position(snapshot, node)?.unwrap_or(u32::MAX), iri));
        next = parents.into_iter().next();
    }
    path.reverse();
    Ok(path)
}

fn position(snapshot: &Snapshot, goal: NamedNodeRef<'_>) -> Result<Option<u32>, Error> {
    let positions = snapshot.objects(goal, plan::POSITION)?;
    Ok(positions.iter().find_map(|position| match position {
        Term::Literal(position) => position.value().parse().ok(),
        _ => None,
    }))
}

fn is_a(snapshot: &Snapshot, node: &NamedNode, class: NamedNodeRef<'_>) -> Result<bool, Error> {
    let classes = iris(snapshot, node.as_ref(), rdf::TYPE)?;
    Ok(classes.iter().any(|own| own == class.as_str()))
}

impl Row<'_> {
    /// A text of the goal, in a language.
    fn text(&self, property: NamedNodeRef<'_>, language: &str) -> Result<Cell, Error> {
        self.text_of(&self.goal, property, language)
    }

    fn text_of(
        &self,
        node: &NamedNode,
        property: NamedNodeRef<'_>,
        language: &str,
    ) -> Result<Cell, Error> {
        let mut texts = texts(self.snapshot, node.as_ref(), property)?;
        Ok(Cell::list(texts.remove(language).unwrap_or_default()))
    }

    /// What of a class points to the goal by a property.
    fn referring(
        &self,
        property: NamedNodeRef<'_>,
        class: NamedNodeRef<'_>,
    ) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for node in self.snapshot.referring(property, self.goal.as_ref())? {
            if is_a(self.snapshot, &node, class)? {
                found.push(node.into_string());
            }
        }
        Ok(found)
    }

    /// How many of a class serve the goal.
    fn contributing(&self, class: NamedNodeRef<'_>) -> Result<Cell, Error> {
        let found = self.referring(plan::CONTRIBUTES_TO, class)?;
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
            ["Målets adress.", "The address of the goal."],
        )
        .required(),
        |row| Ok(Cell::one(row.goal.as_str())),
    ),
    (
        Column::new(
            "key",
            Holds::Text,
            ["Nyckel", "Key"],
            [
                "Målets namn i adressen, som inte ändras.",
                "The name of the goal in its address, which does not change.",
            ],
        )
        .required(),
        |row| {
            Ok(Cell::one(
                row.goal.as_str().rsplit('/').next().unwrap_or_default(),
            ))
        },
    ),
    (
        Column::new(
            "framework",
            Holds::Iri,
            ["Ramverk", "Framework"],
            [
                "Adressen till ramverket som målet hör till.",
                "The address of the framework that the goal belongs to.",
            ],
        )
        .says(skos::IN_SCHEME)
        .required(),
        |row| Ok(Cell::one(row.framework.as_str())),
    ),
    (
        Column::new(
            "framework_title",
            Holds::Text,
            ["Ramverkets namn", "Name of the framework, Swedish"],
            ["Ramverkets namn.", "The name of the framework in Swedish."],
        )
        .says(skos::PREF_LABEL)
        .of("framework")
        .language("sv"),
        |row| row.text_of(&row.framework, skos::PREF_LABEL, "sv"),
    ),
    (
        Column::new(
            "framework_title_en",
            Holds::Text,
            ["Ramverkets namn på engelska", "Name of the framework"],
            ["Ramverkets namn på engelska.", "The name of the framework."],
        )
        .says(skos::PREF_LABEL)
        .of("framework")
        .language("en"),
        |row| row.text_of(&row.framework, skos::PREF_LABEL, "en"),
    ),
    (
        Column::new(
            "parent",
            Holds::Iri,
            ["Överordnat mål", "Parent goal"],
            [
                "Adressen till det mål som målet står under.",
                "The address of the goal that the goal stands under.",
            ],
        )
        .says(skos::BROADER)
        .list(),
        |row| {
            let parents = iris(row.snapshot, row.goal.as_ref(), skos::BROADER)?;
            Ok(Cell::list(parents))
        },
    ),
    (
        Column::new(
            "position",
            Holds::Integer,
            ["Ordning", "Position"],
            [
                "Plats bland syskonen i ramverket, från 1.",
                "Place among its siblings in the framework, from 1.",
            ],
        )
        .says(plan::POSITION),
        |row| {
            let position = position(row.snapshot, row.goal.as_ref())?;
            Ok(position.map(Cell::one).unwrap_or_default())
        },
    ),
    (
        Column::new(
            "label",
            Holds::Text,
            ["Mål", "Goal, Swedish"],
            [
                "Målet på svenska; tomt när ingen svensk ordalydelse är kontrollerad.",
                "The goal in Swedish; empty where no Swedish wording has been verified.",
            ],
        )
        .says(skos::PREF_LABEL)
        .language("sv"),
        |row| row.text(skos::PREF_LABEL, "sv"),
    ),
    (
        Column::new(
            "label_en",
            Holds::Text,
            ["Mål på engelska", "Goal"],
            ["Målet på engelska.", "The goal in English."],
        )
        .says(skos::PREF_LABEL)
        .language("en"),
        |row| row.text(skos::PREF_LABEL, "en"),
    ),
    (
        Column::new(
            "definition",
            Holds::Text,
            ["Definition", "Definition, Swedish"],
            [
                "Vad målet innebär, med ramverkets ord.",
                "What the goal means, in the words of the framework, in Swedish.",
            ],
        )
        .says(skos::DEFINITION)
        .language("sv"),
        |row| row.text(skos::DEFINITION, "sv"),
    ),
    (
        Column::new(
            "definition_en",
            Holds::Text,
            ["Definition på engelska", "Definition"],
            ["Vad målet innebär, på engelska.", "What the goal means."],
        )
        .says(skos::DEFINITION)
        .language("en"),
        |row| row.text(skos::DEFINITION, "en"),
    ),
    (
        Column::new(
            "activities",
            Holds::Integer,
            ["Aktiviteter", "Activities"],
            [
                "Antalet aktiviteter som själva bidrar till målet, i alla planer.",
                "The number of activities that themselves serve the goal, in all plans.",
            ],
        )
        .required(),
        |row| row.contributing(plan::ACTIVITY),
    ),
    (
        Column::new(
            "areas",
            Holds::Integer,
            ["Fokusområden", "Focus areas"],
            [
                "Antalet fokusområden som bidrar till målet, i alla planer.",
                "The number of focus areas that serve the goal, in all plans.",
            ],
        )
        .required(),
        |row| row.contributing(plan::FOCUS_AREA),
    ),
    (
        Column::new(
            "plans",
            Holds::Integer,
            ["Planer", "Plans"],
            [
                "Antalet planer som i sin helhet bidrar till målet.",
                "The number of plans that serve the goal as a whole.",
            ],
        )
        .required(),
        |row| row.contributing(plan::PLAN),
    ),
    (
        Column::new(
            "exact_match_areas",
            Holds::Iri,
            ["Samma som fokusområde", "Same as focus area"],
            [
                "Adresserna till de fokusområden som är detta mål.",
                "The addresses of the focus areas that are this goal.",
            ],
        )
        .list(),
        |row| {
            Ok(Cell::list(
                row.referring(skos::EXACT_MATCH, plan::FOCUS_AREA)?,
            ))
        },
    ),
    (
        Column::new(
            "close_match_areas",
            Holds::Iri,
            ["Nära fokusområde", "Close to focus area"],
            [
                "Adresserna till de fokusområden som ligger nära detta mål.",
                "The addresses of the focus areas that are close to this goal.",
            ],
        )
        .list(),
        |row| {
            Ok(Cell::list(
                row.referring(skos::CLOSE_MATCH, plan::FOCUS_AREA)?,
            ))
        },
    ),
];
