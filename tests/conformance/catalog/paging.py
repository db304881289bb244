"""Rule 9: the catalogue in pages, by Hydra."""

import functools

from rdflib import RDF, URIRef

from graphs import ENDINGS, of_class, parse, statements, without_paging
from protocol import FIXED, NEGOTIATED
from vocabulary import DCAT, DCTERMS, HYDRA
from web import ask, fetch

LINKS = ["first", "next", "previous", "last"]
REPEATED = [DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license]
MOST_PAGES = 1000
OUTSIDE = ["0", "-1", "999999", "99999999999999999999", "x"]


@functools.cache
def parsed(body, ending):
    return parse(body, ending)


def read(answer):
    """The graph of an answer. The same bytes come under several addresses."""
    return parsed(answer.body, ENDINGS[answer.media_type])


class Page:
    def __init__(self, url, accept):
        answer = fetch(url, accept)
        self.url, self.media_type, self.body = url, answer.media_type, answer.body
        self.graph = read(answer)
        self.views = of_class(self.graph, HYDRA.PartialCollectionView)
        self.links = {name: list(self.graph.objects(None, HYDRA[name])) for name in LINKS}

    def link(self, name):
        return str(self.links[name][0]) if self.links[name] else None

    def place(self, url):
        """An address; where it is negotiated, that of the type that the page has."""
        fixed = f"/{NEGOTIATED}.{ENDINGS[self.media_type]}?"
        return (url or "").replace(f"/{NEGOTIATED}?", fixed)


def pages(url, accept):
    """All pages, as a client finds them that follows hydra:next."""
    found, seen, following = [], set(), url + "?page=1"
    while following:
        if following in seen or len(seen) == MOST_PAGES:
            raise ValueError(f"{following} comes again, or is one page too many")
        seen.add(following)
        found.append(Page(following, accept))
        following = found[-1].link("next")
    return found


def described(check, page, base, position, count):
    """What a page says of itself and its neighbours."""
    check.same("hydra:PartialCollectionView", page.url, 1, len(page.views))
    for name, there in (("first", True), ("last", True), ("next", position + 1 < count),
                        ("previous", position > 0)):
        check.same(f"number of hydra:{name}", page.url, int(there), len(page.links[name]))
    for name, values in page.links.items():
        for value in values:
            check.holds(f"hydra:{name}", page.url, isinstance(value, URIRef)
                        and value.startswith(base), f"an IRI below {base}", value.n3())
            check.same(f"subject of hydra:{name}", page.url, page.views,
                       list(page.graph.subjects(HYDRA[name], value)))


def linked(check, found):
    """The links lead where they say, and go back as they came."""
    places = [page.place(page.url) for page in found]
    for position, page in enumerate(found):
        check.same("place of the page", page.url, f"?page={position + 1}",
                   page.url[page.url.rindex("?"):])
        check.same("hydra:first", page.url, places[0], page.place(page.link("first")))
        check.same("hydra:last", page.url, places[-1], page.place(page.link("last")))
        if position:
            check.same("hydra:previous", page.url, places[position - 1],
                       page.place(page.link("previous")))
        check.same("type of every page", page.url, found[0].media_type, page.media_type)


def complete(check, found, whole):
    """Together the pages say what the whole says, and each says all of what it lists."""
    expected, union = statements(whole), set()
    for page in found:
        rest = without_paging(page.graph)
        said = statements(rest)
        union |= said
        check.same("what no whole says", page.url, set(), said - expected)
        (catalogue,) = of_class(whole, DCAT.Catalog)
        check.holds("the catalogue", page.url, (catalogue, RDF.type, DCAT.Catalog) in rest,
                    catalogue, "not described")
        for prop in REPEATED:
            check.same(f"{prop} of the catalogue", page.url,
                       set(whole.objects(catalogue, prop)), set(rest.objects(catalogue, prop)))
        for node in of_class(rest, DCAT.Dataset, DCAT.DatasetSeries):
            for part in (node, *rest.objects(node, DCAT.distribution)):
                check.same(f"all of {part}", page.url, set(),
                           statements(whole, part) - statements(rest, part))
    check.same("union of the pages", found[0].url, expected, union)


def counted(check, found, whole):
    """hydra:totalItems is the number of what the catalogue lists, on every page."""
    (catalogue,) = of_class(whole, DCAT.Catalog)
    expected = [len(set(whole.objects(catalogue, DCAT.dataset)))]
    for page in found:
        totals = [value.toPython() for value in page.graph.objects(None, HYDRA.totalItems)]
        check.same("hydra:totalItems", page.url, expected, totals)


def ways():
    """Every address, and what to ask for; a harvester that follows links asks for anything."""
    yield from ((path, "*/*") for path in FIXED)
    yield NEGOTIATED, "*/*"
    yield from ((NEGOTIATED, media_type) for media_type in ENDINGS)


def paged(check, base, least):
    """Every address in pages. There must be so many of them that there is something to follow."""
    for path, accept in ways():
        url = base + path
        answer = fetch(url, accept)
        whole = read(answer)
        check.same("type of the pages and the whole", url, answer.media_type,
                   fetch(url + "?page=1", accept).media_type)
        check.holds("no page by default", url, len(without_paging(whole)) == len(whole),
                    "nothing of Hydra", "some of it")
        found = pages(url, accept)
        check.holds("number of pages", url, len(found) >= least, f"at least {least}", len(found))
        for position, page in enumerate(found):
            described(check, page, base, position, len(found))
        linked(check, found)
        complete(check, found, whole)
        counted(check, found, whole)
        outside(check, url, accept, len(found))
        served(check, found[-1], accept)
    check.figure(f"{len(found)} pages of {len(whole)} triples")


def outside(check, url, accept, count):
    """There is no such page. What is no page number at all may be a bad request."""
    for number in (str(count + 1), *OUTSIDE):
        answer = ask(f"{url}?page={number}", accept)
        expected = {404} if number.isdecimal() else {400, 404}
        check.holds("status", answer.url, answer.status in expected, sorted(expected),
                    answer.status)


def served(check, page, accept):
    """A page is an answer like any other."""
    head = ask(page.url, accept, method="HEAD")
    check.same("status and Content-Length of HEAD", page.url, (200, str(len(page.body))),
               (head.status, head["Content-Length"]))
    again = ask(page.url, accept, if_none_match=head["ETag"] or "")
    check.same("status with If-None-Match", page.url, 304, again.status)
    check.holds("the same bytes twice", page.url, fetch(page.url, accept).body == page.body,
                "equal", "different")
