//! A finding: what is wrong, where, and how to mend it.

use std::fmt;

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file, as the user named it or relative to the data folder.
    pub file: Option<String>,
    /// Line and column in the file, from 1.
    pub line: Option<(u64, u64)>,
    /// The IRI of the node the finding is about.
    pub node: Option<String>,
    /// The property of that node.
    pub property: Option<String>,
}

/// Something wrong with a document or its description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where it is.
    pub place: Place,
    /// What is wrong and how to mend it, in Swedish.
    pub sv: String,
    /// What is wrong and how to mend it, in English.
    pub en: String,
    /// The value at fault, where there is one.
    pub value: Option<String>,
    /// The rule that is broken: the name of a shape in `vocab/shapes.ttl`.
    pub rule: Option<String>,
}

impl Finding {
    /// A finding about a node.
    pub fn node(node: impl Into<String>, sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            place: Place {
                node: Some(node.into()),
                ..Place::default()
            },
            sv: sv.into(),
            en: en.into(),
            value: None,
            rule: None,
        }
    }

    /// A finding about a file as a whole.
    pub fn file(file: impl Into<String>, sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            place: Place {
                file: Some(file.into()),
                ..Place::default()
            },
            sv: sv.into(),
            en: en.into(),
            value: None,
            rule: None,
        }
    }

    /// The same finding with the property it is about.
    #[must_use]
    pub fn property(mut self, property: impl Into<String>) -> Self {
        self.place.property = Some(property.into());
        self
    }

    /// The same finding with the value at fault.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// The same finding in a file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.place.file.get_or_insert(file.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut space = "";
        if let Some(file) = &self.file {
            write!(f, "{file}")?;
            space = " ";
        }
        if let Some((line, column)) = self.line {
            write!(f, ":{line}:{column}")?;
        }
        if let Some(node) = &self.node {
            write!(f, "{space}<{node}>")?;
        }
        if let Some(property) = &self.property {
            write!(f, " {property}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    /// `place: English / Swedish [value] (rule)`, on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.en)?;
        if self.sv != self.en && !self.sv.is_empty() {
            write!(f, " / {}", self.sv)?;
        }
        if let Some(value) = &self.value {
            write!(f, " [{value}]")?;
        }
        if let Some(rule) = &self.rule {
            write!(f, " ({rule})")?;
        }
        Ok(())
    }
}
