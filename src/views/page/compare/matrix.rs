//! The matrix of goals and plans, and the gaps in it.

use maud::{Markup, html};

use super::numbers::{leading, number};
use super::{View, anchor, goal_name, goal_path, plan_link};
use crate::compare::query::Number;
use crate::compare::{Answer, Cell, Compared, Row};
use crate::model::PlanId;

pub(super) fn section(view: View<'_>) -> Markup {
    let facts = view.facts;
    html! {
        section.wide-text aria-labelledby="matrix" {
            h2 #matrix { (facts.pick("Mål och planer", "Goals and plans")) }
            p.words { (facts.pick(
                "Talet är hur många av planens aktiviteter som bidrar till målet, eller till ett mål under det. ”0” betyder att alla aktiviteter är granskade och ingen bidrar; är de inte granskade står det så.",
                "The number is how many of the plan's activities serve the goal, or a goal under it. “0” means that all activities have been reviewed and none does; where they have not been, it says so.")) }
            section.scroll tabindex="0" aria-label=(facts.pick("Tabell: mål och planer", "Table: goals and plans")) {
                table.matrix {
                    thead {
                        tr {
                            th scope="col" { (facts.pick("Mål", "Goal")) }
                            @for (id, plan, _) in &view.made.plans { th scope="col" { (plan_link(view, id, plan)) } }
                            th scope="col" { (facts.pick("Planer som bidrar", "Plans that serve it")) }
                        }
                    }
                    tbody { @for row in &view.comparison.rows { (line(view, row)) } }
                    tfoot { (sums(view)) }
                }
            }
            (key(view))
        }
    }
}

fn line(view: View<'_>, row: &Row<'_>) -> Markup {
    let facts = view.facts;
    let name = goal_name(view, row.goal);
    html! {
        tr {
            th scope="row" class={ "depth-" (row.goal.depth.min(3)) } {
                @if row.served_by() > 0 {
                    a href={ "#" (row.goal.key) } lang=[name.lang(facts.language)] { (name.text) }
                } @else {
                    a href=(facts.site.page(&goal_path(view, row.goal))) lang=[name.lang(facts.language)] { (name.text) }
                }
            }
            @for (column, (id, ..)) in view.made.plans.iter().enumerate() { td { (cell(view, row, column, id)) } }
            td {
                @if view.comparison.plans.iter().all(|plan| plan.considered.is_empty()) {
                    span.quiet { (facts.pick("inget i urvalet", "nothing selected")) }
                } @else { (number(view, row.served_by(), Number::Plans(&row.goal.iri))) }
            }
        }
    }
}

fn cell(view: View<'_>, row: &Row<'_>, column: usize, id: &PlanId) -> Markup {
    let facts = view.facts;
    let (Some(cell), Some(plan)) = (row.cells.get(column), view.comparison.plans.get(column))
    else {
        return html! {};
    };
    let what = Number::Serving(&plan.facts.iri, &row.goal.iri);
    let many = cell.activities.len();
    html! {
        @match view.comparison.answer(row, column) {
            Answer::Served => {
                @if many > 0 { (leading(view, many, &anchor(row.goal, id), what)) }
                (as_a_whole(view, cell, &anchor(row.goal, id)))
            },
            Answer::NotServed => (number(view, 0, what)),
            Answer::PartlyReviewed => {
                span.quiet { (facts.pick("ingen av de granskade", "none of those reviewed")) }
            },
            Answer::NotReviewed => span.quiet { (facts.pick("ej granskad", "not reviewed")) },
            Answer::Nothing => span.quiet { (facts.pick("inget i urvalet", "nothing selected")) },
        }
        @if cell.suggested > 0 {
            @let suggested = Number::Suggested(&plan.facts.iri, &row.goal.iri);
            br; span.chip.suggested { (facts.pick("föreslagna ", "suggested ")) (number(view, cell.suggested, suggested)) }
        }
    }
}

/// What serves a goal as a whole.
fn as_a_whole(view: View<'_>, cell: &Cell, to: &str) -> Markup {
    let facts = view.facts;
    html! {
        @let joint = html! { @if !cell.activities.is_empty() { br; } };
        @if cell.plan { (joint) a.whole href={ "#" (to) } { (facts.pick("planen som helhet", "the plan as a whole")) } " " }
        @if !cell.areas.is_empty() { (joint) a.whole href={ "#" (to) } { (facts.pick("ett helt område", "a whole area")) } }
    }
}

