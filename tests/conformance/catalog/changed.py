"""An instance whose data have changed: what stays as it was, and what has to change."""

import shutil

from rdflib import URIRef

import documents
import made_up
import protocol
import resources
from graphs import MEDIA_TYPES, of_class
from vocabulary import DCAT, DCTERMS
from web import fetch

PLANS = 2


def build(data, folder):
    """Two more plans, and another title; the path of the plan that has it."""
    shutil.copytree(data, folder)
    renamed = made_up.rename(folder)
    made_up.add_plans(folder, PLANS)
    return renamed


def names(graph, base):
    """By the path of a dataset or a series: its UUID, its distributions, its series."""
    def paths(found):
        return sorted(str(value).removeprefix(base) for value in found)
    return {str(node).removeprefix(base): (
        paths(graph.objects(node, DCTERMS.identifier)),
        paths(graph.objects(node, DCAT.distribution)),
        paths(graph.objects(node, DCAT.inSeries)),
    ) for node in of_class(graph, DCAT.Dataset, DCAT.DatasetSeries)}


def stable(check, graph, base, before, renamed):
    """Rule 14: another host, more plans, and another title change no name and no UUID."""
    dataset = URIRef(f"{base}dataset/{renamed.removeprefix('plan/')}")
    titles = [str(title) for title in graph.objects(dataset, DCTERMS.title)
              if title.language == "sv"]
    check.same("the new title", dataset, [made_up.ODD], titles)
    after = names(graph, base)
    for path, described in before.items():
        check.same("UUID, distributions and series", path, described, after.get(path))
    check.figure(f"{len(before)} names")


def documents_of(base):
    """The address and the ending of every document of the catalogue."""
    yield base + protocol.SWEDISH, "rdf"
    yield from ((f"{base}catalog.{ending}", ending) for ending in MEDIA_TYPES)


def standing_alone(check, base):
    """Rule 13: every document can be read by itself."""
    for url, ending in documents_of(base):
        documents.whole(check, fetch(url).body, ending, url)


def stated(check, graph, base):
    """The plan that states a licence has it, the others have none."""
    resources.licences(check, graph, base)
    first = URIRef(f"{base}dataset/{made_up.plan(0)[0]}")
    check.same("the licence that one plan states", first, {URIRef(made_up.ATTRIBUTION)},
               resources.licence_of(graph, first))
