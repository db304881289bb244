"""The service description and the VoID file, as rdflib reads them in every format."""

import rdflib
from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.compare import isomorphic

from plain import SYNTAXES, fetch, rows

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
SCHEMA = rdflib.Namespace("https://schema.org/")
LIMITS = {"time", "result-rows", "result-bytes", "memory", "queries-at-once", "queries",
          "query-bytes", "words", "patterns", "open-brackets",
          "client-queries", "client-seconds", "client-rate"}
FORMS = ((SH.SPARQLSelectExecutable, SH.select), (SH.SPARQLAskExecutable, SH.ask),
         (SH.SPARQLConstructExecutable, SH.construct))


def same_kind(term):
    """rdflib keeps a text with the datatype xsd:string apart from one without; RDF does not."""
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term


def read(url, syntax):
    """The triples of a document, those of its named graphs too."""
    document = rdflib.Dataset(default_union=True)
    document.parse(data=fetch(url), format=syntax, publicID=url)
    graph = rdflib.Graph()
    for subject, predicate, object_, _ in document.quads():
        graph.add((subject, predicate, same_kind(object_)))
    return graph


def split(graph):
    """The triples without blank nodes, which are compared as they are, and those with any."""
    blank = rdflib.Graph()
    for triple in graph:
        if any(isinstance(term, BNode) for term in triple):
            blank.add(triple)
    return set(graph) - set(blank), blank


def in_every_format(base, path, group):
    """The graph, if every format says the same."""
    first = read(f"{base}{path}.nt", "nt")
    ground, blank = split(first)
    for ending, syntax in SYNTAXES.items():
        with group.part(f"{path}.{ending}"):
            found, nameless = split(read(f"{base}{path}.{ending}", syntax))
            group.same(f"{path}.{ending} and {path}.nt", found, ground)
            group.holds(f"{path}.{ending} and {path}.nt where nodes have no name",
                        isomorphic(nameless, blank), f"{len(nameless)} and {len(blank)}")
    negotiated = rdflib.Graph().parse(data=fetch(base + path, "text/turtle"), format="turtle")
    group.same(f"{path} as negotiated", len(negotiated), len(first))
    return first


def service(base, group, graph):
    endpoint = URIRef(base + "sparql")
    group.holds("sd:Service", (endpoint, RDF.type, SD.Service) in graph)
    group.same("sd:endpoint", set(graph.objects(endpoint, SD.endpoint)), {endpoint})
    group.holds("sd:SPARQL11Query", (endpoint, SD.supportedLanguage, SD.SPARQL11Query) in graph)
    group.holds("sd:resultFormat", len(set(graph.objects(endpoint, SD.resultFormat))) >= 10)
    limits = {str(graph.value(limit, SCHEMA.propertyID)): graph.value(limit, SCHEMA.maxValue)
              for limit in graph.objects(endpoint, SCHEMA.additionalProperty)}
    group.same("limits", set(limits), LIMITS)
    group.holds("limits are numbers", all(limit.toPython() > 0 for limit in limits.values()))
    declared = list(graph.objects(endpoint, SH.declare))
    group.holds("prefixes", len(declared) >= 10, len(declared))
    for prefix in declared:
        namespace = graph.value(prefix, SH.namespace)
        group.holds("a prefix has a namespace of the type that SHACL asks for",
                    graph.value(prefix, SH.prefix) is not None
                    and namespace.datatype == XSD.anyURI, prefix)


def queries(base, group, graph):
    found = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    listed = set(rdflib.Graph().parse(data=fetch(f"{base}query.ttl"), format="turtle")
                 .subjects(RDF.type, SH.SPARQLExecutable))
    group.same("published queries, here and in /query", found, listed)
    for query in found:
        held = [graph.value(query, text) for kind, text in FORMS
                if (query, RDF.type, kind) in graph]
        group.holds(f"{query} has its kind and its text", len(held) == 1 and held[0])
        described = graph.objects(query, rdflib.DCTERMS.description)
        group.holds(f"{query} has a description in both languages",
                    {text.language for text in described} == {"sv", "en"})
        group.holds(f"{query} declares its prefixes",
                    (query, SH.prefixes, URIRef(base + "sparql")) in graph)


def dataset(base, group, graph):
    """The graphs that the description names are those that there are."""
    (data,) = graph.objects(URIRef(base + "sparql"), SD.defaultDataset)
    named = {str(graph.value(part, SD.name)) for part in graph.objects(data, SD.namedGraph)}
    group.same("sd:namedGraph", named, {row["g"] for row in rows(
        base, "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")})
    group.same("sd:defaultGraph", len(set(graph.objects(data, SD.defaultGraph))), 1)
    group.holds("void:sparqlEndpoint", (data, VOID.sparqlEndpoint, URIRef(base + "sparql"))
                in graph)


def check(base, group, known):
    graph = in_every_format(base, "sparql", group)
    service(base, group, graph)
    queries(base, group, graph)
    dataset(base, group, graph)
    void = in_every_format(base, ".well-known/void", group)
    group.holds("the VoID file has a dataset", (None, VOID.sparqlEndpoint, None) in void)
    counted = {(subject, predicate, object_) for subject, predicate, object_ in graph
               if str(predicate).startswith(str(VOID)) and isinstance(object_, Literal)}
    group.holds("every count of the description is in the VoID file",
                counted and not counted - set(void), sorted(counted - set(void))[:2])
