"""Hold a graph against DCAT-AP-SE 3.0.1, row by row of profile.tsv.

Rows of the same property of the same class are alternatives: a value must be what any one of
them accepts. Where DIGG's engine is known to be lenient (language tags) this is not.
"""

import itertools

import se_table


def alternatives(rows):
    """The rows of each property of each class."""
    def place(row):
        return row.target, row.path
    return [list(group) for _, group in itertools.groupby(sorted(rows, key=place), place)]


class Outcome:
    """Which rows accepted a value, and how often a recommended value is missing."""

    def __init__(self, rows):
        self.rows, self.exercised, self.missing = rows, set(), {}

    def report(self, check):
        check.figure(f"{len(self.exercised)} of {len(self.rows)} rows exercised")
        check.figure(f"{sum(self.missing.values())} recommended values missing")
        by_target = {}
        for row in self.rows:
            if row.number not in self.exercised:
                by_target.setdefault(row.target, []).append(f"{row.written} ({row.number})")
        for target, names in by_target.items():
            check.note(f"exercised by no node: {target}: {', '.join(names)}")
        for row, count in self.missing.items():
            check.note(f"recommended, missing: {row.target} {row.written} on {count}")


def hold(check, graph):
    rows = se_table.read()
    outcome = Outcome(rows)
    for group in alternatives(rows):
        for node in sorted({node for row in group for node in row.nodes(graph)}):
            hold_node(check, graph, node, group, outcome)
    return outcome


def hold_node(check, graph, node, group, outcome):
    applying = [row for row in group if not row.condition or (node, *row.condition) in graph]
    accepted = {row.number: 0 for row in applying}
    values = sorted(graph.objects(node, group[0].property))
    for value in values:
        faults = {row: row.fault(graph, value) for row in applying}
        accepting = [row for row, fault in faults.items() if fault is None]
        check.holds(" or ".join(row.label for row in faults), node, accepting,
                    " or ".join(filter(None, faults.values())), value.n3())
        for row in accepting[:1]:
            accepted[row.number] += 1
            outcome.exercised.add(row.number)
    count(check, node, values, applying, accepted, outcome)


def count(check, node, values, applying, accepted, outcome):
    """The cardinality: of the rows that took values, or else of all."""
    used = [row for row in applying if accepted[row.number]] or applying
    most = max(row.most for row in used)
    check.holds(f"cardinality of {used[0].label}", node, len(values) <= most,
                f"at most {most}", f"{len(values)} values")
    for row in applying:
        if row.mandatory:
            check.holds(f"mandatory: {row.label}", node, len(values) >= row.least,
                        f"at least {row.least}", f"{len(values)} values")
    if not values and any(row.need == "R" for row in applying):
        first = next(row for row in applying if row.need == "R")
        outcome.missing[first] = outcome.missing.get(first, 0) + 1
