//! What is compared of a plan, taken out of it once.
//!
//! Only what the public layers say counts; suggestions are kept apart, to be shown as such.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Activity, Alignment, Confidence, Date, FollowUp, Iri, Layer, Layers, Linked, Method, Period,
    Plan, Precision, ReviewState, Status, Text, Values,
};

/// What is compared of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFacts {
    /// The plan.
    pub iri: Iri,
    /// Its titles.
    pub titles: Vec<Text>,
    /// Who owns it.
    pub owners: Vec<Iri>,
    /// The places it is about.
    pub places: Vec<Iri>,
    /// Its period.
    pub span: Option<Span>,
    /// The editions it replaces.
    pub replaces: Vec<Iri>,
    /// Its activities and the bullets under them, in the order of the document.
    pub activities: Vec<ActivityFacts>,
    /// The goals that the plan as a whole serves.
    pub links: Vec<Link>,
    /// The goals that its areas serve, by area.
    pub areas: BTreeMap<Iri, Vec<Link>>,
    /// Whether it, or a follow-up of it, gives any activity a status.
    pub has_statuses: bool,
    /// Whether anything is reported of what came of its activities.
    pub has_outcomes: bool,
}

/// What is compared of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityFacts {
    /// The activity.
    pub iri: Iri,
    /// Its titles.
    pub titles: Vec<Text>,
    /// What it says of how.
    pub descriptions: Vec<Text>,
    /// The area it stands under; a bullet stands where its activity does.
    pub area: Option<Iri>,
    /// The activity it is a bullet of, by its place among the plan's.
    pub above: Option<usize>,
    /// When.
    pub span: Option<Span>,
    /// How far it has come.
    pub progress: Progress,
    /// Who is responsible.
    pub responsible: Vec<Iri>,
    /// The goals it serves.
    pub links: Vec<Link>,
    /// The frameworks of which somebody has said that no goal fits.
    pub fits_none: BTreeSet<Iri>,
    /// The goals that it is suggested to serve, and nobody has accepted or rejected.
    pub suggested: BTreeSet<Iri>,
    /// What came of it, the earlier first.
    pub outcomes: Vec<Outcome>,
    /// The activities of other editions that it continues.
    pub continues: Vec<Iri>,
    /// The activities of other editions that it was split or merged from.
    pub derived_from: Vec<Iri>,
}

/// That something serves a goal, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The goal.
    pub goal: Iri,
    /// Where it is said.
    pub layer: Layer,
    /// The statement.
    pub alignment: Option<Iri>,
    /// Who makes it.
    pub author: Option<Iri>,
    /// How it was made.
    pub method: Option<Method>,
    /// How sure who made it was.
    pub confidence: Option<Confidence>,
    /// The words of the document that it rests on.
    pub words: Vec<Text>,
}

/// A period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First day, where one is known.
    pub start: Option<Date>,
    /// Last day; none for an open end.
    pub end: Option<Date>,
    /// How precisely the document gives it.
    pub precision: Option<Precision>,
}

impl Span {
    /// Whether some day of a year is in it. An open end goes on.
    pub fn covers(&self, year: u16) -> bool {
        let (Some(first), Some(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
            return false;
        };
        let begins = self.start.is_none_or(|start| start <= last);
        let ends = self.end.is_none_or(|end| end >= first);
        (self.start.is_some() || self.end.is_some()) && begins && ends
    }
}

/// How far an activity has come, as the newest follow-up with a status says, else the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The plan gives no activity a status, and no follow-up does.
    NoStatuses,
    /// Others of the plan's activities have a status, this one has none.
    NotReported,
    /// It has one.
    Known {
        /// The status in the common scheme.
        status: Status,
        /// The document's own word.
        word: Option<Text>,
        /// Where the status is said.
        layer: Layer,
        /// The follow-up that says so, where one does.
        follow_up: Option<Iri>,
    },
}

impl Progress {
    /// The status, where there is one.
    pub fn status(&self) -> Option<Status> {
        match self {
            Self::Known { status, .. } => Some(*status),
            Self::NoStatuses | Self::NotReported => None,
        }
    }
}

/// What a follow-up says of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The follow-up.
    pub iri: Iri,
    /// What it says.
    pub texts: Vec<Text>,
    /// The status it gives.
    pub status: Option<Status>,
    /// Its own word for that.
    pub word: Option<Text>,
    /// The day of the report.
    pub date: Option<Date>,
}

