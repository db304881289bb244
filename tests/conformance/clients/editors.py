"""What query editors and language tools ask an endpoint about itself.

The SIB SPARQL editor and sparql-llm ask the endpoint first and, where it answers with no rows,
query the service description. The queries here ask for the same things in our own words; the
same are run by comunica.mjs as the editor runs them. sparql-llm itself is used unchanged, with
its loaders and its check of queries.
"""

import logging
import os
import re
import sys
import urllib.parse
from unittest.mock import MagicMock

import rdflib

from plain import PREFIXES, bindings, fetch

PLAN = "https://w3id.org/samplan/ns#"
DCTERMS = "http://purl.org/dc/terms/"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

NAMES = PREFIXES + "SELECT DISTINCT ?prefix ?namespace " \
                   "WHERE { ?declaration sh:prefix ?prefix ; sh:namespace ?namespace }"
EXAMPLES = PREFIXES + """\
SELECT DISTINCT ?example ?comment ?text
WHERE {
  ?example rdf:type sh:SPARQLExecutable ; rdfs:comment ?comment .
  ?example sh:select|sh:ask|sh:construct|sh:describe ?text .
}"""
SCHEMA = PREFIXES + """\
SELECT DISTINCT ?class ?property ?to ?datatype
WHERE {
  ?part void:class ?class ; void:propertyPartition ?narrow .
  ?narrow void:property ?property .
  OPTIONAL {
    { ?narrow void:classPartition/void:class ?to }
    UNION
    { ?narrow void-ext:datatypePartition/void-ext:datatype ?datatype }
  }
}"""
GRAPHS = PREFIXES + """\
SELECT DISTINCT ?graph ?class ?property
WHERE {
  ?graph sd:graph/void:classPartition ?part .
  ?part void:class ?class ; void:propertyPartition/void:property ?property .
}"""


def of_endpoint(base):
    """The classes and their properties, object classes and datatypes, counted by queries."""
    schema = {}
    for row in bindings(base, "SELECT DISTINCT ?c ?p WHERE { ?s a ?c ; ?p ?o }"):
        schema[(row["c"]["value"], row["p"]["value"])] = set()
    for row in bindings(base, "SELECT DISTINCT ?c ?p ?t WHERE { ?s a ?c ; ?p ?o . "
                              "OPTIONAL { ?o a ?to } BIND(COALESCE(?to, DATATYPE(?o)) AS ?t) "
                              "FILTER(BOUND(?t)) }"):
        schema[(row["c"]["value"], row["p"]["value"])].add(row["t"]["value"])
    return schema


def with_rdflib(base, group, schema):
    graph = rdflib.Graph().parse(data=fetch(base + "sparql", "text/turtle"), format="turtle")
    for name, query in (("prefixes", NAMES), ("examples", EXAMPLES), ("schema", SCHEMA)):
        group.holds(f"the endpoint itself has no {name}, so the description is asked",
                    not bindings(base, query))
    known = {(str(row.prefix), str(row.namespace)) for row in graph.query(NAMES)}
    group.holds("prefixes", {("plan", PLAN), ("dcterms", DCTERMS)} <= known, known)
    group.same("a prefix stands for one namespace", len(dict(known)), len(known))

    listed = {str(query): str(text) for query, text in
              rdflib.Graph().parse(data=fetch(f"{base}query.ttl"), format="turtle")
              .query(PREFIXES + "SELECT ?query ?text { ?query sh:select|sh:ask|sh:construct ?text }")}
    examples = {}
    for row in graph.query(EXAMPLES):
        examples.setdefault(str(row.example), {})[row.comment.language] = str(row.text)
    group.same("examples", {name: min(texts.values()) for name, texts in examples.items()},
               listed)
    group.holds("an example is listed once, with its comment",
                all(set(texts) == {"en"} for texts in examples.values()))
    missing = {name for name, text in listed.items()
               if set(re.findall(r"(?m)^PREFIX ([\w-]*):", text)) - set(dict(known))}
    group.holds("examples use prefixes that are declared", not missing, missing)

    found = {}
    for row in graph.query(SCHEMA):
        kinds = found.setdefault((str(row["class"]), str(row.property)), set())
        kinds |= {str(kind) for kind in (row.to, row.datatype) if kind is not None}
    group.same("schema", found, schema)
    title = (PLAN + "Activity", DCTERMS + "title")
    group.same("plan:Activity – dcterms:title", found.get(title), {LANG_STRING})
    return dict(known), examples


def examples_run(base, group, examples):
    """An editor sends the text of an example as it stands."""
    empty = []
    for name, texts in sorted(examples.items()):
        with group.part(f"{name} as it stands"):
            rows = bindings(base, min(texts.values()))
            group.holds(f"{name} as it stands", isinstance(rows, list))
            if not rows:
                empty.append(name.removeprefix(base))
    if empty:
        group.note("examples without a row: " + ", ".join(empty))


def sparql_llm():
    """The package, unchanged. Its search index is stood in for, and it is told to ask no one."""
    os.environ["AUTO_INIT"] = "false"
    for name in ("fastembed", "qdrant_client"):
        sys.modules.setdefault(name, MagicMock())
    import sparql_llm as package
    from sparql_llm import utils
    logging.getLogger("sparql_llm").setLevel(logging.ERROR)
    return package, utils


def with_sparql_llm(base, group, prefixes, examples, schema):
    package, utils = sparql_llm()
    endpoint = base + "sparql"
    group.same("sparql-llm: prefixes", utils.get_prefixes_for_endpoint(endpoint), prefixes)
    found = utils.get_schema_for_endpoint(endpoint)
    group.same("sparql-llm: schema", {(about, name): set(kinds) for about, names in found.items()
                                      for name, kinds in names.items()}, schema)
    documents = package.SparqlExamplesLoader(endpoint).load()
    group.same("sparql-llm: examples", {document.metadata["answer"] for document in documents},
               {text for texts in examples.values() for text in texts.values()})
    group.holds("sparql-llm can read every example",
                all(document.metadata["query_type"] for document in documents))
    shapes = {document.metadata["iri"]: document.metadata["answer"]
              for document in package.SparqlVoidShapesLoader(endpoint).load()}
    group.holds("sparql-llm: the shape of an activity",
                "dcterms:title" in shapes.get(PLAN + "Activity", ""), sorted(shapes)[:3])
    ask = PREFIXES + "SELECT ?x WHERE { ?activity a plan:Activity ; %s ?x }"
    for name, wrong in (("dcterms:title", 0), ("plan:adopted", 1)):
        said = package.validate_sparql(ask % name, endpoint, prefixes, {endpoint: found})
        group.holds(f"sparql-llm judges {name}", len(said["errors"]) == wrong, said["errors"])


def as_the_editor_asks(base, group):
    """One parameter more than the protocol has, and only JSON accepted."""
    query = urllib.parse.urlencode({"ac": 1, "query": PREFIXES + "SELECT * { ?p a plan:Plan }"})
    group.holds("an unknown parameter beside the query",
                b"bindings" in fetch(f"{base}sparql?{query}", "application/sparql-results+json"))


def check(base, group, known):
    schema = of_endpoint(base)
    prefixes, examples = with_rdflib(base, group, schema)
    examples_run(base, group, examples)
    with group.part("as the editor asks"):
        as_the_editor_asks(base, group)
    with group.part("sparql-llm"):
        with_sparql_llm(base, group, prefixes, examples, schema)
