//! Address → question, and back: the same question always has the same address, whatever the order
//! in which a form or a person wrote it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Form, SEARCH};
use crate::model::{Language, Status};
use crate::search::{self, Facet, Index, Kind, Query, QueryError, UNREPORTED};
use crate::sparql::named::Words;
use crate::sparql::named::parameter::ParameterError;
use crate::store::Snapshot;

/// The parameters that say how to answer, not what is asked.
const OWN: [&str; 2] = ["lang", "format"];

/// What is asked of the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is searched for, as it was written.
    pub text: String,
    /// What is chosen; things by their IRIs.
    pub chosen: BTreeMap<Facet, BTreeSet<String>>,
    /// The page, from 1.
    pub page: usize,
    /// How many results it has.
    pub size: usize,
    /// The language of the answer.
    pub language: Language,
    query: Query,
}

impl Asked {
    /// How many results a page has unless it is asked for otherwise.
    pub const SIZE: usize = 20;

    /// The most results that a page may have.
    pub const MOST: usize = 100;

    /// The largest number of a page that is looked for.
    pub const MOST_PAGES: usize = 100_000;

    /// The most values that may be chosen in all; an address says them all, and so do the links of
    /// its answer.
    pub const MOST_CHOSEN: usize = 50;

    /// The question before anybody asks.
    pub fn nothing(language: Language) -> Self {
        Self {
            text: String::new(),
            chosen: BTreeMap::new(),
            page: 1,
            size: Self::SIZE,
            language,
            query: Query::default(),
        }
    }

    /// The question of an address with these parameters. Empty ones, as forms send them, are none.
    ///
    /// # Errors
    /// What is wrong with which parameter.
    pub fn parse(
        snapshot: &Snapshot,
        index: &Index,
        pairs: &[(String, String)],
        language: Language,
    ) -> Result<Self, Vec<ParameterError>> {
        let mut asked = Self::nothing(language);
        let mut errors = Vec::new();
        let mut chosen = 0;
        for (name, value) in pairs {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if value.is_empty() || OWN.contains(&name.as_str()) {
                continue;
            }
            let taken = match name.as_str() {
                "q" => asked.search_for(&value),
                "page" => number(&value, Self::MOST_PAGES).map(|page| asked.page = page),
                "page-size" => number(&value, Self::MOST).map(|size| asked.size = size),
                name => match Facet::from_key(name) {
                    None => Err(unknown()),
                    Some(facet) => {
                        chosen += 1;
                        let place = Place { snapshot, index };
                        let value = place.value(facet, &value);
                        value.map(|value| {
                            asked.chosen.entry(facet).or_default().insert(value);
                        })
                    }
                },
            };
            errors.extend(taken.err().map(|detail| error(name, detail)));
        }
        if chosen > Self::MOST_CHOSEN {
            errors.push(error("", too_many()));
        }
        if errors.is_empty() {
            Ok(asked)
        } else {
            Err(errors)
        }
    }

    fn search_for(&mut self, text: &str) -> Result<(), Words> {
        self.query = Query::parse(text, self.language.tag()).map_err(wrong_query)?;
        text.clone_into(&mut self.text);
        Ok(())
    }

