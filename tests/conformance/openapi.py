"""Hold `samplan serve` to its own description of the HTTP API, /openapi.json.

usage: python openapi.py SAMPLAN_BINARY DATA_DIR

The description must be valid OpenAPI 3.1. Every path in it must answer its examples, in each
media type that it names, and every answer must be one that the description foretells: its
status, its media type, also where the request is wrong. Then Schemathesis, which writes requests
from the description, right and wrong ones, compares what comes back with it. The requests are the
same each time. Exits with 1 on any difference. Needs the packages of requirements.txt.
"""

import json
import os
import pathlib
import sys
import tempfile
import urllib.parse
import zlib

import httpx
import hypothesis.configuration
import jsonschema
import schemathesis
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.cli import schemathesis as command
from schemathesis.core.failures import ServerError
from schemathesis.openapi import checks

import serve

SEED = 1
# Requests made up for each operation, beside those that go through its bounds one by one.
EXAMPLES = 20
SECONDS = 60

# The client's budget is about many queries, and this is one client with many queries.
UNLIMITED = {"SAMPLAN_CLIENT_SECONDS": "0"}

NONE_SUCH = "there-is-no-such-thing"
# Names that nothing has, and that somebody may have reasons to try.
ODD = [" ", "%", "å\0\n", "../../etc/passwd", "%2e%2e", "<b>", "x" * 5000]
# What errors are told in, besides what nobody can read.
ERRORS = ["application/problem+json", "application/json", "text/html", "text/plain"]
UNREADABLE = "application/x-none-such"

WARNINGS = ["missing_test_data", "method_not_allowed", "base_url_mismatch", "rate_limited",
            "unsupported_regex", "unresolvable_reference"]

# Every check of Schemathesis is on. Those of credentials (ignored_auth,
# object_level_authorization) and of required headers (missing_required_header) find nothing to do
# while the API has none, and use_after_free and ensure_resource_availability wait for something to
# be made or deleted; they begin to work by themselves if that comes. Not set is max_response_time:
# machines of CI are slow when they please, and speed.py measures. What is accepted although a
# check says otherwise stands in `let_be`, each with its reason.
CONFIG = f"""
seed = {SEED}
workers = 1
continue-on-failure = true
request-timeout = {SECONDS}
# A redirection is an answer, and the description has to say so.
max-redirects = 0
# What an earlier run found is not tried first: each run is the same.
cache.enabled = false
generation.database = "none"
generation.max-examples = {EXAMPLES}

[phases]
# It makes chains of requests whose later ones need what the earlier ones made; nothing is made.
stateful.enabled = false
# What the server says of one request must not decide what the next one is.
fuzzing.error-feedback.enabled = false

[checks]
enabled = true
# Only what a request can do wrong: the defaults have credentials and every failure of ours too.
# 431 is what an address gets that is too long.
negative_data_rejection.expected-statuses = [400, 404, 406, 413, 415, 431]
# Names that are made up name nothing. Nobody is refused for who they are, and no failure of ours
# is well.
positive_data_acceptance.expected-statuses = ["2xx", "3xx", 404]

[warnings]
# Where nothing was ever found, or the description cannot be read. Not validation_mismatch and
# low_valid_rate, which count what is refused: of texts made up at random next to none is SPARQL.
display = {WARNINGS}
fail-on = {WARNINGS}
"""


def faults(document, base):
    """What is wrong with the description itself."""
    wrong = [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
             for error in OpenAPIV31SpecValidator(document).iter_errors()]
    if wrong:
        return wrong
    if not document["openapi"].startswith("3.1."):
        wrong.append(f"it is OpenAPI {document['openapi']}")
    servers = [server["url"] for server in document["servers"]]
    if servers != [base.rstrip("/")]:
        wrong.append(f"it says that the service is at {servers}")
    for path, method, operation in operations(document):
        for parameter in operation.get("parameters", []):
            schema = {**parameter.get("schema", {}), "components": document.get("components", {})}
            for value in examples(parameter):
                for error in jsonschema.Draft202012Validator(schema).iter_errors(value):
                    wrong.append(f"{method} {path}: the example of {parameter['name']}: "
                                 f"{error.message}")
    return wrong


def resolved(document, node):
    """What a reference within the document stands for."""
    while "$ref" in node:
        found = document
        for name in node["$ref"].removeprefix("#/").split("/"):
            found = found[name.replace("~1", "/").replace("~0", "~")]
        node = found
    return node


