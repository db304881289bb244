"""Compare `samplan check` with pySHACL, over every plan and every broken plan.

usage: python shacl.py SAMPLAN_BINARY DATA_DIR

The broken plans are the cases of tests/fixtures/broken.txt, which says how they
are written. Exits with 1 when the two give another verdict or name other broken
rules, when pySHACL finds another verdict than the case calls for, or when a
broken plan does not break the rule it names. Needs pyshacl (pip install
pyshacl).
"""

import logging
import multiprocessing
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import pyshacl
import rdflib
from rdflib.plugins.sparql.processor import SPARQLProcessor

BASE = "http://localhost:8080/"
SHAPE = "https://w3id.org/samplan/ns/shapes#"
ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
LEAST_BROKEN = 30
# Rules that the two name differently, never the verdict, and why.
KNOWN_DIFFERENCES = {
    # SHACL 4.5.3: a pair that cannot be compared breaks sh:lessThan; pySHACL passes it.
    "broken: period-end-year-only": {"period-order"},
    "broken: period-impossible-day": {"period-order"},
    # SPARQL 17.4.2.5: STR of a blank node is an error; rdflib gives its label.
    "broken: footnote-as-blank-node": {"plan-parts-address"},
}
SH = rdflib.SH


def parse(graph, paths):
    for path in paths:
        graph.parse(path, format="turtle", publicID=BASE)
    return graph


def reference_files(data):
    vocabulary = [ROOT / "vocab" / f"{name}.ttl" for name in ("ontology", "status", "role")]
    return [*sorted((data / "reference").rglob("*.ttl")), data / "catalog.ttl", *vocabulary]


def prepare_queries_once():
    """pySHACL parses the query of a constraint once per focus node; keep what was parsed."""
    from rdflib.plugins.sparql import prepareQuery

    prepared = {}
    run = SPARQLProcessor.query

    def query(self, text, initBindings=None, initNs=None, base=None, DEBUG=False):
        if isinstance(text, str):
            key = (text, tuple(sorted((initNs or {}).items())), base)
            if key not in prepared:
                prepared[key] = prepareQuery(text, initNs, base)
            text = prepared[key]
        return run(self, text, initBindings, initNs, base, DEBUG)

    SPARQLProcessor.query = query


def validate(graph, **options):
    conforms, report, text = pyshacl.validate(
        graph, shacl_graph=SHAPES, inference="none", advanced=False, inplace=True, **options
    )
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(text)
    broken = {
        str(shape).removeprefix(SHAPE) for shape in report.objects(None, SH.sourceShape)
    }
    return conforms, broken


def start(binary, data):
    global BINARY, DATA, REFERENCE, SHAPES
    BINARY, DATA = binary, data
    # An impossible date is a finding here, not something to warn about.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    prepare_queries_once()
    REFERENCE = parse(rdflib.Graph(), reference_files(data))
    SHAPES = parse(rdflib.Graph(), [ROOT / "vocab" / "shapes.ttl"])


def judge(case):
    """The verdicts of both over one plan, and what is wrong with them."""
    name, paths, expected = case
    graph = rdflib.Graph()
    for triple in REFERENCE:
        graph.add(triple)
    parse(graph, paths)
    began = time.monotonic()
    conforms, broken = validate(graph)
    between = time.monotonic()
    ran = subprocess.run(
        [BINARY, "check", "--data", DATA, *paths],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )
    took = (between - began, time.monotonic() - between)
    ours = {0: True, 1: False}.get(ran.returncode)
    named = set(re.findall(r"\(([a-z0-9-]+)\)$", ran.stdout, re.MULTILINE))
    wrong = []
    if ours is None:
        wrong.append(f"samplan ended with {ran.returncode}: {ran.stdout.strip()[-400:]}")
    elif ours != conforms:
        wrong.append(f"they differ; pySHACL: {', '.join(sorted(broken)) or 'nothing wrong'}")
    elif named ^ broken != KNOWN_DIFFERENCES.get(name, set()):
        wrong.append(f"samplan names {sorted(named - broken)} alone, "
                     f"pySHACL {sorted(broken - named)} alone")
    if conforms != (expected is None):
        wrong.append("pySHACL finds it broken: " + ", ".join(sorted(broken)) if broken
                     else "pySHACL finds nothing wrong with it")
    elif expected is not None and expected not in broken:
        wrong.append(f"breaks {', '.join(sorted(broken))}, not {expected}")
    return name, conforms, ours, wrong, took


