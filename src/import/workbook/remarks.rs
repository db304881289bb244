//! What a person is told of a workbook: where, what is wrong, how to mend it.

use super::columns::{Column, Part};
use crate::import::{Kind, Remark};

/// What is wrong with a cell and how to mend it, in both languages.
pub(super) struct Why {
    sv: String,
    en: String,
}

impl Why {
    pub(super) fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            sv: sv.into(),
            en: en.into(),
        }
    }

    pub(super) fn no_date() -> Self {
        Self::new(
            "är ingen dag. Skriv år-månad-dag, som 2026-01-31.",
            "is not a day. Write year-month-day, like 2026-01-31.",
        )
    }

    pub(super) fn no_start() -> Self {
        Self::new(
            "saknas, men en period måste ha en första dag. Ange den, eller töm även sista dagen och lydelsen för att ta bort perioden.",
            "is missing, but a period must have a first day. Give it, or empty the last day and the wording too to remove the period.",
        )
    }

    pub(super) fn backwards() -> Self {
        Self::new(
            "ger en period som slutar innan den börjar. Rätta första eller sista dagen.",
            "gives a period that ends before it begins. Correct the first or the last day.",
        )
    }

    pub(super) fn fixed() -> Self {
        Self::new(
            "ändras inte i arbetsboken, eftersom värdet följer av annat. Återställ cellen.",
            "is not changed in the workbook, because the value follows from others. Restore the cell.",
        )
    }

    pub(super) fn required() -> Self {
        Self::new(
            "får inte vara tom. Fyll i ett värde.",
            "must not be empty. Fill in a value.",
        )
    }

    pub(super) fn not_listed(values: &[&str]) -> Self {
        let values = values.join(", ");
        Self::new(
            format!("är inget av värdena i listan. Välj ett av dem: {values}."),
            format!("is none of the listed values. Choose one of them: {values}."),
        )
    }
}

/// A cell that was left as it was.
pub(super) fn cell(
    part: Part,
    row: usize,
    column: Column,
    read: &str,
    node: &str,
    why: &Why,
) -> Remark {
    let (words, sheet) = (column.words(), part.name());
    let (sv, en) = (&why.sv, &why.en);
    let mut remark = Remark::new(
        Kind::LeftOut,
        None,
        read,
        format!(
            "{sheet}, rad {row}, {}: ”{read}” {sv} Cellen lämnades som den var.",
            words.sv
        ),
        format!(
            "{sheet}, row {row}, {} ({}): \"{read}\" {en} The cell was left as it was.",
            words.sv, words.en
        ),
    );
    remark.node = Some(node.to_owned());
    remark
}

/// A row that no part of the plan is about.
pub(super) fn unknown_row(part: Part, row: usize, iri: &str) -> Remark {
    let (sheet, column) = (part.name(), Column::Iri.words());
    Remark::new(
        Kind::LeftOut,
        None,
        iri,
        format!(
            "{sheet}, rad {row}, {}: planen har ingen del med adressen ”{iri}”. Raden utelämnades. Rätta adressen, eller börja om från en ny export.",
            column.sv
        ),
        format!(
            "{sheet}, row {row}, {} ({}): the plan has no part with the address \"{iri}\". The row was left out. Correct the address, or start again from a new export.",
            column.sv, column.en
        ),
    )
}

/// A row about a part that an earlier row is about.
pub(super) fn repeated_row(part: Part, row: usize, iri: &str) -> Remark {
    let (sheet, column) = (part.name(), Column::Iri.words());
    Remark::new(
        Kind::LeftOut,
        None,
        iri,
        format!(
            "{sheet}, rad {row}, {}: en tidigare rad har redan adressen ”{iri}”. Raden utelämnades. Ta bort en av dem.",
            column.sv
        ),
        format!(
            "{sheet}, row {row}, {} ({}): an earlier row already has the address \"{iri}\". The row was left out. Remove one of them.",
            column.sv, column.en
        ),
    )
}

/// A row without an address: something new.
pub(super) fn new_row(part: Part, row: usize, read: &str) -> Remark {
    let (sheet, column) = (part.name(), Column::Iri.words());
    Remark::new(
        Kind::LeftOut,
        None,
        read,
        format!(
            "{sheet}, rad {row}, {}: raden saknar adress och är alltså ny. Nya rader kan ännu inte läggas till härifrån; raden utelämnades.",
            column.sv
        ),
        format!(
            "{sheet}, row {row}, {} ({}): the row has no address, so it is new. New rows cannot be added from here yet; the row was left out.",
            column.sv, column.en
        ),
    )
}

/// A part of the plan that the sheet has no row for.
pub(super) fn missing_row(part: Part, iri: &str) -> Remark {
    let sheet = part.name();
    let mut remark = Remark::new(
        Kind::Gone,
        None,
        "",
        format!(
            "{sheet}: raden för {iri} saknas. Planen behåller den; en arbetsbok tar inte bort något."
        ),
        format!(
            "{sheet}: the row of {iri} is missing. The plan keeps it; a workbook removes nothing."
        ),
    );
    remark.node = Some(iri.to_owned());
    remark
}

/// A sheet that is not there, or whose rows cannot be told apart.
pub(super) fn missing_sheet(part: Part) -> Remark {
    let sheet = part.name();
    Remark::new(
        Kind::Gone,
        None,
        "",
        format!(
            "{sheet}: bladet saknas, eller dess kolumn Adress. Inget av det ändrades i planen."
        ),
        format!(
            "{sheet}: the sheet is missing, or its column Adress (address). Nothing of it was changed in the plan."
        ),
    )
}

/// A header that names no column.
pub(super) fn unknown_column(part: Part, header: &str) -> Remark {
    let sheet = part.name();
    Remark::new(
        Kind::LeftOut,
        None,
        header,
        format!(
            "{sheet}, rad 1: ingen kolumn heter ”{header}”. Den utelämnades. Kolumnernas namn står på bladet Läs mig."
        ),
        format!(
            "{sheet}, row 1: no column is called \"{header}\". It was left out. The names of the columns are on the sheet Läs mig."
        ),
    )
}