def operations(document):
    """Path, method and operation, with what they refer to in place of the references."""
    for path, item in document["paths"].items():
        for method in ("get", "post"):
            if method in item:
                operation = dict(item[method])
                parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
                operation["parameters"] = [resolved(document, one) for one in parameters]
                operation["requestBody"] = resolved(document, operation.get("requestBody", {}))
                answers = {status: dict(resolved(document, answer)) for status, answer
                           in operation["responses"].items()}
                for answer in answers.values():
                    answer["headers"] = {name: resolved(document, header) for name, header
                                         in answer.get("headers", {}).items()}
                operation["responses"] = answers
                yield path, method.upper(), operation


def examples(described):
    """The values that the description gives as examples of a parameter or a body."""
    named = [one["value"] for one in described.get("examples", {}).values() if "value" in one]
    own = [described["example"]] if "example" in described else []
    return [*own, *named, *described.get("schema", {}).get("examples", [])]


def names(parameter):
    """What a parameter of a path can be, as far as the description tells."""
    return examples(parameter) or parameter.get("schema", {}).get("enum", [])


def media_type(answer):
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def written(kind, value):
    """A body of a media type."""
    if isinstance(value, str):
        return value
    form = kind == "application/x-www-form-urlencoded"
    return urllib.parse.urlencode(value, doseq=True) if form else json.dumps(value)


