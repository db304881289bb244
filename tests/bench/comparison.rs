//! The eight queries that engines are compared by.
//!
//! Each comes in several variants that ask the same of other things (another year, goal, word)
//! or, where there is nothing to exchange, name a column otherwise. No cache of answers
//! recognises one by another, while the work stays the same.

use samplan::rdf::Base;

use crate::nation::{GOALS, Nation, THEMES};

/// How many variants each query has.
pub(crate) const VARIANTS: usize = 5;

const PREFIXES: &str = "PREFIX adms: <http://www.w3.org/ns/adms#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX plan: <https://w3id.org/samplan/ns#>
";

/// The years that variants ask for.
const YEARS: [u16; VARIANTS] = [2021, 2018, 2024, 2019, 2025];

/// A question, asked in several ways.
pub(crate) struct Question {
    /// What it is called in tables.
    pub(crate) name: &'static str,
    /// The texts.
    pub(crate) variants: Vec<String>,
}

/// The eight, asked of a nation.
pub(crate) fn questions(nation: &Nation) -> Vec<Question> {
    let question = |name, variant: &dyn Fn(usize) -> String| Question {
        name,
        variants: (0..VARIANTS)
            .map(|number| format!("{PREFIXES}{}", variant(number)))
            .collect(),
    };
    vec![
        question("1 count of all quads", &count_of_all),
        question("2 activities by publisher and goal", &by_publisher_and_goal),
        question("3 the same, one year", &by_publisher_and_goal_in_a_year),
        question("4 status by year", &status_by_year),
        question("5 plans without a goal", &without_a_goal),
        question("6 one whole plan", &|number| whole_plan(nation, number)),
        question("7 titles with a word", &titles_with_a_word),
        question("8 pairs of two regions", &|number| pairs(nation, number)),
    ]
}

fn count_of_all(number: usize) -> String {
    format!("SELECT (COUNT(*) AS ?n{number}) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}")
}

fn by_publisher_and_goal(number: usize) -> String {
    format!(
        "SELECT ?who ?goal (COUNT(?activity) AS ?n{number}) WHERE {{
  ?plan dcterms:creator ?who .
  ?activity plan:inPlan ?plan ; plan:focusArea ?area .
  ?area plan:contributesTo ?goal .
}}
GROUP BY ?who ?goal"
    )
}

fn by_publisher_and_goal_in_a_year(number: usize) -> String {
    let year = YEARS[number];
    format!(
        "SELECT ?who ?goal (COUNT(?activity) AS ?n) WHERE {{
  ?plan dcterms:creator ?who ; dcterms:temporal ?period .
  ?period dcat:startDate ?start .
  FILTER(YEAR(?start) = {year})
  ?activity plan:inPlan ?plan ; plan:focusArea ?area .
  ?area plan:contributesTo ?goal .
}}
GROUP BY ?who ?goal"
    )
}

fn status_by_year(number: usize) -> String {
    format!(
        "SELECT ?year ?status (COUNT(?activity) AS ?n{number}) WHERE {{
  ?activity a plan:Activity ; adms:status ?status ; plan:inPlan ?plan .
  ?plan dcterms:temporal ?period .
  ?period dcat:startDate ?start .
  BIND(YEAR(?start) AS ?year)
}}
GROUP BY ?year ?status
ORDER BY ?year ?status"
    )
}

fn without_a_goal(number: usize) -> String {
    let goal = Base::default().node(GOALS[number].0);
    format!(
        "SELECT ?plan WHERE {{
  ?plan a plan:Plan .
  FILTER NOT EXISTS {{ ?area plan:inPlan ?plan ; plan:contributesTo {goal} }}
}}"
    )
}

fn whole_plan(nation: &Nation, number: usize) -> String {
    let publisher = &nation.publishers[number % nation.publishers.len()];
    let plan = publisher.plan(YEARS[number]);
    let graph = Base::default().node(&format!("plan/{plan}/stated"));
    format!("SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
}

fn titles_with_a_word(number: usize) -> String {
    let (word, _) = THEMES[number];
    format!(
        "SELECT ?activity ?title WHERE {{
  ?activity a plan:Activity ; dcterms:title ?title .
  FILTER(CONTAINS(LCASE(STR(?title)), \"{word}\"))
}}"
    )
}

fn pairs(nation: &Nation, number: usize) -> String {
    let base = Base::default();
    let region = |at: usize| {
        let publisher = &nation.publishers[at % nation.publishers.len()];
        base.node(&format!("organisation/{}", publisher.id))
    };
    let (one, other) = (region(2 * number), region(2 * number + 1));
    format!(
        "SELECT ?one ?other ?goal ?start WHERE {{
  ?planOne dcterms:creator {one} ; dcterms:temporal/dcat:startDate ?start .
  ?planOther dcterms:creator {other} ; dcterms:temporal/dcat:startDate ?start .
  ?one plan:inPlan ?planOne ; plan:focusArea/plan:contributesTo ?goal .
  ?other plan:inPlan ?planOther ; plan:focusArea/plan:contributesTo ?goal .
}}"
    )
}
