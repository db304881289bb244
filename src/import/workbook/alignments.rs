//! The sheet of links to goals: what waits for a decision, what has been decided, and the decisions
//! that a person writes beside them.

use std::collections::BTreeMap;

use super::Row;
use super::columns::{Column, Part};
use super::origin::Origin;
use super::patch::Patch;
use super::remarks::{self, Why};
use super::show::{organisations, swedish};
use crate::align::{self, Decision, Undecided};
use crate::model::{Alignment, Iri, Plan, ReviewState, Values};

/// What may stand in the column of decisions, in both languages.
const DECISIONS: [(Decision, &str, &str); 3] = [
    (Decision::Accept, "godtagen", "accepted"),
    (Decision::Reject, "avvisad", "rejected"),
    (Decision::NoneFits, "inget mål passar", "none fits"),
];

/// The decisions that the column offers.
pub(super) fn decisions() -> Vec<&'static str> {
    DECISIONS.iter().map(|(_, sv, _)| *sv).collect()
}

/// The cells of each link to a goal: what waits first, the likeliest before the others.
pub(super) fn rows(
    plan: &Plan,
    iri: &str,
    names: &dyn Fn(&Iri) -> Option<String>,
) -> Vec<BTreeMap<Column, String>> {
    let mut all: Vec<(&Iri, &Alignment)> = plan.alignments.iter().collect();
    all.sort_by(|(_, a), (_, b)| {
        let waits = |one: &Alignment| any(&one.review_state) == Some(&ReviewState::Suggested);
        let sure = |one: &Alignment| any(&one.confidence).map(|sure| sure.as_str().to_owned());
        match (waits(a), waits(b)) {
            (true, true) => sure(b).cmp(&sure(a)),
            // Of what is decided the order of the addresses is as good as any.
            (a, b) => b.cmp(&a),
        }
    });
    let rows = all.into_iter();
    rows.map(|(address, one)| row(plan, iri, address, one, names))
        .collect()
}

fn row(
    plan: &Plan,
    iri: &str,
    address: &Iri,
    one: &Alignment,
    names: &dyn Fn(&Iri) -> Option<String>,
) -> BTreeMap<Column, String> {
    let called = |iri: &Iri| names(iri).unwrap_or_else(|| iri.last().to_owned());
    let goal = any(&one.aligned_with);
    let framework = goal.and_then(align::framework_of);
    let framework = framework.or_else(|| any(&one.fits_no_goal_of).cloned());
    let words = align::words_of(one);
    let words: Vec<&str> = words.iter().map(|words| words.exact.as_str()).collect();
    let who = any(&one.attributed_to).map(|who| {
        let short = who.as_str().strip_prefix(&organisations(iri));
        short.unwrap_or(who.as_str()).to_owned()
    });
    let state = any(&one.review_state).map_or("", |state| state_name(*state));
    let aligned = any(&one.aligned);
    [
        (Column::Iri, address.to_string()),
        (
            Column::Activity,
            aligned.map(ToString::to_string).unwrap_or_default(),
        ),
        (
            Column::AlignedTitle,
            aligned.map(|part| title(plan, part)).unwrap_or_default(),
        ),
        (
            Column::Framework,
            framework.as_ref().map(called).unwrap_or_default(),
        ),
        (
            Column::Goal,
            goal.map_or_else(|| DECISIONS[2].1.to_owned(), called),
        ),
        (
            Column::Confidence,
            any(&one.confidence)
                .map_or("", |sure| sure.as_str())
                .to_owned(),
        ),
        (Column::Quotation, words.join("\n")),
        (Column::Who, who.unwrap_or_default()),
        (Column::State, state.to_owned()),
        (Column::Decision, String::new()),
    ]
    .into_iter()
    .map(|(column, cell)| (column, super::tidy(&cell)))
    .collect()
}

fn state_name(state: ReviewState) -> &'static str {
    match state {
        ReviewState::Suggested => "föreslagen",
        ReviewState::Accepted => DECISIONS[0].1,
        ReviewState::Rejected => DECISIONS[1].1,
    }
}

/// The first value of any layer, suggestions too.
fn any<T: Ord>(values: &Values<T>) -> Option<&T> {
    values.layered().next().map(|layered| &layered.value)
}

fn title(plan: &Plan, part: &Iri) -> String {
    let activity = plan.activities.get(part).map(|node| &node.title);
    let texts = activity.or_else(|| plan.areas.get(part).map(|node| &node.label));
    let text = swedish(texts.unwrap_or(&plan.title));
    text.map_or_else(String::new, |text| text.text.clone())
}

impl Patch<'_> {
    /// Does what a row says of a suggestion. What has been decided stays as it was.
    pub(super) fn decide(&mut self, now: &Row, given: &Row) {
        let waits = now.cell(Column::State) == state_name(ReviewState::Suggested);
        let cell = given.cell(Column::Decision);
        if waits {
            for (column, edited) in &given.cells {
                if *column != Column::Decision && edited != now.cell(*column) {
                    self.leave_decision(given, *column, &Why::fixed());
                }
            }
        }
        if cell.is_empty() {
            return;
        }
        let Some(decision) = decision(cell) else {
            self.leave_decision(given, Column::Decision, &Why::not_listed(&decisions()));
            return;
        };
        if !waits {
            // A workbook that is taken back twice says nothing new the second time.
            let said = DECISIONS.iter().find(|(own, _, _)| *own == decision);
            if said.is_none_or(|(_, sv, _)| *sv != now.cell(Column::State)) {
                self.leave_decision(given, Column::Decision, &Why::decided());
            }
            return;
        }
        if let Err(why) = self.decide_on(now, decision) {
            self.leave_decision(given, Column::Decision, &why);
        }
    }

    fn decide_on(&mut self, now: &Row, decision: Decision) -> Result<(), Why> {
        let Origin::Added(today) = self.origin else {
            return Ok(());
        };
        let who = self
            .plan
            .creator
            .first()
            .cloned()
            .ok_or_else(Why::no_owner)?;
        if let (Some(plan), Some(alignment)) =
            (Iri::parse(self.iri), Iri::parse(now.cell(Column::Iri)))
        {
            // That none fits may have answered another row of the same activity already.
            let done = align::decide(self.plan, &plan, &alignment, decision, (&who, *today));
            if done == Err(Undecided::HasGoal) {
                return Err(Why::has_goal());
            }
        }
        Ok(())
    }

    fn leave_decision(&mut self, row: &Row, column: Column, why: &Why) {
        let (read, node) = (row.cell(column), row.cell(Column::Iri));
        let remark = remarks::cell(Part::Alignments, row.number, column, read, node, why);
        self.remarks.push(remark);
    }
}

fn decision(cell: &str) -> Option<Decision> {
    let cell = cell.to_lowercase();
    let found = DECISIONS
        .iter()
        .find(|(_, sv, en)| cell == *sv || cell == *en);
    found.map(|(decision, _, _)| *decision)
}
