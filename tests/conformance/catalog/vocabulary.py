"""The namespaces, where the shared material lies, and the values that the profiles allow.

The authority tables are read out of eu-background.ttl; the other lists are those of section 1.2
of ../shared/research/harvesting.md, as far as it gives them.
"""

import functools
import pathlib

import rdflib
from rdflib import RDF, SKOS, Literal, Namespace, URIRef

SHARED = pathlib.Path(__file__).resolve().parents[4] / "shared" / "conformance"
BACKGROUND = SHARED / "eu-background.ttl"
PROFILE = SHARED / "dcat-ap-se-3.0.1" / "profile.tsv"
SHAPES = SHARED / "dcat-ap-3.0.1"
SCORE = SHARED / "mqa_score.py"
GOLDEN = {"SE": SHARED / "golden-se.ttl", "EU": SHARED / "golden-eu.ttl"}

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
ORG = Namespace("https://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

AUTHORITY = "http://publications.europa.eu/resource/authority/"
PUBLISHER_TYPE = "http://purl.org/adms/publishertype/"
IANA = "https://www.iana.org/assignments/media-types/"
ORGANISATION = "http://dataportal.se/organisation/SE"
UNKNOWN_LICENCE = URIRef("http://purl.org/adms/licencetype/UnknownIPR")
CC0 = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
HVD = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
DATA_THEME = URIRef(AUTHORITY + "data-theme")

AGENT_CLASSES = {FOAF.Agent, FOAF.Organization, FOAF.Person}
CONTACT_CLASSES = {VCARD.Organization, VCARD.Individual}
RESOURCE_CLASSES = {DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.Distribution,
                    DCAT.DataService}
LICENCES = {CC0} | {URIRef(f"http://creativecommons.org/licenses/{kind}/4.0/")
                    for kind in ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")}
FORMATS = {Literal(f"application/{kind}") for kind in (
    "json", "n-triples", "pdf", "rdf+xml", "sparql-query", "zip",
    "vnd.oasis.opendocument.spreadsheet",
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)} | {Literal("text/csv"), Literal("text/turtle")}

# Starts of IRIs that were right once.
OUTDATED = ["http://purl.org/cld/freq/", "http://purl.org/adms/status/",
            "http://data.europa.eu/r5r/availability/"]


@functools.cache
def background():
    return rdflib.Graph().parse(BACKGROUND, format="turtle")


@functools.cache
def concepts(scheme):
    """The concepts of a scheme: of an authority table by its name, else by its IRI."""
    whole = scheme if scheme.startswith("http") else AUTHORITY + scheme
    return frozenset(background().subjects(SKOS.inScheme, URIRef(whole)))


@functools.cache
def publisher_types():
    # The one that eu-background.ttl leaves out has brackets in its IRI.
    return concepts(PUBLISHER_TYPE + "1.0") | {URIRef(PUBLISHER_TYPE + "PrivateIndividual(s)")}


@functools.cache
def tables():
    """The values of a property that are the same in both flavours."""
    return {
        DCTERMS.language: concepts("language"),
        DCTERMS.accrualPeriodicity: concepts("frequency"),
        DCTERMS.accessRights: concepts("access-right"),
        DCAT.theme: concepts("data-theme"),
        DCAT.themeTaxonomy: {DATA_THEME},
        DCATAP.availability: concepts("planned-availability"),
        ADMS.status: concepts("distribution-status"),
    }


@functools.cache
def choices():
    """By property and length, each list that the Swedish profile chooses from.

    A text is the start of what is allowed, where the values themselves are not given. An empty
    list is one of which no value is known or allowed: what another row of the same property does
    not accept is refused.
    """
    known = {(prop, len(values)): values for prop, values in tables().items()}
    return known | {
        (DCTERMS.accrualPeriodicity, 17): set(),  # http://purl.org/cld/freq/ is outdated.
        (DCTERMS["format"], 17): FORMATS,
        (DCTERMS["format"], 23): set(),  # What INSPIRE calls the formats of maps.
        (DCTERMS.license, 7): LICENCES,
        (DCTERMS.type, 11): publisher_types(),
        (DCTERMS.type, 2): {URIRef(f"http://www.wikidata.org/entity/{kind}")
                            for kind in ("Q749568", "Q62270")},
        (DCATAP.applicableLegislation, 1): {HVD},
        (DCATAP.hvdCategory, 96): "http://data.europa.eu/bna/c_",
        (DCAT.hadRole, 8):
            "http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/",
        (SPDX.algorithm, 1): {SPDX.checksumAlgorithm_sha1},
        (ORG.classification, 1):
            {URIRef("https://dataportal.se/concepts/orgAspects/feeFinanzing")},
        (RDF.type, 2): CONTACT_CLASSES,
    }
