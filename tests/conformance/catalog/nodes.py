"""What the nodes of a catalogue are called: rules 12 to 15."""

import re

from rdflib import RDF, BNode, Literal, URIRef

from graphs import agents, contacts, of_class
from vocabulary import (
    AGENT_CLASSES, CONTACT_CLASSES, DCAT, DCTERMS, FOAF, RESOURCE_CLASSES, VCARD,
)

NAMELESS = {DCTERMS.Location, DCTERMS.PeriodOfTime, VCARD.Address, VCARD.Voice}
# RFC 3987: an absolute IRI holds these characters, and a percent sign only before two digits.
ABSOLUTE = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}"
    r"|[\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF\U00010000-\U000EFFFD])+")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def named(check, graph, base):
    """Rule 12: no blank node but for a place, a period, an address or a telephone."""
    mains = RESOURCE_CLASSES | AGENT_CLASSES | CONTACT_CLASSES
    for node in of_class(graph, *mains):
        check.holds("a node of this class has an IRI", node, isinstance(node, URIRef),
                    "an IRI", "a blank node")
    for node in sorted({term for triple in graph for term in triple if isinstance(term, BNode)}):
        kinds = set(graph.objects(node, RDF.type))
        users = sorted(f"{subject.n3()} {predicate.n3()}"
                       for subject, predicate in graph.subject_predicates(node))
        check.holds("what a blank node is", ", ".join(users) or node,
                    kinds and kinds <= NAMELESS, "a place, a period, an address or a telephone",
                    ", ".join(sorted(kinds)) or "of no class")


def absolute(check, graph, base):
    """Rule 13: every IRI is absolute and valid, and those of ours are ASCII."""
    used = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    used |= {term.datatype for term in graph.objects() if isinstance(term, Literal)
             and term.datatype is not None}
    for iri in sorted(used):
        check.holds("a valid absolute IRI", iri, ABSOLUTE.fullmatch(iri),
                    "a scheme, and the characters of RFC 3987", iri)
        if iri.startswith(base):
            check.holds("an IRI of ours is percent-encoded", iri, iri.isascii(), "ASCII", iri)
            check.holds("an IRI of ours has no empty part", iri,
                        "//" not in iri.removeprefix(base), "single slashes", iri)


def identified(check, graph, base):
    """Rule 14: every dataset has a UUID of its own."""
    owners = {}
    for dataset in of_class(graph, DCAT.Dataset):
        found = [str(value) for value in graph.objects(dataset, DCTERMS.identifier)]
        check.holds("dcterms:identifier", dataset, len(found) == 1 and UUID.fullmatch(found[0]),
                    "one UUID", found)
        for identifier in found:
            owner = owners.setdefault(identifier, dataset)
            check.same("a UUID belongs to one dataset", identifier, owner, dataset)


def told_apart(check, graph, base):
    """Rule 15: a contact is no publisher, and every agent is described once."""
    publishers = set(graph.objects(None, DCTERMS.publisher))
    everyone = set(agents(graph)) | publishers
    for contact in contacts(graph):
        check.holds("a contact is no agent", contact, contact not in everyone,
                    "an IRI of its own", "that of an agent")
    by_name = {}
    for agent in agents(graph):
        names = list(graph.objects(agent, FOAF.name))
        check.same("an agent has a name a language", agent, len(names),
                   len({name.language for name in names}))
        for name in names:
            if name.language == "sv":
                first = by_name.setdefault(str(name), agent)
                check.same(f"an agent called {name} is described once", name, first, agent)


RULES = [
    ("rule 12: blank nodes", named),
    ("rule 13: IRIs absolute, valid, percent-encoded", absolute),
    ("rule 14: a UUID for every dataset", identified),
    ("rule 15: contacts and publishers apart, agents once", told_apart),
]
