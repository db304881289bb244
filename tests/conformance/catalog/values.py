"""What the values of a catalogue are: rules 16 to 21, and 26."""

import re

from rdflib import RDF, Literal, URIRef

from graphs import agents, contacts, of_class
from vocabulary import (
    ADMS, CC0, CONTACT_CLASSES, DCAT, DCATAP, DCTERMS, FOAF, HVD, IANA, LICENCES, ORGANISATION,
    OUTDATED, PUBLISHER_TYPE, RESOURCE_CLASSES, UNKNOWN_LICENCE, VCARD, XSD, concepts,
    publisher_types, tables,
)

TEXTS = [DCTERMS.title, DCTERMS.description, DCAT.keyword, FOAF.name, ADMS.versionNotes]
IN_BOTH = {"sv", "en"}
WHOLE_DAYS = {XSD.date, XSD.dateTime}
PUBLIC_BODIES = {URIRef(PUBLISHER_TYPE + kind) for kind in ("LocalAuthority", "RegionalAuthority")}
NUMBERED = re.compile(re.escape(ORGANISATION) + r"\d{10}(-.+)?")
FORMAT = re.compile(r"\w+/[-.\w]+(\+[-.\w]+)?")


def said_in(graph, node, prop):
    return [getattr(value, "language", None) for value in graph.objects(node, prop)]


def worded(check, graph, base):
    """Rule 16: texts have a language; in Swedish all, titles and descriptions in English too."""
    for prop in TEXTS:
        for node, text in sorted(graph.subject_objects(prop)):
            check.holds(f"a text of {prop}", node, isinstance(text, Literal) and text.language,
                        "a language tag", text.n3())
            if prop == DCAT.keyword:
                check.holds("a keyword is one keyword", node, "," not in text and text.strip(),
                            "no comma", text)
        for node in sorted(set(graph.subjects(prop))):
            if prop == FOAF.name:
                said = said_in(graph, node, prop)
                check.holds("foaf:name", node, "sv" in said, "in Swedish", said)
    for node in of_class(graph, *RESOURCE_CLASSES):
        for prop in (DCTERMS.title, DCTERMS.description):
            said = said_in(graph, node, prop)
            if said:
                check.holds(f"languages of {prop}", node,
                            set(said) >= IN_BOTH and len(said) == len(set(said)),
                            "sv and en, each language once", sorted(map(str, said)))
        keywords = said_in(graph, node, DCAT.keyword)
        if keywords:
            check.holds("languages of dcat:keyword", node, "sv" in keywords, "sv among them",
                        sorted(map(str, keywords)))


def measured(check, graph, base):
    """Rule 17: dates, sizes and periods."""
    for prop in (DCTERMS.issued, DCTERMS.modified, DCAT.startDate, DCAT.endDate):
        for node, date in sorted(graph.subject_objects(prop)):
            check.holds(f"a date of {prop}", node, isinstance(date, Literal)
                        and date.datatype in WHOLE_DAYS and not date.ill_typed,
                        "an xsd:date or xsd:dateTime", date.n3())
    for node, size in sorted(graph.subject_objects(DCAT.byteSize)):
        check.holds("dcat:byteSize", node, size.datatype == XSD.nonNegativeInteger
                    and re.fullmatch(r"[1-9]\d*", size), "an xsd:nonNegativeInteger", size.n3())
    for first, last in ((DCAT.startDate, DCAT.endDate), (DCTERMS.issued, DCTERMS.modified)):
        for node in sorted(set(graph.subjects(first)) & set(graph.subjects(last))):
            begun, ended = graph.value(node, first), graph.value(node, last)
            check.holds(f"{first} and {last}", node, str(begun)[:10] <= str(ended)[:10],
                        "the first no later than the last", f"{begun}, {ended}")


def publishing(check, graph, base):
    """Rule 18: who an agent is. The operator may have an IRI of ours, other publishers may not;
    an agent that is no publisher may, if its number is not known (resources.py looks)."""
    operator = {value for catalogue in of_class(graph, DCAT.Catalog)
                for value in graph.objects(catalogue, DCTERMS.publisher)}
    for publisher in sorted(set(graph.objects(None, DCTERMS.publisher)) - operator):
        check.holds("the IRI of a publisher", publisher, NUMBERED.fullmatch(publisher),
                    f"{ORGANISATION} and ten digits", publisher)
    for agent in agents(graph):
        kinds = set(graph.objects(agent, DCTERMS.type))
        check.holds("dcterms:type of an agent", agent,
                    len(kinds) == 1 and kinds <= publisher_types(), "one of the list",
                    sorted(kinds))
        check.holds("foaf:name of an agent", agent, (agent, FOAF.name, None) in graph,
                    "a name", "none")
        numbers = [re.sub(r"\D", "", value) for value in graph.objects(agent, DCTERMS.identifier)]
        if agent.startswith(base):
            check.same("organisation number of an agent with an IRI of ours", agent, [], numbers)
            check.holds("an operator is not said to be a region or a municipality", agent,
                        agent not in operator or not kinds & PUBLIC_BODIES,
                        f"an IRI that starts {ORGANISATION}", agent)
        else:
            check.holds("the IRI of an agent", agent, NUMBERED.fullmatch(agent),
                        f"{ORGANISATION} and ten digits", agent)
            check.same("organisation number and IRI", agent,
                       [agent.removeprefix(ORGANISATION)[:10]], numbers)


