//! What the terms of other vocabularies are called on a page.

use super::facts::Facts;
use crate::views::{Error, Language};
use crate::vocab::{
    adms, adms_status, dcat, dcmitype, dcterms, foaf, m8g, oa, org, owl, pav, plan, prov,
    publisher_type, rdf, rdfs, skos, spdx, sssom, vcard,
};

/// Local name, Swedish, English.
type Term = (&'static str, &'static str, &'static str);

/// The terms in use, by namespace. Our own have their names in the vocabulary itself.
const TERMS: &[(&str, &[Term])] = &[
    (adms::NS, &[("status", "status", "status")]),
    (
        dcat::NS,
        &[
            ("Catalog", "katalog", "catalogue"),
            ("contactPoint", "kontakt", "contact point"),
            ("downloadURL", "nedladdning", "download address"),
            ("endDate", "slutdatum", "end date"),
            ("mediaType", "medietyp", "media type"),
            ("startDate", "startdatum", "start date"),
        ],
    ),
    (
        dcmitype::NS,
        &[
            ("Collection", "samling", "collection"),
            ("Service", "tjänst", "service"),
        ],
    ),
    (
        dcterms::NS,
        &[
            ("Location", "plats", "place"),
            ("PeriodOfTime", "period", "period"),
            ("RightsStatement", "rättigheter", "rights statement"),
            ("abstract", "ingress", "abstract"),
            ("alternative", "annan ordalydelse", "other wording"),
            ("created", "skapad", "created"),
            ("creator", "ägare", "owner"),
            ("date", "datum", "date"),
            ("dateAccepted", "antagen", "adopted"),
            ("description", "beskrivning", "description"),
            ("hasPart", "delar", "parts"),
            ("identifier", "beteckning", "identifier"),
            ("isPartOf", "del av", "part of"),
            ("isReplacedBy", "ersätts av", "replaced by"),
            ("issued", "utgiven", "issued"),
            ("language", "språk", "language"),
            ("license", "licens", "licence"),
            ("modified", "ändrad", "changed"),
            ("publisher", "utgivare", "publisher"),
            ("references", "nämner", "mentions"),
            ("relation", "är densamma som", "is the same as"),
            ("replaces", "ersätter", "replaces"),
            ("rights", "rättigheter", "rights"),
            ("source", "källa", "source"),
            ("spatial", "plats", "place"),
            ("subject", "ämne", "subject"),
            ("temporal", "period", "period"),
            ("title", "titel", "title"),
            ("type", "slag", "kind"),
        ],
    ),
    (
        foaf::NS,
        &[
            ("Agent", "aktör", "agent"),
            ("Document", "dokument", "document"),
            ("Group", "grupp", "group"),
            ("Project", "projekt", "project"),
            ("homepage", "webbplats", "home page"),
            ("member", "medlem", "member"),
            ("name", "namn", "name"),
            ("page", "webbsida", "web page"),
        ],
    ),
    (
        m8g::NS,
        &[
            ("Participation", "medverkan", "participation"),
            (
                "PublicOrganisation",
                "offentlig organisation",
                "public organisation",
            ),
            ("ReferenceFramework", "dokument", "document"),
            ("hasParticipant", "vem", "who"),
            ("hasParticipation", "medverkan", "participation"),
            ("role", "roll", "role"),
        ],
    ),
    (
        oa::NS,
        &[
            ("SpecificResource", "textställe", "passage"),
            ("TextQuoteSelector", "citat", "quotation"),
            ("exact", "orden", "the words"),
            ("hasSelector", "citat", "quotation"),
            ("hasSource", "i", "in"),
            ("hasTarget", "vilar på", "rests on"),
            ("prefix", "efter orden", "after the words"),
            ("suffix", "före orden", "before the words"),
        ],
    ),
    (
        org::NS,
        &[
            ("Organization", "organisation", "organisation"),
            ("OrganizationalUnit", "enhet", "unit"),
            ("unitOf", "enhet i", "unit of"),
        ],
    ),
    (
        owl::NS,
        &[
            ("Ontology", "vokabulär", "vocabulary"),
            ("annotatedProperty", "slags motsvarighet", "kind of match"),
            ("annotatedSource", "från", "from"),
            ("annotatedTarget", "till", "to"),
            ("imports", "bygger på", "imports"),
            ("sameAs", "samma som", "same as"),
            ("versionInfo", "version", "version"),
        ],
    ),
    (
        pav::NS,
        &[
            ("authoredBy", "enligt", "according to"),
            ("authoredOn", "datum", "date"),
            ("retrievedOn", "hämtad", "retrieved"),
        ],
    ),
    (
        prov::NS,
        &[
            ("Activity", "beslut", "decision"),
            ("Entity", "sak", "thing"),
            ("wasAssociatedWith", "av", "by"),
            ("wasAttributedTo", "enligt", "according to"),
            ("wasDerivedFrom", "utgår från", "derived from"),
            ("wasGeneratedBy", "beslutad genom", "decided by"),
            ("wasRevisionOf", "fortsätter", "continues"),
        ],
    ),
    (rdf::NS, &[("value", "text", "text")]),
    (
        rdfs::NS,
        &[
            ("comment", "kommentar", "comment"),
            ("isDefinedBy", "definieras i", "defined by"),
            ("label", "benämning", "label"),
            ("seeAlso", "se även", "see also"),
        ],
    ),
    (
        skos::NS,
        &[
            ("Concept", "begrepp", "concept"),
            ("ConceptScheme", "begreppsschema", "concept scheme"),
            ("altLabel", "kallas även", "also called"),
            ("broadMatch", "ingår i", "is part of"),
            ("broader", "del av", "part of"),
            ("closeMatch", "ligger nära", "close to"),
            ("definition", "definition", "definition"),
            ("editorialNote", "anmärkning", "remark"),
            ("exactMatch", "motsvarar", "corresponds to"),
            ("hasTopConcept", "mål", "goals"),
            ("inScheme", "ingår i", "belongs to"),
            ("narrowMatch", "omfattar", "includes"),
            ("notation", "beteckning", "notation"),
            ("note", "not", "note"),
            ("prefLabel", "benämning", "label"),
            ("relatedMatch", "har samband med", "is related to"),
            ("scopeNote", "innebörd", "meaning"),
            ("topConceptOf", "överst i", "top of"),
        ],
    ),
    (
        spdx::NS,
        &[
            ("Checksum", "kontrollsumma", "checksum"),
            ("algorithm", "metod", "algorithm"),
            ("checksum", "kontrollsumma", "checksum"),
            ("checksumValue", "värde", "value"),
        ],
    ),
    (sssom::NS, &[("Mapping", "mappning", "mapping")]),
    (
        vcard::NS,
        &[
            ("Organization", "kontakt", "contact"),
            ("fn", "namn", "name"),
            ("hasEmail", "e-post", "e-mail"),
        ],
    ),
    (
        adms_status::NS,
        &[("Withdrawn", "tillbakadragen", "withdrawn")],
    ),
];

/// Things elsewhere that the data point to and that have no name in them.
const ELSEWHERE: &[Term] = &[
    (
        "http://creativecommons.org/publicdomain/zero/1.0/",
        "CC0 1.0",
        "CC0 1.0",
    ),
    (
        "http://publications.europa.eu/resource/authority/language/ENG",
        "engelska",
        "English",
    ),
    (
        "http://publications.europa.eu/resource/authority/language/SWE",
        "svenska",
        "Swedish",
    ),
    (
        "http://publications.europa.eu/resource/authority/frequency/ANNUAL",
        "årligen",
        "yearly",
    ),
    (
        "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
        "SHA-256",
        "SHA-256",
    ),
    (
        "https://www.iana.org/assignments/media-types/text/plain",
        "text/plain",
        "text/plain",
    ),
    (
        publisher_type::LOCAL_AUTHORITY.as_str(),
        "kommun",
        "municipality",
    ),
    (
        publisher_type::NATIONAL_AUTHORITY.as_str(),
        "statlig myndighet",
        "national agency",
    ),
    (
        publisher_type::REGIONAL_AUTHORITY.as_str(),
        "regional nivå",
        "regional level",
    ),
];

/// What something elsewhere is called, where we know it.
pub(super) fn elsewhere(iri: &str, language: Language) -> Option<&'static str> {
    let (_, sv, en) = ELSEWHERE.iter().find(|(own, _, _)| *own == iri)?;
    Some(language.pick(*sv, *en))
}

