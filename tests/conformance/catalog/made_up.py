"""Change a copy of the data folder: made-up plans, and another title of a plan."""

import pathlib
import re

from rdflib import Literal

SMALL_PLAN = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "small-plan.ttl"
EXAMPLE = "exempel-2026"
ATTRIBUTION = "http://creativecommons.org/licenses/by/4.0/"
# The title that a plan gets. Every syntax has to escape some of it.
ODD = 'Plan "för" <alla> & \'några\' \\ ]]> åäö 🎉 {1} %20'
TITLE = re.compile(
    r'(<(plan/[a-z0-9-]+)> a plan:Plan ;(?:(?!\n\n).)*?dcterms:title )"[^"]*"(@sv)', re.DOTALL)


def plan(number):
    """A made-up plan by its name; the first states a licence."""
    name = f"exempel-{number:03}"
    text = SMALL_PLAN.read_text(encoding="utf-8")
    # Its source text is made up, so it is said to lie somewhere else.
    text = text.replace(f"<plan/{EXAMPLE}/source.txt>", "<https://example.org/exempel.txt>")
    text = text.replace(EXAMPLE, name)
    layer = f"<plan/{name}/stated> a plan:StatedGraph ;"
    if "dcterms:issued" not in text:
        text = text.replace(layer, f'{layer} dcterms:issued "2026-11-22"^^xsd:date ;')
    if number == 0:
        rights = f"<plan/{name}/rights>"
        text = text.replace(f"dcterms:rights {rights}", f"dcterms:license <{ATTRIBUTION}>")
        text = "\n\n".join(part for part in text.split("\n\n") if not part.startswith(rights))
    return name, text


def add_plans(folder, count):
    """Put so many made-up plans into a data folder."""
    for number in range(count):
        name, text = plan(number)
        (folder / "plans" / name).mkdir()
        (folder / "plans" / name / "stated.ttl").write_text(text, encoding="utf-8")


def rename(folder):
    """Give the first plan that has a title another one; the plan's path."""
    for path in sorted((folder / "plans").glob("*/stated.ttl")):
        text = path.read_text(encoding="utf-8")
        found = TITLE.search(text)
        if found:
            # A function, so that nothing in the title is taken for a group.
            changed = TITLE.sub(lambda match: match[1] + Literal(ODD).n3() + match[3], text, 1)
            path.write_text(changed, encoding="utf-8")
            return found[2]
    raise ValueError(f"no plan of {folder} has a title that can be changed")
