//! A plan as its pages read it: how its parts are found, ordered, named and linked.

use super::facts::{Facts, Words};
use super::words;
use crate::model::{
    Activity, FocusArea, FollowUp, Iri, Layer, Period, Plan, Section, Text, Values,
};
use crate::views::Error;

/// A plan, and how its parts are found and linked.
#[derive(Clone, Copy)]
pub(super) struct PlanView<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) plan: &'a Plan,
    pub(super) iri: &'a str,
}

impl<'a> PlanView<'a> {
    /// The path of a part below the base.
    pub(super) fn path(&self, iri: &Iri) -> String {
        let base = self.facts.snapshot.base();
        base.relative(iri.as_str()).unwrap_or_default().to_owned()
    }

    /// The place of a part on the plan's page.
    pub(super) fn anchor(&self, iri: &Iri) -> String {
        let below = iri.as_str().strip_prefix(self.iri).unwrap_or_default();
        below.trim_start_matches('/').replace('/', "-")
    }

    /// The activities that some condition finds, in the order of the document.
    pub(super) fn activities(
        &self,
        belongs: impl Fn(&Activity) -> bool,
    ) -> Vec<(&'a Iri, &'a Activity)> {
        let mut found: Vec<_> = self
            .plan
            .activities
            .iter()
            .filter(|(_, activity)| belongs(activity))
            .collect();
        found.sort_by_key(|(iri, activity)| (activity.position.first().copied(), (*iri).clone()));
        found
    }

    /// The bullets under an activity.
    pub(super) fn bullets(&self, of: &Iri) -> Vec<(&'a Iri, &'a Activity)> {
        self.activities(|activity| activity.sub_activity_of.iter().any(|parent| parent == of))
    }

    /// What follow-ups report about an activity.
    pub(super) fn follow_ups(&self, of: &Iri) -> Vec<(&'a Iri, &'a FollowUp)> {
        let mut found: Vec<_> = self
            .plan
            .follow_ups
            .iter()
            .filter(|(_, follow_up)| follow_up.follow_up_of.iter().any(|own| own == of))
            .collect();
        found.sort_by_key(|(iri, follow_up)| (follow_up.date.first().copied(), (*iri).clone()));
        found
    }

    /// The page with the lines of the text that the plan was read from.
    pub(super) fn source(&self) -> Result<Option<String>, Error> {
        let Some(source) = self.plan.source.keys().next() else {
            return Ok(None);
        };
        Ok(self
            .facts
            .path(source.as_str())?
            .map(|path| self.facts.site.page(&path)))
    }

    /// One text of several, in the page's language where it is there.
    pub(super) fn text<'t>(&self, values: &'t Values<Text>) -> Option<(&'t Text, Layer)> {
        values
            .public()
            .min_by_key(|layered| self.facts.language.rank(&layered.value.language))
            .map(|layered| (&layered.value, layered.layer))
    }

    /// The language of a text where it is not the page's.
    pub(super) fn lang<'t>(&self, text: &'t Text) -> Option<&'t str> {
        self.facts.lang(text)
    }
}

/// What an activity is called.
pub(super) fn title(view: PlanView<'_>, iri: &Iri, activity: &Activity) -> Result<Words, Error> {
    match view.text(&activity.title) {
        Some((text, _)) => Ok(Words {
            text: text.text.clone(),
            language: Some(text.language.clone()),
        }),
        None => view.facts.name(iri.as_str()),
    }
}

/// A period in words.
pub(super) fn period_text(facts: Facts<'_>, period: &Period) -> String {
    words::period(
        period.start.first().copied(),
        period.end.first().copied(),
        period.precision.first().copied(),
        facts.language,
    )
}

/// The period of a plan in words.
pub(super) fn plan_period(view: PlanView<'_>) -> Option<String> {
    let period = view.plan.temporal.values().next()?;
    Some(period_text(view.facts, &period.node))
}

/// The names of a plan's owners.
pub(super) fn owners(view: PlanView<'_>) -> Result<Vec<Words>, Error> {
    view.plan
        .creator
        .iter()
        .map(|owner| view.facts.name(owner.as_str()))
        .collect()
}

/// The areas in the order of the document.
pub(super) fn areas(view: PlanView<'_>) -> Vec<(&Iri, &FocusArea)> {
    let mut areas: Vec<_> = view.plan.areas.iter().collect();
    areas.sort_by_key(|(iri, area)| (area.position.first().copied(), (*iri).clone()));
    areas
}

/// The activities that stand under no heading.
pub(super) fn loose(view: PlanView<'_>) -> Vec<(&Iri, &Activity)> {
    view.activities(|activity| {
        activity.focus_area.is_empty() && activity.sub_activity_of.is_empty()
    })
}

/// The passages that stand before the activities, or after them.
pub(super) fn sections(view: PlanView<'_>, before: bool) -> Vec<(&Iri, &Section)> {
    let first_area = view
        .plan
        .areas
        .values()
        .filter_map(|area| area.source_range.first().copied())
        .min();
    let mut sections: Vec<_> = view
        .plan
        .sections
        .iter()
        .filter(|(_, section)| {
            let starts = section.source_range.first().copied();
            let is_before = match (starts, first_area) {
                (Some(starts), Some(area)) => starts < area,
                _ => true,
            };
            is_before == before
        })
        .collect();
    sections.sort_by_key(|(iri, section)| (section.position.first().copied(), (*iri).clone()));
    sections
}
