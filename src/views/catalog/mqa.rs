//! How data.europa.eu will score the catalogue: its Metadata Quality Assessment, 405 points at
//! most, by the weights of its methodology.
//!
//! What we serve answers and conforms, which the project's checks see to, so those indicators
//! count as met here.

use super::{Catalog, Dataset, Distribution, Sizes};
use crate::rdf::Format;
use crate::sparql::named::Words;
use crate::views::writer::both;

/// The most points there are.
pub const MOST: u32 = 405;

/// From how many points on the portal calls a catalogue excellent.
pub const EXCELLENT: u32 = 351;

/// One indicator: what is asked, how many points it is worth, and of how much it holds.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// The dimension it belongs to.
    pub dimension: &'static str,
    /// What is asked.
    pub name: Words,
    /// How many points it is worth.
    pub weight: u32,
    /// Of which part of the datasets or distributions it holds, from 0 to 1.
    pub share: f64,
    /// What would raise it.
    pub advice: Words,
}

impl Indicator {
    /// The points it gives.
    pub fn points(&self) -> f64 {
        f64::from(self.weight) * self.share
    }
}

/// The points of all indicators together.
pub fn total(indicators: &[Indicator]) -> f64 {
    indicators.iter().map(Indicator::points).sum()
}

/// What an indicator looks at.
enum Of {
    Dataset(fn(&Dataset) -> bool),
    Distribution(fn(&Dataset, &Distribution, &Sizes) -> bool),
    /// Datasets and distributions alike; the latter have what their dataset has.
    Both(fn(&Dataset) -> bool),
    /// What our own checks see to.
    Always,
}