/// What holds of each plan over all goals.
fn sums(view: View<'_>) -> Markup {
    type Sum = fn(&Compared) -> (usize, Number<'_>);
    let rows: [(&str, &str, Sum); 4] = [
        ("Bidrar till något mål", "Serve some goal", |plan| {
            (plan.serving.len(), Number::ServingAny(&plan.facts.iri))
        }),
        ("Inget mål passar", "No goal fits", |plan| {
            (plan.fits_none, Number::FitsNone(&plan.facts.iri))
        }),
        (
            "Ej granskade mot ramverket",
            "Not reviewed against the framework",
            |plan| {
                let left = plan.considered.len() - plan.reviewed;
                (left, Number::NotReviewed(&plan.facts.iri))
            },
        ),
        ("Aktiviteter i urvalet", "Activities selected", |plan| {
            (plan.considered.len(), Number::Considered(&plan.facts.iri))
        }),
    ];
    html! {
        @for (sv, en, of) in rows {
            tr {
                th scope="row" { (view.facts.pick(sv, en)) }
                @for plan in &view.comparison.plans {
                    @let (many, what) = of(plan);
                    td { (number(view, many, what)) }
                }
                td {}
            }
        }
    }
}

/// What stands beside the table to read it by.
fn key(view: View<'_>) -> Markup {
    let facts = view.facts;
    let unverified = view
        .comparison
        .framework
        .goals
        .iter()
        .any(|goal| !goal.remarks.is_empty());
    html! {
        p.quiet.words {
            (facts.pick("Frågetecknet vid ett tal leder till SPARQL-frågan som ger det. ", "The question mark beside a number leads to the SPARQL query that gives it. "))
            @if unverified {
                (facts.pick("Några av målen är kända till namnet men inte till ordalydelsen; målets egen sida säger vilka.", "Some of the goals are known by name but not by wording; the goal's own page says which."))
            }
        }
    }
}

/// The goals that nobody serves, and those that one plan alone serves.
pub(super) fn gaps(view: View<'_>) -> Markup {
    let facts = view.facts;
    let nobody: Vec<_> = view.comparison.gaps().collect();
    let lone: Vec<_> = view.comparison.lone().collect();
    let of = |row: &Row<'_>| {
        let column = row.cells.iter().position(Cell::is_served);
        let plan = column.and_then(|column| view.made.plans.get(column));
        plan.map(|(id, plan, _)| plan_link(view, id, plan))
    };
    let goal = |row: &Row<'_>| {
        let name = goal_name(view, row.goal);
        let path = goal_path(view, row.goal);
        html! { a href=(facts.site.page(&path)) lang=[name.lang(facts.language)] { (name.text) } }
    };
    html! {
        section.wide-text aria-labelledby="gaps" {
            h2 #gaps { (facts.pick("Luckor", "Gaps")) }
            @if !view.comparison.request.takes_every_activity() {
                p.words { (facts.pick(
                    "Bara aktiviteterna i urvalet räknas; andra kan bidra till målen.",
                    "Only the activities selected count; others may serve the goals.")) }
            }
            @if view.made.pages() > 1 {
                p.words { (facts.pick(
                    "Bara planerna på den här sidan räknas; ramverkets egen sida räknar alla.",
                    "Only the plans on this page count; the framework's own page counts all.")) }
            }
            @if !view.comparison.is_reviewed() {
                p.words { (facts.pick(
                    "Alla aktiviteter är inte granskade mot ramverket, så att ingen bidrar till ett mål betyder bara att ingen koppling är känd.",
                    "Not all activities have been reviewed against the framework, so that nobody serves a goal only means that no link is known.")) }
            }
            div.columns {
                div {
                    h3 { (facts.pick("Mål som ingen av planerna bidrar till", "Goals that none of the plans serves")) }
                    @if nobody.is_empty() { p { (facts.pick("Alla mål har minst en plan.", "Every goal has at least one plan.")) } }
                    @else { ul { @for row in &nobody { li { (goal(row)) } } } }
                }
                div {
                    h3 { (facts.pick("Mål som bara en plan bidrar till", "Goals that a single plan serves")) }
                    @if lone.is_empty() { p { (facts.pick("Inget.", "None.")) } }
                    @else { ul { @for row in &lone { li { (goal(row)) @if let Some(plan) = of(row) { ": " (plan) } } } } }
                }
            }
        }
    }
}
