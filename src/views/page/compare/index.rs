//! The frameworks by which plans can be compared.

use maud::html;

use super::best;
use super::form::compared_frameworks;
use super::numbers::over_all;
use crate::compare::query::Number;
use crate::views::Error;
use crate::views::comparison::{self, COMPARE};
use crate::views::page::facts::Facts;
use crate::views::page::layout::Page;

/// The page of the frameworks by which plans can be compared.
pub(in crate::views::page) fn page(facts: Facts<'_>) -> Result<Page, Error> {
    let reference = facts.snapshot.reference()?;
    let serving = comparison::serving_of(facts.snapshot)?;
    let mut reviewed = Vec::new();
    let mut others = Vec::new();
    for (id, names) in compared_frameworks(facts.snapshot)? {
        let name = best(&names, facts.language);
        let framework = reference.framework(&id);
        let found = framework.and_then(|framework| serving.frameworks.get(&framework.iri));
        let plans = found.map_or(0, Vec::len);
        let lang = name.lang(facts.language).map(str::to_owned);
        let item = html! {
            li {
                a href=(facts.site.page(&format!("{COMPARE}/{id}"))) lang=[lang] { (name.text) }
                @if let Some(framework) = framework.filter(|_| plans > 0) {
                    " " span.quiet {
                        (facts.pick("planer: ", "plans: "))
                        (over_all(facts, &framework.iri, plans, Number::ReviewedPlans))
                    }
                }
            }
        };
        if plans > 0 {
            reviewed.push(item);
        } else {
            others.push(item);
        }
    }
    let title = facts.pick("Jämför planer", "Compare plans");
    let description = facts.pick(
        "Välj ett ramverk, så ställs planerna bredvid varandra mot dess mål: vem gör vad, hur går det, och vilka mål tar ingen upp?",
        "Choose a framework, and the plans stand beside each other towards its goals: who does what, how is it going, and which goals does nobody take up?",
    );
    Ok(Page {
        title: title.to_owned(),
        description: description.to_owned(),
        path: COMPARE.to_owned(),
        crumbs: Vec::new(),
        data: None,
        main: html! {
            header.title { h1 { (title) } p.lead { (description) } }
            div.text {
                h2 { (facts.pick("Ramverk som planer är granskade mot", "Frameworks that plans have been reviewed against")) }
                @if reviewed.is_empty() { p { (facts.pick("Inga än.", "None yet.")) } }
                @else { ul { @for item in &reviewed { (item) } } }
                @if !others.is_empty() {
                    h2 { (facts.pick("Andra ramverk med mål", "Other frameworks with goals")) }
                    ul { @for item in &others { (item) } }
                }
            }
        },
    })
}
