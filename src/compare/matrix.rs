//! Goals against plans: which activities of which plan serve which goal.
//!
//! What is counted are activities; one whose bullet serves a goal serves it, and a goal is
//! served by what serves a goal under it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::facts::{Link, PlanFacts};
use super::request::{Order, Request};
use crate::model::{Framework, Goal, Iri};

/// A plan as it takes part in a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What is compared of it.
    pub facts: Arc<PlanFacts>,
    /// The places of the activities that are asked for, bullets left out.
    pub considered: Vec<usize>,
    /// How many of these somebody has reviewed against the framework: they serve a goal of it, or
    /// none fits.
    pub reviewed: usize,
    /// Of how many of these it is said that no goal fits.
    pub fits_none: usize,
    /// The places of those of these that serve some goal.
    pub serving: Vec<usize>,
}

/// A goal, and what each plan does towards it.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The goal.
    pub goal: &'a Goal,
    /// What each plan does, in the order of the plans.
    pub cells: Vec<Cell>,
}

/// What one plan does towards one goal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The places of the activities that serve it.
    pub activities: Vec<usize>,
    /// The areas that serve it as a whole.
    pub areas: Vec<Iri>,
    /// Whether the plan as a whole serves it.
    pub plan: bool,
    /// How many activities are only suggested to serve it.
    pub suggested: usize,
}

impl Cell {
    /// Whether the plan serves the goal by anything.
    pub fn is_served(&self) -> bool {
        !self.activities.is_empty() || !self.areas.is_empty() || self.plan
    }
}

/// What is known of whether a plan serves a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It does.
    Served,
    /// Every activity has been reviewed, and none does.
    NotServed,
    /// None does of those reviewed; others have not been.
    PartlyReviewed,
    /// Nothing in it has been reviewed.
    NotReviewed,
    /// There is nothing that could: no activity is left of what is asked for.
    Nothing,
}

impl Answer {
    /// Its name in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::NotServed => "not-served",
            Self::PartlyReviewed => "partly-reviewed",
            Self::NotReviewed => "not-reviewed",
            Self::Nothing => "no-activities",
        }
    }
}

/// Plans beside the goals of a framework.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// What was asked.
    pub request: Request,
    /// The plans, in the order they were given.
    pub plans: Vec<Compared>,
    /// The goals, in the order asked for.
    pub rows: Vec<Row<'a>>,
}

impl<'a> Comparison<'a> {
    /// Compares plans.
    pub fn of(
        framework: &'a Framework,
        plans: impl IntoIterator<Item = Arc<PlanFacts>>,
        request: Request,
    ) -> Self {
        let tree = Tree::of(framework);
        let plans: Vec<_> = plans
            .into_iter()
            .map(|facts| compared(&tree, facts, &request))
            .collect();
        let whole = request.takes_every_activity();
        let columns: Vec<_> = plans.iter().map(|plan| cells(&tree, plan, whole)).collect();
        let mut rows: Vec<_> = framework
            .goals
            .iter()
            .enumerate()
            .map(|(place, goal)| Row {
                goal,
                cells: columns.iter().map(|cells| cells[place].clone()).collect(),
            })
            .collect();
        match request.order {
            Order::Framework => {}
            Order::Most => rows.sort_by_key(|row| std::cmp::Reverse(row.weight())),
            Order::Fewest => rows.sort_by_key(Row::weight),
        }
        Self {
            framework,
            request,
            plans,
            rows,
        }
    }

    /// What is known of a cell.
    pub fn answer(&self, row: &Row<'_>, column: usize) -> Answer {
        let (Some(cell), Some(plan)) = (row.cells.get(column), self.plans.get(column)) else {
            return Answer::Nothing;
        };
        match (plan.reviewed, plan.considered.len()) {
            _ if cell.is_served() => Answer::Served,
            (_, 0) => Answer::Nothing,
            (0, _) => Answer::NotReviewed,
            (reviewed, all) if reviewed < all => Answer::PartlyReviewed,
            _ => Answer::NotServed,
        }
    }

    /// Whether a goal is another or stands under it.
    pub fn is_under(&self, goal: &Iri, above: &Iri) -> bool {
        let goals = &self.framework.goals;
        let find = |iri: &Iri| goals.iter().find(|one| one.iri == *iri);
        let mut at = find(goal);
        // The shapes do not forbid circles; a walk must end all the same.
        for _ in 0..goals.len() {
            match at {
                Some(one) if one.iri == *above => return true,
                Some(one) => at = one.broader.as_ref().and_then(find),
                None => break,
            }
        }
        false
    }

