//! What an import tells the person who reviews it.

/// Why somebody should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something was read in one of several ways; the interpretation is in the interpreted layer.
    Assumed,
    /// Something was read, but looks odd.
    Check,
    /// Something was not read, and is not in the plan.
    LeftOut,
    /// A person's name or address, which never becomes data.
    Person,
    /// Something that the document lacks and that was derived or given.
    Derived,
    /// New since the last import.
    Added,
    /// Different since the last import.
    Changed,
    /// No longer there since the last import.
    Gone,
}

impl Kind {
    /// The name of the kind in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Check => "check",
            Self::LeftOut => "left-out",
            Self::Person => "person",
            Self::Derived => "derived",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The line of the source text it is about, from 1.
    pub line: Option<u32>,
    /// Why to look.
    pub kind: Kind,
    /// The words that were read, as they stand in the document; empty where there are none.
    pub read: String,
    /// What was made of it and what to check, in Swedish.
    pub sv: String,
    /// What was made of it and what to check, in English.
    pub en: String,
    /// The IRI of the part of the plan it is about.
    pub node: Option<String>,
}

impl Remark {
    /// A remark about words on a line.
    pub fn new(
        kind: Kind,
        line: Option<u32>,
        read: impl Into<String>,
        sv: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            line,
            kind,
            read: read.into(),
            sv: sv.into(),
            en: en.into(),
            node: None,
        }
    }
}