/// The properties by which other things point to a node, in the order they are shown.
pub(super) const BACKWARD: &[(&str, &str, &str)] = &[
    (
        "http://data.europa.eu/m8g/hasParticipation",
        "Medverkan i",
        "Participation in",
    ),
    (
        "http://purl.org/dc/terms/temporal",
        "Period för",
        "Period of",
    ),
    (
        "http://www.w3.org/2004/02/skos/core#note",
        "Fotnot till",
        "Footnote to",
    ),
    (
        "http://purl.org/dc/terms/references",
        "Nämns av",
        "Mentioned by",
    ),
    (
        "https://w3id.org/samplan/ns#implements",
        "Genomförs av",
        "Implemented by",
    ),
    (
        "https://w3id.org/samplan/ns#approach",
        "Angreppssätt i",
        "Approach of",
    ),
    ("http://purl.org/dc/terms/source", "Källa till", "Source of"),
    (
        "http://purl.org/dc/terms/rights",
        "Gäller för",
        "Applies to",
    ),
    (
        "http://www.w3.org/ns/prov#wasGeneratedBy",
        "Beslutet gäller",
        "The decision is about",
    ),
    ("http://www.w3.org/ns/oa#hasTarget", "Stöder", "Supports"),
    (
        "http://purl.org/dc/terms/spatial",
        "Handlingsplaner och organisationer här",
        "Action plans and organisations here",
    ),
];

/// What a class or a property is called; `None` where nothing names it.
pub(super) fn name(facts: Facts<'_>, iri: &str) -> Result<Option<String>, Error> {
    if iri.starts_with(plan::NS) {
        let name = facts.name(iri)?;
        return Ok(name.language.is_some().then_some(name.text));
    }
    Ok(TERMS.iter().find_map(|(namespace, terms)| {
        let local = iri.strip_prefix(namespace)?;
        let (_, sv, en) = terms.iter().find(|(own, _, _)| *own == local)?;
        Some(facts.language.pick(*sv, *en).to_owned())
    }))
}
