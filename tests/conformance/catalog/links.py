"""Where the catalogue leads on our host: every address answers, and every file is as declared.

Read section 1.3 of ../shared/research/harvesting.md for the links that dataportal.se looks at.
"""

import gzip
import json

from rdflib import URIRef

from graphs import agents, contacts, of_class
from vocabulary import DCAT, DCTERMS, FOAF, IANA, RESOURCE_CLASSES, VCARD
from web import ask, fetch

LEADING = [
    DCAT.accessURL, DCAT.downloadURL, DCAT.landingPage, DCAT.endpointDescription,
    DCAT.endpointURL, DCTERMS.conformsTo, DCTERMS.license, FOAF.page, FOAF.homepage,
    VCARD.hasURL,
]
FIRST = 100
GZIP = "application/gzip"


def addresses(graph, base):
    """Every IRI of ours that is looked at, and what it is."""
    found = {}
    for prop in LEADING:
        for value in graph.objects(None, prop):
            found.setdefault(str(value), set()).add(prop)
    for node in (*of_class(graph, *RESOURCE_CLASSES), *agents(graph), *contacts(graph)):
        found.setdefault(str(node), set()).add("a node")
    return {iri: sorted(why) for iri, why in sorted(found.items()) if iri.startswith(base)}


def answering(check, graph, base):
    """Rule 36: HEAD with Accept: */* is 200."""
    found = addresses(graph, base)
    for iri, why in found.items():
        # What follows the number sign is not sent.
        answer = ask(iri, "*/*", method="HEAD")
        check.same("status of HEAD", f"{iri} ({', '.join(why)})", 200, answer.status)
    check.figure(f"{len(found)} addresses")


def files(graph, base):
    """Each distribution, with each of its files on our host."""
    for node, url in sorted(graph.subject_objects(DCAT.downloadURL)):
        if url.startswith(base):
            yield node, str(url)


def media_type_of(graph, node):
    """The media type that a file is sent with: that of the packing, where there is one."""
    declared = list(graph.objects(node, DCAT.compressFormat)) or \
        list(graph.objects(node, DCAT.mediaType))
    return sorted(str(value).removeprefix(IANA) for value in declared)


def as_declared(check, graph, base):
    """Rules 17 and 36: the media type and the size of each file are those declared."""
    for node, url in files(graph, base):
        media_types = media_type_of(graph, node)
        sizes = sorted(map(str, graph.objects(node, DCAT.byteSize)))
        for method in ("HEAD", "GET"):
            answer = ask(url, "*/*", method=method, accept_encoding="identity")
            where = f"{method} {url}"
            check.same("status", where, 200, answer.status)
            check.same("Content-Type and the declared one", where, media_types,
                       [answer.media_type])
            check.same("Content-Encoding", where, None, answer["Content-Encoding"])
            check.same("Content-Length and dcat:byteSize", where, sizes,
                       [answer["Content-Length"]])
            check.same("Access-Control-Allow-Origin", where, "*",
                       answer["Access-Control-Allow-Origin"])
        check.same("number of bytes", url, sizes, [str(len(answer.body))])
        unpacked = gzip.decompress(answer.body) if media_types == [GZIP] else answer.body
        check.holds("what is in it", url, unpacked.strip(), "something", "nothing")


def resumed(check, graph, base):
    """Files can be fetched in parts that make up the whole."""
    for node, url in files(graph, base):
        whole = ask(url, "*/*", accept_encoding="identity")
        size = len(whole.body)
        check.same("Accept-Ranges", url, "bytes", whole["Accept-Ranges"])
        part(check, url, f"0-{FIRST - 1}", whole, 0, min(FIRST, size))
        part(check, url, f"{FIRST}-", whole, FIRST, size)
        part(check, url, f"-{FIRST}", whole, max(size - FIRST, 0), size)
        part(check, url, f"{size // 2}-{size + FIRST}", whole, size // 2, size)
        beyond = ask(url, "*/*", range=f"bytes={size}-", accept_encoding="identity")
        check.same("a range after the end", url, (416, f"bytes */{size}"),
                   (beyond.status, beyond["Content-Range"]))
        changed = ask(url, "*/*", range="bytes=0-9", if_range='"x"', accept_encoding="identity")
        check.same("a range of another version is the whole", url, (200, size),
                   (changed.status, len(changed.body)))
        begun = ask(url, "*/*", range=f"bytes=0-{size // 2 - 1}", accept_encoding="identity")
        rest = ask(url, "*/*", range=f"bytes={size // 2}-", if_range=begun["ETag"] or "",
                   accept_encoding="identity")
        check.same("status of a download that is taken up again", url, (206, 206),
                   (begun.status, rest.status))
        check.holds("the two parts are the whole", url, begun.body + rest.body == whole.body,
                    f"{size} bytes", f"{len(begun.body)} and {len(rest.body)} bytes")


def part(check, url, asked, whole, start, end):
    answer = ask(url, "*/*", range=f"bytes={asked}", accept_encoding="identity")
    where = f"{url} (Range: bytes={asked})"
    check.same("status and Content-Range", where,
               (206, f"bytes {start}-{end - 1}/{len(whole.body)}"),
               (answer.status, answer["Content-Range"]))
    check.same("Content-Length", where, str(end - start), answer["Content-Length"])
    check.holds("the bytes of the part", where, answer.body == whole.body[start:end],
                f"{end - start} bytes of the whole", f"{len(answer.body)} bytes")
    for name in ("ETag", "Content-Type"):
        check.same(name, where, whole[name], answer[name])


def programmable(check, graph, base):
    """Rule 24: every service is described by an OpenAPI document that any page may read."""
    for service in of_class(graph, DCAT.DataService):
        described = []
        for url in graph.objects(service, DCAT.endpointDescription):
            answer = fetch(str(url), "*/*")
            check.same("Access-Control-Allow-Origin", url, "*",
                       answer["Access-Control-Allow-Origin"])
            if "json" in answer.media_type:
                described.append(json.loads(answer.body).get("openapi", "no OpenAPI"))
        check.holds("an endpoint description that is OpenAPI", service,
                    any(version.startswith("3.") for version in described), "version 3",
                    described)


def typed(check, graph, base):
    """An address is an IRI, so that somebody can go there."""
    for prop in LEADING:
        for node, value in sorted(graph.subject_objects(prop)):
            check.holds(f"a value of {prop}", node, isinstance(value, URIRef), "an IRI",
                        value.n3())


RULES = [
    ("links: addresses are IRIs", typed),
    ("links: HEAD of every address of ours", answering),
    ("files: media type and size as declared", as_declared),
    ("files: ranges", resumed),
    ("rule 24: OpenAPI of every service", programmable),
]
