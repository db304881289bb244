"""The numbers of the VoID file, each compared with what a query at the endpoint counts.

One query counts all the numbers of a kind at once, for the default graph or for every named
graph. What the VoID file leaves out is a difference too.
"""

import rdflib
from rdflib import Namespace

from plain import fetch, rows

VOID = Namespace("http://rdfs.org/ns/void#")
EXT = Namespace("http://ldf.fi/void-ext#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

TRIPLES = "(COUNT(*) AS ?triples)"
SUBJECTS = "(COUNT(DISTINCT ?s) AS ?distinctSubjects)"
OBJECTS = "(COUNT(DISTINCT ?o) AS ?distinctObjects)"
ENTITIES = "(COUNT(DISTINCT ?s) AS ?entities)"
# kind of number: (what is counted, of which pattern, by which variables)
COUNTED = {
    "graph": (f"{TRIPLES} {SUBJECTS} {OBJECTS} (COUNT(DISTINCT ?p) AS ?properties)",
              "?s ?p ?o", ()),
    # An entity of a graph is what has a class in it.
    "classes": (f"{ENTITIES} (COUNT(DISTINCT ?class) AS ?classes)", "?s a ?class", ()),
    "class": (ENTITIES, "?s a ?class", ("class",)),
    "class triples": (TRIPLES, "?s a ?class ; ?p ?o", ("class",)),
    "property": (f"{TRIPLES} {SUBJECTS} {OBJECTS}", "?s ?property ?o", ("property",)),
    "class, property": (f"{TRIPLES} {SUBJECTS} {OBJECTS}", "?s a ?class ; ?property ?o",
                        ("class", "property")),
    "class, property, object class": (
        TRIPLES, "?s a ?class ; ?property ?o . ?o a ?to", ("class", "property", "to")),
    "class, property, datatype": (
        TRIPLES, "?s a ?class ; ?property ?o . BIND(DATATYPE(?o) AS ?type) FILTER(BOUND(?type))",
        ("class", "property", "type")),
}
NUMBERS = ("triples", "distinctSubjects", "distinctObjects", "properties", "entities", "classes")


def by_queries(base, kind, named):
    """{(graph, what, …, which number): number}; the default graph is None."""
    counted, pattern, by = COUNTED[kind]
    by = [f"?{name}" for name in by]
    if named:
        by, pattern = ["?g", *by], f"GRAPH ?g {{ {pattern} }}"
    grouped = f"GROUP BY {' '.join(by)}" if by else ""
    found = {}
    for row in rows(base, f"SELECT {' '.join(by)} {counted} WHERE {{ {pattern} }} {grouped}"):
        key = tuple(row.pop(name[1:]) for name in by)
        for number, value in row.items():
            found[(*key, number) if named else (None, *key, number)] = int(value)
    return found


class Described:
    """The numbers as the VoID file has them, by kind and with the keys of by_queries."""

    def __init__(self, void):
        self.void = void
        self.found = {kind: {} for kind in COUNTED}
        self.strange = []

    def numbers(self, kind, node, *key, only=NUMBERS):
        for number in only:
            for value in self.void.objects(node, VOID[number]):
                key_of_number = (*key, number)
                if key_of_number in self.found[kind]:
                    self.strange.append(f"{node} counts {key_of_number} again")
                self.found[kind][key_of_number] = value.toPython()

    def graph(self, node, name):
        self.numbers("classes", node, name, only=("entities", "classes"))
        self.numbers("graph", node, name, only=NUMBERS[:4])
        for part in self.void.objects(node, VOID.propertyPartition):
            self.numbers("property", part, name, str(self.void.value(part, VOID.property)))
        for part in self.void.objects(node, VOID.classPartition):
            self.of_class(part, name, str(self.void.value(part, VOID["class"])))

    def of_class(self, node, name, about):
        self.numbers("class", node, name, about, only=("entities",))
        self.numbers("class triples", node, name, about, only=("triples",))
        for part in self.void.objects(node, VOID.propertyPartition):
            key = (name, about, str(self.void.value(part, VOID.property)))
            self.numbers("class, property", part, *key)
            for to in self.void.objects(part, VOID.classPartition):
                self.numbers("class, property, object class", to, *key,
                             str(self.void.value(to, VOID["class"])))
            for to in self.void.objects(part, EXT.datatypePartition):
                self.numbers("class, property, datatype", to, *key,
                             str(self.void.value(to, EXT.datatype)))


def check(base, group, known):
    void = rdflib.Graph().parse(data=fetch(f"{base}.well-known/void.nt"), format="nt")
    described = Described(void)
    (data,) = void.subjects(SD.defaultGraph)
    default = void.value(data, SD.defaultGraph)
    described.graph(default, None)
    for part in void.objects(data, SD.namedGraph):
        described.graph(void.value(part, SD.graph), str(void.value(part, SD.name)))
    group.holds("nothing is counted twice", not described.strange, described.strange[:3])
    for number in NUMBERS:
        group.same(f"the dataset has the numbers of its default graph: {number}",
                   void.value(data, VOID[number]), void.value(default, VOID[number]))
    sizes = []
    for kind in COUNTED:
        found = described.found[kind]
        for named in (False, True):
            where = "named graphs" if named else "default graph"
            of_these = {key: value for key, value in found.items()
                        if (key[0] is not None) == named}
            expected = by_queries(base, kind, named)
            # A class without instances has no row in a query, and none in VoID.
            expected = {key: value for key, value in expected.items() if value}
            of_these = {key: value for key, value in of_these.items() if value}
            group.same(f"{kind} of the {where}", of_these, expected)
            group.checks += max(len(of_these) - 1, 0)
        sizes.append(f"{kind} {len(found)}")
    group.note("numbers: " + ", ".join(sizes))
