//! One edition of a plan, as the stated layer writes it.
//!
//! About 450 triples: forty activities under four focus areas, each of which serves a goal.
//! Like real plans, few activities have a description, a period or participants of their own.

use std::fmt::{self, Write as _};

use super::publishers::Publisher;
use super::random::Random;
use super::words::{FOR_WHOM, GOALS, HOW, STATUSES, THEMES, VERBS};

const AREAS: usize = 4;
const ACTIVITIES: usize = 40;
/// Every so many activities have a description, a period, a participant.
const DESCRIBED: usize = 4;
const DATED: usize = 20;
const ATTENDED: usize = 13;

const PREFIXES: &str = "@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix m8g: <http://data.europa.eu/m8g/> .
@prefix plan: <https://w3id.org/samplan/ns#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <https://w3id.org/samplan/role/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix status: <https://w3id.org/samplan/status/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// The edition of a publisher's year as Turtle.
pub(super) fn turtle(publisher: &Publisher, number: usize, year: u16) -> String {
    let mut edition = Edition {
        text: PREFIXES.to_owned(),
        plan: format!("plan/{}", publisher.plan(year)),
        publisher,
        year,
        random: Random::of(number, year),
    };
    // Writing to a string does not fail.
    let _ = edition.write();
    edition.text
}

struct Edition<'a> {
    text: String,
    plan: String,
    publisher: &'a Publisher,
    year: u16,
    random: Random,
}

impl Edition<'_> {
    fn write(&mut self) -> fmt::Result {
        self.head()?;
        let goals = self.random.several(AREAS, &GOALS);
        for (at, (goal, key, name)) in goals.iter().enumerate() {
            self.area(at + 1, goal, key, name)?;
        }
        for at in 0..ACTIVITIES {
            let (_, area, _) = goals[at * AREAS / ACTIVITIES];
            self.activity(at, area)?;
        }
        Ok(())
    }

    fn head(&mut self) -> fmt::Result {
        let Self { plan, year, .. } = self;
        let Publisher {
            id, name, place, ..
        } = self.publisher;
        writeln!(
            self.text,
            "
<{plan}/stated> a plan:StatedGraph ;
    plan:inPlan <{plan}> ;
    dcterms:modified \"2026-11-22\"^^xsd:date ;
    dcterms:rights <{plan}/rights> .

<{plan}> a plan:Plan ;
    dcterms:identifier \"{id}-{year}\" ;
    dcterms:title \"Handlingsplan {year} för {name}\"@sv ;
    dcterms:description \"Påhittad, för att mäta med.\"@sv ;
    dcterms:language <http://publications.europa.eu/resource/authority/language/SWE> ;
    dcterms:creator <organisation/{id}> ;
    dcterms:spatial <{place}> ;
    dcterms:temporal <{plan}/period> ;
    dcterms:source <https://example.org/{id}/handlingsplan-{year}.pdf> ;
    dcterms:rights <{plan}/rights> .

<{plan}/period> a dcterms:PeriodOfTime ;
    dcat:startDate \"{year}-01-01\"^^xsd:date ;
    dcat:endDate \"{year}-12-31\"^^xsd:date ;
    plan:precision plan:year ;
    plan:sourceText \"{year}\"@sv ;
    plan:sourceRange \"L1\" .

<{plan}/rights> a dcterms:RightsStatement ;
    rdfs:label \"Påhittad text, fri att använda.\"@sv , \"Made-up text, free to use.\"@en ;
    plan:inPlan <{plan}> ."
        )
    }

    fn area(&mut self, position: usize, goal: &str, key: &str, name: &str) -> fmt::Result {
        let plan = &self.plan;
        writeln!(
            self.text,
            "
<{plan}/area/{key}> a plan:FocusArea ;
    skos:prefLabel \"{name}\"@sv ;
    plan:inPlan <{plan}> ;
    plan:position {position} ;
    plan:contributesTo <{goal}> ;
    plan:sourceRange \"L{}\" .

<{plan}/alignment/{key}> a plan:Alignment ;
    plan:aligned <{plan}/area/{key}> ;
    plan:alignedWith <{goal}> ;
    plan:inPlan <{plan}> ;
    plan:reviewState plan:accepted ;
    plan:method plan:by-document ;
    prov:wasAttributedTo <organisation/samplan> ;
    dcterms:date \"2026-11-22\"^^xsd:date .",
            position + 1
        )
    }

    fn activity(&mut self, at: usize, area: &str) -> fmt::Result {
        let activity = format!("{}/activity/atgard-{}", self.plan, at + 1);
        let (status, word) = *self.random.pick(&STATUSES);
        let title = self.title();
        let plan = &self.plan;
        let position = at % (ACTIVITIES / AREAS) + 1;
        let line = at + 10;
        write!(
            self.text,
            "
<{activity}> a plan:Activity ;
    plan:inPlan <{plan}> ;
    plan:focusArea <{plan}/area/{area}> ;
    plan:position {position} ;
    dcterms:title \"{title}\"@sv ;
    adms:status status:{status} ;
    plan:sourceRange \"L{line}\""
        )?;
        if !word.is_empty() {
            write!(self.text, " ;\n    plan:statusText \"{word}\"@sv")?;
        }
        if at.is_multiple_of(DESCRIBED) {
            let how = self.random.several(3, &HOW);
            let how: Vec<_> = how.into_iter().copied().collect();
            let how = how.join(". ");
            write!(self.text, " ;\n    dcterms:description \"{how}.\"@sv")?;
        }
        if at.is_multiple_of(DATED) {
            write!(self.text, " ;\n    dcterms:temporal <{activity}/period>")?;
        }
        if at.is_multiple_of(ATTENDED) {
            let id = &self.publisher.id;
            write!(
                self.text,
                " ;
    m8g:hasParticipation <{activity}/participation/{id}> ;
    plan:responsible <organisation/{id}>"
            )?;
        }
        writeln!(self.text, " .")?;
        if at.is_multiple_of(DATED) {
            self.period(&activity, line)?;
        }
        if at.is_multiple_of(ATTENDED) {
            self.participation(&activity, line)?;
        }
        Ok(())
    }

    fn title(&mut self) -> String {
        let (_, phrases) = self.random.pick(&THEMES);
        let verb = self.random.pick(&VERBS);
        let what = self.random.pick(phrases);
        let whom = self.random.pick(&FOR_WHOM);
        format!("{verb} {what} {whom}, {}", self.publisher.name)
    }

    fn period(&mut self, activity: &str, line: usize) -> fmt::Result {
        let year = self.year;
        writeln!(
            self.text,
            "
<{activity}/period> a dcterms:PeriodOfTime ;
    dcat:startDate \"{year}-07-01\"^^xsd:date ;
    dcat:endDate \"{year}-12-31\"^^xsd:date ;
    plan:precision plan:half-year ;
    plan:sourceText \"Andra halvåret {year}\"@sv ;
    plan:sourceRange \"L{line}\" ."
        )
    }

    fn participation(&mut self, activity: &str, line: usize) -> fmt::Result {
        let Publisher { id, name, .. } = self.publisher;
        writeln!(
            self.text,
            "
<{activity}/participation/{id}> a m8g:Participation ;
    dcterms:identifier \"{id}\" ;
    m8g:role role:responsible ;
    m8g:hasParticipant <organisation/{id}> ;
    plan:position 1 ;
    plan:sourceText \"{name}\"@sv ;
    plan:sourceRange \"L{line}\" ."
        )
    }
}
