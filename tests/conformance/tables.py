"""Read every table of `samplan serve` with csvw, and compare it with the Turtle.

usage: python tables.py SAMPLAN_BINARY DATA_DIR

The description of a table is found as the standard says, by the Link header of the CSV (Model
for Tabular Data and Metadata on the Web, section 5.2). csvw, which is an independent
implementation, must find nothing to warn about. What each cell then says as RDF (Generating RDF
from Tabular Data on the Web, minimal mode) must stand in the graph that the instance serves,
and of chosen properties the table must hold all that the graph holds. Exits with 1 on any
difference. Needs the packages of requirements.txt.
"""

import sys
import urllib.request
import warnings

import rdflib
from csvw import CSVW
from rdflib import RDF, Literal, URIRef

import serve

PLAN = rdflib.Namespace("https://w3id.org/samplan/ns#")
ADMS = rdflib.Namespace("http://www.w3.org/ns/adms#")
DCTERMS, PROV, SKOS, FOAF = rdflib.DCTERMS, rdflib.PROV, rdflib.SKOS, rdflib.FOAF
XSD = "http://www.w3.org/2001/XMLSchema#"

# By kind of table: the class of what a row is about, and the columns that must hold every
# value of a property. The language is that of the values meant.
COMPLETE = {
    "plan": (PLAN.Plan, {
        "id": (DCTERMS.identifier, None),
        "title": (DCTERMS.title, "sv"),
        "title_en": (DCTERMS.title, "en"),
        "owner": (DCTERMS.creator, None),
        "county": (DCTERMS.spatial, None),
        "adopted": (DCTERMS.dateAccepted, None),
    }),
    "plan/": (PLAN.Activity, {
        "title": (DCTERMS.title, "sv"),
        "description": (DCTERMS.description, "sv"),
        "area": (PLAN.focusArea, None),
        "parent": (PLAN.subActivityOf, None),
        "status": (ADMS.status, None),
        "status_text": (PLAN.statusText, "sv"),
        "responsible": (PLAN.responsible, None),
        "supporting": (PLAN.supporting, None),
        "source_lines": (PLAN.sourceRange, None),
        "continues": (PROV.wasRevisionOf, None),
        "derived_from": (PROV.wasDerivedFrom, None),
    }),
    "framework": (PLAN.Goal, {
        "framework": (SKOS.inScheme, None),
        "parent": (SKOS.broader, None),
        "label": (SKOS.prefLabel, "sv"),
        "label_en": (SKOS.prefLabel, "en"),
        "position": (PLAN.position, None),
    }),
    "organisation": (FOAF.Agent, {
        "name": (FOAF.name, "sv"),
        "name_en": (FOAF.name, "en"),
        "type": (DCTERMS.type, None),
        "members": (FOAF.member, None),
    }),
}
COMPLETE["framework/"] = COMPLETE["framework"]


def turtle(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return rdflib.Graph().parse(data=answer.read(), format="turtle")


def whole(base):
    """Everything that the instance says: the plans, the frameworks, the organisations."""
    graph = rdflib.Graph()
    for path in ("plan", "framework", "organisation"):
        for member in set(turtle(f"{base}{path}.ttl").objects(None, DCTERMS.hasPart)):
            graph += turtle(f"{member}.ttl")
    return graph


def paths(graph, base):
    """Every table that there must be."""
    yield from ("plan", "framework", "organisation")
    for kind in (PLAN.Plan, PLAN.Framework):
        for node in sorted(graph.subjects(RDF.type, kind)):
            yield node.removeprefix(base)


def values(cell):
    """The values of a cell as csvw gives them: none, one, or a list with gaps."""
    found = cell if isinstance(cell, list) else [cell]
    return [value for value in found if value is not None]


def text(value):
    """A value as it is written in RDF; csvw gives dates and addresses as objects."""
    if hasattr(value, "unsplit"):
        return value.unsplit()
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)


