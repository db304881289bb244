//! What the address of a comparison asks for, and the one address of what is asked.
//!
//! ```text
//! /compare/{framework}                    plans that have anything to do with it
//!   ?plan=ID            these plans, each a parameter of its own
//!   ?plan=ID.REVISION   the plan as it was in that revision (its first twelve digits)
//!   &reference=REVISION frameworks and organisations as they were
//!   &region=CODE        plans of that county (two digits, Statistics Sweden)
//!   &year=YYYY          plans and activities under way in that year
//!   &status=KEY         activities with that status; `unknown` for those without
//!   &responsible=ID     activities for which that organisation is responsible
//!   &sort=ORDER         goals in the order of the framework, most or fewest served first
//!   &page=N             the next plans
//! ```

use std::collections::BTreeSet;

use super::{COMPARE, DIGITS, short};
use crate::compare::request::Wanted;
use crate::compare::{Order, Request};
use crate::model::{Iri, PlanId, ReferenceData};
use crate::store::Snapshot;
use crate::views::Language;

/// What the address of a comparison asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The id of the framework.
    pub framework: String,
    /// The plans named, in the order of their ids.
    pub plans: Vec<Picked>,
    /// The revision of the reference data named.
    pub reference: Option<String>,
    /// The codes of the counties.
    pub regions: BTreeSet<String>,
    /// The year.
    pub year: Option<u16>,
    /// The statuses.
    pub statuses: BTreeSet<Wanted>,
    /// The ids of the organisations responsible, with their addresses.
    pub responsible: BTreeSet<(String, Iri)>,
    /// The order of the goals.
    pub order: Order,
    /// The page, from 1.
    pub page: usize,
}

/// A plan that an address names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picked {
    /// Its id.
    pub id: PlanId,
    /// The beginning of the revision meant; today's where there is none.
    pub revision: Option<String>,
}

/// Why an address asks for no comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedError {
    /// There is no parameter of that name.
    Parameter(String),
    /// There is no plan with that id.
    Plan(String),
    /// No county has that code.
    Region(String),
    /// That is no year.
    Year(String),
    /// There is no such status.
    Status(String),
    /// There is no such organisation.
    Responsible(String),
    /// There is no such order.
    Sort(String),
    /// There is no such page.
    Page(String),
    /// Two values are given of what has one.
    Twice(String),
    /// There are only so many pages.
    Beyond(usize),
    /// More plans are named than are compared at once.
    TooManyPlans(usize),
}

/// A comparison was cited whose revisions are held no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotHeld {
    /// The plans that are others today: id, the revision cited, today's where the plan is here.
    pub plans: Vec<(String, String, Option<String>)>,
    /// The revision of the reference data cited, and today's, where they differ.
    pub reference: Option<(String, String)>,
    /// The same comparison of today, below the base.
    pub today: String,
    /// Its whole address.
    pub address: String,
    /// Whether it is of all plans, since none of those named is here.
    pub of_all: bool,
}

/// The most plans that may be named.
const MOST_PLANS: usize = 100;

/// The names of the parameters, in the order in which they stand in an address.
const NAMES: [&str; 8] = [
    "plan",
    "reference",
    "region",
    "year",
    "status",
    "responsible",
    "sort",
    "page",
];

/// What goes wrong in reading an address.
pub enum Unread {
    /// What is asked means nothing.
    Wrong(Vec<AskedError>),
    /// It means something that is not held any longer.
    NotHeld(Box<NotHeld>),
}

impl Asked {
    /// What is there before anybody asks for more.
    pub fn plain(framework: &str) -> Self {
        Self {
            framework: framework.to_owned(),
            plans: Vec::new(),
            reference: None,
            regions: BTreeSet::new(),
            year: None,
            statuses: BTreeSet::new(),
            responsible: BTreeSet::new(),
            order: Order::default(),
            page: 1,
        }
    }

