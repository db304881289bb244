//! What a person is told of a workbook: where, what is wrong, how to mend it.

use std::collections::BTreeMap;

use super::columns::{Column, Part};
use crate::import::{Kind, Remark};
use crate::model::LineRange;

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

    /// Words that cannot be quoted, because what they are about stands on no lines.
    pub(super) fn no_lines() -> Self {
        Self::new(
            "kan inte vara dokumentets ord, eftersom detta är tillagt här och inte står i dokumentet. Töm cellen.",
            "cannot be words of the document, because this was added here and does not stand in the document. Empty the cell.",
        )
    }

    pub(super) fn no_key() -> Self {
        Self::new(
            "ger ingen adress. Skriv något som börjar med bokstäver.",
            "gives no address. Write something that begins with letters.",
        )
    }

    pub(super) fn decided() -> Self {
        Self::new(
            "gäller en målkoppling som redan är beslutad. Töm cellen; ett beslut ändras i editorial.ttl.",
            "is about a link that has been decided on already. Empty the cell; a decision is changed in editorial.ttl.",
        )
    }

    pub(super) fn has_goal() -> Self {
        Self::new(
            "går inte att säga, eftersom aktiviteten redan har ett godtaget mål i ramverket. Avvisa förslaget i stället.",
            "cannot be said, because the activity already has an accepted goal of the framework. Reject the suggestion instead.",
        )
    }

    pub(super) fn no_owner() -> Self {
        Self::new(
            "behöver någon som står för beslutet, men planen säger inte vem som står bakom den. Ange det i planen (dcterms:creator), eller granska med samplan align --review.",
            "needs somebody who stands for the decision, but the plan does not say who is behind it. Say so in the plan (dcterms:creator), or review with samplan align --review.",
        )
    }

    pub(super) fn no_suggestion() -> Self {
        Self::new(
            "saknar adress. Målkopplingar läggs inte till i arbetsboken; föreslå dem med samplan align.",
            "has no address. Links to goals are not added in the workbook; suggest them with samplan align.",
        )
    }

    pub(super) fn no_activity() -> Self {
        Self::new(
            "är varken adressen till eller titeln på någon aktivitet i planen. Kopiera adressen från kolumnen Adress på bladet Aktiviteter, eller titeln så som den står där.",
            "is neither the address nor the title of an activity of the plan. Copy the address from the column Adress (address) of the sheet Aktiviteter, or the title as it stands there.",
        )
    }

    pub(super) fn several_activities() -> Self {
        Self::new(
            "är titeln på flera av planens aktiviteter. Skriv i stället adressen till den som menas, från kolumnen Adress på bladet Aktiviteter.",
            "is the title of several activities of the plan. Write instead the address of the one that is meant, from the column Adress (address) of the sheet Aktiviteter.",
        )
    }

    pub(super) fn own_parent() -> Self {
        Self::new(
            "är aktiviteten själv. Skriv adressen till eller titeln på den aktivitet som den är en del av, eller töm cellen.",
            "is the activity itself. Write the address or the title of the activity that it is part of, or empty the cell.",
        )
    }

    pub(super) fn area_of_parent() -> Self {
        Self::new(
            "kan inte anges för en delaktivitet, vars fokusområde följer av aktiviteten den är en del av. Töm cellen.",
            "cannot be given for a sub-activity, whose focus area follows from the activity that it is part of. Empty the cell.",
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

/// A row without an address, which became a part.
pub(super) fn added(part: Part, row: usize, read: &str, iri: &str) -> Remark {
    let sheet = part.name();
    let mut remark = Remark::new(
        Kind::Added,
        None,
        read,
        format!("{sheet}, rad {row}: ny i planen, med adressen {iri}."),
        format!("{sheet}, row {row}: new in the plan, with the address {iri}."),
    );
    remark.node = Some(iri.to_owned());
    remark
}

/// A row without an address about what the plan has already.
pub(super) fn there_already(part: Part, row: usize, read: &str, iri: &str) -> Remark {
    let (sheet, column) = (part.name(), Column::Iri.words());
    let mut remark = Remark::new(
        Kind::LeftOut,
        None,
        read,
        format!(
            "{sheet}, rad {row}, {}: planen har redan detta, med adressen {iri}. Raden utelämnades. Skriv adressen i raden för att ändra det, eller börja om från en ny export.",
            column.sv
        ),
        format!(
            "{sheet}, row {row}, {} ({}): the plan has this already, with the address {iri}. The row was left out. Write the address in the row to change it, or start again from a new export.",
            column.sv, column.en
        ),
    );
    remark.node = Some(iri.to_owned());
    remark
}

/// A row without an address that lacks what a part must have.
pub(super) fn left_out_row(
    part: Part,
    row: usize,
    column: Column,
    read: &str,
    why: &Why,
) -> Remark {
    let (words, sheet) = (column.words(), part.name());
    let (sv, en) = (&why.sv, &why.en);
    Remark::new(
        Kind::LeftOut,
        None,
        read,
        format!(
            "{sheet}, rad {row}, {}: ”{read}” {sv} Raden utelämnades.",
            words.sv
        ),
        format!(
            "{sheet}, row {row}, {} ({}): \"{read}\" {en} The row was left out.",
            words.sv, words.en
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

/// Makes a remark about a line one about the row that stands there.
pub(super) fn in_row(remark: &mut Remark, lines: &BTreeMap<(Part, usize), LineRange>) {
    let Some(line) = remark.line else { return };
    let on_it = |range: &LineRange| (range.first..=range.last).contains(&line);
    if let Some(((part, row), _)) = lines.iter().find(|(_, range)| on_it(range)) {
        let sheet = part.name();
        remark.sv = format!("{sheet}, rad {row}: {}", remark.sv);
        remark.en = format!("{sheet}, row {row}: {}", remark.en);
    }
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
