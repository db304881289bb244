"""The OpenAPI description, and every published query called as it describes them."""

import csv
import datetime
import io
import json
import re
import xml.dom.minidom

import httpx
import jsonschema
import rdflib
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from plain import rows

PROBLEM = "application/problem+json"
# A value for parameters that are described by nothing but a type, by how they are called.
THINGS = {
    "plan": "plan:Plan", "framework": "plan:Framework", "goal": "plan:Goal",
    "organisation": "foaf:Agent", "municipality": "foaf:Agent",
    "role": "skos:Concept", "status": "skos:Concept",
}
# The lists of the vocabulary are concepts among others.
BEGINNINGS = {"role": "https://w3id.org/samplan/role/", "status": "https://w3id.org/samplan/status/"}
# Texts of which a pattern lets some pass and some not.
TEXTS = ["", "1", "0.5", "2s", "500ms", "x", "å" * 20, "-1", "+1", "1e3", "1.", "5 s", "١"]
PREFIXES = """\
PREFIX plan: <https://w3id.org/samplan/ns#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
"""
SYNTAXES = {"text/turtle": "turtle", "application/ld+json": "json-ld",
            "application/n-triples": "nt", "application/rdf+xml": "xml",
            "application/trig": "trig", "application/n-quads": "nquads"}


def media_type(answer):
    return answer.headers.get("content-type", "").split(";")[0].strip()


def readable(answer):
    """Whether the body is what its media type says."""
    kind = media_type(answer)
    if kind in SYNTAXES:
        graph = rdflib.Dataset(default_union=True)
        graph.parse(data=answer.content, format=SYNTAXES[kind], publicID=str(answer.url))
        return len(graph) > 0
    if kind == "application/sparql-results+json":
        return "bindings" in answer.json()["results"]
    if kind == "application/sparql-results+xml":
        root = xml.dom.minidom.parseString(answer.content).documentElement
        return root.tagName == "sparql"
    if kind == "text/csv":
        return len({len(row) for row in csv.reader(io.StringIO(answer.text))}) == 1
    if kind == "text/tab-separated-values":
        return len({line.count("\t") for line in answer.text.splitlines()}) == 1
    return kind == "text/html" and "<html" in answer.text


def fits(schema, text):
    """Whether a text is as a pattern says, which is one of ECMAScript."""
    return re.search(schema["pattern"], text, re.ASCII) is not None


