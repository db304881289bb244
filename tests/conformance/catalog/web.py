"""Requests as they stand: no redirect is followed, and no header is added but Host."""

import dataclasses
import http.client
import urllib.parse

SECONDS = 60
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

# Every redirect that was met: the address asked for, the status, and the Location.
REDIRECTS = []


@dataclasses.dataclass
class Answer:
    url: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def __getitem__(self, name):
        return self.headers.get(name)

    @property
    def media_type(self):
        """The media type without its parameters."""
        return (self["Content-Type"] or "").partition(";")[0].strip().lower()

    def words(self, name):
        """The members of a header that is a list."""
        values = self.headers.get_all(name) or []
        return {word.strip().lower() for value in values for word in value.split(",")}


def ask(url, accept=None, method="GET", **headers):
    """One request. A keyword `if_none_match` is the header If-None-Match."""
    parts = urllib.parse.urlsplit(url)
    target = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
    connection = http.client.HTTPConnection(parts.netloc, timeout=SECONDS)
    try:
        connection.putrequest(method, target, skip_host="host" in headers,
                              skip_accept_encoding=True)
        if accept is not None:
            connection.putheader("Accept", accept)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        response = connection.getresponse()
        answer = Answer(url, response.status, response.headers, response.read())
    finally:
        connection.close()
    if 300 <= answer.status < 400 and answer.status != 304:
        REDIRECTS.append((url, answer.status, answer["Location"]))
    return answer


def fetch(url, accept=None):
    """The answer, which must be a 200."""
    answer = ask(url, accept)
    if answer.status != 200:
        raise ValueError(f"{url} (Accept: {accept}) is answered with {answer.status}")
    return answer
