"""The score of data.europa.eu's Metadata Quality Assessment, and that the preview gives it."""

import pathlib
import re
import subprocess
import sys
import tempfile

from vocabulary import GOLDEN, SCORE
from web import BROWSER, fetch

LEAST = 380
OF_GOLDEN = 384
SECONDS = 60
SHOWN = re.compile(r'data-mqa-score="([^"]*)"')


def run(path, conforms):
    """What the calculator prints, and the total."""
    command = [sys.executable, SCORE, path, "turtle", *(["--shacl-ok"] if conforms else [])]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    total = re.search(r"^TOTAL (\d+) / 405", ran.stdout, re.MULTILINE)
    return ran.stdout.splitlines(), int(total[1])


def score(check, base, conforms):
    """At least LEAST, and no more than one point from what the preview says."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "catalog.ttl"
        path.write_bytes(fetch(base + "catalog.ttl").body)
        said, total = run(path, conforms)
    for line in said:
        check.note(line)
    check.holds("the score", base, total >= LEAST, f"at least {LEAST}", total)
    page = fetch(base + "catalog/preview", BROWSER)
    check.same("type of the preview", page.url, "text/html", page.media_type)
    shown = SHOWN.findall(page.body.decode("utf-8"))
    check.holds("data-mqa-score in the preview", page.url,
                len(shown) == 1 and re.fullmatch(r"\d+", shown[0])
                and abs(int(shown[0]) - total) <= 1, f"{total}, give or take one", shown)
    check.figure(f"{total} of 405, the preview says {', '.join(shown) or 'nothing'}")


def golden(check):
    """The calculator gives the worked example the score that is known of it."""
    _, total = run(GOLDEN["EU"], True)
    check.same("score of golden-eu.ttl", GOLDEN["EU"], OF_GOLDEN, total)
