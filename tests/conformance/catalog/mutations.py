"""Break the worked examples in known ways, and see that the checks notice every one.

What DIGG's own engine flags, what it lets pass, and what rule 30 names (section 1.4 and
checklist of ../shared/research/harvesting.md), with some more for the rules of our own.
"""

from rdflib import RDF, BNode, Literal, Namespace, URIRef

import contents
import nodes
import report
import se_profile
import values
from graphs import parse
from vocabulary import (
    AUTHORITY, DCAT, DCATAP, DCTERMS, FOAF, GOLDEN, HVD, ORG, ORGANISATION, VCARD, XSD,
)

BASE = "https://plan.example.se/"
ID = Namespace(BASE + "id/")
CATALOG = URIRef(BASE + "catalog")
AGENT = URIRef(ORGANISATION + "2321000999")
CONTACT = ID["contact/opendata"]
SERIES, DATASET = ID["series/klimatplan"], ID["dataset/klimatplan-2025"]
FILE, SERVICE = ID["distribution/klimatplan-2025-csv"], ID["service/api"]
PERIOD = ID["period/2025"]
PROFILE = "the Swedish profile"
FREE = "http://creativecommons.org/licenses/by/4.0"


def drop(node, prop):
    return lambda graph: graph.remove((node, prop, None))


def add(node, prop, value):
    return lambda graph: graph.add((node, prop, value))


def put(node, prop, value):
    """A value in the place of those that there are."""
    return lambda graph: graph.set((node, prop, value))


def nameless(name):
    """A blank node in the place of an IRI."""
    def change(graph):
        node = BNode()
        for triple in list(graph):
            if name in triple:
                graph.remove(triple)
                graph.add(tuple(node if term == name else term for term in triple))
    return change


def licence(iri):
    """Another licence of a file, described as a licence should be."""
    def change(graph):
        graph.set((FILE, DCTERMS.license, URIRef(iri)))
        graph.add((URIRef(iri), RDF.type, DCTERMS.LicenseDocument))
    return change


def untype_telephone(graph):
    graph.remove((graph.value(CONTACT, VCARD.hasTelephone), RDF.type, None))


def untag(prop):
    """A text of a dataset loses its language tag."""
    def change(graph):
        text = min(graph.objects(DATASET, prop))
        graph.remove((DATASET, prop, text))
        graph.add((DATASET, prop, Literal(str(text))))
    return change


