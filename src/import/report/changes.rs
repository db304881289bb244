//! What an import changed in a plan that was there.

use crate::import::remark::{Kind, Remark};
use crate::model::{Activity, Iri, Layer, Plan};

/// What an import changed in a plan that was there: activities added, changed and gone.
pub fn changes(before: &Plan, after: &Plan) -> Vec<Remark> {
    let title = |activity: &Activity| {
        let title = activity.title.first();
        title.map(|title| title.text.clone()).unwrap_or_default()
    };
    let remark = |kind, iri: &Iri, words: String, sv: &str, en: &str| {
        let mut remark = Remark::new(kind, None, words, sv, en);
        remark.node = Some(iri.as_str().to_owned());
        remark
    };
    let said = |activity: &Activity| {
        let period = activity.temporal.values().next();
        let period = period.map(|linked| {
            let period = &linked.node;
            (period.start.first().copied(), period.end.first().copied())
        });
        let who: Vec<Iri> = activity
            .responsible
            .iter()
            .chain(activity.supporting.iter())
            .cloned()
            .collect();
        (period, who, activity.status.first().copied())
    };
    let mut all = Vec::new();
    for (iri, activity) in &after.activities {
        let Some(old) = before.activities.get(iri) else {
            all.push(remark(
                Kind::Added,
                iri,
                title(activity),
                "Aktiviteten är ny sedan förra inläsningen.",
                "The activity is new since the last import.",
            ));
            continue;
        };
        let (sv, en) = if title(old) != title(activity) || old.description != activity.description {
            (
                "Aktivitetens ordalydelse är en annan än vid förra inläsningen; dess adress är kvar.",
                "The wording of the activity is another than at the last import; its address stays.",
            )
        } else if said(old) != said(activity) {
            (
                "Aktivitetens period, ansvariga eller status är andra än vid förra inläsningen. Det som ändrats i arbetsboken sedan dess gäller inte längre, om det stod i dokumentet.",
                "The period, those responsible or the status of the activity are others than at the last import. What was edited in the workbook since then no longer holds, where it stood in the document.",
            )
        } else {
            continue;
        };
        all.push(remark(Kind::Changed, iri, title(activity), sv, en));
    }
    for (iri, activity) in &before.activities {
        // What people added never stood in the document.
        let added = !activity.declared.contains(&Layer::Stated);
        if !added && !after.activities.contains_key(iri) {
            all.push(remark(
                Kind::Gone,
                iri,
                title(activity),
                "Aktiviteten finns inte längre i dokumentet och är borttagen ur planen.",
                "The activity is no longer in the document and is taken out of the plan.",
            ));
        }
    }
    all
}
