//! Who takes part in an activity or a plan, and in which role.

use maud::{Markup, html};

use super::facts::Facts;
use super::marks;
use super::notes::note_marks;
use super::readings::Reading;
use super::view::PlanView;
use crate::model::{Activity, Layer, Participation, Role};
use crate::views::Error;
use crate::vocab;

/// Who takes part, by role: the role's name, then each agent.
pub(super) fn people<'a>(
    view: PlanView<'a>,
    activity: &'a Activity,
    readings: &mut Vec<Reading<'a>>,
) -> Result<Vec<(String, Vec<Markup>)>, Error> {
    let mut parts: Vec<&Participation> = activity
        .participation
        .values()
        .map(|linked| &*linked.node)
        .collect();
    parts.sort_by_key(|part| (part.role.first().copied(), part.position.first().copied()));
    let mut roles: Vec<(String, Vec<Markup>)> = Vec::new();
    for part in parts {
        let role = role_name(view.facts, part.role.first().copied())?;
        let one = participant(view, part, readings)?;
        match roles.last_mut() {
            Some((last, who)) if *last == role => who.push(one),
            _ => roles.push((role, vec![one])),
        }
    }
    Ok(roles)
}

pub(super) fn role_name(facts: Facts<'_>, role: Option<Role>) -> Result<String, Error> {
    Ok(match role {
        Some(role) => {
            facts
                .name(&format!("{}{}", vocab::role::NS, role.key()))?
                .text
        }
        None => facts.pick("Medverkar", "Takes part").to_owned(),
    })
}

fn participant<'a>(
    view: PlanView<'a>,
    part: &'a Participation,
    readings: &mut Vec<Reading<'a>>,
) -> Result<Markup, Error> {
    let facts = view.facts;
    let own = part.source_text.first();
    let agent = part.participant.public().next();
    let name = if let Some(agent) = agent {
        facts.link(agent.value.as_str())?
    } else {
        html! { @if let Some(own) = own { span lang=[view.lang(own)] { (own.text) } } }
    };
    let weakest = [
        agent.map(|agent| agent.layer),
        part.role.public().next().map(|role| role.layer),
    ]
    .into_iter()
    .flatten()
    .max()
    .unwrap_or(Layer::Stated);
    let remarks = marks::remarks(facts, &part.editorial_note);
    if weakest != Layer::Stated || !remarks.is_empty() {
        readings.push(Reading {
            what: name.clone(),
            words: own,
            layer: weakest,
            why: remarks,
        });
    }
    let each = part.distributive.iter().any(|each| *each);
    Ok(html! {
        (name) (note_marks(view, &part.note))
        @if each { " " span.quiet { (facts.pick("(var för sig)", "(each for itself)")) } }
        " " (marks::chip(facts, weakest))
    })
}
