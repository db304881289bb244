"""The checksums of the editions, by sha256sum and by another implementation of RDFC-1.0."""

import hashlib
import pathlib
import re
import subprocess
import tempfile

from rdflib import Literal, URIRef

from graphs import of_class, parse
from syntaxes import canonical, lines
from vocabulary import DCAT, DCTERMS
from web import ask, fetch

LINE = re.compile(r"([0-9a-f]{64})  (plan/([a-z0-9][a-z0-9-]*)\.c14n\.nq)")


def entries(check, base):
    """The lines of checksums.txt: the hash, the path, and the edition."""
    answer = fetch(base + "checksums.txt")
    check.same("Content-Type", answer.url, "text/plain", answer.media_type)
    text = answer.body.decode("utf-8")
    check.holds("a line feed at the end", answer.url, text.endswith("\n"), "one", text[-1:])
    found = []
    for line in text.splitlines():
        match = LINE.fullmatch(line)
        check.holds("a line", answer.url, match, "{sha256}  plan/{id}.c14n.nq", line)
        if match:
            found.append(match.groups())
    return answer, found


def listed(check, graph, base):
    """A line for every edition, and the hash is the version of its dataset."""
    _, found = entries(check, base)
    plans = parse(fetch(f"{base}plan.ttl").body, "ttl")
    editions = sorted(plan.removeprefix(f"{base}plan/")
                      for plan in set(plans.objects(None, DCTERMS.hasPart)))
    check.same("editions", base + "checksums.txt", editions, sorted(name for _, _, name in found))
    versions = {dataset for dataset in of_class(graph, DCAT.Dataset)
                if dataset.startswith(f"{base}dataset/")}
    check.same("datasets of editions", base, {URIRef(f"{base}dataset/{name}")
                                              for _, _, name in found}, versions)
    for digest, _, name in found:
        dataset = URIRef(f"{base}dataset/{name}")
        check.same("dcat:version", dataset, [Literal(digest)],
                   list(graph.objects(dataset, DCAT.version)))


def summed(check, graph, base):
    """What is served has the sums, as sha256sum finds too."""
    answer, found = entries(check, base)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for digest, path, _ in found:
            body = ask(base + path, "*/*")
            check.same("status and type", base + path, (200, "application/n-quads"),
                       (body.status, body.media_type))
            check.same("SHA-256", base + path, digest, hashlib.sha256(body.body).hexdigest())
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(body.body)
        ran = subprocess.run(["sha256sum", "--check", "--strict"], cwd=folder, input=answer.body,
                             capture_output=True)
        check.holds("sha256sum --check --strict", answer.url, ran.returncode == 0, "ok",
                    (ran.stdout + ran.stderr).decode())


def canonicalised(check, graph, base):
    """rdf-canonize makes the same bytes of the edition's N-Quads."""
    _, found = entries(check, base)
    plain = {f"{name}.nq": fetch(f"{base}plan/{name}.nq", "*/*").body for _, _, name in found}
    ours, said = canonical(plain, base)
    check.same("what canonize.mjs complains about", base, "", said.strip())
    for digest, path, name in found:
        served, made = fetch(base + path, "*/*").body, ours.get(f"{name}.nq", b"")
        if served != made:
            check.same("canonical lines", base + path, lines(made), lines(served))
        check.same("SHA-256 of what rdf-canonize makes", base + path, digest,
                   hashlib.sha256(made).hexdigest())
    check.figure(f"{len(found)} editions")


RULES = [
    ("checksums: a line and a version for every edition", listed),
    ("checksums: sha256sum", summed),
    ("checksums: rdf-canonize", canonicalised),
]