struct Rule {
    dimension: &'static str,
    name: [&'static str; 2],
    weight: u32,
    of: Of,
    advice: [&'static str; 2],
}

/// What raises an indicator that always holds here.
const NONE: [&str; 2] = ["", ""];

const FINDABILITY: &str = "Findability";
const ACCESSIBILITY: &str = "Accessibility";
const INTEROPERABILITY: &str = "Interoperability";
const REUSABILITY: &str = "Reusability";
const CONTEXTUALITY: &str = "Contextuality";

const SERVICES: [&str; 2] = [
    "SPARQL-tjänsten och de färdiga frågorna är inga filer, så det finns inget att ladda ner. Det är som det ska.",
    "The SPARQL endpoint and the ready-made questions are no files, so there is nothing to download. That is as it should be.",
];

const LICENCES: [&str; 2] = [
    "En plan vars dokument inte anger någon licens får ingen här. Be den som äger planen ange en licens (CC0 eller CC BY), och skriv den i planens stated.ttl med dcterms:license.",
    "A plan whose document states no licence gets none here. Ask the owner of the plan to state one (CC0 or CC BY), and write it into the plan's stated.ttl with dcterms:license.",
];

/// Every indicator.
const RULES: &[Rule] = &[
    Rule {
        dimension: FINDABILITY,
        name: ["Nyckelord", "Keywords"],
        weight: 30,
        of: Of::Dataset(|dataset| !dataset.keywords.is_empty()),
        advice: NONE,
    },
    Rule {
        dimension: FINDABILITY,
        name: ["Tema", "Theme"],
        weight: 30,
        of: Of::Dataset(|dataset| !dataset.themes.is_empty()),
        advice: NONE,
    },
    Rule {
        dimension: FINDABILITY,
        name: ["Plats", "Place"],
        weight: 20,
        of: Of::Dataset(|dataset| !dataset.places.is_empty()),
        advice: NONE,
    },
    Rule {
        dimension: FINDABILITY,
        name: ["Tid", "Time"],
        weight: 20,
        of: Of::Dataset(|dataset| dataset.period.0.or(dataset.period.1).is_some()),
        advice: [
            "En plan utan känd period har ingen. Ange den i planens stated.ttl eller interpreted.ttl.",
            "A plan without a known period has none. Give it in the plan's stated.ttl or interpreted.ttl.",
        ],
    },
    Rule {
        dimension: ACCESSIBILITY,
        name: ["Åtkomstadressen svarar", "The access URL answers"],
        weight: 50,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: ACCESSIBILITY,
        name: ["Nedladdningsadress", "Download URL"],
        weight: 20,
        of: Of::Distribution(is_file),
        advice: SERVICES,
    },
    Rule {
        dimension: ACCESSIBILITY,
        name: ["Nedladdningsadressen svarar", "The download URL answers"],
        weight: 30,
        of: Of::Distribution(is_file),
        advice: SERVICES,
    },
    Rule {
        dimension: INTEROPERABILITY,
        name: ["Format", "Format"],
        weight: 20,
        of: Of::Distribution(has_type),
        advice: NONE,
    },
    Rule {
        dimension: INTEROPERABILITY,
        name: ["Mediatyp", "Media type"],
        weight: 10,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: INTEROPERABILITY,
        name: [
            "Format och mediatyp ur listor",
            "Format and media type from lists",
        ],
        weight: 10,
        of: Of::Distribution(has_type),
        advice: NONE,
    },
    Rule {
        dimension: INTEROPERABILITY,
        name: ["Fritt format", "Non-proprietary format"],
        weight: 20,
        of: Of::Distribution(is_free),
        advice: [
            "Excel räknas inte som fritt. Filerna finns för dem som arbetar i Excel; samma tabell finns som CSV.",
            "Excel does not count as free. The files are there for those who work in Excel; the same table is there as CSV.",
        ],
    },
    Rule {
        dimension: INTEROPERABILITY,
        name: ["Maskinläsbart", "Machine-readable"],
        weight: 20,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: INTEROPERABILITY,
        name: ["Följer DCAT-AP", "Conforms to DCAT-AP"],
        weight: 30,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: REUSABILITY,
        name: ["Licens", "Licence"],
        weight: 20,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: REUSABILITY,
        name: ["Licens ur lista", "Licence from the list"],
        weight: 10,
        of: Of::Distribution(|dataset, _, _| has_known_licence(dataset)),
        advice: LICENCES,
    },
    Rule {
        dimension: REUSABILITY,
        name: ["Åtkomsträttigheter", "Access rights"],
        weight: 10,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: REUSABILITY,
        name: ["Åtkomsträttigheter ur lista", "Access rights from the list"],
        weight: 5,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: REUSABILITY,
        name: ["Kontakt", "Contact"],
        weight: 20,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: REUSABILITY,
        name: ["Utgivare", "Publisher"],
        weight: 10,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: CONTEXTUALITY,
        name: ["Rättigheter", "Rights"],
        weight: 5,
        of: Of::Always,
        advice: NONE,
    },
    Rule {
        dimension: CONTEXTUALITY,
        name: ["Storlek", "Size"],
        weight: 5,
        of: Of::Distribution(has_size),
        advice: SERVICES,
    },
    Rule {
        dimension: CONTEXTUALITY,
        name: ["Utgivningsdag", "Issued"],
        weight: 5,
        of: Of::Both(|dataset| dataset.issued.is_some()),
        advice: [
            "En plan som lades in innan dagen skrevs upp saknar den. Ange den i planens stated.ttl: dcterms:issued på lagret.",
            "A plan that was put in before the day was written down lacks it. Give it in the plan's stated.ttl: dcterms:issued of the layer.",
        ],
    },
    Rule {
        dimension: CONTEXTUALITY,
        name: ["Ändringsdag", "Modified"],
        weight: 5,
        of: Of::Both(|dataset| dataset.modified.is_some()),
        advice: NONE,
    },
];

fn is_file(_: &Dataset, distribution: &Distribution, _: &Sizes) -> bool {
    distribution.source.is_file()
}

fn has_size(_: &Dataset, distribution: &Distribution, sizes: &Sizes) -> bool {
    sizes.bytes(&distribution.source).is_some()
}

fn has_type(_: &Dataset, distribution: &Distribution, _: &Sizes) -> bool {
    distribution.source.format().file_type().is_some()
}

fn is_free(_: &Dataset, distribution: &Distribution, _: &Sizes) -> bool {
    distribution.source.format() != Format::Xlsx
}

/// The licences that the portal knows by the addresses that we write.
fn has_known_licence(dataset: &Dataset) -> bool {
    let licence = dataset.licence.as_str();
    let known = ["publicdomain/zero/1.0/", "licenses/by/4.0/"];
    licence
        .strip_prefix("http://creativecommons.org/")
        .is_some_and(|rest| known.contains(&rest))
}

/// The indicators of some datasets: of all for the score of the catalogue, of one for its own.
pub fn indicators<'d>(
    datasets: &(impl Iterator<Item = &'d Dataset> + Clone),
    sizes: &Sizes,
) -> Vec<Indicator> {
    RULES
        .iter()
        .map(|rule| Indicator {
            dimension: rule.dimension,
            name: both(rule.name[0], rule.name[1]),
            weight: rule.weight,
            share: share(rule, datasets.clone(), sizes),
            advice: both(rule.advice[0], rule.advice[1]),
        })
        .collect()
}

/// The indicators of the whole catalogue.
pub fn of_catalog(catalog: &Catalog, sizes: &Sizes) -> Vec<Indicator> {
    indicators(&catalog.datasets.values(), sizes)
}

fn share<'d>(
    rule: &Rule,
    datasets: impl Iterator<Item = &'d Dataset> + Clone,
    sizes: &Sizes,
) -> f64 {
    let distributions = |dataset: &'d Dataset| dataset.distributions.iter();
    match rule.of {
        Of::Always => 1.0,
        Of::Dataset(holds) => part(datasets.map(holds)),
        Of::Distribution(holds) => part(datasets.flat_map(|dataset| {
            distributions(dataset).map(move |distribution| holds(dataset, distribution, sizes))
        })),
        Of::Both(holds) => part(datasets.flat_map(|dataset| {
            std::iter::repeat_n(holds(dataset), 1 + dataset.distributions.len())
        })),
    }
}

/// Which part of some answers is yes.
fn part(answers: impl Iterator<Item = bool>) -> f64 {
    let (mut yes, mut all) = (0_u32, 0_u32);
    for answer in answers {
        yes += u32::from(answer);
        all += 1;
    }
    if all == 0 {
        0.0
    } else {
        f64::from(yes) / f64::from(all)
    }
}