impl PlanFacts {
    /// The facts of the plan with that IRI.
    pub fn of(iri: &Iri, plan: &Plan) -> Self {
        let claims = Claims::of(plan);
        let mut follow_ups = follow_ups(plan);
        let ordered = in_order(plan);
        let places: BTreeMap<&Iri, usize> = ordered
            .iter()
            .enumerate()
            .map(|(place, (iri, _))| (*iri, place))
            .collect();
        let mut activities: Vec<_> = ordered
            .iter()
            .map(|(iri, activity)| {
                let reports = follow_ups.remove(iri).unwrap_or_default();
                let above = activity.sub_activity_of.iter().next();
                ActivityFacts {
                    above: above.and_then(|above| places.get(above).copied()),
                    ..activity_facts(iri, activity, &reports, &claims)
                }
            })
            .collect();
        let has_statuses = activities
            .iter()
            .any(|activity| activity.progress.status().is_some());
        for activity in &mut activities {
            if has_statuses && activity.progress == Progress::NoStatuses {
                activity.progress = Progress::NotReported;
            }
        }
        Self {
            iri: iri.clone(),
            titles: texts(&plan.title),
            owners: iris(&plan.creator),
            places: iris(&plan.spatial),
            span: span(&plan.temporal),
            replaces: iris(&plan.replaces),
            has_outcomes: activities.iter().any(|one| !one.outcomes.is_empty()),
            activities,
            links: claims.links(iri, &plan.contributes_to),
            areas: plan
                .areas
                .iter()
                .map(|(iri, area)| (iri.clone(), claims.links(iri, &area.contributes_to)))
                .collect(),
            has_statuses,
        }
    }

    /// The activities that are no bullets, with their places.
    pub fn whole(&self) -> impl Iterator<Item = (usize, &ActivityFacts)> {
        let all = self.activities.iter().enumerate();
        all.filter(|(_, activity)| activity.above.is_none())
    }

    /// The place of the activity that one is, or is a bullet of.
    pub fn root(&self, mut place: usize) -> usize {
        // The shapes forbid circles; a walk must end all the same.
        for _ in 0..self.activities.len() {
            match self.activities.get(place).and_then(|one| one.above) {
                Some(above) => place = above,
                None => break,
            }
        }
        place
    }

    /// The places of an activity and of the bullets under it.
    pub fn parts(&self, root: usize) -> impl Iterator<Item = (usize, &ActivityFacts)> {
        let all = self.activities.iter().enumerate();
        all.filter(move |(place, _)| self.root(*place) == root)
    }
}

fn activity_facts(
    iri: &Iri,
    activity: &Activity,
    reports: &[(&Iri, &FollowUp)],
    claims: &Claims<'_>,
) -> ActivityFacts {
    ActivityFacts {
        iri: iri.clone(),
        titles: texts(&activity.title),
        descriptions: texts(&activity.description),
        area: activity.focus_area.first().cloned(),
        above: None,
        span: span(&activity.temporal),
        progress: progress(activity, reports),
        responsible: iris(&activity.responsible),
        links: claims.links(iri, &activity.contributes_to),
        fits_none: claims.fits_none(iri),
        suggested: claims.suggested(iri),
        outcomes: reports
            .iter()
            .map(|(iri, report)| outcome(iri, report))
            .collect(),
        continues: iris(&activity.revision_of),
        derived_from: iris(&activity.derived_from),
    }
}

fn outcome(iri: &Iri, report: &FollowUp) -> Outcome {
    Outcome {
        iri: iri.clone(),
        texts: texts(&report.description),
        status: report.status.first().copied(),
        word: report.status_text.first().cloned(),
        date: report.date.first().copied(),
    }
}

/// The status of the newest follow-up that has one, else the activity's own.
fn progress(activity: &Activity, reports: &[(&Iri, &FollowUp)]) -> Progress {
    let reported = reports.iter().rev().find_map(|(iri, report)| {
        let status = report.status.public().next()?;
        Some((status, &report.status_text, Some((*iri).clone())))
    });
    let own = activity
        .status
        .public()
        .next()
        .map(|status| (status, &activity.status_text, None));
    match reported.or(own) {
        Some((status, words, follow_up)) => Progress::Known {
            status: status.value,
            word: words.first().cloned(),
            layer: status.layer,
            follow_up,
        },
        None => Progress::NoStatuses,
    }
}

/// The follow-ups of each activity, the earlier first, those without a day before all others.
fn follow_ups(plan: &Plan) -> BTreeMap<&Iri, Vec<(&Iri, &FollowUp)>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (iri, report) in &plan.follow_ups {
        if is_public(&report.declared) {
            for activity in report.follow_up_of.iter() {
                let of: &mut Vec<_> = found.entry(activity).or_default();
                of.push((iri, report));
            }
        }
    }
    for of in found.values_mut() {
        of.sort_by_key(|(iri, report)| (report.date.first().copied(), (*iri).clone()));
    }
    found
}

/// A place in the document: among its siblings, then by address.
type Place<'a> = (u32, Option<&'a Iri>);

