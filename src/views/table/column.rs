//! What a column of a table means, said once for the table and for its description.

use oxrdf::NamedNodeRef;
use serde_json::{Map, Value, json};

use super::cell::{SEPARATOR, STAND_IN};
use crate::model::Precision;
use crate::vocab::plan;

/// The columns of a kind of table, each with the function that fills it from what a row is
/// about.
pub(super) type Columns<F> = &'static [(Column, F)];

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Text.
    Text,
    /// A day.
    Date,
    /// A whole number.
    Integer,
    /// An IRI.
    Iri,
    /// How precisely a period is given, by the key of the concept.
    Precision,
    /// A code of a kind of its own.
    Code(NamedNodeRef<'static>),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its name: the word in the first row of the table, which does not change.
    pub(super) name: &'static str,
    /// Its title in Swedish and English.
    pub(super) titles: [&'static str; 2],
    /// What it holds, in Swedish and English.
    pub(super) description: [&'static str; 2],
    holds: Holds,
    /// The language of its texts.
    language: Option<&'static str>,
    /// The property whose values it holds.
    property: Option<NamedNodeRef<'static>>,
    /// The column that names what the property is said of; the row's own where there is none.
    subject: Option<&'static str>,
    /// Whether a cell may hold several values.
    pub(super) list: bool,
    /// Whether no cell is empty.
    required: bool,
}

impl Column {
    /// A column that may be empty and says nothing in RDF, with titles and descriptions in
    /// Swedish and English.
    pub(super) const fn new(
        name: &'static str,
        holds: Holds,
        titles: [&'static str; 2],
        description: [&'static str; 2],
    ) -> Self {
        Self {
            name,
            titles,
            description,
            holds,
            language: None,
            property: None,
            subject: None,
            list: false,
            required: false,
        }
    }

    /// It holds the values of a property.
    pub(super) const fn says(mut self, property: NamedNodeRef<'static>) -> Self {
        self.property = Some(property);
        self
    }

    /// What it says is said of what another column names.
    pub(super) const fn of(mut self, column: &'static str) -> Self {
        self.subject = Some(column);
        self
    }

    /// Its texts are in one language.
    pub(super) const fn language(mut self, language: &'static str) -> Self {
        self.language = Some(language);
        self
    }

    /// A cell may hold several values.
    pub(super) const fn list(mut self) -> Self {
        self.list = true;
        self
    }

    /// No cell is empty.
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Whether a table read as RDF (Generating RDF from Tabular Data on the Web) says what the
    /// column holds.
    ///
    /// What has no property of its own says nothing, and neither does a list of IRIs: a cell
    /// becomes one node however many values it holds (section 4.6 there), so that a list of
    /// addresses would become a name for nothing.
    fn speaks(self) -> bool {
        self.property.is_some() && !(self.list && self.holds == Holds::Iri)
    }

    /// The column description (Metadata Vocabulary for Tabular Data, section 5.6).
    pub(super) fn description(&self) -> Value {
        let [sv, en] = self.titles;
        let mut column = Map::new();
        let mut say = |key: &str, value: Value| {
            column.insert(key.to_owned(), value);
        };
        say("name", json!(self.name));
        // The word in the first row is a title too, in no language: that is how a validator
        // knows that the description is of this table (section 5.5.1).
        say("titles", json!({ "und": self.name, "sv": sv, "en": en }));
        say("dc:description", both(self.text()));
        say("datatype", self.holds.datatype());
        if let Some(language) = self.language {
            say("lang", json!(language));
        }
        if self.list {
            say("separator", json!(SEPARATOR.to_string()));
        }
        if self.required {
            say("required", json!(true));
        }
        if let Some(subject) = self.subject {
            say("aboutUrl", json!(format!("{{+{subject}}}")));
        }
        if let Some(property) = self.property {
            say("propertyUrl", json!(property.as_str()));
        }
        if !self.speaks() {
            say("suppressOutput", json!(true));
        } else if let Some(node) = self.holds.node(self.name) {
            say("valueUrl", json!(node));
        }
        Value::Object(column)
    }

    /// What it holds, with what the separator means where it is a list of texts.
    fn text(&self) -> [String; 2] {
        let [sv, en] = self.description.map(str::to_owned);
        if !self.list || self.holds == Holds::Iri {
            return [sv, en];
        }
        let (separator, stand_in) = (SEPARATOR, STAND_IN);
        [
            format!("{sv} Ett {separator} i en text skrivs {stand_in}."),
            format!("{en} A {separator} in a text is written {stand_in}."),
        ]
    }
}

impl Holds {
    /// The datatype (Metadata Vocabulary for Tabular Data, section 5.11).
    fn datatype(self) -> Value {
        match self {
            Self::Text => json!("string"),
            Self::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
            Self::Integer => json!("integer"),
            Self::Iri => json!("anyURI"),
            Self::Precision => {
                let keys: Vec<_> = Precision::ALL.iter().map(|known| known.key()).collect();
                json!({ "base": "string", "format": keys.join("|") })
            }
            Self::Code(datatype) => json!({ "base": "string", "@id": datatype.as_str() }),
        }
    }

    /// The template of the IRI that a cell of a column stands for, if it stands for one.
    fn node(self, column: &str) -> Option<String> {
        match self {
            Self::Iri => Some(format!("{{+{column}}}")),
            Self::Precision => Some(format!("{}{{{column}}}", plan::NS)),
            _ => None,
        }
    }
}

/// A text in both languages, as JSON-LD.
pub(super) fn both([sv, en]: [String; 2]) -> Value {
    json!([
        { "@value": sv, "@language": "sv" },
        { "@value": en, "@language": "en" },
    ])
}