# What is broken, how, and the checks that have to notice.
FLAGGED = [
    ("a dataset without a publisher", drop(DATASET, DCTERMS.publisher), [PROFILE, "rule 22"]),
    ("an agent without a type", drop(AGENT, DCTERMS.type), [PROFILE, "rule 18"]),
    ("two access addresses", add(FILE, DCAT.accessURL, URIRef(BASE)), [PROFILE, "rule 23"]),
    ("a month for a date", put(DATASET, DCTERMS.issued,
                               Literal("2025-01", datatype=XSD.gYearMonth)),
     [PROFILE, "rule 17"]),
    ("a date as text", put(DATASET, DCTERMS.modified, Literal("2025-01-15")),
     [PROFILE, "rule 17"]),
    ("an impossible date", put(DATASET, DCTERMS.modified,
                               Literal("2025-02-30", datatype=XSD.date)),
     [PROFILE, "rule 17"]),
    ("an e-mail as text", put(CONTACT, VCARD.hasEmail, Literal("info@region.example.se")),
     [PROFILE, "rule 21"]),
    ("a size that is a decimal", put(FILE, DCAT.byteSize,
                                     Literal("12345", datatype=XSD.decimal)),
     [PROFILE, "rule 17"]),
    ("a negative size", put(FILE, DCAT.byteSize,
                            Literal("-1", datatype=XSD.nonNegativeInteger)),
     [PROFILE, "rule 17"]),
    ("a language that is not listed", put(DATASET, DCTERMS.language,
                                          URIRef(AUTHORITY + "language/XXX")),
     [PROFILE, "rule 20"]),
    ("a frequency that is outdated", put(DATASET, DCTERMS.accrualPeriodicity,
                                         URIRef("http://purl.org/cld/freq/annual")),
     [PROFILE, "rule 20"]),
    ("a theme that is not listed", put(DATASET, DCAT.theme,
                                       URIRef(AUTHORITY + "data-theme/PLAN")),
     [PROFILE, "rule 20"]),
    ("a format as an IRI", put(FILE, DCTERMS["format"], URIRef(AUTHORITY + "file-type/CSV")),
     [PROFILE]),
    ("a format that is no media type", put(FILE, DCTERMS["format"], Literal("CSV")),
     [PROFILE, "rule 20"]),
    ("a contact of no known class", put(CONTACT, RDF.type, VCARD.Kind), [PROFILE, "rule 21"]),
    ("a contact of two classes", add(CONTACT, RDF.type, VCARD.Individual),
     [PROFILE, "rule 21"]),
    ("a telephone without a class", untype_telephone, [PROFILE, "rule 12"]),
    ("an outdated availability", put(FILE, DCATAP.availability,
                                     URIRef(DCATAP["availability/stable"])),
     [PROFILE, "rule 20"]),
]
NOT_FLAGGED = [
    ("a title without a language", untag(DCTERMS.title), [PROFILE, "rule 16"]),
    ("a keyword without a language", untag(DCAT.keyword), [PROFILE, "rule 16"]),
    ("a file without a licence", drop(FILE, DCTERMS.license), ["rule 19", "rule 23"]),
    ("a licence with https", licence(FREE.replace("http:", "https:") + "/"), ["rule 19"]),
    ("a licence without a slash", licence(FREE), ["rule 19"]),
    ("a licence in Swedish", licence(FREE + "/deed.sv"), ["rule 19"]),
    ("a catalogue that is not CC0", put(CATALOG, DCTERMS.license, URIRef(FREE + "/")),
     [PROFILE, "rule 19"]),
    ("a file without a format", drop(FILE, DCTERMS["format"]), ["rule 23"]),
    ("two keywords in one", add(DATASET, DCAT.keyword, Literal("klimat, energi", lang="sv")),
     ["rule 16"]),
    ("a distribution without an IRI", nameless(FILE), ["rule 12"]),
    ("a contact without an IRI", nameless(CONTACT), ["rule 12"]),
    ("a publisher without an IRI", nameless(AGENT), ["rule 12"]),
]
OURS = [
    ("a dataset without an IRI", nameless(DATASET), ["rule 12"]),
    ("a catalogue without an IRI", nameless(CATALOG), ["rule 12"]),
    ("a letter that is not encoded", add(DATASET, FOAF.page, URIRef(BASE + "åtgärd")),
     ["rule 13"]),
    ("a broken percent encoding", add(DATASET, FOAF.page, URIRef(BASE + "a%2")), ["rule 13"]),
    ("a dataset without a UUID", put(DATASET, DCTERMS.identifier, Literal("2025")),
     ["rule 14"]),
    ("the UUID of another", put(DATASET, DCTERMS.identifier,
                                Literal("5f0c0a3e-6a52-4d39-9d3b-0d7d2a4b2026")), ["rule 14"]),
    ("a contact that is the publisher", put(DATASET, DCAT.contactPoint, AGENT),
     [PROFILE, "rule 15"]),
    ("a name in no Swedish", put(AGENT, FOAF.name, Literal("Region", lang="en")), ["rule 16"]),
    ("two Swedish titles", add(DATASET, DCTERMS.title, Literal("Klimat", lang="sv")),
     ["rule 16"]),
    ("a period that ends before it begins", put(PERIOD, DCAT.endDate,
                                                Literal("2024-12-31", datatype=XSD.date)),
     ["rule 17"]),
    ("a year for a whole day", put(PERIOD, DCAT.endDate, Literal("2025", datatype=XSD.gYear)),
     ["rule 17"]),
    ("a number that is not that of the IRI", put(AGENT, DCTERMS.identifier,
                                                 Literal("232100-0001")), ["rule 18"]),
    ("a fee that is not listed", add(AGENT, ORG.classification, URIRef(BASE + "fee")),
     [PROFILE]),
    ("a licence of ours that says nothing", licence(BASE + "licence"), ["rule 19"]),
    ("a file without a size", drop(FILE, DCAT.byteSize), ["rule 23"]),
    ("a file without its address", drop(FILE, DCAT.downloadURL), ["rule 23"]),
    ("a dataset without a place", drop(DATASET, DCTERMS.spatial), ["rule 22"]),
    ("a service without a description", drop(SERVICE, DCAT.endpointDescription), ["rule 24"]),
    ("a service that serves another dataset", put(SERVICE, DCAT.servesDataset,
                                                  ID["dataset/klimatplan-2026"]), ["rule 24"]),
    ("a series in a series", add(SERIES, DCAT.inSeries, SERIES), ["rule 25"]),
    ("another publisher of a member", put(DATASET, DCTERMS.publisher, URIRef(BASE + "a")),
     ["rule 25", "the catalogue"]),
    ("a dataset that is not listed",
     lambda graph: graph.remove((CATALOG, DCAT.dataset, DATASET)), ["the catalogue"]),
    ("a catalogue record", add(ID.record, RDF.type, DCAT.CatalogRecord), ["rule 26"]),
    ("a high-value mark without a category", add(DATASET, DCATAP.applicableLegislation, HVD),
     [PROFILE, "rule 26"]),
]
MUTATIONS = FLAGGED + NOT_FLAGGED + OURS


def golden():
    return parse(GOLDEN["SE"].read_bytes(), "ttl")


def found(graph):
    """The failures of every check of a graph, by the check's name."""
    profile = report.Check()
    se_profile.hold(profile, graph)
    outcome = {PROFILE: set(profile.failures)}
    for name, rule in nodes.RULES + values.RULES + contents.RULES:
        check = report.Check()
        rule(check, graph, BASE)
        outcome[name] = set(check.failures)
    return outcome


def clean(check):
    """The Swedish profile finds nothing wrong with the worked example."""
    profile = report.Check()
    se_profile.hold(profile, golden()).report(check)
    check.same("failures of golden-se.ttl", GOLDEN["SE"], [], profile.failures)
    check.notes.clear()


def noticed(check, mutations):
    """Every mutation makes each of the checks that it names find more than before."""
    before = found(golden())
    for name, change, watchers in mutations:
        graph = golden()
        change(graph)
        after = found(graph)
        for watcher in watchers:
            more = [failure for rule, failures in after.items() if rule.startswith(watcher)
                    for failure in failures - before[rule]]
            check.holds(f"{watcher} notices", name, more, "a failure", "none")
