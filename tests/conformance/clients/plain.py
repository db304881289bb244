"""Queries without a SPARQL library, and the words that the checks use."""

import json
import urllib.parse
import urllib.request

PREFIXES = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX plan: <https://w3id.org/samplan/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
"""
TITLES = PREFIXES + "SELECT ?plan ?title WHERE { ?plan a plan:Plan ; dcterms:title ?title }"

# How rdflib calls what the instance serves under these endings.
SYNTAXES = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml", "trig": "trig",
            "nq": "nquads"}


def fetch(url, accept="*/*"):
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def bindings(base, query):
    """The rows of a query, each a dict of terms as SPARQL Query Results JSON has them."""
    request = urllib.request.Request(
        base + "sparql", data=urllib.parse.urlencode({"query": query}).encode(),
        headers={"Accept": "application/sparql-results+json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["results"]["bindings"]


def rows(base, query):
    """The rows of a query, each a dict of plain values."""
    return [{name: term["value"] for name, term in row.items()} for row in bindings(base, query)]
