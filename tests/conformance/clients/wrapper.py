"""SPARQLWrapper: every form of query, every way to send it, every format that it can read."""

import csv
import io
import urllib.error
import warnings

import rdflib
from rdflib import RDF, URIRef
from SPARQLWrapper import (
    CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML,
    SPARQLWrapper, SPARQLWrapper2,
)
from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed

from plain import PREFIXES, TITLES, rows

WAYS = {
    "GET": (GET, URLENCODED),
    "POST form": (POST, URLENCODED),
    "POST directly": (POST, POSTDIRECTLY),
}
CONSTRUCT = PREFIXES + "CONSTRUCT { ?plan a plan:Plan ; dcterms:title ?title } " \
                       "WHERE { ?plan a plan:Plan ; dcterms:title ?title }"
PLAN = "https://w3id.org/samplan/ns#Plan"


def client(base, query, way="GET", form=None):
    wrapper = SPARQLWrapper(base + "sparql", **({} if form is None else {"returnFormat": form}))
    method, how = WAYS[way]
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    wrapper.setQuery(query)
    return wrapper


def text(node, name):
    return "".join(child.data for part in node.getElementsByTagName(name)
                   for child in part.childNodes)


def from_xml(document):
    found = set()
    for result in document.getElementsByTagName("result"):
        cell = {part.getAttribute("name"): part for part in result.getElementsByTagName("binding")}
        found.add((text(cell["plan"], "uri"), text(cell["title"], "literal")))
    return found


def from_json(document):
    return {(row["plan"]["value"], row["title"]["value"])
            for row in document["results"]["bindings"]}


def from_csv(document):
    return {(row["plan"], row["title"])
            for row in csv.DictReader(io.StringIO(document.decode("utf-8")))}


def from_tsv(document):
    lines = document.decode("utf-8").splitlines()
    found = set()
    for line in lines[1:]:
        plan, title = line.split("\t")
        found.add((plan.strip("<>"), title[1:title.rindex('"')]))
    return found if lines[0] == "?plan\t?title" else set()


ROWS = {JSON: from_json, XML: from_xml, CSV: from_csv, TSV: from_tsv, None: from_xml}
YES = {JSON: lambda found: found["boolean"], XML: lambda found: text(found, "boolean") == "true",
       None: lambda found: text(found, "boolean") == "true"}
GRAPHS = {TURTLE: "turtle", N3: "n3", RDFXML: None, XML: None, JSONLD: None, None: None}


def graph(form, converted):
    """What the client gives: a graph, or the bytes of one."""
    if GRAPHS[form] is None:
        return converted
    return rdflib.Graph().parse(data=converted, format=GRAPHS[form])


def sent(base, way, group, titles):
    for form, read in ROWS.items():
        with group.part(f"SELECT {way} {form}"):
            found = read(client(base, TITLES, way, form).queryAndConvert())
            group.same(f"SELECT {way} {form}", found, titles)
    for form, read in YES.items():
        for query, truth in (("ASK { ?plan a plan:Plan }", True),
                             ("ASK { ?plan a plan:Plan, plan:Goal }", False)):
            with group.part(f"ASK {way} {form}"):
                found = read(client(base, PREFIXES + query, way, form).queryAndConvert())
                group.holds(f"ASK {way} {form} {query}", found is truth, found)
    for form in GRAPHS:
        with group.part(f"CONSTRUCT {way} {form}"):
            found = graph(form, client(base, CONSTRUCT, way, form).queryAndConvert())
            group.same(f"CONSTRUCT {way} {form}",
                       {(str(plan), str(title))
                        for plan, title in found.subject_objects(rdflib.DCTERMS.title)}, titles)
        with group.part(f"DESCRIBE {way} {form}"):
            plan = min(titles)[0]
            found = graph(form, client(base, f"DESCRIBE <{plan}>", way, form).queryAndConvert())
            group.holds(f"DESCRIBE {way} {form}",
                        (URIRef(plan), RDF.type, URIRef(PLAN)) in found, len(found))


def dataset(base, way, group, sizes):
    one, other = sorted(sizes, key=sizes.get)[-2:]
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    names = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"

    def ask(query, default=(), named=()):
        wrapper = client(base, query, way, JSON)
        for name in default:
            wrapper.addDefaultGraph(name)
        for name in named:
            wrapper.addNamedGraph(name)
        return [{name: term["value"] for name, term in row.items()}
                for row in wrapper.queryAndConvert()["results"]["bindings"]]

    with group.part(f"dataset {way}"):
        group.same(f"one default graph {way}", int(ask(count, [one])[0]["n"]), sizes[one])
        both = int(ask(count, [one, other])[0]["n"])
        group.holds(f"two default graphs {way}",
                    max(sizes[one], sizes[other]) < both <= sizes[one] + sizes[other], both)
        group.holds(f"default graphs leave no named ones {way}", not ask(names, [one]))
        group.same(f"one named graph {way}",
                   {row["g"] for row in ask(names, named=[one])}, {one})
        group.holds(f"a named graph leaves the default graph empty {way}",
                    ask(count, named=[one])[0]["n"] == "0")
        group.same(f"both {way}", {row["g"] for row in ask(names, [one], [one, other])},
                   {one, other})


def check(base, group, known):
    titles = {(str(plan), str(title)) for plan in known.subjects(RDF.type, URIRef(PLAN))
              for title in known.objects(plan, rdflib.DCTERMS.title)}
    sizes = {row["g"]: int(row["n"]) for row in rows(
        base, "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")}
    with warnings.catch_warnings():
        # SPARQLWrapper warns when it gets another format than it asked for.
        warnings.simplefilter("error", RuntimeWarning)
        for way in WAYS:
            sent(base, way, group, titles)
            dataset(base, way, group, sizes)
    with group.part("only Accept"):
        wrapper = client(base, TITLES, form=JSON)
        wrapper.setOnlyConneg(True)
        group.same("only Accept", from_json(wrapper.queryAndConvert()), titles)
    with group.part("SPARQLWrapper2"):
        wrapper = SPARQLWrapper2(base + "sparql")
        wrapper.setQuery(TITLES)
        group.same("SPARQLWrapper2", {(row["plan"].value, row["title"].value)
                                      for row in wrapper.query().bindings}, titles)
    # CSV has no form for a yes or no: better none than a made-up one.
    with group.refused("ASK as CSV", urllib.error.HTTPError):
        client(base, "ASK {}", form=CSV).queryAndConvert()
    with group.refused("a mistake in a query", QueryBadFormed):
        client(base, "SELECT ?x WHERE { ?x", form=JSON).queryAndConvert()
    with group.refused("an update", QueryBadFormed):
        client(base, "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "POST form").query()
    with group.refused("another address", EndPointNotFound):
        wrapper = SPARQLWrapper(base + "sparqll")
        wrapper.setQuery(TITLES)
        wrapper.query()