def cases(data, made):
    for folder in sorted((data / "plans").iterdir()):
        paths = sorted(p for p in folder.glob("*.ttl") if p.name != "suggested.ttl")
        if paths:
            yield folder.name, paths, None
    small = FIXTURES / "small-plan.ttl"
    yield "small-plan.ttl", [small], None
    text = (FIXTURES / "broken.txt").read_text(encoding="utf-8")
    for case in text.split("\n=== ")[1:]:
        head, _, edits = case.partition("\n<<<\n")
        name, expected = head.split("\n")[0].split(": ")
        path = made / f"{name}.ttl"
        path.write_text(edited(small.read_text(encoding="utf-8"), edits), encoding="utf-8")
        yield f"broken: {name}", [path], expected


def edited(text, edits):
    """The text with each edit made: OLD, a line >>>, NEW, a line ... ."""
    for edit in edits.split("\n<<<\n"):
        old, new = edit.split(">>>\n", 1)
        new = new[: new.rindex("...\n" if new.endswith("\n") else "...")]
        if text.count(old) != 1:
            sys.exit(f"broken.txt: this must stand exactly once in the small plan:\n{old}")
        text = text.replace(old, new)
    return text


def meta_shacl():
    """Are the shapes themselves well-formed?"""
    try:
        validate(rdflib.Graph(), meta_shacl=True)
    except Exception as error:
        return [f"vocab/shapes.ttl is not well-formed SHACL: {error}"]
    return []


def verdict(conforms):
    return {True: "conforms", False: "broken", None: "error"}[conforms]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    # A bare name is looked up in PATH, anything else is a file.
    binary = sys.argv[1]
    if "/" in binary or pathlib.Path(binary).exists():
        binary = str(pathlib.Path(binary).resolve())
    data = pathlib.Path(sys.argv[2]).resolve()
    began = time.monotonic()
    start(binary, data)

    failures = meta_shacl()
    made = tempfile.TemporaryDirectory()
    todo = list(cases(data, pathlib.Path(made.name)))
    count = sum(expected is not None for _, _, expected in todo)
    if count < LEAST_BROKEN:
        failures.append(f"{count} broken plans, at least {LEAST_BROKEN} are needed")
    if not any(data.joinpath("plans").glob("*/*.ttl")):
        failures.append(f"no plans in {data / 'plans'}")

    width = max(len(name) for name, _, _ in todo)
    print(f"{'plan':{width}}  {'pySHACL':8}  samplan")
    with multiprocessing.Pool(initializer=start, initargs=(binary, data)) as pool:
        theirs_took = ours_took = 0.0
        for name, theirs, ours, wrong, took in pool.imap(judge, todo):
            theirs_took += took[0]
            ours_took += took[1]
            mark = "  <-- " + "; ".join(wrong) if wrong else ""
            print(f"{name:{width}}  {verdict(theirs):8}  {verdict(ours)}{mark}", flush=True)
            failures.extend(f"{name}: {what}" for what in wrong)

    print(f"\n{len(todo)} plans, {count} of them broken, {time.monotonic() - began:.0f} s")
    # Ours is a whole process that reads the reference data each time; theirs only validates.
    print(f"pySHACL {theirs_took:.1f} s, samplan check {ours_took:.1f} s, "
          f"ratio {theirs_took / ours_took:.1f}")
    for failure in failures:
        print("FAILED", failure)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
