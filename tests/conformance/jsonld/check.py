"""Compare the formats of a running instance with each other.

usage: python check.py BASE_URL

Of every resource that resources.py finds: the JSON-LD as PyLD reads it, and Turtle, RDF/XML
and the merged graphs of TriG as rdflib reads them, must say the same as the N-Triples. Needs
PyLD and rdflib (tests/conformance/requirements.txt). Exits with 1 on any difference.
"""

import concurrent.futures
import json
import logging
import sys
import time
import urllib.error

import rdflib
import rdflib.compare
from pyld import jsonld

import resources

N_QUADS = "application/n-quads"
LINES_SHOWN = 10


class Loader:
    """Hands out documents of the instance and nothing else, each fetched once."""

    def __init__(self, base):
        self.base, self.known = base, {}

    def __call__(self, url, options):
        if not url.startswith(self.base):
            raise jsonld.JsonLdError(f"{url} is not on this instance", "jsonld.LoadDocumentError")
        if url not in self.known:
            self.known[url] = resources.fetch(url, "application/ld+json").decode("utf-8")
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
                "document": self.known[url]}


def by_pyld(source, options):
    """The canonical N-Quads of JSON-LD or N-Quads, as PyLD reads it."""
    canonical = jsonld.normalize(
        source, {"algorithm": "URDNA2015", "format": N_QUADS, **options}
    )
    return set(canonical.splitlines())


def by_rdflib(text, syntax):
    """The canonical triples of a document, as rdflib reads it; named graphs merged."""
    if syntax == "trig":
        document = rdflib.Dataset(default_union=True)
    else:
        document = rdflib.Graph()
    document.parse(data=text, format=syntax)
    graph = rdflib.Graph()
    for subject, predicate, object_ in document.triples((None, None, None)):
        graph.add((subject, predicate, object_))
    if any(isinstance(term, rdflib.BNode) for triple in graph for term in triple):
        graph = rdflib.compare.to_canonical_graph(graph)
    return {" ".join(term.n3() for term in triple) for triple in graph}


def differences(what, ours, expected):
    """The lines of two documents that only one of them has, as a diff; none, no text."""
    if ours == expected:
        return []
    lines = [f"    - {line}" for line in sorted(expected - ours)[:LINES_SHOWN]]
    lines += [f"    + {line}" for line in sorted(ours - expected)[:LINES_SHOWN]]
    lost, added = len(expected - ours), len(ours - expected)
    return [f"  {what}: {lost} triples of the N-Triples are missing (-), {added} are added (+)",
            *lines]


def compare(iri, loader):
    """What is wrong with one resource, as lines to print."""
    texts = {}
    for suffix in ("jsonld", "nt", "ttl", "rdf", "trig"):
        try:
            texts[suffix] = resources.fetch(f"{iri}.{suffix}").decode("utf-8")
        except (urllib.error.URLError, UnicodeDecodeError) as error:
            return [f"  .{suffix}: {error}"]
    wrong = []
    try:
        options = {"documentLoader": loader, "base": iri}
        ours = by_pyld(json.loads(texts["jsonld"]), options)
        wrong += differences(".jsonld", ours, by_pyld(texts["nt"], {"inputFormat": N_QUADS}))
    except Exception as error:
        wrong.append(f"  .jsonld: PyLD: {error}")
    expected = by_rdflib(texts["nt"], "nt")
    if not expected:
        wrong.append("  .nt: it is empty")
    for suffix, syntax in (("ttl", "turtle"), ("rdf", "xml"), ("trig", "trig")):
        try:
            wrong += differences(f".{suffix}", by_rdflib(texts[suffix], syntax), expected)
        except Exception as error:
            wrong.append(f"  .{suffix}: rdflib: {error}")
    return wrong


def start(base):
    global LOADER
    LOADER = Loader(base)
    # Literals must stay as they are written: "01" is not "1" here.
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def work(iri):
    return compare(iri, LOADER)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    base = sys.argv[1]
    began = time.monotonic()
    kinds = resources.find(base)
    width = max(map(len, kinds))
    failed = 0
    print(f"{'kind':{width}}  count     ok")
    with concurrent.futures.ProcessPoolExecutor(initializer=start, initargs=(base,)) as pool:
        for kind, found in kinds.items():
            wrong = {iri: lines for iri, lines in zip(found, pool.map(work, found)) if lines}
            print(f"{kind:{width}}  {len(found):5}  {len(found) - len(wrong):5}", flush=True)
            for iri, lines in wrong.items():
                print(iri, *lines, sep="\n")
            failed += len(wrong)
    count = sum(map(len, kinds.values()))
    print(f"{count} resources, {failed} of them differ, {time.monotonic() - began:.0f} s")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
