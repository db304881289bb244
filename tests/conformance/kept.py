"""Compare the speed of answers that are kept with that of plan pages of about the same size.

A part of `speed.py`. One query that compares the editions of the plans is asked in every way in
which an instance can know the answer already; before anything is measured they must all give
the same answer. Each is measured in turns with the page that is nearest in size.

An answer is to come at no less than `GOAL` of the rate of a page. What is below is marked, and
is no failure.
"""

import dataclasses
import itertools
import pathlib
import statistics
import urllib.error
import urllib.parse
import urllib.request

import serve
import wrk

QUERIES = pathlib.Path(__file__).resolve().parents[2] / "queries"
COMPARISON = "changes-between-editions"
JSON = "application/sparql-results+json"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
SHORT = "SELECT ?plan ?title WHERE { ?plan <http://purl.org/dc/terms/title> ?title }"

# Those of these that are nearest in size are what the ways are measured beside.
PAGES = [f"plan{path}.html?lang=sv" for path in [
    "",
    "/vastmanland-2021-2022/activity/oka-digital-kompetens",
    "/vastmanland-2021-2022/area/valmaende",
    "/vastmanland-2018-2020",
    "/vastmanland-2021-2022",
]]
ENCODINGS = ["identity", "gzip"]
ROUNDS = 3
SECONDS = 1
GOAL = 0.8

# How many texts there are of a query whose white space has been seen before.
KNOWN = 100
# More requests than one measurement makes; where the next begins no text has been seen before.
APART = 10 ** 6
PLACES = 13
BEGINNINGS = itertools.count(0, APART)

POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "{kind}"
wrk.body = [==[{body}]==]
"""

# The number of a request, written in white space, is put between two words of the query. Who
# asks is one of several, as one client may not have all connections asking at once.
SPACED = """
local number = {start}
local white = {{ "+", "%09", "%0A", "%0D" }}
function request()
  number = number + 1
  local rest, digits = number % {texts}, {{}}
  for place = 1, {places} do
    digits[place] = white[rest % 4 + 1]
    rest = math.floor(rest / 4)
  end
  wrk.headers["X-Forwarded-For"] = "203.0.113." .. (number % 8)
  return wrk.format("GET", "{before}" .. table.concat(digits) .. "{after}")
end
"""


@dataclasses.dataclass
class Way:
    """A way to ask for what is kept."""
    name: str
    path: str
    accept: str = JSON
    # Writes what wrk is told.
    script: object = None
    body: bytes | None = None
    kind: str = ""
    # Whether the asker says that it has the answer.
    has_it: bool = False


class Answer:
    """What a way gives, once."""

    def __init__(self, base, way, encoding, tag=None):
        headers = {"Accept": way.accept, "Accept-Encoding": encoding}
        if way.body is not None:
            headers["Content-Type"] = way.kind
        if tag is not None:
            headers["If-None-Match"] = tag
        request = urllib.request.Request(base + way.path, way.body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                self.status, told, self.bytes = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            self.status, told, self.bytes = error.code, error.headers, error.read()
        self.tag = told.get("ETag")
        self.encoding = told.get("Content-Encoding", "identity")


def comparison():
    lines = (QUERIES / f"{COMPARISON}.rq").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip()


def ways():
    query = comparison()
    body = urllib.parse.urlencode({"query": query})
    asked = f"sparql?{body}"
    before, _, after = asked.partition("WHERE+")
    other = f"{before}WHERE%0A%09++{after}"

    def spaced(texts):
        return lambda: SPACED.format(
            start=next(BEGINNINGS), texts=texts, places=PLACES, before=f"/{before}WHERE",
            after=after)

    def posted(name, kind, body):
        return Way(name, "sparql", body=body.encode(), kind=kind,
                   script=lambda: POST.format(kind=kind, body=body))

    return [
        Way("GET", asked),
        posted("POST of a form", FORM, body),
        posted("POST of the query itself", DIRECT, query),
        Way(f"GET, {KNOWN} ways to space it", other, script=spaced(KNOWN)),
        Way("GET, spaced anew each time", other, script=spaced(4 ** PLACES)),
        Way("GET, asker has it", asked, has_it=True),
        Way("published, JSON", f"query/{COMPARISON}.json"),
        Way("published, JSON, asker has it", f"query/{COMPARISON}.json", has_it=True),
        Way("published, CSV", f"query/{COMPARISON}.csv"),
        Way("published, short, JSON", "query/plans.json"),
        Way("GET of a short query", f"sparql?{urllib.parse.urlencode({'query': SHORT})}"),
    ]


def page(path, has_it):
    return Way("page", path, accept="text/html", has_it=has_it)


class Asked:
    """A way, and what it gives in an encoding."""

    def __init__(self, base, way, encoding):
        self.base, self.way, self.encoding = base, way, encoding
        self.answer = Answer(base, way, encoding)
        if self.answer.status != 200:
            raise serve.Failure(f"{way.name}, {way.path}: answered with {self.answer.status}")
        if way.has_it and Answer(base, way, encoding, self.answer.tag).status != 304:
            raise serve.Failure(f"{way.name}, {way.path}: is sent again to who has it")

    def measure(self, folder):
        """Requests a second."""
        way = self.way
        headers = {"Accept": way.accept, "Accept-Encoding": self.encoding}
        if way.has_it:
            headers["If-None-Match"] = self.answer.tag
        script = None
        if way.script:
            script = folder / "wrk.lua"
            script.write_text(way.script(), encoding="utf-8")
        return wrk.measure(self.base + way.path, SECONDS, headers, script)

    @property
    def size(self):
        return len(self.answer.bytes)


def agree(asked):
    """All ways to ask the query itself are the same query."""
    first, *others = [one for one in asked if one.way.path.startswith("sparql")
                      and SHORT not in urllib.parse.unquote_plus(one.way.path)]
    for other in others:
        if (other.answer.bytes, other.answer.tag) != (first.answer.bytes, first.answer.tag):
            raise serve.Failure(f"{other.way.name} and {first.way.name} give different answers")


def compare(base, folder, encoding):
    asked = [Asked(base, way, encoding) for way in ways()]
    agree(asked)
    pages = {(path, has_it): Asked(base, page(path, has_it), encoding)
             for path in PAGES for has_it in (False, True)}
    for one in asked:
        nearest = min(PAGES, key=lambda path: abs(pages[path, False].size - one.size))
        other = pages[nearest, one.way.has_it]
        rates = [(one.measure(folder), other.measure(folder)) for _ in range(ROUNDS)]
        # What else the machine does changes from round to round, and meets both of one alike.
        ratio = statistics.median(rate / beside for rate, beside in rates)
        rate, beside = map(statistics.median, zip(*rates))
        sizes = ["-", "-"] if one.way.has_it else [one.size, other.size]
        print(f"{one.way.name:32} {encoding:8} {sizes[0]:>7} {rate:9.0f} {sizes[1]:>7} "
              f"{beside:9.0f} {ratio:5.2f}{' below' if ratio < GOAL else ''}", flush=True)


def report(base, folder):
    print(f"\n{'kept answer':32} {'encoding':8} {'bytes':>7} {'answers/s':>9} {'bytes':>7} "
          f"{'pages/s':>9} ratio")
    for encoding in ENCODINGS:
        compare(base, folder, encoding)
