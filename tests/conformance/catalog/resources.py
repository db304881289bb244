"""Rule 37: what the catalogue names on our host tells of itself at its own IRI."""

from rdflib import OWL, SKOS, URIRef

from graphs import ENDINGS, agents, contacts, of_class, parse, statements
from vocabulary import DCAT, DCTERMS, ORGANISATION, UNKNOWN_LICENCE
from web import BROWSER, ask, fetch

ORGANISATION_NUMBER = URIRef("https://w3id.org/samplan/ns#organisationNumber")
OURS = [DCAT.Dataset, DCAT.DatasetSeries, DCAT.Distribution, DCAT.DataService]


def minted(graph, base):
    """The nodes of ours, and whether the catalogue says all that there is to say of them."""
    for node in (*of_class(graph, *OURS), *contacts(graph)):
        if node.startswith(base):
            yield node, True
    # Of these their own documents may say more.
    for node in (*agents(graph), *of_class(graph, DCTERMS.LicenseDocument)):
        if node.startswith(base):
            yield node, False


def described(check, graph, base):
    """A page for browsers, else RDF that says what the catalogue says."""
    for node, only in minted(graph, base):
        page = ask(str(node), BROWSER)
        check.same("status and type for a browser", node, (200, "text/html"),
                   (page.status, page.media_type))
        for accept in (None, "*/*", *ENDINGS):
            answer = ask(str(node), accept)
            where = f"{node} (Accept: {accept})"
            wanted = {accept} if accept in ENDINGS else set(ENDINGS)
            check.holds("status and type", where,
                        answer.status == 200 and answer.media_type in wanted,
                        f"200 and {' or '.join(sorted(wanted))}",
                        f"{answer.status} and {answer.media_type}")
            if answer.media_type in ENDINGS:
                same(check, where, statements(graph, node),
                     statements(parse(answer.body, ENDINGS[answer.media_type]), node), only)


def same(check, where, expected, found, only):
    if only:
        check.same("triples", where, expected, found)
    else:
        check.same("triples that only the catalogue has", where, set(), expected - found)


def numbered(check, graph, base):
    """Rule 18: an agent whose organisation number is known here has the IRI of the portal."""
    for agent in agents(graph):
        if agent.startswith(base):
            told = parse(fetch(str(agent), "text/turtle").body, "ttl")
            known = [str(value) for prop in (OWL.sameAs, SKOS.notation)
                     for value in told.objects(agent, prop)
                     if value.startswith(ORGANISATION)
                     or getattr(value, "datatype", None) == ORGANISATION_NUMBER]
            check.same("organisation number of an agent with an IRI of ours", agent, [], known)
        else:
            check.holds("the IRI of an agent", agent, agent.startswith(ORGANISATION),
                        ORGANISATION, agent)


def licence_of(graph, dataset):
    return {licence for node in graph.objects(dataset, DCAT.distribution)
            for licence in graph.objects(node, DCTERMS.license)}


def licences(check, graph, base):
    """The licence of an edition is what its description states, or that none is stated."""
    unknown = set(graph.subjects(DCTERMS.type, UNKNOWN_LICENCE))
    for dataset, plan, stated in editions(base):
        found = licence_of(graph, dataset)
        if stated:
            check.same("licence as the plan states it", plan, stated, found)
        else:
            check.holds("licence of a plan that states none", plan, found and found <= unknown,
                        f"one of type {UNKNOWN_LICENCE}", sorted(found))


def editions(base):
    """What every plan's dataset has to be called, the plan, and the licences that it states."""
    plans = parse(fetch(f"{base}plan.ttl").body, "ttl")
    for plan in sorted(set(plans.objects(None, DCTERMS.hasPart))):
        told = parse(fetch(f"{plan}.ttl").body, "ttl")
        stated = {value for node in (plan, plan + "/stated")
                  for value in told.objects(node, DCTERMS.license)}
        dataset = URIRef(f"{base}dataset/{plan.removeprefix(f'{base}plan/')}")
        yield dataset, plan, stated


def expected(check, graph, base):
    """What there is: a dataset for every edition, and those of the whole."""
    names = {str(dataset) for dataset, _, _ in editions(base)} | {
        f"{base}catalog/all-plans", f"{base}catalog/frameworks"}
    check.same("datasets", base, names, set(map(str, of_class(graph, DCAT.Dataset))))
    check.same("services", base, {f"{base}catalog/service/sparql", f"{base}catalog/service/query"},
               set(map(str, of_class(graph, DCAT.DataService))))
    check.same("contacts", base, {f"{base}catalog/contact"}, set(map(str, contacts(graph))))
    for node in of_class(graph, DCAT.DatasetSeries):
        check.holds("the IRI of a series", node, node.startswith(f"{base}series/"),
                    f"{base}series/…", node)
    for node in of_class(graph, DCAT.Distribution):
        owner = graph.value(None, DCAT.distribution, node)
        check.holds("the IRI of a distribution", node, owner and node.startswith(f"{owner}/"),
                    f"below {owner}", node)


RULES = [
    ("what there is, and what it is called", expected),
    ("rule 37: every node of ours at its own IRI", described),
    ("rule 18: agents whose number is known", numbered),
    ("licences as the plans state them", licences),
]
