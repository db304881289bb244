"""Read the catalogue with rdflib, pyoxigraph and jsonld.js: it must say the same every time."""

import io
import os
import pathlib
import subprocess
import tempfile

import pyoxigraph

from graphs import SYNTAXES, parse, statements
from vocabulary import AUTHORITY, DCAT, DCTERMS, IANA

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 120
FILE_TYPE = AUTHORITY + "file-type/"
# The file types that a media type may be called.
ALIKE = {
    "text/csv": {"CSV"}, "text/html": {"HTML"}, "text/plain": {"TXT"},
    "text/turtle": {"RDF_TURTLE"}, "application/json": {"JSON"},
    "application/ld+json": {"JSON_LD"}, "application/rdf+xml": {"RDF_XML"},
    "application/n-triples": {"RDF_N_TRIPLES"}, "application/n-quads": {"RDF_N_QUADS"},
    "application/trig": {"RDF_TRIG"}, "application/pdf": {"PDF"}, "application/zip": {"ZIP"},
    "application/xml": {"XML"}, "application/vnd.oasis.opendocument.spreadsheet": {"ODS"},
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {"XLSX"},
    "application/sparql-query": {"SPARQLQ"},
    "application/sparql-results+json": {"JSON", "SPARQLQRES"},
    "application/sparql-results+xml": {"XML", "SPARQLQRES"},
}


def by_rdflib(body, ending):
    return parse(body, ending).serialize(format="nt", encoding="utf-8")


def by_pyoxigraph(body, ending):
    """Without a base: a relative IRI is an error."""
    syntax = pyoxigraph.RdfFormat.from_media_type(SYNTAXES[ending][0])
    quads = pyoxigraph.parse(io.BytesIO(body), format=syntax)
    return pyoxigraph.serialize((quad.triple for quad in quads),
                                format=pyoxigraph.RdfFormat.N_TRIPLES)


def canonical(graphs, base):
    """Sets of canonical N-Quads of graphs by their file names, and what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, body in graphs.items():
            (folder / name).write_bytes(body)
        ran = subprocess.run(
            [os.environ.get("NODE", "node"), "canonize.mjs", folder, base], cwd=HERE,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS)
        found = {name: (folder / f"{name}.canonical").read_bytes() for name in graphs
                 if (folder / f"{name}.canonical").exists()}
    return found, ran.stdout + ran.stderr


def lines(body):
    return set(body.decode("utf-8").splitlines())


def ways(documents):
    """The graphs of documents, by who read them; those of jsonld.js are still to be read."""
    for name, (body, ending) in documents.items():
        yield f"{name}.rdflib.nt", by_rdflib(body, ending)
        yield f"{name}.pyoxigraph.nt", by_pyoxigraph(body, ending)
        if ending in ("nt", "jsonld"):
            yield f"{name}.itself.{ending}", body


def isomorphic(check, documents, base):
    """All documents, each by every parser that can read it, are one graph."""
    graphs = dict(ways(documents))
    found, said = canonical(graphs, base)
    check.same("what canonize.mjs reads", base, set(graphs), set(found))
    check.same("what canonize.mjs complains about", base, "", said.strip())
    first = min(found)
    expected = lines(found[first])
    check.holds("there are triples", first, expected, "some", len(expected))
    for name in sorted(found):
        check.same(f"triples of {name} and {first}", base, expected, lines(found[name]))
    check.figure(f"{len(found)} readings of {len(expected)} triples")


def flavours(check, se, eu):
    """The two differ in the objects of dcterms:format, which mean the same, and in nothing else."""
    def rest(graph):
        return {line for line in statements(graph) if f"<{DCTERMS['format']}>" not in line}
    check.same("triples but those of dcterms:format", "SE and EU", rest(eu), rest(se))
    check.same("what has a format", "SE and EU",
               set(se.subjects(DCTERMS["format"])), set(eu.subjects(DCTERMS["format"])))
    for node in sorted(set(se.subjects(DCTERMS["format"]))):
        text = str(se.value(node, DCTERMS["format"]))
        file_type = str(eu.value(node, DCTERMS["format"])).removeprefix(FILE_TYPE)
        alike = ALIKE.get(text, set())
        check.holds(f"the file type of {text}", node, file_type in alike, sorted(alike), file_type)
        media_types = {str(value).removeprefix(IANA) for value in eu.objects(node, DCAT.mediaType)}
        if media_types:
            check.same("dcterms:format and dcat:mediaType", node, media_types, {text})
