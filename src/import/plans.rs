//! A document as plans: its own, and the earlier edition that it follows up.

mod id;
mod publisher;

use std::rc::Rc;

use super::assemble::key::slug;
use super::assemble::{Known, Produced, draft, emit};
use super::document::{Document, Passage};
use super::mask;
use super::progress::{Step, Tell};
use super::read::Refusal;
use super::remark::{Kind, Remark};
use super::value::{Directory, Surroundings, period};
use crate::import::assemble::draft::{Draft, Earlier};
use crate::model::{Date, Iri, Plan, PlanId};
use crate::rdf::Base;

/// What the person who imports says, for what the document lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The id of the plan.
    pub id: Option<String>,
    /// The body whose plan it is: an id as in `/organisation/{id}`, or an IRI.
    pub publisher: Option<String>,
    /// The period, in words that a document might use.
    pub period: Option<String>,
    /// The title.
    pub title: Option<String>,
}

/// Plans that a document gave.
#[derive(Debug)]
pub struct Imported {
    /// The plans by id, the document's own first.
    pub plans: Vec<(PlanId, Produced)>,
    /// The text that line numbers count in, as it is to be published.
    pub source: String,
    /// What to look at, in the order of the document.
    pub remarks: Vec<Remark>,
}

/// What is there already.
pub struct Present<'a> {
    /// The address of the instance.
    pub base: &'a Base,
    /// The organisations of the reference data.
    pub directory: &'a Directory,
    /// The plan with an id, as it is.
    pub plan: &'a dyn Fn(&PlanId) -> Option<Rc<Plan>>,
    /// The day of the import.
    pub today: Date,
}

/// The most parts that a plan may have: what is judged and shown as a whole must end.
const PART_LIMIT: usize = 10_000;

/// The plans of a document; what is done meanwhile goes to `tell`.
///
/// # Errors
/// Where what was given is wrong, the document has more parts than a plan, or it gives no period
/// and none was given.
pub fn plans(
    document: Document,
    given: &Given,
    present: &Present<'_>,
    tell: Tell<'_>,
) -> Result<Imported, Refusal> {
    tell(Step::Finding);
    usable(given)?;
    let (document, mut remarks) = mask::persons(document);
    let mut own = draft(&document);
    bounded(&own)?;
    let surroundings = surroundings(&document, given, present, &mut remarks)?;
    let earlier = own.earlier.take();
    let id = id(&own, given, &surroundings, present, &mut remarks)?;
    let mut plans = Vec::new();
    let older = earlier.and_then(|earlier| followed_up(&mut own, earlier, &surroundings, present));
    let previous = (present.plan)(&id);
    let known = Known {
        base: present.base,
        directory: present.directory,
        surroundings: &surroundings,
        id: id.clone(),
        title: given.title.clone(),
        period: given.period.clone(),
        previous: previous.as_deref(),
        reported_in: None,
        today: present.today,
        tell,
    };
    let produced = emit(&own, &document, &known);
    if produced.plan.temporal.is_empty() {
        return Err(Refusal::new(
            "Dokumentet säger inte vilken period planen gäller. Ange den med --period, till exempel --period 2024-2026.",
            "The document does not say for which period the plan is. Give it with --period, for instance --period 2024-2026.",
        ));
    }
    plans.push((id.clone(), produced));
    if let Some((older_id, draft)) = older {
        let previous = (present.plan)(&older_id);
        let known = Known {
            id: older_id.clone(),
            title: None,
            period: None,
            previous: previous.as_deref(),
            reported_in: Iri::parse(present.base.plan(&id).as_str()),
            ..known
        };
        plans.push((older_id, emit(&draft, &document, &known)));
    }
    for (_, produced) in &mut plans {
        remarks.append(&mut produced.remarks);
    }
    remarks.sort_by(|a, b| (a.line, a.kind, &a.read).cmp(&(b.line, b.kind, &b.read)));
    remarks.dedup();
    Ok(Imported {
        plans,
        source: document.source,
        remarks,
    })
}