    /// The question that the index is asked.
    pub fn question(&self) -> search::Asked {
        search::Asked {
            query: self.query.clone(),
            chosen: self.chosen.clone(),
            skip: (self.page - 1).saturating_mul(self.size),
            take: self.size,
            language: self.language,
        }
    }

    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.chosen.is_empty()
    }

    /// The number of the last page, where there are so many results.
    pub fn last_page(&self, total: usize) -> usize {
        total.div_ceil(self.size).max(1)
    }

    /// The same question, of another page.
    #[must_use]
    pub fn on_page(&self, page: usize) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// The same question with nothing chosen, from the first page.
    #[must_use]
    pub fn without_choices(&self) -> Self {
        Self {
            chosen: BTreeMap::new(),
            ..self.on_page(1)
        }
    }

    /// The same question in another language.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Self {
        Self {
            language,
            ..self.clone()
        }
    }

    /// The parameters of its address, in the order of their names, but for the language: what is as
    /// it would be anyway is left out.
    pub fn parameters(&self, snapshot: &Snapshot) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        for (facet, values) in &self.chosen {
            let values = values.iter().map(|value| short(snapshot, value).to_owned());
            pairs.extend(values.map(|value| (facet.key(), value)));
        }
        if self.page != 1 {
            pairs.push(("page", self.page.to_string()));
        }
        if self.size != Self::SIZE {
            pairs.push(("page-size", self.size.to_string()));
        }
        if !self.text.is_empty() {
            pairs.push(("q", self.text.clone()));
        }
        pairs.sort();
        pairs
    }

    /// The address of the answer in a form and its language.
    pub fn address(&self, snapshot: &Snapshot, form: Form) -> String {
        let path = format!("{SEARCH}.{}", form.suffix());
        let mut pairs = self.parameters(snapshot);
        pairs.push(("lang", self.language.tag().to_owned()));
        pairs.sort();
        address(snapshot, &path, &pairs)
    }

    /// The `Link` header: the other form and language, and the address that stands for all (RFC
    /// 8288).
    pub fn links(&self, snapshot: &Snapshot, form: Form) -> String {
        let mut links = Vec::new();
        for other in Form::ALL.into_iter().filter(|other| *other != form) {
            let address = self.address(snapshot, other);
            let media_type = other.media_type();
            links.push(format!(
                "<{address}>; rel=\"alternate\"; type=\"{media_type}\""
            ));
        }
        let other = self.in_language(self.language.other());
        links.push(format!(
            "<{}>; rel=\"alternate\"; type=\"{}\"; hreflang=\"{}\"",
            other.address(snapshot, form),
            form.media_type(),
            other.language.tag()
        ));
        links.push(format!(
            "<{}>; rel=\"canonical\"",
            self.canonical(snapshot, form)
        ));
        links.join(", ")
    }

    /// The address that stands for the answer in every form. A page in English has one of its own,
    /// as everywhere.
    fn canonical(&self, snapshot: &Snapshot, form: Form) -> String {
        let mut pairs = self.parameters(snapshot);
        if form == Form::Page && self.language == Language::En {
            pairs.push(("lang", self.language.tag().to_owned()));
            pairs.sort();
        }
        address(snapshot, SEARCH, &pairs)
    }
}

fn address(snapshot: &Snapshot, path: &str, pairs: &[(&str, String)]) -> String {
    let address = snapshot.base().node(path).into_string();
    if pairs.is_empty() {
        return address;
    }
    let mut text = form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(pairs);
    format!("{address}?{}", text.finish())
}

/// How an address says a value: a thing of ours by its path.
pub(in crate::views) fn short<'v>(snapshot: &Snapshot, value: &'v str) -> &'v str {
    snapshot.base().relative(value).unwrap_or(value)
}

/// Where the values of facets are looked for.
struct Place<'a> {
    snapshot: &'a Snapshot,
    index: &'a Index,
}

impl Place<'_> {
    /// The value of a facet that an address says.
    fn value(&self, facet: Facet, given: &str) -> Result<String, Words> {
        match facet {
            Facet::Kind => {
                let keys = Kind::ALL.map(Kind::key);
                Kind::from_key(given)
                    .map(|kind| kind.key().to_owned())
                    .ok_or_else(|| one_of(&keys))
            }
            Facet::Status => {
                let keys = Status::ALL.iter().map(|status| status.key());
                let keys: Vec<_> = keys.chain([UNREPORTED]).collect();
                keys.contains(&given)
                    .then(|| given.to_owned())
                    .ok_or_else(|| one_of(&keys))
            }
            Facet::Year => {
                let digits = given.len() == 4 && given.bytes().all(|byte| byte.is_ascii_digit());
                digits.then(|| given.to_owned()).ok_or_else(|| Words {
                    sv: "Skriv ett årtal med fyra siffror, till exempel 2026.".to_owned(),
                    en: "Write a year of four digits, such as 2026.".to_owned(),
                })
            }
            Facet::Region => match self.county(given) {
                Some(iri) => Ok(iri),
                None => self.thing(facet, given),
            },
            Facet::Goal | Facet::Responsible => self.thing(facet, given),
        }
    }

    /// The IRI of the county with that code, as comparisons take it.
    fn county(&self, code: &str) -> Option<String> {
        let reference = self.snapshot.reference().ok()?;
        let mut counties = reference.places.iter();
        let found = counties.find(|(_, county)| county.code.as_deref() == Some(code));
        found.map(|(iri, _)| iri.to_string())
    }

    /// The IRI of a thing: by itself, by its path below the base, or by the end of one that results
    /// can be chosen by.
    fn thing(&self, facet: Facet, given: &str) -> Result<String, Words> {
        let iri = if given.contains(':') {
            given.to_owned()
        } else {
            self.snapshot.base().node(given).into_string()
        };
        let known = |iri: &str| {
            let node = oxrdf::NamedNode::new(iri);
            node.is_ok_and(|node| self.snapshot.knows(node.as_ref()).unwrap_or_default())
        };
        if self.index.has(facet, &iri) || known(&iri) {
            return Ok(iri);
        }
        let mut ends = self.index.values(facet).filter(|value| {
            let value = value.trim_end_matches('/').strip_suffix(given);
            value.is_some_and(|before| before.ends_with('/'))
        });
        match (ends.next(), ends.next()) {
            (Some(one), None) => Ok(one.to_owned()),
            _ => Err(no_such_thing()),
        }
    }
}