    /// Reads the parameters of an address; `lang` is not among what is asked. Empty ones ask for
    /// nothing, as forms send them.
    ///
    /// # Errors
    /// Everything that is wrong, or what is not held any longer.
    pub fn read(
        snapshot: &Snapshot,
        reference: &ReferenceData,
        framework: &str,
        pairs: &[(String, String)],
    ) -> Result<Self, Unread> {
        let mut asked = Self::plain(framework);
        let mut errors = Vec::new();
        for (name, value) in pairs {
            let value = value.trim();
            if name == "lang" || value.is_empty() {
                continue;
            }
            errors.extend(asked.take(snapshot, reference, name, value).err());
        }
        asked.tidy();
        if asked.plans.len() > MOST_PLANS {
            errors.push(AskedError::TooManyPlans(MOST_PLANS));
        }
        // What was cited may have been right in its time.
        if let Some(not_held) = asked.not_held(snapshot) {
            return Err(Unread::NotHeld(Box::new(not_held)));
        }
        // Held as it was cited, a plan need not be named without its revision as well.
        asked.plans.dedup_by(|one, other| one.id == other.id);
        if errors.is_empty() {
            Ok(asked)
        } else {
            Err(Unread::Wrong(errors))
        }
    }

    /// One way to say it: revisions in as many digits as addresses have, plans in the order of their
    /// ids, of each first what names its revision.
    fn tidy(&mut self) {
        let cut = |revision: &mut String| {
            if let Some(short) = revision.get(..DIGITS) {
                *revision = short.to_owned();
            }
        };
        self.reference.iter_mut().for_each(cut);
        self.plans
            .iter_mut()
            .filter_map(|plan| plan.revision.as_mut())
            .for_each(cut);
        self.plans
            .sort_by(|one, other| (&one.id, &other.revision).cmp(&(&other.id, &one.revision)));
        self.plans.dedup();
    }

    fn take(
        &mut self,
        snapshot: &Snapshot,
        reference: &ReferenceData,
        name: &str,
        value: &str,
    ) -> Result<(), AskedError> {
        let owned = || value.to_owned();
        match name {
            "plan" => {
                let (id, revision) = match value.split_once('.') {
                    Some((id, revision)) => (id, Some(revision.to_owned())),
                    None => (value, None),
                };
                let id = PlanId::parse(id).ok_or_else(|| AskedError::Plan(owned()))?;
                let here = snapshot.plans().contains_key(&id);
                // A plan that was cited and is gone is told of as such.
                if !here && revision.is_none() {
                    return Err(AskedError::Plan(owned()));
                }
                self.plans.push(Picked { id, revision });
            }
            "reference" => once(&mut self.reference, owned(), name)?,
            "region" => {
                // By the code, or by the address of the place, as search has it.
                let mut counties = reference.places.iter();
                let found = counties.find(|(iri, county)| {
                    iri.as_str() == value || county.code.as_deref() == Some(value)
                });
                let code = found.and_then(|(_, county)| county.code.clone());
                let code = code.ok_or_else(|| AskedError::Region(owned()))?;
                self.regions.insert(code);
            }
            "year" => {
                let year = value
                    .parse()
                    .ok()
                    .filter(|year| (1000..=9999).contains(year));
                let year = year.ok_or_else(|| AskedError::Year(owned()))?;
                once(&mut self.year, year, name)?;
            }
            "status" => {
                let status = Wanted::from_key(value);
                self.statuses
                    .insert(status.ok_or_else(|| AskedError::Status(owned()))?);
            }
            "responsible" => {
                let iri = snapshot.base().node(&format!("organisation/{value}"));
                let known =
                    Iri::parse(iri.as_str()).filter(|iri| reference.agents.contains_key(iri));
                let iri = known.ok_or_else(|| AskedError::Responsible(owned()))?;
                self.responsible.insert((owned(), iri));
            }
            "sort" => {
                self.order = Order::from_key(value).ok_or_else(|| AskedError::Sort(owned()))?;
            }
            "page" => {
                let page = value
                    .parse()
                    .ok()
                    .filter(|page| (1..=1_000_000).contains(page));
                self.page = page.ok_or_else(|| AskedError::Page(owned()))?;
            }
            other => return Err(AskedError::Parameter(other.to_owned())),
        }
        Ok(())
    }

