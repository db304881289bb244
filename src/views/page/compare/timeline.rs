//! When: the periods of what serves the goals, drawn and told.

use maud::{Markup, html};

use super::{View, plan_link, short_name};
use crate::compare::{Compared, Span, reach};
use crate::model::Date;
use crate::views::page::{lists, words};

/// The width of the drawing, in units of its own.
const WIDTH: i64 = 1000;
/// How high the line of an activity is.
const LINE: i64 = 6;
/// Beyond so many activities in a plan their lines would be too thin to see.
const MOST_LINES: usize = 40;

pub(super) fn section(view: View<'_>) -> Markup {
    let facts = view.facts;
    let lanes: Vec<_> = view
        .comparison
        .plans
        .iter()
        .map(|plan| lane(view, plan))
        .collect();
    let days = lanes
        .iter()
        .flat_map(|lane| lane.spans.iter().chain(&lane.plan))
        .flat_map(|span| [span.start, span.end])
        .flatten();
    let years: Vec<i64> = days.map(year).collect();
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else {
        return html! {};
    };
    let axis = Axis {
        first: *first,
        years: last - first + 1,
    };
    html! {
        section.wide-text aria-labelledby="timeline" {
            h2 #timeline { (facts.pick("När", "When")) }
            p.words { (facts.pick(
                "Varje streck är perioden för en aktivitet som bidrar till något av målen; det ljusa bandet är planens egen period. Tabellen under sammanfattar; varje period står vid sin aktivitet ovan.",
                "Each line is the period of an activity that serves some of the goals; the pale band is the plan's own period. The table below sums it up; each period stands with its activity above.")) }
            (drawing(view, axis, &lanes))
            @if lanes.iter().any(|lane| lane.spans.len() > MOST_LINES) {
                p.quiet { (facts.pick("Där en plan har väldigt många aktiviteter är bara de som börjar först ritade.", "Where a plan has very many activities only those that start first are drawn.")) }
            }
            (table(view, &lanes))
        }
    }
}

/// The periods of a plan.
struct Lane {
    name: String,
    plan: Option<Span>,
    /// Those of what serves some goal, the earlier first.
    spans: Vec<Span>,
    /// How many activities have none.
    without: usize,
}

fn lane(view: View<'_>, plan: &Compared) -> Lane {
    let mut spans = Vec::new();
    let mut without = 0;
    for activity in reach::serving(plan) {
        match activity
            .span
            .filter(|span| span.start.is_some() || span.end.is_some())
        {
            Some(span) => spans.push(span),
            None => without += 1,
        }
    }
    spans.sort();
    Lane {
        name: short_name(view, &plan.facts).text,
        plan: plan.facts.span,
        spans,
        without,
    }
}

/// The years drawn.
#[derive(Clone, Copy)]
struct Axis {
    first: i64,
    years: i64,
}

impl Axis {
    /// Where a day stands, from the left.
    fn at(self, date: Date, is_end: bool) -> i64 {
        let text = date.to_string();
        let part = |range: std::ops::Range<usize>| {
            text.get(range)
                .and_then(|part| part.parse::<i64>().ok())
                .unwrap_or(1)
        };
        // A month is a twelfth and a day a thirtieth of it: near enough for a drawing.
        let days = (part(5..7) - 1) * 30 + part(8..10).min(30) - i64::from(!is_end);
        ((year(date) - self.first) * 360 + days) * WIDTH / (self.years * 360)
    }

    /// Where a period begins and how long it is; an open end goes to the edge.
    fn extent(self, span: Span) -> (i64, i64) {
        let start = span.start.map_or(0, |start| self.at(start, false));
        let end = span.end.map_or(WIDTH, |end| self.at(end, true));
        (start, (end - start).max(4))
    }
}

fn year(date: Date) -> i64 {
    date.to_string()
        .get(..4)
        .and_then(|year| year.parse().ok())
        .unwrap_or(0)
}

fn drawing(view: View<'_>, axis: Axis, lanes: &[Lane]) -> Markup {
    let facts = view.facts;
    let height = |lane: &Lane| {
        30 + i64::try_from(lane.spans.len().min(MOST_LINES)).unwrap_or(0) * (LINE + 2)
    };
    let total: i64 = lanes.iter().map(height).sum::<i64>() + 24;
    let mut top = 24;
    let mut drawn = Vec::new();
    for lane in lanes {
        drawn.push((top, height(lane), lane));
        top += height(lane);
    }
    let label = facts.pick(
        "Tidslinje: perioderna för aktiviteterna, plan för plan. Tabellen under sammanfattar.",
        "Timeline: the periods of the activities, plan by plan. The table below sums it up.",
    );
    html! {
        svg.timeline viewBox={ "0 0 " (WIDTH) " " (total) } role="img" aria-label=(label) {
            @for year in 0..axis.years {
                @let x = year * WIDTH / axis.years;
                line class="tick" x1=(x) y1="18" x2=(x) y2=(total) {}
                text class="year" x=(x + 4) y="14" { (axis.first + year) }
            }
            @for (top, height, lane) in &drawn {
                @if let Some(span) = lane.plan {
                    @let (x, width) = axis.extent(span);
                    rect class="band" x=(x) y=(top + 20) width=(width) height=(height - 24) rx="3" {}
                }
                text class="lane" x="4" y=(top + 14) { (lane.name) }
                @for (index, span) in lane.spans.iter().take(MOST_LINES).enumerate() {
                    @let (x, width) = axis.extent(*span);
                    rect class="span" x=(x) y=(top + 22 + i64::try_from(index).unwrap_or(0) * (LINE + 2)) width=(width) height=(LINE) rx="2" {}
                }
            }
        }
    }
}

/// The same in words.
fn table(view: View<'_>, lanes: &[Lane]) -> Markup {
    let facts = view.facts;
    let heads = facts.language.pick(
        [
            "Plan",
            "Planens period",
            "Första början",
            "Sista slut",
            "Utan period",
        ],
        [
            "Plan",
            "Period of the plan",
            "First start",
            "Last end",
            "Without a period",
        ],
    );
    let day = |date: Option<Date>| {
        html! {
            @if let Some(date) = date { (words::day(&date.to_string(), facts.language)) }
            @else { span.quiet { (facts.pick("okänt", "unknown")) } }
        }
    };
    let mut rows = Vec::new();
    for ((id, plan, _), lane) in view.made.plans.iter().zip(lanes) {
        let period = lane
            .plan
            .map(|span| words::period(span.start, span.end, span.precision, facts.language));
        let open = lane.spans.iter().any(|span| span.end.is_none());
        let last = lane.spans.iter().filter_map(|span| span.end).max();
        rows.push(vec![
            plan_link(view, id, plan),
            html! { (period.unwrap_or_else(|| facts.pick("okänd", "unknown").to_owned())) },
            day(lane.spans.iter().filter_map(|span| span.start).min()),
            html! { (day(last)) @if open { " " span.quiet { (facts.pick("(några utan slut)", "(some without an end)")) } } },
            html! {
                @if lane.without == 0 { (facts.pick("ingen", "none")) }
                @else if lane.spans.is_empty() { (facts.pick("alla", "all")) }
                @else { (facts.pick("några", "some")) }
            },
        ]);
    }
    lists::table(facts.pick("Perioder", "Periods"), &heads, &rows)
}
