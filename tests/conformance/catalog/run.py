"""Check the DCAT catalogue of `samplan serve` as harvesters and validators would.

usage: python run.py SAMPLAN_BINARY DATA_DIR
       python run.py --self-test

The rules are those of section 6 of ../shared/research/harvesting.md, and are called by their
numbers there; what the validators are given lies in ../shared/conformance. The second form only
sees that the checks notice what they are for; the first does so too. Three instances are looked
at: with the data as they are; with a plan that has got another title, and more plans; and with
so many that the catalogue has several pages. Installs nothing: it needs `npm install` in this
folder and the packages of ../requirements.txt and requirements.txt. Exits with 1 when a check
fails.
"""

import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import rdflib  # noqa: E402

import serve  # noqa: E402 (it lies beside this folder)

import changed  # noqa: E402
import checksums  # noqa: E402
import contents  # noqa: E402
import documents  # noqa: E402
import eu  # noqa: E402
import links  # noqa: E402
import made_up  # noqa: E402
import mqa  # noqa: E402
import mutations  # noqa: E402
import nodes  # noqa: E402
import paging  # noqa: E402
import protocol  # noqa: E402
import resources  # noqa: E402
import se_profile  # noqa: E402
import syntaxes  # noqa: E402
import values  # noqa: E402
from graphs import MEDIA_TYPES, parse  # noqa: E402
from report import Report  # noqa: E402
from vocabulary import GOLDEN, SHARED  # noqa: E402
from web import fetch  # noqa: E402

SYNTAXES_OF_EU = {f"catalog.{ending}": ending for ending in MEDIA_TYPES}
# Enough for three pages of a hundred.
PLANS = 210
LEAST_PAGES = 3


def test_ourselves(report):
    """The worked examples pass, and what is broken in them is noticed."""
    report.run("self-test: golden-se.ttl", mutations.clean)
    report.run("self-test: what DIGG's engine flags", mutations.noticed, mutations.FLAGGED)
    report.run("self-test: what it lets pass", mutations.noticed, mutations.NOT_FLAGGED)
    report.run("self-test: what the rules add", mutations.noticed, mutations.OURS)
    report.run("self-test: a relative IRI in RDF/XML", documents.relative)
    golden = parse(GOLDEN["EU"].read_bytes(), "ttl")
    for name in eu.FILES:
        report.run(f"self-test: golden-eu.ttl, {name}", eu.conforms, golden, name)
    report.run("self-test: what pySHACL notices", eu.mutations)
    report.run("self-test: the score of golden-eu.ttl", mqa.golden)


def swedish_profile(check, graph):
    se_profile.hold(check, graph).report(check)


def parsers(check, base, paths):
    """The documents at these addresses are one graph, whoever reads them."""
    documents_of = {path.replace("/", "-"): (fetch(base + path).body, ending)
                    for path, ending in paths.items()}
    syntaxes.isomorphic(check, documents_of, base)


def load(check, url, ending, graph):
    """Fill an empty graph, which every rule finds too little in if this fails."""
    for triple in parse(fetch(url).body, ending):
        graph.add(triple)
    check.holds("there are triples", url, len(graph), "some", len(graph))
    check.figure(f"{len(graph)} triples")


def look_at_graphs(report, name, base):
    """Everything that can be said of the two flavours without the rest of the instance."""
    se, eu_graph = rdflib.Graph(), rdflib.Graph()
    report.run(f"{name}the SE flavour", load, base + protocol.SWEDISH, "rdf", se)
    report.run(f"{name}the EU flavour", load, base + "catalog.ttl", "ttl", eu_graph)
    report.run(f"{name}rule 13: documents stand by themselves", changed.standing_alone, base)
    report.run(f"{name}rule 11: four syntaxes, three parsers", parsers, base, SYNTAXES_OF_EU)
    report.run(f"{name}rule 11: SE flavour, two parsers", parsers, base,
               {protocol.SWEDISH: "rdf"})
    report.run(f"{name}rule 29: the flavours differ only in formats", syntaxes.flavours, se,
               eu_graph)
    report.run(f"{name}DCAT-AP-SE 3.0.1: every row of profile.tsv", swedish_profile, se)
    conforms = [report.run(f"{name}DCAT-AP 3.0.1: {shapes}", eu.conforms, eu_graph, shapes)
                for shapes in eu.FILES]
    for title, rule in nodes.RULES + values.RULES + contents.RULES:
        report.run(f"{name}{title}, SE", rule, se, base)
        report.run(f"{name}{title}, EU", rule, eu_graph, base)
    return eu_graph, all(conforms)


def look(report, base):
    """Everything about one instance; the names in its catalogue."""
    for title, rule in protocol.RULES:
        report.run(title, rule, base)
    report.run("rule 9: pages", paging.paged, base, 1)
    graph, conforms = look_at_graphs(report, "", base)
    for title, rule in links.RULES + resources.RULES + checksums.RULES:
        report.run(title, rule, graph, base)
    report.run("rule 31: MQA", mqa.score, base, conforms)
    return changed.names(graph, base)


def look_at_changed(report, base, before, renamed):
    graph, _ = look_at_graphs(report, "changed: ", base)
    report.run("changed: rule 14: names stay", changed.stable, graph, base, before, renamed)
    report.run("changed: licences as the plans state them", changed.stated, graph, base)
    for title, rule in checksums.RULES:
        report.run(f"changed: {title}", rule, graph, base)


def look_at_larger(report, base):
    report.run("larger: rule 8: size and time", protocol.sized, base)
    report.run("larger: rule 9: pages", paging.paged, base, LEAST_PAGES)


def run(check, binary, data, look_at):
    """Start an instance, which has to come up and to stop when asked to, and look at it."""
    with serve.Instance(binary, data) as base:
        check.holds("it is ready", base, True, "", "")
        look_at(base)


def run_changed(check, report, binary, data, folder, before):
    renamed = changed.build(data, folder)
    run(check, binary, folder, lambda base: look_at_changed(report, base, before, renamed))


def run_larger(check, report, binary, data, folder):
    shutil.copytree(data, folder)
    made_up.add_plans(folder, PLANS)
    run(check, binary, folder, lambda base: look_at_larger(report, base))


def serve_all(report, binary, data, folder):
    before = {}
    report.run("the instance", run, binary, data, lambda base: before.update(look(report, base)))
    report.run("the changed instance", run_changed, report, binary, data, folder / "changed",
               before)
    report.run("the larger instance", run_larger, report, binary, data, folder / "larger")
    report.run("rule 5: redirects", protocol.redirects)


def main():
    arguments = sys.argv[1:]
    if arguments != ["--self-test"] and len(arguments) != 2:
        sys.exit(__doc__.strip())
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is missing")
    report = Report()
    test_ourselves(report)
    if arguments != ["--self-test"]:
        if not (HERE / "node_modules").is_dir():
            sys.exit(f"run npm install in {HERE} first")
        with tempfile.TemporaryDirectory() as folder:
            serve_all(report, *arguments, pathlib.Path(folder))
    sys.exit(not report.end())


if __name__ == "__main__":
    main()