    /// The goals that no plan serves.
    pub fn gaps(&self) -> impl Iterator<Item = &Row<'a>> {
        self.rows.iter().filter(|row| row.served_by() == 0)
    }

    /// The goals that a single plan serves.
    pub fn lone(&self) -> impl Iterator<Item = &Row<'a>> {
        self.rows.iter().filter(|row| row.served_by() == 1)
    }

    /// Whether every activity of every plan has been reviewed: only then is a gap a gap.
    pub fn is_reviewed(&self) -> bool {
        self.plans
            .iter()
            .all(|plan| !plan.considered.is_empty() && plan.reviewed == plan.considered.len())
    }
}

impl Row<'_> {
    /// How many plans serve the goal.
    pub fn served_by(&self) -> usize {
        self.cells.iter().filter(|cell| cell.is_served()).count()
    }

    /// How many activities serve it.
    pub fn activities(&self) -> usize {
        self.cells.iter().map(|cell| cell.activities.len()).sum()
    }

    /// What the order by most and fewest goes by.
    fn weight(&self) -> (usize, usize) {
        (self.served_by(), self.activities())
    }
}

/// Which goals are above which.
struct Tree<'a> {
    goals: &'a [Goal],
    /// The places of the goals above each, itself included.
    above: Vec<Vec<usize>>,
    framework: &'a Iri,
}

impl<'a> Tree<'a> {
    fn of(framework: &'a Framework) -> Self {
        let goals = framework.goals.as_slice();
        let mut above: Vec<Vec<usize>> = Vec::with_capacity(goals.len());
        for (place, goal) in goals.iter().enumerate() {
            let broader = goal.broader.as_ref();
            // A goal comes after the one it is under.
            let parent = goals[..place]
                .iter()
                .position(|one| Some(&one.iri) == broader);
            let mut own = vec![place];
            own.extend(parent.into_iter().flat_map(|parent| above[parent].clone()));
            above.push(own);
        }
        Self {
            goals,
            above,
            framework: &framework.iri,
        }
    }

    /// The places of the goals that a link serves: its own and those above it.
    fn served(&self, goal: &Iri) -> &[usize] {
        let place = self.goals.iter().position(|one| one.iri == *goal);
        place.map_or(&[], |place| self.above[place].as_slice())
    }

    fn serves(&self, links: &[Link]) -> bool {
        links.iter().any(|link| !self.served(&link.goal).is_empty())
    }
}

fn compared(tree: &Tree<'_>, facts: Arc<PlanFacts>, request: &Request) -> Compared {
    let considered: Vec<_> = facts
        .whole()
        .filter(|(_, activity)| request.takes(&facts, activity))
        .map(|(place, _)| place)
        .collect();
    let (mut serving, mut fits_none) = (Vec::new(), 0);
    for root in &considered {
        let mut parts = facts.parts(*root);
        let says_none = facts.activities[*root].fits_none.contains(tree.framework);
        if parts.any(|(_, part)| tree.serves(&part.links)) {
            serving.push(*root);
        } else if says_none {
            fits_none += 1;
        }
    }
    Compared {
        reviewed: serving.len() + fits_none,
        fits_none,
        serving,
        considered,
        facts,
    }
}

/// The cells of a plan, in the order of the framework; with what serves a goal as a whole, where
/// nothing is left out of it.
fn cells(tree: &Tree<'_>, plan: &Compared, whole: bool) -> Vec<Cell> {
    let facts = &plan.facts;
    let mut cells = vec![Cell::default(); tree.goals.len()];
    let mut suggested = vec![BTreeSet::new(); tree.goals.len()];
    for root in &plan.considered {
        for (_, part) in facts.parts(*root) {
            for place in part.links.iter().flat_map(|link| tree.served(&link.goal)) {
                let activities = &mut cells[*place].activities;
                if activities.last() != Some(root) {
                    activities.push(*root);
                }
            }
            for place in part.suggested.iter().flat_map(|goal| tree.served(goal)) {
                suggested[*place].insert(*root);
            }
        }
    }
    for (cell, suggested) in cells.iter_mut().zip(suggested) {
        let accepted = &cell.activities;
        cell.suggested = suggested
            .iter()
            .filter(|one| !accepted.contains(one))
            .count();
    }
    if !whole {
        return cells;
    }
    for place in facts.links.iter().flat_map(|link| tree.served(&link.goal)) {
        cells[*place].plan = true;
    }
    for (area, links) in &facts.areas {
        for place in links.iter().flat_map(|link| tree.served(&link.goal)) {
            let areas = &mut cells[*place].areas;
            if areas.last() != Some(area) {
                areas.push(area.clone());
            }
        }
    }
    cells
}