    /// What is cited and not held any longer.
    fn not_held(&self, snapshot: &Snapshot) -> Option<NotHeld> {
        let holds = |cited: &str, held: &str| cited.len() >= DIGITS && held.starts_with(cited);
        let plans: Vec<_> = self
            .plans
            .iter()
            .filter_map(|plan| {
                let cited = plan.revision.as_deref()?;
                let held = snapshot
                    .plans()
                    .get(&plan.id)
                    .map(|entry| entry.revision.as_str());
                let fine = held.is_some_and(|held| holds(cited, held));
                let held = held.map(|held| short(held).to_owned());
                (!fine).then(|| (plan.id.as_str().to_owned(), cited.to_owned(), held))
            })
            .collect();
        let held = snapshot.reference_revision();
        let reference = self
            .reference
            .as_deref()
            .filter(|cited| !holds(cited, held))
            .map(|cited| (cited.to_owned(), short(held).to_owned()));
        if plans.is_empty() && reference.is_none() {
            return None;
        }
        let mut today = self.clone();
        today.reference = None;
        today.page = 1;
        today
            .plans
            .retain(|plan| snapshot.plans().contains_key(&plan.id));
        for plan in &mut today.plans {
            plan.revision = None;
        }
        Some(NotHeld {
            plans,
            reference,
            of_all: !self.plans.is_empty() && today.plans.is_empty(),
            address: snapshot.base().node(&today.address()).into_string(),
            today: today.address(),
        })
    }

    /// What is asked of the comparison, in the terms of the data.
    pub fn request(&self, reference: &ReferenceData) -> Request {
        let is_asked = |code: &Option<String>| {
            code.as_ref()
                .is_some_and(|code| self.regions.contains(code))
        };
        let places = reference.places.iter();
        Request {
            places: places
                .filter(|(_, county)| is_asked(&county.code))
                .map(|(iri, _)| iri.clone())
                .collect(),
            year: self.year,
            statuses: self.statuses.clone(),
            responsible: self
                .responsible
                .iter()
                .map(|(_, iri)| iri.clone())
                .collect(),
            order: self.order,
        }
    }

    /// The path below the base, without parameters.
    pub fn path(&self) -> String {
        format!("{COMPARE}/{}", self.framework)
    }

    /// The parameters as they stand in the one address of what is asked, without a question mark.
    pub fn query(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(self.pairs());
        text.finish()
    }

    /// The address below the base.
    pub fn address(&self) -> String {
        let query = self.query();
        if query.is_empty() {
            self.path()
        } else {
            format!("{}?{query}", self.path())
        }
    }

    /// The parameters, in the order of `NAMES`; what asks for nothing is left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let [
            plan,
            reference,
            region,
            year,
            status,
            responsible,
            sort,
            page,
        ] = NAMES;
        let mut pairs = Vec::new();
        for picked in &self.plans {
            let value = match &picked.revision {
                Some(revision) => format!("{}.{revision}", picked.id),
                None => picked.id.to_string(),
            };
            pairs.push((plan, value));
        }
        pairs.extend(self.reference.iter().map(|one| (reference, one.clone())));
        pairs.extend(self.regions.iter().map(|code| (region, code.clone())));
        pairs.extend(self.year.iter().map(|one| (year, one.to_string())));
        pairs.extend(
            self.statuses
                .iter()
                .map(|one| (status, one.key().to_owned())),
        );
        pairs.extend(
            self.responsible
                .iter()
                .map(|(id, _)| (responsible, id.clone())),
        );
        if self.order != Order::default() {
            pairs.push((sort, self.order.key().to_owned()));
        }
        if self.page > 1 {
            pairs.push((page, self.page.to_string()));
        }
        pairs
    }

    /// Whether nothing is asked for but the framework.
    pub fn is_plain(&self) -> bool {
        self.pairs().is_empty()
    }

    /// Whether the address names what it was made of, so that it can be cited.
    pub fn is_cited(&self) -> bool {
        self.reference.is_some()
            && !self.plans.is_empty()
            && self.plans.iter().all(|plan| plan.revision.is_some())
    }
}

/// Takes a value of what has one.
fn once<T: PartialEq>(into: &mut Option<T>, value: T, name: &str) -> Result<(), AskedError> {
    match into {
        Some(own) if *own != value => Err(AskedError::Twice(name.to_owned())),
        _ => {
            *into = Some(value);
            Ok(())
        }
    }
}

