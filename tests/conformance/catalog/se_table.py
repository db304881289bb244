"""The rows of profile.tsv, and which nodes and values each of them is about."""

import dataclasses
import re

from rdflib import RDF, BNode, Literal, URIRef

from graphs import agents, contacts, of_class
from vocabulary import DCAT, PROFILE, XSD, choices

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gsp": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "odrs": "http://schema.theodi.org/odrs#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": str(RDF),
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": str(XSD),
}
ROWS = 186
NAME = re.compile(r"https?://[^\s#]+#[\w-]+|[a-z]+:[\w-]+")
DATES = {
    XSD.date: r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(Z|[+-]\d\d:\d\d)?",
    XSD.dateTime: r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d\d:\d\d:\d\d(\.\d+)?"
                  r"(Z|[+-]\d\d:\d\d)?",
    XSD.gYear: r"-?\d{4,}(Z|[+-]\d\d:\d\d)?",
    XSD.nonNegativeInteger: r"\+?\d+",
}
KINDS = {
    "": "a node",
    "URI": "an IRI",
    "RESOURCE": "an IRI or a blank node",
    "LITERAL": "a text",
    "ONLY_LITERAL": "a text without a language tag",
    "LANGUAGE_LITERAL": "a text with a language tag",
    "DATATYPE_LITERAL": "a well-formed value",
}
# A series of datasets stands wherever a dataset may.
NARROWER = {DCAT.Dataset: {DCAT.DatasetSeries}}


def iris(text):
    """The names in a cell, which may be divided by spaces or, in a path, by slashes."""
    found = []
    for name in NAME.findall(text):
        prefix, _, local = name.partition(":")
        found.append(URIRef(name if local.startswith("//") else PREFIXES[prefix] + local))
    return tuple(found)


@dataclasses.dataclass(frozen=True, eq=False)
class Row:
    number: int
    target: str
    written: str
    path: tuple
    need: str
    least: int
    most: float
    kind: str
    classes: tuple
    pattern: str
    allowed: object
    condition: tuple

    @property
    def label(self):
        return f"row {self.number}, {self.target} {self.written}"

    @property
    def mandatory(self):
        return self.need == "M"

    @property
    def parent(self):
        return self.path[:-1]

    @property
    def property(self):
        return self.path[-1]

    def nodes(self, graph):
        """The nodes that the row is about."""
        found = targets(graph, self.target)
        for step in self.parent:
            found = sorted({value for node in found for value in graph.objects(node, step)
                            if not isinstance(value, Literal)})
        if self.condition:
            found = [node for node in found if (node, *self.condition) in graph]
        return found

    def fault(self, graph, value):
        """Why the row does not accept a value, or None."""
        return (kind_fault(self, value) or pattern_fault(self, value)
                or choice_fault(self, value) or class_fault(self, graph, value))


def targets(graph, target):
    if target == "dcat:contactPoint":
        return contacts(graph)
    if target == "dcat:foaf:Agent":
        return agents(graph)
    return of_class(graph, *iris(target))


def kind_fault(row, value):
    literal = isinstance(value, Literal)
    text = literal and value.datatype in (None, XSD.string)
    fits = {
        "": not literal,
        "URI": isinstance(value, URIRef),
        "RESOURCE": isinstance(value, (URIRef, BNode)),
        "LITERAL": text,
        "ONLY_LITERAL": text and value.language is None,
        # DIGG's engine lets a text without a language tag pass; nothing here does.
        "LANGUAGE_LITERAL": text and value.language is not None,
        "DATATYPE_LITERAL": literal and value.datatype in row.classes and well_formed(value),
    }[row.kind]
    if fits:
        return None
    classes = f" of {' '.join(row.classes)}" if row.kind == "DATATYPE_LITERAL" else ""
    return KINDS[row.kind] + classes


def well_formed(value):
    written = DATES.get(value.datatype)
    return not value.ill_typed and (written is None or re.fullmatch(written, str(value)))


def pattern_fault(row, value):
    # The template of a telephone number puts the scheme before what the pattern is of.
    text = str(value).removeprefix("tel:")
    if row.pattern and not re.fullmatch(row.pattern, text):
        return f"what matches {row.pattern}"
    return None


def choice_fault(row, value):
    if row.allowed is None:
        return None
    if isinstance(row.allowed, str):
        return None if str(value).startswith(row.allowed) else f"what starts {row.allowed}"
    return None if value in row.allowed else f"one of {len(row.allowed)} listed values"


def class_fault(row, graph, value):
    if row.kind == "DATATYPE_LITERAL" or not row.classes or row.allowed is not None:
        return None
    accepted = set(row.classes).union(*(NARROWER.get(kind, ()) for kind in row.classes))
    if accepted.intersection(graph.objects(value, RDF.type)):
        return None
    return f"a node of class {' or '.join(row.classes)}"


def values_of(cell, last):
    """What a row chooses from: a set, the start of an IRI, or None."""
    if not cell:
        return None
    count = re.fullmatch(r"choices=(\d+)", cell)
    return choices()[last, int(count[1])] if count else {URIRef(cell)}


def row(number, line):
    target, path, need, count, kind, classes, pattern, value, _, condition = line
    steps = iris(path)
    least, most = count.split("..")
    return Row(
        number, target, path, steps, need, int(least), float("inf") if most == "n" else int(most),
        kind, iris(classes), pattern, values_of(value, steps[-1]),
        tuple(URIRef(iri) for iri in re.findall(r"'([^']+)'", condition)),
    )


def read():
    lines = PROFILE.read_text(encoding="utf-8").splitlines()
    rows = [row(number, line.split("\t")) for number, line in enumerate(lines, 1)]
    if len(rows) != ROWS:
        raise ValueError(f"profile.tsv has {len(rows)} rows, {ROWS} were expected")
    return rows
