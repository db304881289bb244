"""What a researcher writes: read a table by its address, follow its links, ask about a row."""

import collections
import csv
import io
import urllib.parse

import rdflib
from rdflib import RDF, Namespace

from plain import PREFIXES, fetch, rows

PLAN = Namespace("https://w3id.org/samplan/ns#")
SH = Namespace("http://www.w3.org/ns/shacl#")


def table(base, name, **parameters):
    query = f"?{urllib.parse.urlencode(parameters)}" if parameters else ""
    text = fetch(f"{base}query/{name}.csv{query}").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def texts(base, name):
    graph = rdflib.Graph().parse(data=fetch(f"{base}query.ttl"), format="turtle")
    return [str(text) for text in graph.objects(rdflib.URIRef(f"{base}query/{name}"), SH.select)]


def check(base, group, known):
    activities = table(base, "activities")
    group.same("every activity has a row", {row["activity"] for row in activities},
               {str(node) for node in known.subjects(RDF.type, PLAN.Activity)})
    group.same("every plan with activities is there", {row["plan"] for row in activities},
               {str(plan) for node in known.subjects(RDF.type, PLAN.Activity)
                for plan in known.objects(node, PLAN.inPlan)})

    # How many activities each plan has, counted in the table and by the endpoint.
    counted = collections.Counter()
    for plan, _ in {(row["plan"], row["activity"]) for row in activities}:
        counted[plan] += 1
    group.same("activities by plan", dict(counted), {
        row["plan"]: int(row["n"]) for row in rows(base, PREFIXES + """
            SELECT ?plan (COUNT(DISTINCT ?activity) AS ?n)
            WHERE { ?activity a plan:Activity ; plan:inPlan ?plan } GROUP BY ?plan""")})

    # One plan only, named in three ways.
    plan = max(counted, key=counted.get)
    expected = [row for row in activities if row["plan"] == plan]
    for value in (plan, plan.removeprefix(base), plan.rsplit("/", 1)[-1]):
        group.same(f"only {value}", table(base, "activities", plan=value), expected)

    # In pages, as who has little memory reads it.
    gathered, page = [], 1
    while part := table(base, "activities", page=page, **{"page-size": 50}):
        gathered += part
        page += 1
        if page > 100:
            break
    group.same("all pages together", gathered, activities)

    # The address in a row leads to what the row says.
    row = next(row for row in activities if row["responsible"])
    described = fetch(row["activity"], "text/turtle").decode("utf-8")
    group.holds("the address of an activity leads to it", row["activity"].rsplit("/", 1)[-1]
                in described)

    # A published query says the same when its text is sent to the endpoint.
    (text,) = texts(base, "activities")
    sent = fetch(f"{base}sparql?{urllib.parse.urlencode({'query': text})}", "text/csv")
    group.same("the text of the query gives the same table",
               list(csv.DictReader(io.StringIO(sent.decode("utf-8"), newline=""))), activities)
    english = table(base, "activities", lang="en")
    group.same("in English there are as many rows", len(english), len(activities))
    group.holds("in English the names differ", english != activities)
