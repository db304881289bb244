"""How the catalogue is handed out: rules 1 to 8 and 10 (paging.py has 9)."""

import itertools
import time
import urllib.parse

from graphs import ENDINGS, MEDIA_TYPES
from web import BROWSER, REDIRECTS, ask, fetch

SWEDISH = "datasets/dcat"
# Addresses of one type each, and the address that is negotiated.
FIXED = {SWEDISH: MEDIA_TYPES["rdf"]} | {
    f"catalog.{ending}": media_type for ending, media_type in MEDIA_TYPES.items()}
NEGOTIATED = "catalog"
CONTENT_TYPES = {media_type: media_type for media_type in ENDINGS} | {
    MEDIA_TYPES["ttl"]: "text/turtle; charset=utf-8"}
WAYS = [None, "*/*", "text/html", BROWSER, "text/turtle", "application/ld+json",
        "application/rdf+xml", "application/xml", "application/json", "image/png"]
NEGOTIATIONS = [
    (None, "rdf"), ("*/*", "rdf"), ("application/rdf+xml", "rdf"), ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"), ("application/n-triples", "nt"),
    ("text/turtle;q=0.3, application/ld+json;q=0.9", "jsonld"),
    ("application/ld+json;q=0, text/turtle", "ttl"),
    ("image/png, application/n-triples;q=0.1", "nt"), ("image/png, */*;q=0.1", "rdf"),
]
UNKNOWN = ["image/png", "application/x-nothing", "image/png, video/mp4;q=0.5"]
SAME_HEADERS = ["Content-Type", "Content-Length", "ETag", "Last-Modified", "Vary",
                "Access-Control-Allow-Origin"]
REDIRECTIONS = {301, 303, 307, 308}
MOST_BYTES = 50_000_000


def documents():
    """Every document of the catalogue: its address, and what to ask for."""
    yield from ((path, None) for path in FIXED)
    yield from ((NEGOTIATED, media_type) for media_type in ENDINGS)


def swedish(check, base):
    """Rule 1: RDF/XML whatever Accept says, and the same bytes."""
    first = fetch(base + SWEDISH)
    for accept in WAYS:
        answer = ask(base + SWEDISH, accept)
        where = f"{answer.url} (Accept: {accept})"
        check.same("status", where, 200, answer.status)
        check.same("Content-Type", where, MEDIA_TYPES["rdf"], answer.media_type)
        check.same("bytes", where, len(first.body), len(answer.body))
        check.holds("the same bytes", where, first.body == answer.body, "equal", "different")


def fixed(check, base):
    """Rule 2: a type each, whatever Accept says."""
    for path, media_type in FIXED.items():
        for accept in WAYS:
            answer = ask(base + path, accept)
            where = f"{answer.url} (Accept: {accept})"
            check.same("status", where, 200, answer.status)
            if path == SWEDISH:
                check.same("Content-Type", where, media_type, answer.media_type)
            else:
                check.same("Content-Type", where, CONTENT_TYPES[media_type],
                           (answer["Content-Type"] or "").lower())


def negotiated(check, base):
    """Rule 3: Accept chooses; who wants nothing in particular gets RDF/XML; nothing else is 406."""
    url = base + NEGOTIATED
    for accept, ending in NEGOTIATIONS:
        answer = ask(url, accept)
        where = f"{url} (Accept: {accept})"
        check.same("status and type", where, (200, MEDIA_TYPES[ending]),
                   (answer.status, answer.media_type))
        check.holds("Vary", where, "accept" in answer.words("Vary"), "Accept", answer["Vary"])
        same = fetch(f"{base}catalog.{ending}")
        check.holds(f"the bytes of catalog.{ending}", where, answer.body == same.body, "equal",
                    "different")
    page = ask(url, BROWSER)
    check.same("status and type for a browser", url, (200, "text/html"),
               (page.status, page.media_type))
    for accept in UNKNOWN:
        answer = ask(url, accept)
        where = f"{url} (Accept: {accept})"
        check.same("status", where, 406, answer.status)
        check.holds("some text", where, answer.body.strip(), "a body", "none")
        check.holds("no page", where, answer.media_type != "text/html", "no HTML",
                    answer.media_type)
        check.holds("Vary", where, "accept" in answer.words("Vary"), "Accept", answer["Vary"])


