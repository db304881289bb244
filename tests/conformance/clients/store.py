"""rdflib: the endpoint as the store of a graph."""

import rdflib
from rdflib import DCTERMS, RDF, Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from plain import PREFIXES, TITLES, rows

PLAN = rdflib.Namespace("https://w3id.org/samplan/ns#")
METHODS = ("GET", "POST", "POST_FORM")
FORMATS = ("xml", "json", "csv")


def store(base, form="xml", method="GET", **more):
    return SPARQLStore(base + "sparql", returnFormat=form, method=method, **more)


def through(base, form, method, group, titles, size):
    """A graph in the endpoint, used as any graph of rdflib."""
    name = f"{method} {form}"
    graph = Graph(store=store(base, form, method))
    # CSV says neither what a node is nor which language a text has.
    plain = (lambda pair: tuple(map(str, pair))) if form == "csv" else (lambda pair: pair)
    expected = {plain(pair) for pair in titles}
    with group.part(f"query() {name}"):
        found = {plain((row.plan, row.title)) for row in graph.query(TITLES)}
        group.same(f"query() SELECT {name}", found, expected)
        plan = min(titles)[0]
        found = {str(row.title) for row in graph.query(TITLES, initBindings={"plan": plan})}
        group.same(f"query() initBindings {name}", found,
                   {str(title) for about, title in titles if about == plan})
    with group.part(f"triples() {name}"):
        found = {str(plan) for plan, _, _ in graph.triples((None, RDF.type, PLAN.Plan))}
        group.same(f"triples() {name}", found, {str(plan) for plan, _ in titles})
    if form == "csv":
        return
    with group.part(f"len and in {name}"):
        group.same(f"len {name}", len(graph), size)
        plan, title = min(titles)
        group.holds(f"in {name}", (plan, DCTERMS.title, title) in graph)
        group.holds(f"not in {name}", (plan, DCTERMS.title, Literal("no")) not in graph)
        group.same(f"value() {name}", graph.value(plan, RDF.type), PLAN.Plan)
    with group.part(f"ASK {name}"):
        group.holds(f"ASK {name}", graph.query(PREFIXES + "ASK { ?x a plan:Plan }").askAnswer)
        group.holds(f"ASK no {name}",
                    not graph.query(PREFIXES + "ASK { ?x a plan:Plan, plan:Goal }").askAnswer)


def named(base, form, method, group):
    """A graph of the dataset by its name, and all of them."""
    sizes = {URIRef(row["g"]): int(row["n"]) for row in rows(
        base, "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")}
    name = max(sizes, key=sizes.get)
    with group.part(f"named graph {method} {form}"):
        graph = Graph(store=store(base, form, method), identifier=name)
        group.same(f"len of a named graph {method} {form}", len(graph), sizes[name])
        found = graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        group.same(f"query() of a named graph {method} {form}",
                   next(iter(found)).n.toPython(), sizes[name])
        group.same(f"triples() of a named graph {method} {form}",
                   len(set(graph.triples((None, None, None)))), sizes[name])
    with group.part(f"contexts {method} {form}"):
        whole = Dataset(store=store(base, form, method), default_union=True)
        group.same(f"contexts() {method} {form}",
                   {context if isinstance(context, URIRef) else context.identifier
                    for context in whole.store.contexts()}, set(sizes))


def check(base, group, known):
    titles = {(plan, title) for plan in known.subjects(RDF.type, PLAN.Plan)
              for title in known.objects(plan, DCTERMS.title)}
    size = int(rows(base, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"])
    for method in METHODS:
        for form in FORMATS:
            through(base, form, method, group, titles, size)
        for form in ("xml", "json"):
            named(base, form, method, group)
    # rdflib can read what CONSTRUCT gives only where it asked for a format of graphs.
    construct = PREFIXES + "CONSTRUCT WHERE { ?plan a plan:Plan ; dcterms:title ?title }"
    for form in ("application/rdf+xml", "text/turtle", "application/n-triples"):
        with group.part(f"CONSTRUCT {form}"):
            graph = Graph(store=store(base, headers={"Accept": form}))
            found = graph.query(construct).graph
            group.same(f"CONSTRUCT {form}", set(found.subject_objects(DCTERMS.title)), titles)
    with group.part("SERVICE of rdflib"):
        query = PREFIXES + f"SELECT ?plan ?title WHERE {{ SERVICE <{base}sparql> " \
                           "{ ?plan a plan:Plan ; dcterms:title ?title } }"
        found = {(row.plan, row.title) for row in Graph().query(query)}
        group.same("SERVICE of rdflib", found, titles)
