//! Names of columns, in lower case. A heading is matched by the longest that begins one of its
//! words.

use crate::import::table::Column;

/// What a column is called and nothing else, and what it then holds.
pub const WHOLE: &[(&str, Column)] = &[
    ("tid", Column::Period),
    ("från", Column::Start),
    ("till", Column::End),
    ("end", Column::End),
    ("vem", Column::Responsible),
    ("vad", Column::Activity),
    ("lead", Column::Lead),
    ("nr", Column::Number),
    ("no", Column::Number),
];

/// What the heading of a column begins one of its words with, and what it then holds.
pub const HEADINGS: &[(&str, Column)] = &[
    ("aktivitet", Column::Activity),
    ("åtgärd", Column::Activity),
    ("insats", Column::Activity),
    ("nyckelåtgärd", Column::Activity),
    ("activity", Column::Activity),
    ("activities", Column::Activity),
    ("action", Column::Activity),
    ("measure", Column::Activity),
    ("vad ska", Column::Activity),
    ("uppdrag", Column::Activity),
    ("delåtgärd", Column::SubActivity),
    ("delaktivitet", Column::SubActivity),
    ("delinsats", Column::SubActivity),
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
    ("syfte", Column::Goal),
    ("indikator", Column::Indicator),
    ("indicator", Column::Indicator),
    ("mått", Column::Indicator),
    ("hur följs", Column::Indicator),
    ("period", Column::Period),
    ("tidplan", Column::Period),
    ("tidsplan", Column::Period),
    ("tidsperiod", Column::Period),
    ("när", Column::Period),
    ("genomförs", Column::Period),
    ("when", Column::Period),
    ("timeline", Column::Period),
    ("timeframe", Column::Period),
    ("start", Column::Start),
    ("påbörjas", Column::Start),
    ("slut", Column::End),
    ("klart", Column::End),
    ("vem gör", Column::Responsible),
    ("aktör", Column::Responsible),
    ("ansvar", Column::Responsible),
    ("utförare", Column::Responsible),
    ("responsible", Column::Responsible),
    ("huvudansvar", Column::Lead),
    ("samverkan", Column::Supporting),
    ("medverkande", Column::Supporting),
    ("partners", Column::Supporting),
    ("finansiär", Column::Funder),
    ("status", Column::Status),
    ("läge", Column::Status),
    ("uppfyllelse", Column::Status),
    ("utfall", Column::Outcome),
    ("resultat", Column::Outcome),
    ("uppföljning", Column::Outcome),
    ("outcome", Column::Outcome),
    ("result", Column::Outcome),
    ("kommentar", Column::Comment),
    ("comment", Column::Comment),
];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    WHOLE
        .iter()
        .chain(HEADINGS)
        .map(|(word, _)| *word)
        .collect()
}
