"""Compare the speed of `samplan serve` with that of nginx serving the same bytes from files.

usage: python speed.py SAMPLAN_BINARY DATA_DIR [PATH ...]

Give it a release binary. Needs Debian's nginx and wrk, and says so when they are missing: this
is a report, not a test, and ends with 0 unless the two give different answers. nginx gets
the bytes that the instance gives, as files: as they are, and compressed beforehand. The two are
measured in turns, so that whatever else the machine does meets both alike; wrk takes a share
of the processors from both. Then come the answers to queries that are kept, beside plan pages
(kept.py). With paths, only those are measured: of a nation's plans, the catalogue.
"""

import gzip
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import kept
import serve
import wrk

PATHS = ["plan/vastmanland-2021-2022.jsonld", "plan/vastmanland-2021-2022.html?lang=sv",
         "datasets/dcat"]
# From how many bytes on a few connections are enough to have the machine do all it can.
LARGE, FEW = 1 << 20, 4
ENCODINGS = ["identity", "gzip"]
ROUNDS = 3
SECONDS = 4
WAIT_SECONDS = 10
# What a cache needs to know of an answer; nginx sends these as Samplan does.
HEADERS = ["ETag", "Cache-Control", "Vary", "Last-Modified"]

# At its best: files stay open, connections live as long as wrk wants them.
NGINX = """
daemon off;
{user}
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log {folder}/access.log combined buffer=64k flush=1s;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=100;
  etag off;
  if_modified_since off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
{servers}}}
"""
SERVER = """
  server {{
    listen 127.0.0.1:{port};
    gzip_static {static};
{locations}  }}
"""
LOCATION = """
    location = /{path} {{
      alias {file};
      types {{ }}
      default_type "{media_type}";
{headers}    }}
"""


class Answer:
    """What a server gives for an address, as it comes over the wire."""

    def __init__(self, url, encoding):
        request = urllib.request.Request(url, headers={"Accept-Encoding": encoding})
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            self.status, self.headers, self.body = error.code, error.headers, b""
        self.encoding = self.headers.get("Content-Encoding", "identity")

    def unpacked(self):
        return gzip.decompress(self.body) if self.encoding == "gzip" else self.body

    def told(self):
        """What of it a client goes by."""
        return [self.headers.get(name) for name in ["Content-Type", *HEADERS]]


def differences(ours, theirs):
    """What nginx gives differently, as words."""
    wrong = []
    if theirs.status != 200 or theirs.encoding != ours.encoding:
        wrong.append(f"nginx answers {theirs.status}, {theirs.encoding}")
    if theirs.body != ours.body:
        wrong.append(f"the bodies differ ({len(ours.body)} and {len(theirs.body)} bytes)")
    if theirs.told() != ours.told():
        wrong.append(f"the headers differ: {ours.told()} and {theirs.told()}")
    return wrong


def gather(base, paths):
    """What the instance gives by path and encoding; what it does not give is told."""
    answers = {}
    for path in paths:
        for encoding in ENCODINGS:
            answer = Answer(base + path, encoding)
            if answer.status != 200:
                print(f"left out: /{path}, {encoding}: answered with {answer.status}")
            elif answer.encoding != encoding:
                print(f"left out: /{path}, {encoding}: it comes as {answer.encoding}")
            else:
                answers[path, encoding] = answer
    return answers


def location(path, answer, file):
    """One address of nginx, with the file that stands behind it."""
    file.write_bytes(answer.unpacked())
    if answer.encoding == "gzip":
        # nginx insists on both, and takes the second.
        file.with_name(file.name + ".gz").write_bytes(answer.body)
    # An empty one is not sent: without it nginx would give the time of the file.
    headers = [(name, answer.headers.get(name, "")) for name in HEADERS]
    return LOCATION.format(
        path=path.partition("?")[0], file=file, media_type=answer.headers["Content-Type"],
        headers="".join(f"      add_header {name} '{value}';\n" for name, value in headers))


def configure(folder, answers):
    """Writes what nginx serves; its address for each encoding."""
    bases, servers = {}, ""
    for encoding in ENCODINGS:
        port = serve.free_port()
        locations = "".join(
            location(path, answer, folder / f"{encoding}-{number}")
            for number, ((path, kind), answer) in enumerate(answers.items()) if kind == encoding)
        servers += SERVER.format(
            port=port, static="on" if encoding == "gzip" else "off", locations=locations)
        bases[encoding] = f"http://127.0.0.1:{port}/"
    # The folder is ours alone, so as root the workers must be root too.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        NGINX.format(folder=folder, user=user, servers=servers), encoding="utf-8")
    return bases


class Nginx:
    def __init__(self, folder, base):
        self.folder = folder
        self.base = base

    def __enter__(self):
        self.process = subprocess.Popen(
            ["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf",
             "-e", self.folder / "error.log"], stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                Answer(self.base, "identity")
                return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise serve.Failure("nginx did not start:\n"
                            + (self.folder / "error.log").read_text(errors="replace"))

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(WAIT_SECONDS)


def compare(base, bases, answers):
    print(f"{'address':40} {'encoding':8} {'bytes':>9} {'nginx/s':>9} {'samplan/s':>9} ratio")
    for (path, encoding), answer in answers.items():
        urls = {"nginx": bases[encoding] + path, "samplan": base + path}
        rates = {name: [] for name in urls}
        for _ in range(ROUNDS):
            for name, url in urls.items():
                many = FEW if len(answer.body) > LARGE else wrk.CONNECTIONS
                rates[name].append(wrk.measure(url, SECONDS, {"Accept-Encoding": encoding},
                                               connections=many))
        nginx, samplan = (statistics.median(rates[name]) for name in urls)
        print(f"/{path:39} {encoding:8} {len(answer.body):9} {nginx:9.1f} {samplan:9.1f} "
              f"{samplan / nginx:5.2f}", flush=True)


def report(base, folder, paths):
    answers = gather(base, paths)
    if not answers:
        raise serve.Failure("there is nothing to compare")
    bases = configure(folder, answers)
    with Nginx(folder, bases["identity"]):
        for path, encoding in answers:
            ours, theirs = (Answer(at + path, encoding) for at in (base, bases[encoding]))
            wrong = differences(ours, theirs)
            if wrong:
                raise serve.Failure(f"/{path}, {encoding}: {'; '.join(wrong)}")
        compare(base, bases, answers)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__.strip())
    # Debian puts nginx where only root looks.
    os.environ["PATH"] += ":/usr/sbin"
    missing = [name for name in ("nginx", "wrk") if shutil.which(name) is None]
    if missing:
        print(f"nothing measured: there is no {' and no '.join(missing)} "
              f"(apt-get install {' '.join(missing)})")
        return
    # The instance logs to a file, as nginx does, and as much as it does by itself.
    os.environ.pop("SAMPLAN_LOG", None)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with serve.Instance(sys.argv[1], sys.argv[2]) as base:
                paths = sys.argv[3:]
                report(base, pathlib.Path(folder), paths or PATHS)
                if not paths:
                    kept.report(base, pathlib.Path(folder))
        except serve.Failure as failure:
            sys.exit(str(failure))


if __name__ == "__main__":
    main()