class Operation:
    """An operation of the description, and what is wrong with how it is answered."""

    def __init__(self, client, path, method, operation):
        self.client, self.path, self.method = client, path, method
        self.parameters = operation["parameters"]
        self.bodies = operation["requestBody"].get("content", {})
        self.answers = operation["responses"]
        self.asked, self.wrong = 0, []

    def of(self, place):
        return [one for one in self.parameters if one["in"] == place]

    def ask(self, address, method=None, body=None, **headers):
        """An answer, whose status and media type the description must have."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        method = method or self.method
        answer = self.client.request(method, address, headers=headers, content=body)
        self.asked += 1
        said = [f"{name}: {value}" for name, value in headers.items()]
        what = " ".join([method, address[:200], *said]) + f" is answered with {answer.status_code}"
        if method == "OPTIONS":
            return answer, what
        status = str(answer.status_code)
        described = self.answers.get(status)
        if described is None:
            self.wrong.append(f"{what}, which is not described")
            return answer, what
        content, kind = described.get("content", {}), media_type(answer)
        if method != "HEAD" and not content and answer.content:
            self.wrong.append(f"{what} and a body of {kind}, where none is described")
        if content and kind not in content:
            self.wrong.append(f"{what} as {kind}, and described are {', '.join(content)}")
        for name, header in described.get("headers", {}).items():
            if header.get("required") and name not in answer.headers:
                self.wrong.append(f"{what} without {name}, which is said to be always there")
        return answer, what

    def address(self, at, other=None, name=NONE_SUCH):
        """The path with the examples of that number for its parameters, but for one of them."""
        path = self.path
        for parameter in self.of("path"):
            known = names(parameter) or [NONE_SUCH]
            value = name if parameter is other else known[at % len(known)]
            path = path.replace("{" + parameter["name"] + "}",
                                urllib.parse.quote(str(value), safe=""))
        return path

    def addresses(self):
        """The addresses of the examples; the first ones of all parameters go together, and so
        on."""
        given = [len(names(parameter)) for parameter in self.of("path")]
        if 0 in given:
            self.wrong.append("it has a parameter without an example")
            return []
        return [self.address(at) for at in range(max(given, default=1))]

    def queries(self):
        """What can stand after the address: what must, and besides what is given as an example."""
        given = [one for one in self.of("query") if examples(one)]
        needed = [one for one in self.of("query") if one.get("required")]
        self.wrong += [f"its parameter {one['name']} has no example" for one in needed
                       if one not in given]
        for some in [one for one in given if one in needed], given:
            yield [(one["name"], examples(one)[0]) for one in some]

    def names_forms(self):
        """Whether a parameter of the path says in which form: one of a list, whatever the others
        are, so that it has no example."""
        return any(not examples(parameter) for parameter in self.of("path"))

    def check(self):
        forms = []
        for address in self.addresses():
            # A dictionary, since the two may be one.
            full = list(dict.fromkeys(
                f"{address}?{urllib.parse.urlencode(query, doseq=True)}".rstrip("?")
                for query in self.queries()))
            if self.method == "POST":
                self.check_bodies(full[0])
            else:
                requests = [(one, None, {}) for one in full]
                if self.names_forms():
                    forms += requests
                else:
                    self.check_formats(requests)
                self.check_methods(full[0])
                self.check_conditions(full[0])
        # Each address has one form; together they have all.
        if forms:
            self.check_formats(forms)
        self.check_errors()

    def check_formats(self, requests):
        """Each media type is to be had by one of the requests, and there are no others."""
        described = self.answers.get("200", {}).get("content", {})
        for kind in described:
            got = [self.ask(address, body=body, Accept=kind, **headers)[0]
                   for address, body, headers in requests]
            if not any(one.status_code == 200 and media_type(one) == kind for one in got):
                said = [f"{one.status_code} {media_type(one)}" for one in got]
                self.wrong.append(f"{requests[0][0]} as {kind}: {', '.join(said)}")
        address, body, headers = requests[0]
        answer, what = self.ask(address, body=body, Accept=UNREADABLE, **headers)
        if "406" in self.answers and answer.status_code != 406:
            self.wrong.append(f"{what}, where 406 is described")
        if answer.status_code == 406 and media_type(answer) == ERRORS[0]:
            others = set(answer.json().get("formats", [])) - set(described)
            if others:
                self.wrong.append(f"{what} and offers {', '.join(sorted(others))}, which are not "
                                  "described")

    def check_bodies(self, address):
        """What is an example of a body is taken, and a body of no such type is not."""
        requests = [(address, written(kind, value), {"Content_Type": kind})
                    for kind, body in self.bodies.items() for value in examples(body)]
        if {headers["Content_Type"] for _, _, headers in requests} != set(self.bodies):
            self.wrong.append("it has a body without an example")
        for _, body, headers in requests:
            answer, what = self.ask(address, body=body, **headers)
            if not answer.is_success:
                self.wrong.append(f"{what}, and is an example")
        if requests:
            self.check_formats(requests)
        answer, what = self.ask(address, body="?", Content_Type=UNREADABLE)
        if answer.status_code != 415:
            self.wrong.append(f"{what} and not with 415")

    def check_methods(self, address):
        get, _ = self.ask(address)
        if not (get.is_success or get.is_redirect):
            self.wrong.append(f"{address} is an example and is answered with {get.status_code}")
        head, what = self.ask(address, "HEAD")
        if head.status_code != get.status_code or head.content:
            self.wrong.append(f"{what} and {len(head.content)} bytes, GET with {get.status_code}")
        for name in ("Content-Type", "ETag", "Location", "Last-Modified", "Vary"):
            if head.headers.get(name) != get.headers.get(name):
                self.wrong.append(f"{what} and {name}: {head.headers.get(name)}, "
                                  f"GET with {get.headers.get(name)}")
        options, what = self.ask(address, "OPTIONS")
        allowed = [name.strip() for name in options.headers.get("Allow", "").split(",")]
        if options.status_code != 204 or not {"GET", "HEAD", "OPTIONS"} <= set(allowed):
            self.wrong.append(f"{what} and Allow: {', '.join(allowed)}")

    def check_conditions(self, address):
        """304, 206 and 416 come where they are described, and only there."""
        tag = self.ask(address)[0].headers.get("ETag")
        if ("304" in self.answers) != (tag is not None):
            self.wrong.append(f"{address} has the ETag {tag}, and described are "
                              f"{', '.join(self.answers)}")
        elif tag is not None:
            answer, what = self.ask(address, If_None_Match=tag)
            if answer.status_code != 304:
                self.wrong.append(what)
        for status, ranges in ("206", "bytes=0-0"), ("416", f"bytes={1 << 40}-"):
            answer, what = self.ask(address, Range=ranges)
            if status in self.answers and answer.status_code != int(status):
                self.wrong.append(what)

    def check_errors(self):
        """What is wrong with a request is told as described, to whoever can read it."""
        wrong = [(404, self.address(0, one)) for one in self.of("path")]
        if self.method == "GET" and any(one["name"] == "lang" for one in self.of("query")):
            wrong.append((400, f"{self.address(0)}?lang={NONE_SUCH}"))
        for one in self.of("path"):
            for name in ODD:
                answer, what = self.ask(self.address(0, one, name))
                if answer.status_code != 404:
                    self.wrong.append(f"{what} and not with 404")
        for status, address in wrong:
            for kind in [*ERRORS, UNREADABLE]:
                answer, what = self.ask(address, Accept=kind)
                # Which of two mistakes is told is all the same.
                if answer.status_code not in (status, 406):
                    self.wrong.append(f"{what} and not with {status}")


def every_path_answers(document, base):
    failed = False
    with httpx.Client(base_url=base.rstrip("/"), timeout=SECONDS) as client:
        for path, method, described in operations(document):
            operation = Operation(client, path, method, described)
            operation.check()
            wrong = list(dict.fromkeys(operation.wrong))
            failed = failed or bool(wrong)
            verdict = f"FAILED ({len(wrong)})" if wrong else "ok"
            print(f"{method:4} {path:40}  {operation.asked:4} requests  {verdict}", flush=True)
            for what in wrong[:5]:
                print(f"    {what}")
    return not failed


@schemathesis.serializer("application/sparql-query")
def sparql_query(_, value):
    """How a query is sent, which Schemathesis does not know by itself."""
    return (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "replace")


@schemathesis.hook
def before_call(_, case, __):
    """Asks for each of the media types. The choice is a function of the request, so that a
    request that is sent again is the same."""
    answers = case.operation.definition.raw["responses"]
    answer = resolved(case.operation.schema.raw_schema, answers.get("200", {}))
    kinds = ["*/*", *answer.get("content", {})]
    request = f"{case.method} {case.formatted_path} {case.query}"
    case.headers["Accept"] = kinds[zlib.crc32(request.encode("utf-8", "replace")) % len(kinds)]


def names_things(parameter):
    """Whether a parameter takes the names of things, which depend on the data."""
    schema = parameter.definition.get("schema", {})
    return schema.get("type") == "array" and "enum" not in schema.get("items", {})


@schemathesis.hook
def filter_failure(_, failure, case, response):
    return not let_be(failure, case, response)


def let_be(failure, case, response):
    """Whether what a check finds is as it should be; for each the reason."""
    query = case.query if isinstance(case.query, dict) else {}
    # Who says timeout=1ms may be told with 503 that it was too short.
    too_short = response.status_code == 503 and query.get("timeout")
    if too_short and isinstance(failure, (ServerError, checks.RejectedPositiveData)):
        return True
    if isinstance(failure, checks.RejectedPositiveData):
        # No schema says which texts are SPARQL, or which of its answers have which formats.
        if case.path == "/sparql":
            return response.status_code in (400, 406, 413, 431)
        # Names that are made up name nothing: 400, with those that there are.
        return response.status_code == 400 and any(
            names_things(one) and query.get(one.name) for one in case.operation.query)
    # OpenAPI 3.1 has no word for QUERY, which the endpoint takes (3.2 has).
    if isinstance(failure, checks.UnsupportedMethodResponse):
        return case.path == "/sparql" and failure.method == "QUERY"
    if isinstance(failure, checks.AllowHeaderMismatch):
        return case.path == "/sparql" and failure.undocumented_methods == ["QUERY"]
    return False


def schemathesis_agrees(base):
    with tempfile.TemporaryDirectory() as folder:
        hypothesis.configuration.set_hypothesis_home_dir(folder)
        config = pathlib.Path(folder) / "schemathesis.toml"
        config.write_text(CONFIG, encoding="utf-8")
        arguments = ["--config-file", str(config), "run", f"{base}openapi.json", "--no-color"]
        try:
            command(arguments, prog_name="schemathesis")
        except SystemExit as end:
            return end.code == 0
    return False


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    os.environ.update(UNLIMITED)
    try:
        with serve.Instance(sys.argv[1], sys.argv[2]) as base:
            document = httpx.get(f"{base}openapi.json", timeout=SECONDS).json()
            wrong = faults(document, base)
            print(f"{len(document['paths'])} paths, {len(wrong)} faults", flush=True)
            for what in wrong:
                print(f"    {what}")
            # Both are asked, so that one run shows everything.
            well = not wrong
            well = every_path_answers(document, base) and well
            well = schemathesis_agrees(base) and well
    except serve.Failure as failure:
        sys.exit(str(failure))
    sys.exit(not well)


if __name__ == "__main__":
    main()
