"""Hold the EU flavour against the SHACL shapes of DCAT-AP 3.0.1, with pySHACL.

Read section 2 of ../shared/research/harvesting.md for why the background is merged into the
data, and nothing is inferred.
"""

import functools

import pyshacl
import rdflib
from rdflib import RDF, SH, Literal, Namespace, URIRef

from graphs import parse
from vocabulary import AUTHORITY, BACKGROUND, DCAT, DCTERMS, GOLDEN, SHAPES

FILES = ["shapes", "range", "mdr-vocabularies.shape"]
# Warnings that no Swedish catalogue can be without: its publishers are no bodies of the EU, and
# not every place is in a table that the shapes know.
TOLERATED = {("mdr-vocabularies.shape", DCTERMS.publisher),
             ("mdr-vocabularies.shape", DCTERMS.spatial)}
ID = Namespace("https://plan.example.se/id/")
DATASET, FILE = ID["dataset/klimatplan-2025"], ID["distribution/klimatplan-2025-csv"]

MUTATIONS = [
    ("a format as text", (FILE, DCTERMS["format"], Literal("text/csv"))),
    ("a format of no table", (FILE, DCTERMS["format"], URIRef("https://example.org/csv"))),
    ("a media type of no register", (FILE, DCAT.mediaType, URIRef("https://example.org/csv"))),
    ("a title that is an IRI", (DATASET, DCTERMS.title, DATASET)),
    ("a language of no table", (DATASET, DCTERMS.language, URIRef(AUTHORITY + "language/XXX"))),
    ("a theme of no table", (DATASET, DCAT.theme, URIRef(AUTHORITY + "data-theme/PLAN"))),
    ("a size as a decimal", (FILE, DCAT.byteSize, Literal("12", datatype=rdflib.XSD.decimal))),
]


@functools.cache
def shapes(name):
    return rdflib.Graph().parse(SHAPES / f"{name}.ttl", format="turtle")


def results(graph, name):
    """What pySHACL reports: severity, node, path, value, and the words of the shape."""
    _, report, text = pyshacl.validate(
        graph, shacl_graph=shapes(name), inference="none", advanced=False, inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(text)
    for result in sorted(set(report.objects(None, SH.result))):
        yield (report.value(result, SH.resultSeverity), report.value(result, SH.focusNode),
               report.value(result, SH.resultPath), report.value(result, SH.value),
               report.value(result, SH.resultMessage))


def merged(graph):
    whole = rdflib.Graph().parse(BACKGROUND, format="turtle")
    for triple in graph:
        whole.add(triple)
    return whole


def conforms(check, graph, name):
    """No violation, and no warning but the tolerated ones."""
    nodes = len(set(graph.subjects(RDF.type, None)))
    check.holds("there are nodes to judge", name, nodes, "some", nodes)
    tolerated = 0
    for severity, node, path, value, message in results(merged(graph), name):
        if severity == SH.Warning and (name, path) in TOLERATED:
            tolerated += 1
            continue
        check.wrong(f"{name}: {str(severity).rpartition('#')[2]} at {path}", node,
                    message, value)
    check.figure(f"{tolerated} tolerated warnings")


def mutations(check):
    """Every mutation of the worked example is noticed by one of the shapes."""
    for what, (node, prop, value) in MUTATIONS:
        graph = parse(GOLDEN["EU"].read_bytes(), "ttl")
        graph.set((node, prop, value))
        found = [result for name in FILES for result in results(merged(graph), name)
                 if (name, result[2]) not in TOLERATED or result[0] != SH.Warning]
        check.holds("pySHACL notices", what, found, "a failure", "none")