def licensed(check, graph, base):
    """Rule 19: every licence in its http form; ours says that none is known."""
    for catalogue in of_class(graph, DCAT.Catalog):
        check.same("licence of the catalogue", catalogue, {CC0},
                   set(graph.objects(catalogue, DCTERMS.license)))
    for node in of_class(graph, DCAT.Distribution, DCAT.DataService):
        found = set(graph.objects(node, DCTERMS.license))
        check.same("number of licences", node, 1, len(found))
    for licence in sorted(set(graph.objects(None, DCTERMS.license))):
        kinds = set(graph.objects(licence, RDF.type))
        check.holds("class of a licence", licence, DCTERMS.LicenseDocument in kinds,
                    DCTERMS.LicenseDocument, sorted(kinds))
        check.holds("a licence", licence, licence in LICENCES or licence.startswith(base),
                    "one of Creative Commons, http and with a slash at the end, or one of ours",
                    licence)
        if licence.startswith(base):
            check.same("what our licence document says", licence, {UNKNOWN_LICENCE},
                       set(graph.objects(licence, DCTERMS.type)))
    if (None, DCTERMS.license, CC0) in graph:
        titles = set(map(str, graph.objects(CC0, DCTERMS.title)))
        check.holds("title of CC0", CC0, "Creative Commons CCZero" in titles,
                    "Creative Commons CCZero", sorted(titles))


def listed(check, graph, base):
    """Rule 20: values that a list exists of are on it."""
    for prop, allowed in tables().items():
        for node, value in sorted(graph.subject_objects(prop)):
            check.holds(f"a value of {prop}", node, value in allowed,
                        f"one of {len(allowed)} listed values", value.n3())
    for node, value in sorted(graph.subject_objects(DCTERMS["format"])):
        fits = value in concepts("file-type") if isinstance(value, URIRef) \
            else FORMAT.fullmatch(value) and value.language is None
        check.holds("dcterms:format", node, fits,
                    "a media type as text, or a concept of the file type table", value.n3())
    for node, value in sorted(graph.subject_objects(DCAT.mediaType)):
        check.holds("dcat:mediaType", node, value.startswith(IANA)
                    and FORMAT.fullmatch(value.removeprefix(IANA)), IANA, value.n3())
    for term in sorted({term for triple in graph for term in triple if isinstance(term, URIRef)}):
        check.holds("a current IRI", term, not term.startswith(tuple(OUTDATED)),
                    "nothing outdated", term)


def reachable(check, graph, base):
    """Rule 21: what a contact is."""
    for contact in contacts(graph):
        kinds = set(graph.objects(contact, RDF.type))
        check.holds("class of a contact", contact, len(kinds & CONTACT_CLASSES) == 1
                    and not kinds - CONTACT_CLASSES, "either of the two", sorted(kinds))
        check.holds("vcard:fn", contact, (contact, VCARD.fn, None) in graph, "a name", "none")
        mails = list(graph.objects(contact, VCARD.hasEmail))
        check.holds("vcard:hasEmail", contact, mails and all(
            isinstance(mail, URIRef) and re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", mail)
            for mail in mails), "an IRI, mailto:", mails)


def unclaimed(check, graph, base):
    """Rule 26: no record of the catalogue, and nothing of high-value datasets."""
    check.same("dcat:CatalogRecord", "the catalogue", [], of_class(graph, DCAT.CatalogRecord))
    check.same("dcat:record", "the catalogue", [], list(graph.objects(None, DCAT.record)))
    check.same("dcatap:hvdCategory", "the catalogue", [],
               list(graph.subjects(DCATAP.hvdCategory)))
    check.same("dcatap:applicableLegislation", "the catalogue", [],
               list(graph.subjects(DCATAP.applicableLegislation, HVD)))


RULES = [
    ("rule 16: languages, keywords", worded),
    ("rule 17: dates, sizes, periods", measured),
    ("rule 18: agents", publishing),
    ("rule 19: licences", licensed),
    ("rule 20: values from lists", listed),
    ("rule 21: contacts", reachable),
    ("rule 26: no catalogue record, no high-value marks", unclaimed),
]
