"""What each thing in a catalogue says, and that they agree: rules 22 to 25."""

from rdflib import RDF

from graphs import of_class
from vocabulary import DCAT, DCATAP, DCTERMS

LARGEST_SERIES = 50
OF_DATASET = [
    DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCAT.keyword,
    DCAT.theme, DCTERMS.issued, DCTERMS.modified, DCTERMS.temporal, DCTERMS.spatial,
    DCTERMS.accessRights, DCTERMS.conformsTo, DCAT.distribution,
]
OF_DISTRIBUTION = [
    DCTERMS.description, DCTERMS["format"], DCAT.mediaType, DCTERMS.license, DCTERMS.rights,
    DCTERMS.issued, DCTERMS.modified, DCATAP.availability,
]
OF_FILE = [DCAT.downloadURL, DCAT.byteSize]
OF_SERVICE = [
    DCTERMS.title, DCAT.endpointURL, DCAT.endpointDescription, DCAT.contactPoint,
    DCTERMS.license, DCTERMS.accessRights, DCAT.servesDataset,
]
# What the members of a series have in common with it.
SHARED = [DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCTERMS.conformsTo]


def says(check, graph, node, properties):
    for prop in properties:
        check.holds(f"{prop}", node, (node, prop, None) in graph, "a value", "none")


def catalogued(check, graph, base):
    """There is one catalogue, and it lists everything that there is."""
    catalogues = of_class(graph, DCAT.Catalog)
    check.same("number of catalogues", "the document", 1, len(catalogues))
    listed = set(graph.objects(None, DCAT.dataset))
    check.same("dcat:dataset", "the catalogue",
               set(of_class(graph, DCAT.Dataset, DCAT.DatasetSeries)), listed)
    check.same("dcat:service", "the catalogue", set(of_class(graph, DCAT.DataService)),
               set(graph.objects(None, DCAT.service)))
    for prop in (DCAT.distribution, DCAT.servesDataset, DCAT.accessService, DCAT.inSeries,
                 DCAT.contactPoint, DCTERMS.publisher, DCTERMS.creator):
        for node, value in sorted(graph.subject_objects(prop)):
            check.holds(f"what {prop} leads to", node, (value, RDF.type, None) in graph,
                        "a node that is described", value.n3())


def datasets(check, graph, base):
    """Rule 22."""
    for dataset in of_class(graph, DCAT.Dataset):
        says(check, graph, dataset, OF_DATASET)
        check.same("number of publishers", dataset, 1,
                   len(set(graph.objects(dataset, DCTERMS.publisher))))


def distributions(check, graph, base):
    """Rule 23. What is not reached through a service is a file."""
    for node in of_class(graph, DCAT.Distribution):
        says(check, graph, node, OF_DISTRIBUTION)
        for prop in (DCAT.accessURL, DCTERMS["format"], DCAT.mediaType, DCTERMS.license):
            check.same(f"number of {prop}", node, 1, len(set(graph.objects(node, prop))))
        check.same("number of datasets that it is of", node, 1,
                   len(set(graph.subjects(DCAT.distribution, node))))
        through_service = (node, DCAT.accessService, None) in graph
        if (node, DCAT.downloadURL, None) in graph or not through_service:
            says(check, graph, node, OF_FILE)


def services(check, graph, base):
    """Rule 24."""
    for service in of_class(graph, DCAT.DataService):
        says(check, graph, service, OF_SERVICE)
        back = set(graph.subjects(DCAT.accessService, service))
        check.holds("distributions that lead to the service by dcat:accessService", service,
                    back, "at least one", "none")
        served = set(graph.objects(service, DCAT.servesDataset))
        served |= {member for series in served
                   for member in graph.subjects(DCAT.inSeries, series)}
        for node in sorted(back):
            owners = set(graph.subjects(DCAT.distribution, node))
            check.holds("the service serves the dataset of the distribution", node,
                        owners and owners <= served, "dcat:servesDataset, or its series",
                        sorted(owners - served))


def series(check, graph, base):
    """Rule 25."""
    every = of_class(graph, DCAT.DatasetSeries)
    for node in every:
        members = set(graph.subjects(DCAT.inSeries, node))
        check.holds("number of members", node, 1 <= len(members) <= LARGEST_SERIES,
                    f"1 to {LARGEST_SERIES}", len(members))
        check.holds("a series in no series", node, (node, DCAT.inSeries, None) not in graph,
                    "no dcat:inSeries", "one")
        back = set(graph.objects(node, DCAT.seriesMember))
        if back:
            check.same("dcat:seriesMember", node, members, back)
        for member in sorted(members):
            agree(check, graph, node, member)
    for node, value in sorted(graph.subject_objects(DCAT.inSeries)):
        check.holds("what dcat:inSeries leads to", node, value in every,
                    "a series of the catalogue", value.n3())
    if not every:
        check.wrong("yearly editions form a series", "the catalogue", "at least one series",
                    "none")


def agree(check, graph, node, member):
    check.holds("a member is a dataset", member, (member, RDF.type, DCAT.Dataset) in graph,
                DCAT.Dataset, sorted(graph.objects(member, RDF.type)))
    for prop in SHARED:
        check.same(f"{prop} of the series {node} and its member", member,
                   set(graph.objects(node, prop)), set(graph.objects(member, prop)))
    keywords = set(graph.objects(node, DCAT.keyword))
    check.same(f"keywords of the series {node} that its member lacks", member, set(),
               keywords - set(graph.objects(member, DCAT.keyword)))


RULES = [
    ("the catalogue lists what there is, and nothing dangles", catalogued),
    ("rule 22: datasets", datasets),
    ("rule 23: distributions", distributions),
    ("rule 24: services", services),
    ("rule 25: series", series),
]
