"""Harvest the catalogue of `samplan serve` with CKAN, and see what its visitors would be shown.

usage: python run.py SAMPLAN_BINARY DATA_DIR [PAGED_QUERY]

The harvester of ckanext-dcat fetches every form of the catalogue, whole and paged (PAGED_QUERY is
how the first page is asked for: page=1), and CKAN stores what it found, once as a Swedish portal
and once as an English one. What CKAN then shows is compared with what the Turtle says. A second
harvest must change nothing, and one of an instance with a plan less must delete that plan's
dataset alone. Installs nothing: it needs the packages of requirements.txt beside this file.
Exits with 1 when a check fails.
"""

import contextlib
import json
import pathlib
import shutil
import sys
import tempfile
import time
import unittest.mock
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
# Last: what lies there has names that the packages could have too.
sys.path += [str(HERE.parent), str(HERE.parent / "clients")]

import rdflib  # noqa: E402
from ckan.lib.helpers import resource_formats  # noqa: E402
from rdflib import DCAT, DCTERMS, FOAF, RDF  # noqa: E402

import portal  # noqa: E402
import serve  # noqa: E402 (it lies above this folder)
from report import Group  # noqa: E402 (it lies beside this folder)

VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
DCATAP = rdflib.Namespace("http://data.europa.eu/r5r/")
ADMS = rdflib.Namespace("http://www.w3.org/ns/adms#")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

HARVESTED = "datasets/dcat"
FORMS = {
    HARVESTED: "application/rdf+xml",
    "catalog.rdf": "application/rdf+xml",
    "catalog.ttl": "text/turtle",
    "catalog.jsonld": "application/ld+json",
    "catalog.nt": "application/n-triples",
}
OTHERS = {"catalog/all-plans", "catalog/frameworks"}
LICENCES = {
    "http://creativecommons.org/publicdomain/zero/": "cc-zero",
    "http://creativecommons.org/licenses/by/": "cc-by",
}
# What a portal may make of a licence that is none of these.
NO_LICENCE = {"", "notspecified"}

# Where CKAN keeps what: in its own fields, in the extras of a dataset, in a resource.
ONE = {
    "issued": DCTERMS.issued, "modified": DCTERMS.modified, "identifier": DCTERMS.identifier,
    "frequency": DCTERMS.accrualPeriodicity, "access_rights": DCTERMS.accessRights,
}
MANY = {
    "theme": DCAT.theme, "language": DCTERMS.language, "conforms_to": DCTERMS.conformsTo,
    "documentation": FOAF.page,
}
PUBLISHER = {
    "publisher_type": DCTERMS.type, "publisher_identifier": DCTERMS.identifier,
    "publisher_url": FOAF.homepage,
}
RESOURCE = {
    "access_url": DCAT.accessURL, "download_url": DCAT.downloadURL, "license": DCTERMS.license,
    "issued": DCTERMS.issued, "modified": DCTERMS.modified, "size": DCAT.byteSize,
    "availability": DCATAP.availability, "status": ADMS.status,
}
# What CKAN makes anew in every portal, and what a page need not say of those on other pages.
OWN = {"id", "package_id", "metadata_created", "metadata_modified", "created", "position"}
OWN |= {"serves_dataset"}