fn number(given: &str, most: usize) -> Result<usize, Words> {
    let number = given
        .parse()
        .ok()
        .filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| Words {
        sv: format!("Skriv ett heltal från 1 till {most}."),
        en: format!("Write a whole number from 1 to {most}."),
    })
}

fn error(name: &str, detail: Words) -> ParameterError {
    ParameterError {
        parameter: name.chars().take(40).collect(),
        detail,
    }
}

fn unknown() -> Words {
    let facets = Facet::ALL.map(Facet::key).join(", ");
    Words {
        sv: format!(
            "Det finns ingen sådan parameter. De som finns är q, {facets}, page, page-size, lang och format."
        ),
        en: format!(
            "There is no such parameter. Those there are: q, {facets}, page, page-size, lang and format."
        ),
    }
}

fn too_many() -> Words {
    let most = Asked::MOST_CHOSEN;
    Words {
        sv: format!("Välj högst {most} värden sammanlagt."),
        en: format!("Choose at most {most} values in all."),
    }
}

fn one_of(keys: &[&str]) -> Words {
    let keys = keys.join(", ");
    Words {
        sv: format!("Skriv något av: {keys}."),
        en: format!("Write one of: {keys}."),
    }
}

fn no_such_thing() -> Words {
    Words {
        sv: "Det finns inget med den adressen här. Skriv adressen som den står på sakens egen sida, eller välj i listan på söksidan.".to_owned(),
        en: "There is nothing with that address here. Write the address as it stands on the thing's own page, or choose from the list on the search page.".to_owned(),
    }
}

fn wrong_query(error: QueryError) -> Words {
    let (longest, most) = (Query::LONGEST, Query::MOST);
    match error {
        QueryError::TooLong => Words {
            sv: format!("Sökningen är längre än {longest} tecken. Sök på färre ord."),
            en: format!("The search is longer than {longest} characters. Search for fewer words."),
        },
        QueryError::TooMany => Words {
            sv: format!("Sökningen har fler än {most} ord. Sök på färre, de som säger mest."),
            en: format!("The search has more than {most} words. Search for fewer, those that say most."),
        },
        QueryError::OpenPhrase => Words {
            sv: "Ett citattecken saknar sitt par. Sätt ett efter frasen, eller ta bort det.".to_owned(),
            en: "A quotation mark has no other half. Put one after the phrase, or take it away.".to_owned(),
        },
        QueryError::NoWord => Words {
            sv: "Det finns inget ord att söka efter. Skriv minst ett.".to_owned(),
            en: "There is no word to search for. Write at least one.".to_owned(),
        },
        QueryError::OnlySmallWords => Words {
            sv: "De orden står i nästan alla texter. Lägg till ett ord som säger mer, eller sätt dem inom citattecken.".to_owned(),
            en: "Those words stand in nearly every text. Add one that says more, or put them in quotation marks.".to_owned(),
        },
    }
}
