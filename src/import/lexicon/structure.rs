//! Words of a document's structure: page numbers, appendices, references, adoption lines.

/// Words around the number of a page.
pub const PAGE: &[&str] = &["sida", "sid", "av", "page", "of"];

/// Headings of lists of references.
pub const REFERENCES: &[&str] = &["referenser", "källor", "länkar", "references"];

/// Words that begin the heading of an appendix.
pub const APPENDIX: &[&str] = &["bilaga", "appendix"];

/// Words of a row that sums others up.
pub const TOTAL: &[&str] = &["totalt", "summa"];

/// Words before the number of a table.
pub const CAPTION: &[&str] = &["tabell", "table"];

/// Words of the line that says who adopted a plan and when.
pub const ADOPTED: &[&str] = &[
    "fastställd",
    "antagen",
    "beslut",
    "datum för beslut",
    "godkänd",
    "adopted",
];

/// Words of a sentence that says when a plan was adopted.
pub const WAS_ADOPTED: &[&str] = &["antogs", "beslutade", "fastställdes"];

/// Headings of tables of contents.
pub const CONTENTS: &[&str] = &["innehåll", "innehållsförteckning", "contents"];

/// Words before a number in a register, a version, who to ask.
pub const REGISTERED: &[&str] = &["dnr", "diarienummer", "version", "kontakt"];

/// Labels before the name of a person.
pub const PERSON: &[&str] = &[
    "kontakt",
    "kontaktperson",
    "handläggare",
    "dokumentansvarig",
];

/// Words before the period of a plan.
pub const VALID: &[&str] = &["gäller", "giltig", "perioden", "planperiod"];

/// Words of a lead-in to approaches.
pub const APPROACHES: &[&str] = &["angreppssätt", "approaches"];

/// Words by which a document calls itself a plan.
pub const PLAN: &[&str] = &[
    "handlingsplan",
    "åtgärdsplan",
    "aktivitetsplan",
    "verksamhetsplan",
    "action plan",
    "plan för",
];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    [
        PAGE,
        REFERENCES,
        APPENDIX,
        TOTAL,
        CAPTION,
        ADOPTED,
        WAS_ADOPTED,
        CONTENTS,
        REGISTERED,
        PERSON,
        VALID,
        APPROACHES,
        PLAN,
    ]
    .concat()
}
