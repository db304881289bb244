"""Use `samplan serve` as others do: with SPARQLWrapper, rdflib, Comunica, sparql-llm, httpx.

usage: python run.py SAMPLAN_BINARY DATA_DIR

No client is changed. What they get is compared with what the instance serves elsewhere, and
what the instance says about itself (service description, VoID, OpenAPI) with what it does.
Installs nothing: it needs `npm install` in this folder, the packages of
tests/conformance/requirements.txt and `pip install --no-deps -r no-deps.txt`. Exits with 1 when
a check fails.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import serve  # noqa: E402 (they lie beside this folder)
import tables  # noqa: E402

import api  # noqa: E402
import counts  # noqa: E402
import description  # noqa: E402
import editors  # noqa: E402
import protocol  # noqa: E402
import script  # noqa: E402
import store  # noqa: E402
import wrapper  # noqa: E402
from report import Group  # noqa: E402

COMUNICA_SECONDS = 120
CHECKS = [
    ("SPARQLWrapper", wrapper.check),
    ("rdflib SPARQLStore", store.check),
    ("service description and VoID in every format", description.check),
    ("what editors ask, and sparql-llm", editors.check),
    ("VoID counts are what queries count", counts.check),
    ("OpenAPI, and every published query", api.check),
    ("HTTP: QUERY, HEAD, OPTIONS, CORS, codings, 304", protocol.check),
    ("a table as a researcher reads it", script.check),
]


def comunica(base):
    return subprocess.Popen(
        [os.environ.get("NODE", "node"), "comunica.mjs", base], cwd=HERE,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )


def add_comunica(process, group):
    """What comunica.mjs found: one JSON object a line."""
    try:
        out, said = process.communicate(timeout=COMUNICA_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        out, said = process.communicate()
    for line in out.splitlines():
        found = json.loads(line)
        if "note" in found:
            group.note(found["note"])
        else:
            group.holds(found["what"], found["held"], found.get("found", ""))
    group.holds("comunica.mjs ends well", process.returncode == 0 and group.checks, said[-500:])


def look(base):
    begun = time.monotonic()
    other = Group("Comunica")
    process = comunica(base)
    groups = []
    try:
        known = tables.whole(base)
        for name, check in CHECKS:
            group = Group(name)
            groups.append(group)
            with group.part(name):
                check(base, group, known)
            group.end()
            group.show()
        with other.part("Comunica"):
            add_comunica(process, other)
        groups.append(other)
        other.end()
        other.show()
    finally:
        process.kill()
        process.wait()
    print(f"\n{sum(group.checks for group in groups)} checks in {time.monotonic() - begun:.0f} s")
    return not any(group.wrong or not group.checks for group in groups)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    if not (HERE / "node_modules").is_dir():
        sys.exit(f"run npm install in {HERE} first")
    try:
        with serve.Instance(sys.argv[1], sys.argv[2]) as base:
            held = look(base)
    except serve.Failure as failure:
        sys.exit(str(failure))
    sys.exit(not held)


if __name__ == "__main__":
    main()