def turtle(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return rdflib.Graph().parse(data=answer.read(), format="turtle")


def values(graph, node, prop):
    return {str(value) for value in graph.objects(node, prop)}


def words(graph, node, prop, locale):
    """What a text may be shown as: in the portal's language, else in any."""
    literals = set(graph.objects(node, prop))
    own = {str(literal) for literal in literals if getattr(literal, "language", None) == locale}
    return own or {str(literal) for literal in literals}


def is_name(text):
    """A name of a format, as people know it or as a media type, not an address."""
    return bool(text) and "://" not in text


class Reader:
    """Compares what a portal shows with what the catalogue says."""

    def __init__(self, group, graph, locale, base):
        self.group, self.graph, self.locale, self.base = group, graph, locale, base

    def one(self, what, found, known):
        """A property that need not be there; where it is, CKAN shows one of its values."""
        self.group.holds(what, found in known if known else not found,
                         f"{found!r}, the catalogue has {sorted(known)}")

    def must(self, what, found, known):
        self.group.holds(what, found in known, f"{found!r}, the catalogue has {sorted(known)}")

    def dataset(self, node, shown):
        graph, extras, name = self.graph, portal.extras(shown), node.removeprefix(self.base)
        for field, prop in (("title", DCTERMS.title), ("notes", DCTERMS.description)):
            tagged = {str(text) for text in graph.objects(node, prop)
                      if text.language == self.locale}
            self.must(f"{name} {field} in {self.locale}", shown[field], tagged)
        self.group.same(f"{name} URI", (extras["guid"], extras["uri"]), (str(node), str(node)))
        self.one(f"{name} landing page", shown["url"], values(graph, node, DCAT.landingPage))
        self.group.holds(f"{name} tags", {tag["name"] for tag in shown["tags"]}
                         == values(graph, node, DCAT.keyword), shown["tags"])
        for field, prop in ONE.items():
            self.one(f"{name} {field}", extras.get(field), values(graph, node, prop))
        for field, prop in MANY.items():
            self.group.holds(f"{name} {field}", set(json.loads(extras.get(field, "[]")))
                             == values(graph, node, prop), extras.get(field))
        self.people(node, name, extras)
        self.extent(node, name, extras)
        self.licence(node, name, shown)
        self.group.same(f"{name} resources", {one["uri"] for one in shown["resources"]},
                        values(graph, node, DCAT.distribution))
        for resource in shown["resources"]:
            self.resource(rdflib.URIRef(resource["uri"]), resource)

    def people(self, node, name, extras):
        graph = self.graph
        publisher = graph.value(node, DCTERMS.publisher)
        contact = graph.value(node, DCAT.contactPoint)
        self.must(f"{name} publisher", extras.get("publisher_uri"), {str(publisher)})
        self.must(f"{name} publisher name", extras.get("publisher_name"),
                  words(graph, publisher, FOAF.name, self.locale))
        for field, prop in PUBLISHER.items():
            self.one(f"{name} {field}", extras.get(field), values(graph, publisher, prop))
        self.must(f"{name} contact", extras.get("contact_uri"), {str(contact)})
        self.must(f"{name} contact name", extras.get("contact_name"),
                  words(graph, contact, VCARD.fn, self.locale))
        self.must(f"{name} contact e-mail", extras.get("contact_email"),
                  {mail.removeprefix("mailto:") for mail in values(graph, contact, VCARD.hasEmail)})

    def extent(self, node, name, extras):
        graph = self.graph
        whole = name not in OTHERS
        for field, prop in (("temporal_start", DCAT.startDate), ("temporal_end", DCAT.endDate)):
            known = {date for period in graph.objects(node, DCTERMS.temporal)
                     for date in values(graph, period, prop)}
            self.one(f"{name} {field}", extras.get(field), known)
        places = {str(place) for place in graph.objects(node, DCTERMS.spatial)
                  if isinstance(place, rdflib.URIRef)}
        self.one(f"{name} spatial", extras.get("spatial_uri"), places)
        if whole:
            self.group.holds(f"{name} has a time", "temporal_start" in extras)
            self.group.holds(f"{name} has a place", "spatial_uri" in extras)

    def licence(self, node, name, shown):
        licences = {str(licence) for part in self.graph.objects(node, DCAT.distribution)
                    for licence in self.graph.objects(part, DCTERMS.license)}
        known = {known for start, known in LICENCES.items()
                 if any(one.startswith(start) for one in licences)}
        self.must(f"{name} licence", shown["license_id"], known or NO_LICENCE)

    def resource(self, node, shown):
        graph, name = self.graph, node.removeprefix(self.base)
        for field, prop in RESOURCE.items():
            found = shown.get(field)
            self.one(f"{name} {field}", None if found is None else str(found),
                     values(graph, node, prop))
        address = values(graph, node, DCAT.downloadURL) or values(graph, node, DCAT.accessURL)
        self.must(f"{name} address", shown["url"], address)
        for field, prop in (("name", DCTERMS.title), ("description", DCTERMS.description)):
            self.one(f"{name} {field}", shown[field] or None,
                     words(graph, node, prop, self.locale))
        kinds = {kind.removeprefix(MEDIA_TYPES) for kind in values(graph, node, DCAT.mediaType)}
        self.one(f"{name} media type", shown["mimetype"], kinds)
        if kinds or (node, DCTERMS.format, None) in graph:
            register = resource_formats()
            named = {register[kind][1] for kind in kinds if kind in register}
            self.group.holds(f"{name} format", shown["format"] in named if named
                             else is_name(shown["format"]), shown["format"])
        if (node, DCAT.compressFormat, None) in graph:
            self.group.holds(f"{name} compression", is_name(shown.get("compress_format")),
                             shown.get("compress_format"))


def settled(value):
    """What is shown, without what each portal makes anew and without an order that means none."""
    if isinstance(value, str) and value.startswith("["):
        with contextlib.suppress(ValueError):
            value = json.loads(value)
    if isinstance(value, dict):
        return {key: settled(one) for key, one in value.items() if key not in OWN}
    if isinstance(value, list):
        return sorted((settled(one) for one in value), key=json.dumps)
    return value


def kept(shown):
    """By what CKAN knows a dataset and its resources again."""
    return {guid: (dataset["id"], dataset["name"],
                   {one["uri"]: one["id"] for one in dataset["resources"]})
            for guid, dataset in shown.items()}


def fetched(group, harvest, kind):
    """What the harvester got by HTTP, page after page."""
    group.holds("it is fetched", bool(harvest.fetched))
    for url, found, size in harvest.fetched:
        group.same(f"{url} media type", found, kind)
        group.holds(f"{url} is small enough", 0 < size < portal.BYTES, size)


def harvest(group, base, address, kind, graph, locale, profile=None):
    """Two harvests of one address by a new portal. Returns what the portal shows."""
    ckan = portal.Portal(locale, profile)
    nodes = {str(node) for node in graph.subjects(RDF.type, DCAT.Dataset)}
    first = ckan.harvest(base + address)
    group.holds("CKAN has nothing against it", not first.errors, first.errors)
    fetched(group, first, kind)
    group.same("datasets found", set(first.guids), nodes)
    group.holds("each is found once", len(first.guids) == len(set(first.guids)),
                sorted(first.guids))
    shown = ckan.shown()
    group.same("datasets stored", set(shown), nodes)
    reader = Reader(group, graph, locale, base)
    for guid, dataset in sorted(shown.items()):
        with group.part(f"{guid} can be compared"):
            reader.dataset(rdflib.URIRef(guid), dataset)
    again = ckan.harvest(base + address)
    group.holds("the second harvest succeeds", not again.errors, again.errors)
    group.same("guids of the second harvest", set(again.guids), set(first.guids))
    group.holds("the second harvest deletes nothing", not again.deleted, again.deleted)
    group.same("ids after the second harvest", kept(ckan.shown()), kept(shown))
    return first, shown


def complete(group, base, graph):
    """That the catalogue itself has what it must have."""
    plans = set(turtle(base + "plan.ttl").objects(None, DCTERMS.hasPart))
    expected = {base + "dataset/" + plan.rpartition("/")[2] for plan in plans}
    expected |= {base + other for other in OTHERS}
    group.same("the datasets of the catalogue",
               {str(node) for node in graph.subjects(RDF.type, DCAT.Dataset)}, expected)
    series = set(graph.subjects(RDF.type, DCAT.DatasetSeries))
    group.note(f"{len(plans)} plans, {len(expected)} datasets, {len(series)} series")


def forms(query):
    for address, kind in FORMS.items():
        yield address, kind
        yield f"{address}?{query}", kind


def note(group, address, pages):
    size = sum(size for _, _, size in pages)
    paged = f" on {len(pages)} pages" if len(pages) > 1 else ", all on the first page"
    group.note(f"{size} bytes{paged if '?' in address else ''}")


def look(base, query):
    """Every check against one instance. Returns the groups, and what was shown where."""
    group = Group("the catalogue")
    groups, shown = [group], {}
    graph = turtle(base + "catalog.ttl")
    with group.part("the catalogue is complete"):
        complete(group, base, graph)
    group.end()
    group.show()
    for locale in ("sv", "en"):
        for address, kind in forms(query):
            group = Group(f"{locale}  {address}")
            groups.append(group)
            with group.part("it can be harvested"):
                first, found = harvest(group, base, address, kind, graph, locale)
                shown[locale, address] = found
                same(group, shown, locale, address)
                note(group, address, first.fetched)
            group.end()
            group.show()
    group = Group("sv  as a portal of DCAT-AP 2 reads it")
    groups.append(group)
    with group.part("it can be harvested"):
        harvest(group, base, HARVESTED, FORMS[HARVESTED], graph, "sv", "euro_dcat_ap_2")
    group.end()
    group.show()
    return groups, shown, graph


def apart(one, other, path=""):
    """The first place where two values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f"{path}.{key}", one.get(key), other.get(key)) for key in one | other]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = [(f"{path}[{at}]", *pair) for at, pair in enumerate(zip(one, other))]
    else:
        return f"{path}: {one!r} and {other!r}"
    return next(apart(left, right, at) for at, left, right in pairs if left != right)


def same(group, shown, locale, address):
    """That a portal shows the same of every form of one flavour, whole or paged."""
    first = HARVESTED if address.startswith(HARVESTED) else "catalog.rdf"
    if address == first or (locale, first) not in shown:
        return
    found, known = shown[locale, address], shown[locale, first]
    for guid in found.keys() & known.keys():
        # The name is made of the title when it is free, which depends on the order.
        one, other = (settled({**which[guid], "name": None}) for which in (found, known))
        group.holds(f"{guid} is shown as from {first}", one == other,
                    "" if one == other else apart(one, other))


def without_one(data, into):
    """A copy of the data without a plan that nothing else in it speaks of; its name."""
    for plan in sorted(pathlib.Path(data, "plans").iterdir()):
        others = (path for path in pathlib.Path(data).rglob("*")
                  if path.is_file() and plan not in path.parents)
        if not any(plan.name.encode() in path.read_bytes() for path in others):
            shutil.copytree(data, into)
            shutil.rmtree(pathlib.Path(into, "plans", plan.name))
            return plan.name
    raise serve.Failure(f"every plan in {data} is spoken of elsewhere in it")


def removal(binary, data):
    """What a portal does when a plan is gone, and when the instance is."""
    group = Group("sv  a plan is removed")
    port = serve.free_port()
    with tempfile.TemporaryDirectory() as folder, \
            unittest.mock.patch.object(serve, "free_port", lambda: port):
        less = str(pathlib.Path(folder, "data"))
        gone = without_one(data, less)
        ckan = portal.Portal("sv")
        with serve.Instance(binary, data) as base:
            first = ckan.harvest(base + HARVESTED)
        before = kept(ckan.shown())
        with serve.Instance(binary, less) as base:
            second = ckan.harvest(base + HARVESTED)
        after = kept(ckan.shown())
        stopped = ckan.harvest(base + HARVESTED)
    dataset = f"{base}dataset/{gone}"
    group.holds("no error", not first.errors + second.errors, first.errors + second.errors)
    group.same("deleted", second.deleted, {dataset})
    group.same("kept", after, {guid: ids for guid, ids in before.items() if guid != dataset})
    group.holds("an instance that does not answer is an error", bool(stopped.errors))
    group.same("kept then", kept(ckan.shown()), after)
    group.note(f"{gone} was removed")
    group.end()
    group.show()
    return group


def table(shown, graph, base):
    """What visitors of a portal would be shown."""
    def local(text):
        return (text or "-").removeprefix(base)

    swedish, english = shown.get(("sv", HARVESTED), {}), shown.get(("en", HARVESTED), {})
    european = shown.get(("sv", "catalog.rdf"), {})
    print(f"\nWhat CKAN shows of {HARVESTED}, and in brackets of catalog.rdf where it differs")
    for guid, dataset in sorted(swedish.items()):
        extras = portal.extras(dataset)
        time_shown = f"{extras.get('temporal_start', '')}/{extras.get('temporal_end', '')}"
        print(f"\n{local(guid)}  (name: {dataset['name']})")
        print(f"    sv: {dataset['title']}")
        print(f"    en: {english.get(guid, {}).get('title')}")
        print(f"    publisher: {extras.get('publisher_name')} <{extras.get('publisher_uri')}>")
        print(f"    contact: {extras.get('contact_name')} <{extras.get('contact_email')}>")
        print(f"    time: {time_shown}  place: {local(extras.get('spatial_uri'))}")
        print(f"    tags: {', '.join(tag['name'] for tag in dataset['tags'])}")
        print(f"    licence: {dataset['license_id'] or 'none that CKAN knows'}")
        if dataset["license_id"] not in LICENCES.values():
            for licence in sorted({one["license"] for one in dataset["resources"]
                                   if "license" in one}):
                titles = values(graph, rdflib.URIRef(licence), DCTERMS.title)
                kinds = values(graph, rdflib.URIRef(licence), DCTERMS.type)
                print(f"        {local(licence)}  {sorted(titles)}  {sorted(kinds)}")
        other = {one["uri"]: one["format"] for one in
                 european.get(guid, {"resources": []})["resources"]}
        for one in dataset["resources"]:
            differs = other.get(one["uri"], one["format"])
            differs = f" [{differs}]" if differs != one["format"] else ""
            packed = f" {one['compress_format']}" if "compress_format" in one else ""
            print(f"    {one['format'] or '-'}{differs}  {one['mimetype'] or '-'}{packed}"
                  f"  {one['size'] or '-'}  {local(one['url'])}  ({one['name']})")


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__.strip())
    binary, data = sys.argv[1:3]
    query = sys.argv[3] if len(sys.argv) == 4 else "page=1"
    begun = time.monotonic()
    try:
        with serve.Instance(binary, data) as base:
            groups, shown, graph = look(base, query)
        groups.append(removal(binary, data))
    except (serve.Failure, OSError) as failure:
        sys.exit(f"FAILED: {failure}")
    table(shown, graph, base)
    checks = sum(group.checks for group in groups)
    wrong = sum(len(group.wrong) for group in groups)
    print(f"\n{checks} checks, {wrong} failed, {time.monotonic() - begun:.0f} s")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
