"""Ask an instance for the same thing, again and again, with `wrk`."""

import re
import subprocess

import serve

CONNECTIONS = 32


def measure(url, seconds, headers, script=None, connections=CONNECTIONS):
    """Requests a second. A script says how they differ from a plain GET of the address."""
    told = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    scripted = ["-s", str(script)] if script else []
    ran = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", *told, *scripted, url],
        capture_output=True, text=True, timeout=seconds + 60)
    found = re.search(r"Requests/sec:\s*([\d.]+)", ran.stdout)
    if ran.returncode != 0 or found is None:
        raise serve.Failure(f"wrk ended with {ran.returncode}: {ran.stdout}{ran.stderr}")
    # A refusal is quick, and would count as a fast answer.
    if "Non-2xx" in ran.stdout or "Socket errors" in ran.stdout:
        raise serve.Failure(f"not every answer of {url} was a good one:\n{ran.stdout}")
    return float(found.group(1))