class Api:
    def __init__(self, base, group, document):
        self.base, self.group, self.document = base, group, document
        self.client = httpx.Client(base_url=base, timeout=60, headers={"Accept": "*/*"})
        self.known = {}
        self.operation = None

    def resolve(self, thing):
        while "$ref" in thing:
            found = self.document
            for step in thing["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            thing = found
        return thing

    def get(self, path, parameters=None, **more):
        return self.client.get(path, params=parameters, **more)

    def thing(self, name):
        """The address of something that a parameter may name."""
        if name not in self.known:
            found = rows(self.base, f"{PREFIXES}SELECT ?it WHERE {{ ?it a {THINGS[name]} FILTER("
                                    f"STRSTARTS(STR(?it), '{BEGINNINGS.get(name, self.base)}'))"
                                    " } ORDER BY STR(?it) LIMIT 1")
            self.known[name] = found[0]["it"]
        return self.known[name]

    def values(self, parameter):
        """Values that the description allows."""
        schema = parameter["schema"]
        if "examples" in parameter:
            yield from (self.resolve(one)["value"] for one in parameter["examples"].values())
        if "example" in parameter:
            yield parameter["example"]
        if "default" in schema:
            yield schema["default"]
        if "enum" in schema:
            yield from schema["enum"]
        elif schema["type"] == "integer":
            yield from (schema["minimum"], schema["maximum"])
        elif schema["type"] == "array":
            full = self.thing(parameter["name"])
            yield full
            if full.startswith(self.base):
                yield full.removeprefix(self.base)
            yield full.rsplit("/", 1)[-1]
            yield [full, full]
        elif "pattern" in schema:
            yield from (text for text in TEXTS if fits(schema, text))
        elif schema.get("format") == "date":
            yield "2022-12-31"
        else:
            yield "x" * schema.get("minLength", 1)
            yield "å" * schema.get("maxLength", 20)

    def wrong_values(self, parameter):
        schema = parameter["schema"]
        if "enum" in schema:
            yield "no-such-value"
        elif schema["type"] == "integer":
            yield from (schema["minimum"] - 1, schema["maximum"] + 1, "many", "1.5")
        elif schema["type"] == "array":
            yield "a b<c>"
        elif "pattern" in schema:
            # An empty field of a form means that it was not filled in.
            may_be_empty = parameter.get("allowEmptyValue", False)
            yield from (text for text in TEXTS
                        if not fits(schema, text) and not (may_be_empty and text == ""))
        elif schema.get("format") == "date":
            yield from ("2022-13-01", "yesterday")
        else:
            if schema.get("minLength", 0) > 1:
                yield "x" * (schema["minLength"] - 1)
            if "maxLength" in schema:
                yield "x" * (schema["maxLength"] + 1)

    def problem(self, what, answer, status=400):
        """A problem document, as the description has it, that says what is wrong."""
        response = self.resolve(self.operation["responses"].get(str(status), {}))
        schema = response.get("content", {}).get(PROBLEM, {}).get("schema")
        found = answer.json() if media_type(answer) == PROBLEM else {}
        if not self.group.holds(
                f"{what} is answered with {status} and a problem document",
                answer.status_code == status and found.get("status") == status
                and found.get("detail"), f"{answer.status_code} {answer.text[:200]}"):
            return
        self.group.holds(f"{what}: {status} is described", schema is not None)
        self.valid(what, found, schema)

    def valid(self, what, found, schema):
        judge = jsonschema.Draft202012Validator(
            {**schema, "components": self.document["components"]})
        errors = [error.message for error in judge.iter_errors(found)]
        self.group.holds(f"{what} is as its schema says", not errors, errors[:2])

    def query(self, path):
        self.operation = self.document["paths"][path]["get"]
        plain = self.get(path)
        self.group.holds(f"{path} is answered with 200", plain.status_code == 200,
                         plain.text[:200])
        content = self.operation["responses"]["200"]["content"]
        parameters = {parameter["name"]: parameter for parameter in
                      map(self.resolve, self.operation["parameters"])}
        self.formats(path, content, parameters["format"]["schema"]["enum"])
        for name, parameter in parameters.items():
            self.parameter(path, name, parameter, content)
        self.problem(f"{path} with an unknown parameter", self.get(path, {"no-such": "1"}))
        self.problem(f"{path} as an image", self.get(path, headers={"Accept": "image/png"}), 406)

    def formats(self, path, content, endings):
        """Every format, by Accept and by the ending of the address."""
        bodies = {}
        for kind in content:
            with self.group.part(f"{path} as {kind}"):
                answer = self.get(path, headers={"Accept": kind})
                self.group.holds(f"{path} as {kind}", answer.status_code == 200
                                 and media_type(answer) == kind and readable(answer),
                                 f"{answer.status_code} {media_type(answer)}")
                bodies[kind] = answer.content
                if kind == "application/sparql-results+json":
                    self.valid(f"{path} as {kind}", answer.json(), content[kind]["schema"])
        for ending in endings:
            answer = self.get(f"{path}.{ending}")
            kind = media_type(answer)
            self.group.holds(f"{path}.{ending} is what Accept gives", answer.status_code == 200
                             and (kind == "text/html" or answer.content == bodies.get(kind)),
                             f"{answer.status_code} {kind}")

    def parameter(self, path, name, parameter, content):
        for value in self.values(parameter):
            with self.group.part(f"{path}?{name}={value}"):
                answer = self.get(path, {name: value})
                self.group.holds(f"{path}?{name}={value}"[:200], answer.status_code == 200
                                 and media_type(answer) in content and readable(answer),
                                 f"{answer.status_code} {answer.text[:200]}")
                if name == "format":
                    self.group.same(f"{path}?format={value} and the ending", media_type(answer),
                                    media_type(self.client.head(f"{path}.{value}")))
        for value in self.wrong_values(parameter):
            self.problem(f"{path}?{name}={value}"[:200], self.get(path, {name: value}))


def described(base, group, document):
    """What the description has of the queries is what there is."""
    graph = rdflib.Graph().parse(f"{base}query.ttl", format="turtle")
    executable = rdflib.URIRef("http://www.w3.org/ns/shacl#SPARQLExecutable")
    listed = {f"/{str(query).removeprefix(base)}"
              for query in graph.subjects(rdflib.RDF.type, executable)}
    # The addresses with the ending of a format are described beside those without.
    paths = {path for path in document["paths"]
             if path.startswith("/query/") and not path.endswith(".{suffix}")}
    group.same("the queries of the description are those of /query", paths, listed)
    group.same("the server of the description", document["servers"][0]["url"].rstrip("/"),
               base.rstrip("/"))
    return sorted(paths)


def defaults(group, document):
    """OpenAPI has a default be of the type that its schema says."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            for parameter in operation.get("parameters", []):
                schema = parameter.get("schema", {})
                if "default" in schema:
                    errors = [error.message for error in jsonschema.Draft202012Validator(
                        schema).iter_errors(schema["default"])]
                    group.holds(f"{method} {path} {parameter['name']}: the default fits",
                                not errors, errors)


def check(base, group, known):
    answer = httpx.get(f"{base}openapi.json", timeout=60)
    document = answer.json()
    with group.part("openapi.json is valid"):
        group.holds("openapi.json is JSON", media_type(answer) in
                    ("application/json", "application/openapi+json"), media_type(answer))
        errors = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
                  for error in OpenAPIV31SpecValidator(document).iter_errors()]
        group.holds("openapi-spec-validator", not errors, errors[:5])
    defaults(group, document)
    paths = described(base, group, document)
    api = Api(base, group, document)
    for path in paths:
        with group.part(path):
            api.query(path)
    group.note(f"{len(paths)} published queries")