def term(table, column, row, value):
    """The node or literal that a value stands for."""
    if column.valueUrl:
        return URIRef(table.expand(column.valueUrl, row, _row=None))
    datatype = column.datatype
    if column.lang != "und":
        return Literal(value, lang=column.lang)
    if "id" in datatype.at_props:
        return Literal(value, datatype=URIRef(datatype.at_props["id"]))
    if datatype.base == "string":
        return Literal(value)
    return Literal(text(value), datatype=URIRef(XSD + datatype.base))


def triples(table, row):
    """What a row says, by column."""
    plain = {name: cell if isinstance(cell, list) else None if cell is None else text(cell)
             for name, cell in row.items()}
    for column in table.tableSchema.columns:
        if column.suppressOutput:
            continue
        about = column.aboutUrl or table.tableSchema.aboutUrl
        for value in values(row[column.name]):
            yield column.name, (
                URIRef(table.expand(about, plain, _row=None)),
                URIRef(str(column.propertyUrl)),
                term(table, column, plain, value),
            )


def compare(kind, table, rows, graph, of):
    """What is wrong with a table, and how many values were compared."""
    wrong, compared = [], 0
    for row in rows:
        for name, triple in triples(table, row):
            compared += 1
            if triple not in graph:
                wrong.append(f"{name}: the graph does not say {triple}")
    kind_of_row, columns = COMPLETE[kind]
    about = {URIRef(text(row["iri"])): row for row in rows}
    expected = {node for node in graph.subjects(RDF.type, kind_of_row) if of(node)}
    if set(about) != expected:
        wrong.append(f"rows without a node or nodes without a row: {set(about) ^ expected}")
    for node, row in about.items():
        for name, (prop, lang) in columns.items():
            known = {str(o) for o in graph.objects(node, prop)
                     if lang is None or getattr(o, "language", None) == lang}
            # A sub-activity stands in the area of its activity, which the graph does not repeat.
            if name == "area" and row["parent"] is not None:
                continue
            compared += 1
            if {text(value) for value in values(row[name])} != known:
                wrong.append(f"{node} {name}: {row[name]!r}, the graph has {sorted(known)}")
    return wrong, compared


def members(path, base, graph):
    """Which nodes a table must have a row for."""
    if path.startswith("plan/"):
        return lambda node: (node, PLAN.inPlan, URIRef(base + path)) in graph
    if path.startswith("framework/"):
        return lambda node: (node, SKOS.inScheme, URIRef(base + path)) in graph
    return lambda node: True


def read(url):
    """The table with its rows, and what csvw has to say against it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        described = CSVW(url, validate=True)
        valid = described.is_valid
        table = described.tables[0]
        rows = list(table.iterdicts(strict=True))
    wrong = [str(warning.message) for warning in [*described.warnings, *caught]]
    if described.no_metadata:
        wrong.append("the Link header leads to no description")
    elif not valid and not wrong:
        wrong.append("csvw finds it not valid")
    return table, rows, wrong


def check(path, base, graph):
    table, rows, wrong = read(f"{base}{path}.csv")
    if wrong:
        return wrong, len(rows), 0
    kind = "/".join([path.partition("/")[0], ""]) if "/" in path else path
    wrong, compared = compare(kind, table, rows, graph, members(path, base, graph))
    return wrong, len(rows), compared


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    failed = False
    try:
        with serve.Instance(sys.argv[1], sys.argv[2]) as base:
            graph = whole(base)
            for path in paths(graph, base):
                try:
                    wrong, rows, compared = check(path, base, graph)
                except (ValueError, KeyError, AssertionError) as error:
                    wrong, rows, compared = [f"cannot be read: {error}"], 0, 0
                failed = failed or bool(wrong)
                verdict = f"FAILED ({len(wrong)})" if wrong else "ok"
                print(f"{path:40}  {rows:4} rows  {compared:5} values  {verdict}", flush=True)
                for what in wrong[:5]:
                    print(f"    {what}")
    except serve.Failure as failure:
        sys.exit(str(failure))
    sys.exit(failed)


if __name__ == "__main__":
    main()
