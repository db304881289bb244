"""What is looked at: every address of every kind in kinds.json, as the instance tells."""

import json
import pathlib
import urllib.parse
import urllib.request

NAMED_ELSEWHERE = "https://w3id.org/samplan/"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "m8g": "http://data.europa.eu/m8g/",
    "oa": "http://www.w3.org/ns/oa#",
    "plan": "https://w3id.org/samplan/ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
}


def fetch(url, accept="*/*"):
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def select(base, where):
    """The addresses that a pattern finds, sorted, as far as the instance serves them."""
    names = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    query = f"BASE <{base}>\n{names}SELECT DISTINCT ?it WHERE {{ {where} }} ORDER BY STR(?it)"
    url = f"{base}sparql?{urllib.parse.urlencode({'query': query})}"
    rows = json.loads(fetch(url, "application/sparql-results+json"))["results"]["bindings"]
    found = [row["it"]["value"] for row in rows if row["it"]["type"] == "uri"]
    # The vocabulary has its name elsewhere, and every instance serves it below its own base.
    found = [base + iri.removeprefix(NAMED_ELSEWHERE) if iri.startswith(NAMED_ELSEWHERE) else iri
             for iri in found]
    return [iri for iri in found if iri.startswith(base) and "#" not in iri]


def evenly(found, most):
    """At most so many, from the whole length of the list."""
    if most is None or len(found) <= most:
        return found
    return [found[index * len(found) // most] for index in range(most)]


def find(base):
    """The addresses by kind; a kind without any is an error, since it would test nothing."""
    kinds = {}
    for entry in json.loads((pathlib.Path(__file__).parent / "kinds.json").read_text("utf-8")):
        if "paths" in entry:
            found = [base + path for path in entry["paths"]]
        else:
            found = evenly(select(base, entry["where"]), entry.get("most"))
        if not found and not entry.get("optional"):
            raise SystemExit(f"the instance has nothing of the kind {entry['kind']}")
        kinds[entry["kind"]] = found
    return kinds
