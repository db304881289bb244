//! Words for how far something has come, in lower case.

use crate::model::Status;

/// What a status cell says, and what it then means. The longest that the cell begins with
/// counts.
pub const CELLS: &[(&str, Status)] = &[
    ("ny", Status::New),
    ("pågår", Status::Ongoing),
    ("pågående", Status::Ongoing),
    ("påbörjad", Status::Ongoing),
    ("klar", Status::Completed),
    ("genomförd", Status::Completed),
    ("avslutad", Status::Completed),
    ("utförd", Status::Completed),
    ("delvis", Status::PartlyCompleted),
    ("ej påbörjad", Status::NotStarted),
    ("ej startad", Status::NotStarted),
    ("planerad", Status::NotStarted),
    ("planeras", Status::NotStarted),
    ("planned", Status::NotStarted),
    ("återkommande", Status::Continuous),
    ("pausad", Status::Paused),
    ("vilande", Status::Paused),
    ("uppskjuten", Status::Paused),
    ("avbruten", Status::Cancelled),
    ("utgår", Status::Cancelled),
    ("inställd", Status::Cancelled),
    ("löpande", Status::Continuous),
    ("kontinuerlig", Status::Continuous),
    ("ongoing", Status::Ongoing),
    ("completed", Status::Completed),
    ("done", Status::Completed),
    ("in progress", Status::Ongoing),
    ("not started", Status::NotStarted),
];

/// What a status cell says that fits no status well: the one it was read as.
pub const NEAR: &[(&str, Status)] = &[
    ("försenad", Status::Ongoing),
    ("avvikelse", Status::Ongoing),
];

/// Words of an outcome in prose, and the status they tell.
pub const PROSE: &[(&str, Status)] = &[
    ("har pausats", Status::Paused),
    ("har avbrutits", Status::Cancelled),
    ("är genomförd", Status::Completed),
    ("är avslutad", Status::Completed),
    ("ingår i det löpande arbetet", Status::Continuous),
    ("fortsätter att", Status::Ongoing),
];

/// Words that say that something took place.
pub const TOOK_PLACE: &[&str] = &["anordnades", "arrangerades", "genomfördes", "hölls"];

/// Words that deny what the sentence says.
pub const NOT: &[&str] = &["inga", "ingen", "inget", "inte", "ej"];

/// The words alone.
pub(super) fn all() -> Vec<&'static str> {
    let cells = CELLS.iter().chain(NEAR).chain(PROSE);
    let cells = cells.map(|(word, _)| *word);
    cells.chain([TOOK_PLACE, NOT].concat()).collect()
}