/// The earlier edition that a document follows up, as a plan under its own id, with the footnotes
/// that are its alone. `None` where its heading does not say for when it was, or no id is free.
fn followed_up(
    own: &mut Draft,
    earlier: Earlier,
    surroundings: &Surroundings,
    present: &Present<'_>,
) -> Option<(PlanId, Draft)> {
    let period = words_of_period(&earlier.heading?.text)?;
    let title = own.title.as_ref().map(|title| title.text.as_str());
    let mut draft = Draft {
        activities: earlier.activities,
        links: own.links.clone(),
        ..Draft::default()
    };
    let place = place(surroundings, present);
    let id = id::derive(&draft, &place, &slug(&period.text), title, present.plan)?;
    draft.period = Some(period);
    draft.footnotes = take_footnotes(own, &draft.activities);
    Some((id, draft))
}

/// Refuses what has more parts than a plan.
fn bounded(draft: &Draft) -> Result<(), Refusal> {
    let activities = draft.activities.iter().map(|one| 1 + one.children.len());
    let others = draft.sections.len() + draft.areas.len() + draft.footnotes.len();
    let parts = activities.sum::<usize>() + others + draft.references.len();
    if parts <= PART_LIMIT {
        return Ok(());
    }
    Err(Refusal::new(
        format!(
            "Dokumentet har {parts} aktiviteter, avsnitt och fotnoter; en plan får ha högst {PART_LIMIT}. Dela upp det, eller spara bara planen i en egen fil."
        ),
        format!(
            "The document has {parts} activities, sections and footnotes; a plan may have at most {PART_LIMIT}. Split it, or save only the plan in a file of its own."
        ),
    ))
}

/// The words of the first period in a passage.
fn words_of_period(passage: &Passage) -> Option<Passage> {
    let (at, _) = period::find(&passage.text)?;
    Some(Passage {
        text: passage.text.get(at)?.to_owned(),
        lines: passage.lines.clone(),
        ..Passage::default()
    })
}

/// The footnotes whose marks stand only in these activities, taken out of the plan's own.
fn take_footnotes(
    own: &mut Draft,
    activities: &[draft::Activity],
) -> Vec<super::document::Footnote> {
    fn marks(activities: &[draft::Activity]) -> Vec<String> {
        activities
            .iter()
            .flat_map(|activity| {
                let passages = [
                    &activity.title,
                    &activity.description,
                    &activity.period,
                    &activity.outcome,
                ];
                let own = passages
                    .into_iter()
                    .flat_map(|passage| passage.marks.iter().map(|mark| mark.marker.clone()));
                own.chain(marks(&activity.children)).collect::<Vec<_>>()
            })
            .collect()
    }
    let theirs = marks(activities);
    let ours = marks(&own.activities);
    let (taken, kept) = std::mem::take(&mut own.footnotes)
        .into_iter()
        .partition(|footnote| {
            theirs.contains(&footnote.marker) && !ours.contains(&footnote.marker)
        });
    own.footnotes = kept;
    taken
}

