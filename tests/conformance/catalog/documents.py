"""The bytes of a document: UTF-8, and every IRI absolute. One that is not is refused whole."""

import re
import xml.etree.ElementTree

import rdflib
from rdflib import RDF

from report import Check
from syntaxes import by_pyoxigraph
from vocabulary import GOLDEN

NAMING = [f"{{{RDF}}}{name}" for name in ("about", "resource", "datatype")]
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
DECLARED = re.compile(r"<\?xml[^>]*encoding=[\"']([^\"']+)")


def whole(check, body, ending, where):
    try:
        text = body.decode("utf-8")
        by_pyoxigraph(body, ending)
    except (UnicodeDecodeError, SyntaxError, ValueError) as error:
        check.wrong("a document that stands by itself", where, "UTF-8 and absolute IRIs", error)
        return
    check.holds("no byte order mark", where, not text.startswith("\ufeff"), "none", "one")
    if ending == "rdf":
        markup(check, text, where)


def markup(check, text, where):
    """The names in RDF/XML as they are written."""
    declared = DECLARED.match(text)
    check.same("encoding of the XML", where, "utf-8",
               (declared[1] if declared else "utf-8").lower())
    for element in xml.etree.ElementTree.fromstring(text.encode()).iter():
        check.holds("no xml:base", where, XML_BASE not in element.attrib, "none",
                    element.attrib.get(XML_BASE))
        for name in NAMING:
            iri = element.attrib.get(name)
            check.holds("an IRI as it is written", where,
                        iri is None or re.match(r"[A-Za-z][\w+.-]*:", iri), "a scheme", iri)


def relative(check):
    """One relative IRI in RDF/XML is noticed."""
    body = rdflib.Graph().parse(GOLDEN["SE"], format="turtle").serialize(
        format="xml", encoding="utf-8")
    for written, faulty in ((b"https://plan.example.se/id/", False), (b"id/", True)):
        changed = body.replace(b"https://plan.example.se/id/", written, 1)
        found = Check()
        whole(found, changed, "rdf", GOLDEN["SE"])
        check.same("failures where an IRI begins so", written.decode(), faulty,
                   bool(found.failures))