def heads(check, base):
    """Rule 4: HEAD is GET without the body."""
    for path, accept in documents():
        whole, head = fetch(base + path, accept), ask(base + path, accept, method="HEAD")
        where = f"{head.url} (Accept: {accept})"
        check.same("status", where, 200, head.status)
        check.same("body", where, b"", head.body)
        check.same("Content-Length", where, str(len(whole.body)), head["Content-Length"])
        for name in SAME_HEADERS:
            check.same(name, where, whole[name], head[name])


def redirects(check):
    """Rule 5: no request met another redirect than these, or one to a relative address."""
    check.same("redirects that may not be", "all requests", [],
               [met for met in REDIRECTS if met[1] not in REDIRECTIONS])
    for url, _, location in REDIRECTS:
        host = urllib.parse.urlsplit(url).netloc
        check.holds("Location", url, (location or "").startswith(f"http://{host}/"),
                    f"below http://{host}/", location)
    check.figure(f"{len(REDIRECTS)} redirects met")


def hosted(check, base):
    """Rule 5: addresses do not follow what a client or a proxy calls the host."""
    for path in FIXED:
        plain = fetch(base + path)
        for headers in ({"host": "elsewhere.example"},
                        {"x_forwarded_host": "elsewhere.example", "x_forwarded_proto": "https"}):
            answer = ask(base + path, **headers)
            check.holds("the same bytes whatever the host", f"{base}{path} {headers}",
                        (answer.status, answer.body) == (200, plain.body), "equal",
                        answer.status)


def tagged(check, base):
    """Rule 6: strong tags, 304, and a tag for each type and flavour."""
    tags = {}
    for path, accept in documents():
        url, where = base + path, f"{base}{path} (Accept: {accept})"
        answer = fetch(url, accept)
        tag = answer["ETag"] or ""
        check.holds("ETag", where, len(tag) > 2 and tag[0] == tag[-1] == '"', "a strong one", tag)
        check.holds("Last-Modified", where, answer["Last-Modified"], "one", "none")
        for asked in (tag, f'"x", {tag}', f"W/{tag}", "*"):
            again = ask(url, accept, if_none_match=asked)
            check.same(f"If-None-Match: {asked}", where, (304, b""), (again.status, again.body))
            check.same("ETag of the 304", where, tag, again["ETag"])
        other = ask(url, accept, if_none_match='"x"')
        check.same("If-None-Match of another", where, 200, other.status)
        tags.setdefault(path if path in FIXED else f"catalog.{ENDINGS[accept]}", set()).add(tag)
    for path, found in tags.items():
        check.same("one tag, negotiated or not", base + path, 1, len(found))
    for (one, mine), (other, its) in itertools.combinations(tags.items(), 2):
        check.holds("a tag of its own", f"{one}, {other}", not mine & its, "different", "equal")


def repeated(check, base):
    """Rule 7: the same bytes twice."""
    for path, accept in documents():
        first, second = fetch(base + path, accept), fetch(base + path, accept)
        check.holds("the same bytes twice", f"{base}{path} (Accept: {accept})",
                    first.body == second.body, "equal", "different")


def sized(check, base):
    """Rule 8: size and time."""
    for path in FIXED:
        begun = time.monotonic()
        answer = fetch(base + path)
        seconds = time.monotonic() - begun
        check.holds("size", answer.url, len(answer.body) <= MOST_BYTES,
                    f"at most {MOST_BYTES} bytes", len(answer.body))
        check.figure(f"{path.rpartition('.')[2]} {len(answer.body)} B {1000 * seconds:.0f} ms")


def shared(check, base):
    """Rule 10: any web page may read it."""
    others = ["openapi.json", "checksums.txt"]
    for path, accept in itertools.chain(documents(), ((path, None) for path in others)):
        answer = ask(base + path, accept, origin="https://www.dataportal.se")
        check.same("Access-Control-Allow-Origin", f"{base}{path} (Accept: {accept})",
                   (200, "*"), (answer.status, answer["Access-Control-Allow-Origin"]))


RULES = [
    ("rule 1: /datasets/dcat is RDF/XML", swedish),
    ("rule 2: fixed types", fixed),
    ("rule 3: /catalog is negotiated", negotiated),
    ("rule 4: HEAD", heads),
    ("rule 5: addresses do not follow the host", hosted),
    ("rule 6: ETag, 304", tagged),
    ("rule 7: the same bytes twice", repeated),
    ("rule 8: size and time", sized),
    ("rule 10: CORS", shared),
]