impl AskedError {
    /// What is wrong and how to mend it.
    pub fn in_language(&self, language: Language) -> String {
        let (sv, en) = match self {
            Self::Parameter(name) => (
                format!(
                    "Parametern {name} finns inte här. De som finns är {}.",
                    NAMES.join(", ")
                ),
                format!(
                    "There is no parameter {name} here. Those there are: {}.",
                    NAMES.join(", ")
                ),
            ),
            Self::Plan(id) => (
                format!("Det finns ingen plan med id {id}. Välj en i listan över planer, /plan."),
                format!(
                    "There is no plan with the id {id}. Choose one in the list of plans, /plan."
                ),
            ),
            Self::Region(code) => (
                format!(
                    "Inget län har koden {code}. Ange länskoden med två siffror, till exempel 19 för Västmanlands län."
                ),
                format!(
                    "No county has the code {code}. Give the county code of two digits, for instance 19 for Västmanland."
                ),
            ),
            Self::Year(text) => (
                format!("{text} är inget år. Ange fyra siffror, till exempel 2026."),
                format!("{text} is no year. Give four digits, for instance 2026."),
            ),
            Self::Status(key) => {
                let keys: Vec<_> = Wanted::all().map(Wanted::key).collect();
                let keys = keys.join(", ");
                (
                    format!("Det finns ingen status {key}. Välj bland {keys}."),
                    format!("There is no status {key}. Choose among {keys}."),
                )
            }
            Self::Responsible(id) => (
                format!(
                    "Det finns ingen organisation med id {id}. Välj en i listan, /organisation."
                ),
                format!(
                    "There is no organisation with the id {id}. Choose one in the list, /organisation."
                ),
            ),
            Self::Sort(text) => (
                format!("Ordningen {text} finns inte. Välj bland framework, most, fewest."),
                format!("There is no order {text}. Choose among framework, most, fewest."),
            ),
            Self::Page(text) => (
                format!("{text} är ingen sida. Ange ett tal från 1."),
                format!("{text} is no page. Give a number from 1."),
            ),
            Self::Twice(name) => (
                format!("{name} anges två gånger. Ange ett värde."),
                format!("{name} is given twice. Give one value."),
            ),
            Self::Beyond(pages) => (
                format!("Det finns bara {pages} sidor. Ange page från 1 till {pages}."),
                format!("There are only {pages} pages. Give page from 1 to {pages}."),
            ),
            Self::TooManyPlans(most) => (
                format!("Högst {most} planer kan jämföras åt gången. Välj färre."),
                format!("At most {most} plans can be compared at a time. Choose fewer."),
            ),
        };
        language.pick(sv, en)
    }
}

impl NotHeld {
    /// What is not held, and where today's is.
    pub fn in_language(&self, language: Language) -> String {
        let mut parts = Vec::new();
        for (id, cited, held) in &self.plans {
            parts.push(match held {
                Some(held) => language.pick(
                    format!("{id} i revision {cited} (i dag {held})"),
                    format!("{id} in revision {cited} (today {held})"),
                ),
                None => language.pick(
                    format!("{id} i revision {cited} (planen finns inte här)"),
                    format!("{id} in revision {cited} (the plan is not here)"),
                ),
            });
        }
        if let Some((cited, held)) = &self.reference {
            parts.push(language.pick(
                format!("referensdata i revision {cited} (i dag {held})"),
                format!("the reference data in revision {cited} (today {held})"),
            ));
        }
        let parts = parts.join(", ");
        let address = &self.address;
        let today = if self.of_all {
            language.pick(
                format!("Ingen av planerna finns här i dag. En jämförelse av alla planer finns på {address}."),
                format!("None of the plans is here today. A comparison of all plans is at {address}."),
            )
        } else {
            language.pick(
                format!("Dagens jämförelse finns på {address}."),
                format!("Today's comparison is at {address}."),
            )
        };
        let was = language.pick(
            format!("Jämförelsen gjordes av revisioner som inte finns här: {parts}."),
            format!("The comparison was made of revisions that are not held here: {parts}."),
        );
        format!("{was} {today}")
    }
}
