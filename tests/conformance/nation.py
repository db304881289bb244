"""A nation's catalogue and downloads: how large they are, what they take of memory, how fast.

usage: python nation.py SAMPLAN_BINARY DATA_DIR

Give it a release binary and the plans of a nation (`scale --only-data DIR`). Ends with 1 when a
catalogue is larger than a harvester takes, or when memory grows with what is downloaded; the speed
beside nginx (speed.py) is a report.
"""

import pathlib
import re
import subprocess
import sys
import time
import urllib.request

import serve
import speed

# CKAN takes no more in one answer. N-Triples say every address in full and are over it.
LARGEST = 50 << 20
CATALOGUES = ["datasets/dcat", "catalog.rdf", "catalog.ttl", "catalog.jsonld"]
TOO_LARGE = ["catalog.nt"]
DOWNLOADS = ["download/plans.ttl", "download/plans.jsonld", "download/plans.csv",
             "download/plans.xlsx", "download/everything.nq", "download/everything.trig.gz"]
# What a download may add: what is read ahead for each, not what there is in all.
MOST_GROWTH_MIB = 64
AT_ONCE, SLOWLY, SECONDS = 8, "8M", 5


def fetch(url):
    """How many bytes there are, and how long they took."""
    started = time.monotonic()
    with urllib.request.urlopen(url, timeout=600) as answer:
        size = 0
        while part := answer.read(1 << 20):
            size += len(part)
    return size, time.monotonic() - started


def resident(instance):
    """The memory of the service in MiB, and the most that it has had."""
    status = pathlib.Path(f"/proc/{instance.process.pid}/status").read_text(encoding="utf-8")
    return tuple(int(re.search(rf"{name}:\s+(\d+) kB", status).group(1)) / 1024
                 for name in ("VmRSS", "VmHWM"))


def catalogues(base):
    wrong = []
    for path in CATALOGUES + TOO_LARGE:
        size, seconds = fetch(base + path)
        print(f"/{path:30} {size / 1e6:7.1f} MB {seconds:6.2f} s", flush=True)
        if size > LARGEST and path not in TOO_LARGE:
            wrong.append(f"/{path} has {size} bytes, more than {LARGEST}")
    return wrong


def downloads(instance, base):
    """Fetches every file, and the largest several times at once, slowly."""
    for path in DOWNLOADS:
        size, seconds = fetch(base + path)
        print(f"/{path:30} {size / 1e6:7.1f} MB {seconds:6.2f} s", flush=True)
    before, _ = resident(instance)
    slow = [subprocess.Popen(["curl", "-s", "--limit-rate", SLOWLY, "-o", "/dev/null",
                              base + "download/everything.nq"]) for _ in range(AT_ONCE)]
    time.sleep(SECONDS)
    during, most = resident(instance)
    for process in slow:
        process.kill()
        process.wait()
    grown = during - before
    print(f"memory: {before:.0f} MiB, {grown:+.0f} MiB with {AT_ONCE} downloads of it all under "
          f"way, {most:.0f} MiB at the most since the start", flush=True)
    return [f"memory grows by {grown:.0f} MiB"] if grown > MOST_GROWTH_MIB else []


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    try:
        instance = serve.Instance(sys.argv[1], sys.argv[2])
        with instance as base:
            wrong = catalogues(base) + downloads(instance, base)
    except serve.Failure as failure:
        sys.exit(str(failure))
    if wrong:
        sys.exit("\n".join(wrong))
    sys.argv.extend(["datasets/dcat", "catalog.ttl"])
    speed.main()


if __name__ == "__main__":
    main()
