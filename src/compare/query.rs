//! The SPARQL query that gives a number shown, so that anybody can check it and go on from it.
//!
//! A query says the same as the code beside it, over the default graph of the endpoint; a test
//! runs the query of every number on a page and compares.

use std::fmt::Write;

use super::request::{Request, Wanted};
use crate::model::{Iri, Sector};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number<'a> {
    /// The activities of a plan that are asked for.
    Considered(&'a Iri),
    /// Those of them that serve a goal, or a goal under it.
    Serving(&'a Iri, &'a Iri),
    /// Those of them that serve some goal of the framework.
    ServingAny(&'a Iri),
    /// Those of them of which it is said that no goal of the framework fits.
    FitsNone(&'a Iri),
    /// Those of which nothing is said: they serve no goal of the framework, and nobody has said that
    /// none fits.
    NotReviewed(&'a Iri),
    /// Those that are only suggested to serve a goal, or a goal under it.
    Suggested(&'a Iri, &'a Iri),
    /// Those that serve a goal and have a status, or none.
    ServingWithStatus(&'a Iri, &'a Iri, Wanted),
    /// Those that serve some goal and have a status, or none.
    WithStatus(&'a Iri, Wanted),
    /// Those that serve some goal and of which something is reported.
    WithOutcome(&'a Iri),
    /// Those that serve some goal and for which somebody of a kind is responsible.
    BySector(&'a Iri, Sector),
    /// Those that serve some goal and for which nobody is named.
    ByNobody(&'a Iri),
    /// Those that serve some goal and for which an agent is responsible.
    ByAgent(&'a Iri, &'a Iri),
    /// The plans that serve a goal, or a goal under it, by anything in them.
    Plans(&'a Iri),
    /// Every plan that does, whichever are compared.
    AllPlans(&'a Iri),
    /// Every plan with anything that serves a goal of the framework, or of which it is said that
    /// none fits.
    ReviewedPlans,
    /// Every activity that serves a goal, or a goal under it, in whichever plan.
    AllServing(&'a Iri),
    /// Those of them with a status, or without.
    AllWithStatus(&'a Iri, Wanted),
}

const PREFIXES: &str = "PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX plan: <https://w3id.org/samplan/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX status: <https://w3id.org/samplan/status/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
";

/// The query that counts something in a comparison over a framework; its only answer is `?n`.
pub fn count(framework: &Iri, plans: &[&Iri], request: &Request, number: Number<'_>) -> String {
    let mut body = Body(String::new());
    let counted = if body.plans_that(framework, plans, request, number) {
        "?plan"
    } else {
        body.activities_that(framework, number);
        body.asked_for(request);
        "?activity"
    };
    used_prefixes(&format!(
        "SELECT (COUNT(DISTINCT {counted}) AS ?n) WHERE {{\n{}}}\n",
        body.0
    ))
}

/// A query after the prefixes it uses.
fn used_prefixes(query: &str) -> String {
    let mut text = String::new();
    for line in PREFIXES.lines() {
        let prefix = line.split_whitespace().nth(1).unwrap_or_default();
        if query.contains(prefix) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text + query
}

/// The pattern of a query, in the making.
struct Body(String);

impl Body {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.0, "  {line}");
    }

    /// The plans that a number counts, where it counts plans.
    fn plans_that(
        &mut self,
        framework: &Iri,
        plans: &[&Iri],
        request: &Request,
        number: Number<'_>,
    ) -> bool {
        match number {
            Number::Plans(goal) => self.plans(plans, goal, request),
            Number::AllPlans(goal) => {
                self.line(&format!(
                    "?part plan:contributesTo/skos:broader* <{goal}> ; plan:inPlan? ?plan ."
                ));
                self.line("?plan a plan:Plan .");
            }
            Number::ReviewedPlans => {
                self.line(&format!(
                    "{{ ?part plan:contributesTo/skos:inScheme <{framework}> ; plan:inPlan? ?plan . }} UNION {{ ?judged plan:fitsNoGoalOf <{framework}> ; plan:reviewState plan:accepted ; plan:inPlan ?plan . }}"
                ));
                self.line("?plan a plan:Plan .");
            }
            _ => return false,
        }
        true
    }

    /// The activities that a number counts, where it counts activities.
    fn activities_that(&mut self, framework: &Iri, number: Number<'_>) {
        self.whose(number);
        match number {
            Number::Serving(_, goal)
            | Number::AllServing(goal)
            | Number::ServingWithStatus(_, goal, _)
            | Number::AllWithStatus(goal, _) => self.serves(&format!("<{goal}>")),
            Number::FitsNone(_) => {
                self.line(&format!(
                    "?judged plan:aligned ?activity ; plan:fitsNoGoalOf <{framework}> ; plan:reviewState plan:accepted ."
                ));
                self.serves_none(framework);
            }
            Number::NotReviewed(_) => {
                self.line(&format!(
                    "FILTER NOT EXISTS {{ ?judged plan:aligned ?activity ; plan:fitsNoGoalOf <{framework}> ; plan:reviewState plan:accepted }}"
                ));
                self.serves_none(framework);
            }
            Number::Suggested(plan, goal) => {
                self.line(&format!(
                    "GRAPH <{plan}/suggested> {{ ?one plan:aligned ?part ; plan:alignedWith ?own ; plan:reviewState plan:suggested }}"
                ));
                self.line("?part plan:subActivityOf* ?activity .");
                self.line(&format!("?own skos:broader* <{goal}> ."));
                self.line(&format!(
                    "FILTER NOT EXISTS {{ ?serving plan:subActivityOf* ?activity ; plan:contributesTo/skos:broader* <{goal}> }}"
                ));
            }
            Number::Considered(_) => {}
            _ => self.serves_any(framework),
        }
        match number {
            Number::ServingWithStatus(.., wanted)
            | Number::WithStatus(_, wanted)
            | Number::AllWithStatus(_, wanted) => self.status(&[wanted]),
            Number::WithOutcome(_) => self.line("?outcome plan:followUpOf ?activity ."),
            Number::BySector(_, sector) => self.sector(sector),
            Number::ByNobody(_) => {
                self.line("FILTER NOT EXISTS { ?activity plan:responsible ?anybody }");
            }
            Number::ByAgent(_, agent) => {
                self.line(&format!("?activity plan:responsible <{agent}> ."));
            }
            _ => {}
        }
    }

    /// The activities of the plan that a number is of, or of every plan.
    fn whose(&mut self, number: Number<'_>) {
        match number {
            Number::Considered(plan)
            | Number::Serving(plan, _)
            | Number::ServingAny(plan)
            | Number::FitsNone(plan)
            | Number::NotReviewed(plan)
            | Number::Suggested(plan, _)
            | Number::ServingWithStatus(plan, ..)
            | Number::WithStatus(plan, _)
            | Number::WithOutcome(plan)
            | Number::BySector(plan, _)
            | Number::ByNobody(plan)
            | Number::ByAgent(plan, _) => self.activities(plan),
            Number::Plans(_)
            | Number::AllPlans(_)
            | Number::ReviewedPlans
            | Number::AllServing(_)
            | Number::AllWithStatus(..) => self.all_activities(),
        }
    }

    /// The activities of a plan that are no bullets.
    fn activities(&mut self, plan: &Iri) {
        self.line(&format!(
            "?activity a plan:Activity ; plan:inPlan <{plan}> ."
        ));
        self.line("FILTER NOT EXISTS { ?activity plan:subActivityOf ?above }");
    }

    /// The activities of every plan that are no bullets.
    fn all_activities(&mut self) {
        self.line("?activity a plan:Activity .");
        self.line("FILTER NOT EXISTS { ?activity plan:subActivityOf ?above }");
    }

    /// By themselves or by a bullet.
    fn serves(&mut self, goal: &str) {
        self.line("?part plan:subActivityOf* ?activity .");
        self.line(&format!("?part plan:contributesTo/skos:broader* {goal} ."));
    }

    fn serves_any(&mut self, framework: &Iri) {
        self.line("?part plan:subActivityOf* ?activity .");
        self.line(&format!(
            "?part plan:contributesTo/skos:inScheme <{framework}> ."
        ));
    }

    fn serves_none(&mut self, framework: &Iri) {
        self.line(&format!(
            "FILTER NOT EXISTS {{ ?part plan:subActivityOf* ?activity ; plan:contributesTo/skos:inScheme <{framework}> }}"
        ));
    }

    /// The newest status that a follow-up reports, else that of the plan, is among some.
    fn status(&mut self, wanted: &[Wanted]) {
        for line in [
            "OPTIONAL {",
            "  ?report plan:followUpOf ?activity ; adms:status ?reported .",
            "  OPTIONAL { ?report dcterms:date ?reportDay }",
            "  FILTER NOT EXISTS {",
            "    ?newer plan:followUpOf ?activity ; adms:status ?other .",
            "    OPTIONAL { ?newer dcterms:date ?newerDay }",
            "    FILTER(CONCAT(COALESCE(STR(?newerDay), \"0000\"), STR(?newer)) > CONCAT(COALESCE(STR(?reportDay), \"0000\"), STR(?report)))",
            "  }",
            "}",
            "OPTIONAL { ?activity adms:status ?own }",
            "BIND(COALESCE(?reported, ?own) AS ?status)",
        ] {
            self.line(line);
        }
        self.has_status(wanted);
    }

    /// The status, which is bound where there is one, is among some.
    fn has_status(&mut self, wanted: &[Wanted]) {
        let tests: Vec<_> = wanted
            .iter()
            .map(|one| match one {
                Wanted::Status(status) => format!("?status = status:{}", status.key()),
                Wanted::Unknown => "!BOUND(?status)".to_owned(),
            })
            .collect();
        self.line(&format!("FILTER({})", tests.join(" || ")));
    }

    /// Somebody of a kind is responsible: by its own kind, by what it is a unit of, or by its
    /// members.
    fn sector(&mut self, sector: Sector) {
        self.line("?activity plan:responsible ?agent .");
        let kind = "?agent (org:unitOf|foaf:member)?/dcterms:type";
        let publisher_type = |code| format!("<{PUBLISHER_TYPE}{code}>");
        if let Some(code) = sector.code() {
            self.line(&format!("{kind} {} .", publisher_type(code)));
        } else {
            let codes = Sector::ALL.into_iter().filter_map(Sector::code);
            let others = codes.map(publisher_type).collect::<Vec<_>>().join(", ");
            self.line(&format!(
                "FILTER NOT EXISTS {{ {kind} ?kind . FILTER(?kind IN ({others})) }}"
            ));
        }
    }

    /// What the request leaves of the activities.
    fn asked_for(&mut self, request: &Request) {
        let wanted: Vec<_> = request.statuses.iter().copied().collect();
        if wanted.is_empty() {
            // Any will do.
        } else if self.0.contains("AS ?status") {
            // It is bound already, and must be among those asked for as well.
            self.has_status(&wanted);
        } else {
            self.status(&wanted);
        }
        if !request.responsible.is_empty() {
            let agents: Vec<_> = request
                .responsible
                .iter()
                .map(|agent| format!("<{agent}>"))
                .collect();
            self.line(&format!(
                "?activity plan:responsible ?asked . FILTER(?asked IN ({}))",
                agents.join(", ")
            ));
        }
        if let Some(year) = request.year {
            for line in [
                "OPTIONAL { ?activity dcterms:temporal ?own_ }".to_owned(),
                "OPTIONAL { ?activity plan:inPlan/dcterms:temporal ?plans_ }".to_owned(),
                "BIND(COALESCE(?own_, ?plans_) AS ?period)".to_owned(),
                "OPTIONAL { ?period dcat:startDate ?start }".to_owned(),
                "OPTIONAL { ?period dcat:endDate ?end }".to_owned(),
                "FILTER(BOUND(?start) || BOUND(?end))".to_owned(),
                format!(
                    "FILTER(COALESCE(?start, \"{year}-01-01\"^^xsd:date) <= \"{year}-12-31\"^^xsd:date)"
                ),
                format!(
                    "FILTER(COALESCE(?end, \"{year}-12-31\"^^xsd:date) >= \"{year}-01-01\"^^xsd:date)"
                ),
            ] {
                self.line(&line);
            }
        }
    }

    /// The plans that serve a goal by an activity that is asked for, an area, or as a whole.
    fn plans(&mut self, plans: &[&Iri], goal: &Iri, request: &Request) {
        let values: Vec<_> = plans.iter().map(|plan| format!("<{plan}>")).collect();
        self.line(&format!("VALUES ?plan {{ {} }}", values.join(" ")));
        let mut by_activity = Body(String::new());
        by_activity.line("?activity a plan:Activity ; plan:inPlan ?plan .");
        by_activity.line("FILTER NOT EXISTS { ?activity plan:subActivityOf ?above }");
        by_activity.serves(&format!("<{goal}>"));
        by_activity.asked_for(request);
        if !request.takes_every_activity() {
            self.0.push_str(&by_activity.0);
            return;
        }
        self.line(&format!("{{\n{}  }} UNION {{", by_activity.0));
        self.line(&format!(
            "?whole plan:contributesTo/skos:broader* <{goal}> ; plan:inPlan? ?plan ."
        ));
        self.line("FILTER NOT EXISTS { ?whole a plan:Activity }");
        self.line("}");
    }
}

/// The publisher types of ADMS.
const PUBLISHER_TYPE: &str = "http://purl.org/adms/publishertype/";
