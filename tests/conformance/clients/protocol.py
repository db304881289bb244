"""HTTP: the method QUERY, HEAD, OPTIONS, a preflight of a browser, codings, 304, by httpx."""

import gzip

import brotli
import httpx
import zstandard

from plain import TITLES

QUERY_TYPE = "application/sparql-query"
JSON = "application/sparql-results+json"
ORIGIN = {"Origin": "https://editor.example"}
UNPACK = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}
# What may be asked for again without a body.
PAGES = ("sparql", "sparql.ttl", ".well-known/void", ".well-known/void.ttl", "openapi.json",
         "query", "query.ttl", "query/activities", "query/activities.csv")


def methods(client, group):
    with group.part("QUERY"):
        plain = client.get("sparql", params={"query": TITLES}, headers={"Accept": JSON})
        answer = client.request("QUERY", "sparql", content=TITLES,
                                headers={"Content-Type": QUERY_TYPE, "Accept": JSON})
        group.same("QUERY is answered as GET", answer.json(), plain.json())
        answer = client.request("QUERY", "sparql", data={"query": TITLES},
                                headers={"Accept": JSON})
        group.same("QUERY with a form", answer.json(), plain.json())
        group.holds("GET has rows", plain.json()["results"]["bindings"])
        wrong = client.request("QUERY", "sparql", content=TITLES,
                               headers={"Content-Type": "text/plain"})
        group.same("QUERY with a body of another type", wrong.status_code, 415)
        none = client.request("QUERY", "sparql", content=TITLES)
        group.holds("QUERY without a type is refused (RFC 9110, section 8.3)",
                    none.status_code in (400, 415), none.status_code)
        etag = answer.headers.get("etag")
        again = client.request("QUERY", "sparql", content=TITLES, headers={
            "Content-Type": QUERY_TYPE, "Accept": JSON, "If-None-Match": etag or ""})
        group.holds("QUERY with If-None-Match is 304", again.status_code == 304
                    and not again.content, f"{again.status_code} {etag}")
    with group.part("HEAD"):
        for path in PAGES:
            get, head = client.get(path), client.head(path)
            group.holds(f"HEAD {path} is GET without a body", not head.content
                        and head.status_code == get.status_code == 200
                        and all(head.headers.get(name) == get.headers.get(name) for name in
                                ("content-type", "etag", "content-length", "vary")),
                        dict(head.headers))
        head = client.head("sparql", params={"query": TITLES})
        group.holds("HEAD of a query", head.status_code == 200 and not head.content
                    and head.headers["content-type"].startswith(JSON), dict(head.headers))
    with group.part("OPTIONS"):
        answer = client.options("sparql")
        allowed = {name.strip() for name in answer.headers.get("allow", "").split(",")}
        group.holds("OPTIONS names the methods", answer.is_success and
                    {"GET", "HEAD", "POST", "QUERY", "OPTIONS"} <= allowed, sorted(allowed))
        for method in ("PUT", "DELETE", "PATCH"):
            answer = client.request(method, "sparql", content=b"")
            group.holds(f"{method} is 405 and says what is allowed (RFC 9110, section 15.5.6)",
                        answer.status_code == 405 and "QUERY" in answer.headers.get("allow", ""),
                        f"{answer.status_code} {answer.headers.get('allow')}")


def browsers(client, group):
    for method in ("QUERY", "POST", "GET"):
        with group.part(f"preflight {method}"):
            answer = client.options("sparql", headers={
                **ORIGIN, "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": "content-type,accept"})
            allowed = answer.headers.get("access-control-allow-methods", "").replace(" ", "")
            names = answer.headers.get("access-control-allow-headers", "").lower()
            group.holds(f"preflight {method}", answer.is_success
                        and answer.headers.get("access-control-allow-origin") == "*"
                        and (method in allowed.split(",") or allowed == "*")
                        and ("*" in names or "content-type" in names), dict(answer.headers))
    with group.part("from another origin"):
        for name, answer in {
            "a query": client.get("sparql", params={"query": TITLES}, headers=ORIGIN),
            "a mistake": client.get("sparql", params={"query": "no"}, headers=ORIGIN),
            "QUERY": client.request("QUERY", "sparql", content=TITLES,
                                    headers={**ORIGIN, "Content-Type": QUERY_TYPE}),
            "a published query": client.get("query/activities.csv", headers=ORIGIN),
            "nothing": client.get("no-such-thing", headers=ORIGIN),
        }.items():
            group.holds(f"{name} may be read from another origin",
                        answer.headers.get("access-control-allow-origin") == "*",
                        dict(answer.headers))


def codings(client, group):
    everything = TITLES.replace("?plan ?title", "*").split("WHERE")[0] + "WHERE { ?s ?p ?o }"
    for path, parameters in [(path, None) for path in PAGES] + [("sparql", {"query": everything})]:
        name = f"{path}?query" if parameters else path
        with group.part(name):
            plain = client.get(path, params=parameters, headers={"Accept-Encoding": "identity"})
            group.holds(f"{name} as it is", "content-encoding" not in plain.headers)
            tags = {plain.headers.get("etag")}
            for coding, unpack in UNPACK.items():
                request = client.build_request("GET", path, params=parameters,
                                               headers={"Accept-Encoding": coding})
                answer = client.send(request, stream=True)
                raw = b"".join(answer.iter_raw())
                answer.close()
                group.same(f"{name} in {coding}", answer.headers.get("content-encoding"), coding)
                group.holds(f"{name} in {coding} is the same bytes and fewer",
                            unpack(raw) == plain.content and len(raw) < len(plain.content),
                            f"{len(raw)} of {len(plain.content)}")
                group.holds(f"{name} in {coding} varies by it", "accept-encoding" in
                            answer.headers.get("vary", "").lower())
                tags.add(answer.headers.get("etag"))
            if None not in tags:
                group.holds(f"{name}: each coding has its own strong tag or all a weak one",
                            len(tags) == 4 or all(tag.startswith("W/") for tag in tags), tags)
    # httpx unpacks by itself what it asks for by itself.
    answer = client.get("sparql", params={"query": TITLES},
                        headers={"Accept": JSON, "Accept-Encoding": "gzip, deflate, br, zstd"})
    group.holds("httpx reads a packed answer", answer.json()["results"]["bindings"])


def conditional(client, group):
    requests = [(path, None) for path in PAGES]
    requests += [("sparql", {"query": TITLES}),
                 ("query/activities", {"page": 1, "page-size": 5})]
    for path, parameters in requests:
        name = f"{path}?{parameters}" if parameters else path
        with group.part(name):
            first = client.get(path, params=parameters)
            etag = first.headers["etag"]
            again = client.get(path, params=parameters, headers={"If-None-Match": etag})
            group.holds(f"{name} again is 304, without a body and with the same tag",
                        again.status_code == 304 and not again.content
                        and again.headers.get("etag") == etag
                        and again.headers.get("vary") == first.headers.get("vary"),
                        f"{again.status_code} {dict(again.headers)}")
            other = client.get(path, params=parameters, headers={"If-None-Match": '"other"'})
            group.holds(f"{name} with another tag is 200",
                        other.status_code == 200 and other.content == first.content)


def check(base, group, known):
    with httpx.Client(base_url=base, timeout=60) as client:
        methods(client, group)
        browsers(client, group)
        codings(client, group)
        conditional(client, group)