/// Whose plan it is and where: as given, else the body that the document names most.
fn surroundings(
    document: &Document,
    given: &Given,
    present: &Present<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<Surroundings, Refusal> {
    let directory = present.directory;
    if let Some(wanted) = &given.publisher {
        let agent = directory.by_id(wanted).ok_or_else(|| {
            Refusal::new(
                format!("Ingen organisation har id:t ”{wanted}”. Ids står i adressen /organisation/{{id}}; de ligger i reference/organisations."),
                format!("No organisation has the id “{wanted}”. Ids are those of the address /organisation/{{id}}; they lie in reference/organisations."),
            )
        })?;
        return Ok(Surroundings {
            publisher: Some(agent.iri.clone()),
            county: agent.place.clone(),
        });
    }
    let Some((agent, _)) = publisher::most_named(document, directory) else {
        remarks.push(Remark::new(
            Kind::Check,
            None,
            "",
            "Dokumentet namnger ingen region eller kommun. Ange vems plan det är med --publisher.",
            "The document names no region or municipality. Say whose plan it is with --publisher.",
        ));
        return Ok(Surroundings::default());
    };
    let name = agent.names.first().cloned().unwrap_or_default();
    remarks.push(Remark::new(
        Kind::Derived,
        None,
        &name,
        format!("Planen är läst som {name}s: namnet eller orten står oftast och tidigast i dokumentet. Ange annars --publisher."),
        format!("The plan was read as that of {name}: the name or the place stands most often and earliest in the document. Otherwise give --publisher."),
    ));
    Ok(Surroundings {
        publisher: Some(agent.iri.clone()),
        county: agent.place.clone(),
    })
}

/// The place of a plan's id: the name of its publisher without what all have in common.
fn place(surroundings: &Surroundings, present: &Present<'_>) -> String {
    let agent = surroundings
        .publisher
        .as_ref()
        .and_then(|iri| present.directory.agent(iri));
    let name = agent.and_then(|agent| agent.names.first().cloned());
    let name = name.unwrap_or_else(|| "plan".to_owned());
    let bare = name.strip_prefix("Region ").unwrap_or(&name);
    slug(bare)
}

fn id(
    own: &Draft,
    given: &Given,
    surroundings: &Surroundings,
    present: &Present<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<PlanId, Refusal> {
    let wrong = |id: &str| {
        Refusal::new(
            format!(
                "”{id}” kan inte vara en plans id. Använd gemener a–z, siffror och bindestreck, till exempel vasterbotten-2026."
            ),
            format!(
                "“{id}” cannot be the id of a plan. Use lower case a–z, digits and hyphens, for instance vasterbotten-2026."
            ),
        )
    };
    if let Some(id) = &given.id {
        return PlanId::parse(id).ok_or_else(|| wrong(id));
    }
    let words = given.period.clone().or_else(|| {
        let words = own.period.as_ref()?;
        let (at, _) = period::find(&words.text)?;
        words.text.get(at).map(str::to_owned)
    });
    let years = words.map(|words| slug(&words)).unwrap_or_default();
    let place = place(surroundings, present);
    let title = given.title.as_deref();
    let title = title.or(own.title.as_ref().map(|title| title.text.as_str()));
    let Some(id) = id::derive(own, &place, &years, title, present.plan) else {
        let id = format!("{place}-{years}");
        let id = id.trim_matches('-');
        return Err(match PlanId::parse(id) {
            None => wrong(id),
            Some(_) => taken(id),
        });
    };
    let shown = id.as_str();
    remarks.push(Remark::new(
        Kind::Derived,
        None,
        shown,
        format!("Planens id är {shown}. Ange ett annat med --id innan planen publiceras: adresser ändras inte sedan."),
        format!("The plan's id is {shown}. Give another with --id before the plan is published: addresses do not change later."),
    ));
    Ok(id)
}

/// Refuses what was given beside the document and means nothing.
fn usable(given: &Given) -> Result<(), Refusal> {
    if let Some(period) = &given.period
        && !matches!(period::read(period, &[]), Some(period::Period::When(read)) if read.value.start.is_some())
    {
        return Err(Refusal::new(
            format!(
                "”{period}” är ingen period. Skriv --period som år eller dagar, till exempel 2024-2026 eller 2025-01-01 – 2026-06-30."
            ),
            format!(
                "“{period}” is no period. Write --period as years or days, for instance 2024-2026 or 2025-01-01 – 2026-06-30."
            ),
        ));
    }
    if given
        .title
        .as_ref()
        .is_some_and(|title| title.trim().is_empty())
    {
        return Err(Refusal::new(
            "Titeln är tom. Ange --title med ord, eller utelämna den.",
            "The title is empty. Give --title with words, or leave it out.",
        ));
    }
    Ok(())
}

/// There is another plan with an id, and nothing tells this one from it.
fn taken(id: &str) -> Refusal {
    Refusal::new(
        format!(
            "Det finns redan en annan plan med id:t {id}. Ange ett eget id för den här med --id, eller --id {id} om den ska ersätta den som finns."
        ),
        format!(
            "There is another plan with the id {id} already. Give this one an id of its own with --id, or --id {id} where it is to replace that one."
        ),
    )
}