/// The public activities, in the order of the document, each followed by its bullets.
fn in_order(plan: &Plan) -> Vec<(&Iri, &Activity)> {
    let place = |position: &Values<u32>| position.first().copied().unwrap_or(u32::MAX);
    let of_area = |activity: &Activity| -> (u32, Option<Iri>) {
        let area = activity.focus_area.first();
        let node = area.and_then(|area| plan.areas.get(area));
        (
            node.map_or(u32::MAX, |area| place(&area.position)),
            area.cloned(),
        )
    };
    let mut keyed: Vec<_> = plan
        .activities
        .iter()
        .filter(|(_, activity)| is_public(&activity.declared))
        .map(|(iri, activity)| {
            let mut path: Vec<Place<'_>> = vec![(place(&activity.position), Some(iri))];
            let mut root = activity;
            while let Some(above) = root.sub_activity_of.first()
                && let Some((above, node)) = plan.activities.get_key_value(above)
                && path.iter().all(|(_, known)| *known != Some(above))
            {
                path.push((place(&node.position), Some(above)));
                root = node;
            }
            path.reverse();
            ((of_area(root), path), (iri, activity))
        })
        .collect();
    keyed.sort_by(|(one, _), (other, _)| one.cmp(other));
    keyed.into_iter().map(|(_, node)| node).collect()
}

/// What is said of which goals the parts of a plan serve.
struct Claims<'a>(BTreeMap<&'a Iri, Vec<(&'a Iri, &'a Alignment)>>);

impl<'a> Claims<'a> {
    fn of(plan: &'a Plan) -> Self {
        let mut claims: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (iri, alignment) in &plan.alignments {
            for of in alignment.aligned.layered() {
                claims.entry(&of.value).or_default().push((iri, alignment));
            }
        }
        Self(claims)
    }

    fn about(&self, iri: &Iri) -> impl Iterator<Item = (&'a Iri, &'a Alignment)> {
        self.0.get(iri).into_iter().flatten().copied()
    }

    /// The goals that something serves, each with the statement behind it.
    fn links(&self, iri: &Iri, goals: &Values<Iri>) -> Vec<Link> {
        let link = |goal: &crate::model::Layered<Iri>| {
            let behind = self.about(iri).find(|(_, alignment)| {
                alignment.aligned_with.iter().any(|own| *own == goal.value)
                    && state(alignment) == Some(ReviewState::Accepted)
            });
            let (name, alignment) = behind.unzip();
            Link {
                goal: goal.value.clone(),
                layer: goal.layer,
                alignment: name.cloned(),
                author: alignment.and_then(|one| one.attributed_to.first().cloned()),
                method: alignment.and_then(|one| one.method.first().copied()),
                confidence: alignment.and_then(|one| one.confidence.first().cloned()),
                words: alignment.map(quoted).unwrap_or_default(),
            }
        };
        goals.public().map(link).collect()
    }

    fn fits_none(&self, iri: &Iri) -> BTreeSet<Iri> {
        let accepted = self
            .about(iri)
            .filter(|(_, alignment)| state(alignment) == Some(ReviewState::Accepted));
        accepted
            .flat_map(|(_, alignment)| alignment.fits_no_goal_of.iter().cloned())
            .collect()
    }

    fn suggested(&self, iri: &Iri) -> BTreeSet<Iri> {
        let open = self.about(iri).filter(|(_, alignment)| {
            let mut states = alignment.review_state.layered();
            states.any(|state| state.value == ReviewState::Suggested)
        });
        let goals = open.flat_map(|(_, alignment)| alignment.aligned_with.layered());
        goals.map(|goal| goal.value.clone()).collect()
    }
}

/// The words that an alignment rests on.
fn quoted(alignment: &Alignment) -> Vec<Text> {
    let targets = alignment.target.values();
    let quotes = targets.flat_map(|target| target.node.selector.values());
    quotes
        .flat_map(|quote| quote.node.exact.iter().cloned())
        .collect()
}

/// The public review state of an alignment.
fn state(alignment: &Alignment) -> Option<ReviewState> {
    alignment.review_state.first().copied()
}

fn is_public(layers: &Layers) -> bool {
    layers.iter().any(|layer| layer.is_public())
}

/// The first period that a public layer links to.
fn span(periods: &BTreeMap<Iri, Linked<Period>>) -> Option<Span> {
    let mut public = periods.values().filter(|period| is_public(&period.link));
    public.next().map(|period| Span {
        start: period.node.start.first().copied(),
        end: period.node.end.first().copied(),
        precision: period.node.precision.first().copied(),
    })
}

fn texts(values: &Values<Text>) -> Vec<Text> {
    values.iter().cloned().collect()
}

fn iris(values: &Values<Iri>) -> Vec<Iri> {
    values.iter().cloned().collect()
}
