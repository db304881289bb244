"""A nation's catalogue, downloads, comparisons and searches: how large they are, what they take of
memory, how fast.

usage: python nation.py SAMPLAN_BINARY DATA_DIR

Give it a release binary and the plans of a nation (`scale --only-data DIR`). Ends with 1 when a
catalogue is larger than a harvester takes, when memory grows with what is downloaded, or when a page
cannot be had; how long pages take, cold and from memory, and the speed beside nginx (speed.py) are a
report.
"""

import pathlib
import re
import subprocess
import sys
import time
import urllib.error
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
# What people ask of a nation; REGIONS stands for the newest plans of the regions, each a parameter.
PAGES = ["compare/digstrat-2025?REGIONS", "compare/digstrat-2025.csv?REGIONS",
         "compare/un-sdg?REGIONS", "compare/digstrat-2025", "framework/digstrat-2025",
         "framework/digstrat-2025/goal/konnektivitet", "search?q=bredband",
         "search?q=digital+kompetens", "search.json?q=kommun&region=&year=2026"]
MOST_REGIONS = 21


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


def regions(data):
    """The newest plans of the regions, as parameters of a comparison."""
    newest = {}
    for plan in sorted(path.name for path in (pathlib.Path(data) / "plans").iterdir()):
        owner, _, year = plan.rpartition("-")
        if owner.startswith("region-") and year.isdigit():
            newest[owner] = plan
    return "&".join(f"plan={plan}" for plan in list(newest.values())[:MOST_REGIONS])


def pages(base, data):
    """How long pages take that nobody has asked for, and again from memory."""
    wrong = []
    plans = regions(data)
    print(f"{plans.count('plan=')} regions compared; milliseconds cold, and again", flush=True)
    for path in PAGES:
        accept = "text/csv" if ".csv" in path else "text/html, application/json;q=0.5"
        asked = urllib.request.Request(base + path.replace("REGIONS", plans),
                                       headers={"Accept": accept})
        times = []
        for _ in range(2):
            started = time.monotonic()
            try:
                with urllib.request.urlopen(asked, timeout=60) as answer:
                    size = len(answer.read())
            except urllib.error.HTTPError as error:
                wrong.append(f"/{path}: {error}")
                break
            times.append((time.monotonic() - started) * 1000)
        else:
            print(f"/{path:45} {size / 1e3:7.0f} kB {times[0]:7.1f} {times[1]:7.1f}", flush=True)
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
            wrong = catalogues(base) + pages(base, sys.argv[2]) + downloads(instance, base)
    except serve.Failure as failure:
        sys.exit(str(failure))
    if wrong:
        sys.exit("\n".join(wrong))
    sys.argv.extend(["datasets/dcat", "catalog.ttl",
                     f"compare/digstrat-2025.html?{regions(sys.argv[2])}&lang=sv"])
    speed.main()


if __name__ == "__main__":
    main()
