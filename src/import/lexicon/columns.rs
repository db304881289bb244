//! Names of columns, in lower case. A heading is matched by the longest that begins one of its
//! words.

use crate::import::table::Column;

/// What a column is called, and what it then holds. A word of three letters or fewer counts only
/// whole.
pub const HEADINGS: &[(&str, Column)] = &[
    ("aktivitet", Column::Activity),
    ("åtgärd", Column::Activity),
    ("insats", Column::Activity),
    ("nyckelåtgärd", Column::Activity),
    ("activity", Column::Activity),
    ("activities", Column::Activity),
    ("action", Column::Activity),
    ("measure", Column::Activity),
    ("beskrivning", Column::Description),
    ("description", Column::Description),
    ("fokusområde", Column::Area),
    ("målområde", Column::Area),
    ("område", Column::Area),
    ("area", Column::Area),
    ("mål", Column::Goal),
    ("delmål", Column::Goal),
    ("effektmål", Column::Goal),
    ("goal", Column::Goal),
    ("indikator", Column::Indicator),
    ("indicator", Column::Indicator),
    ("mått", Column::Indicator),
    ("period", Column::Period),
    ("tid", Column::Period),
    ("tidplan", Column::Period),
    ("tidsplan", Column::Period),
    ("när", Column::Period),
    ("genomförs", Column::Period),
    ("when", Column::Period),
    ("timeline", Column::Period),
    ("timeframe", Column::Period),
    ("start–slut", Column::Period),
    ("start-slut", Column::Period),
    ("start", Column::Start),
    ("påbörjas", Column::Start),
    ("slut", Column::End),
    ("klart", Column::End),
    ("end", Column::End),
    ("ansvar", Column::Responsible),
    ("utförare", Column::Responsible),
    ("responsible", Column::Responsible),
    ("huvudansvar", Column::Lead),
    ("lead", Column::Lead),
    ("samverkan", Column::Supporting),
    ("medverkande", Column::Supporting),
    ("partners", Column::Supporting),
    ("finansiär", Column::Funder),
    ("status", Column::Status),
    ("läge", Column::Status),
    ("utfall", Column::Outcome),
    ("resultat", Column::Outcome),
    ("uppföljning", Column::Outcome),
    ("outcome", Column::Outcome),
    ("result", Column::Outcome),
    ("kommentar", Column::Comment),
    ("comment", Column::Comment),
    ("nr", Column::Number),
    ("no", Column::Number),
];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    HEADINGS.iter().map(|(word, _)| *word).collect()
}
