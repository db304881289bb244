"""Read documents into rdflib, and compare graphs whose few blank nodes are trees."""

import logging

import rdflib
from rdflib import RDF, BNode, Literal

from vocabulary import AGENT_CLASSES, DCAT, HYDRA, XSD

# How a value is written is part of what is compared.
rdflib.NORMALIZE_LITERALS = False
# An impossible date is a finding here, not something to warn about.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

# By the ending of an address: the media type, and what rdflib calls it.
SYNTAXES = {
    "rdf": ("application/rdf+xml", "xml"),
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
}
MEDIA_TYPES = {ending: media_type for ending, (media_type, _) in SYNTAXES.items()}
ENDINGS = {media_type: ending for ending, media_type in MEDIA_TYPES.items()}


def parse(body, ending):
    return rdflib.Graph().parse(data=body, format=SYNTAXES[ending][1])


def of_class(graph, *classes):
    """The nodes of any of these classes, in a fixed order."""
    return sorted({node for kind in classes for node in graph.subjects(RDF.type, kind)})


def agents(graph):
    return of_class(graph, *AGENT_CLASSES)


def contacts(graph):
    return sorted(set(graph.objects(None, DCAT.contactPoint)))


def plain(term):
    """A text with the datatype xsd:string and one without are the same in RDF 1.1."""
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term


def spelled(graph, term, above=()):
    """A term as text; of a blank node, everything that is said of it."""
    if not isinstance(term, BNode):
        return plain(term).n3()
    if term in above:
        raise ValueError("blank nodes refer to each other in a circle")
    said = sorted(f"{predicate.n3()} {spelled(graph, value, (*above, term))}"
                  for predicate, value in graph.predicate_objects(term))
    return f"[ {' ; '.join(said)} ]"


def statements(graph, subject=None):
    """What a graph says of its IRIs, or of one of them, in terms that need no blank nodes."""
    return {f"{node.n3()} {predicate.n3()} {spelled(graph, value)}"
            for node, predicate, value in graph.triples((subject, None, None))
            if not isinstance(node, BNode)}


def without_paging(graph):
    """A graph without anything of the Hydra vocabulary."""
    rest = rdflib.Graph()
    for subject, predicate, value in graph:
        if predicate not in HYDRA and value not in HYDRA:
            rest.add((subject, predicate, value))
    return rest
