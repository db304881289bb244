"""Check the JSON-LD of `samplan serve` with jsonld.js, PyLD, rdflib and ajv.

usage: python run.py SAMPLAN_BINARY DATA_DIR

Serves a copy of the data folder with two made-up additions, a plan that uses every class and
reference data with values that no term of the context can carry, and runs check.mjs and
check.py on it. Installs nothing: it needs `npm install` in this folder and the packages of
tests/conformance/requirements.txt. Exits with 1 when a check fails.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parents[1] / "fixtures"
sys.path.insert(0, str(HERE.parent))

import serve  # noqa: E402 (it lies beside this folder)

SECONDS = 110


def with_additions(data, folder):
    """A copy of a data folder that holds the fixtures too."""
    shutil.copytree(data, folder)
    plan = folder / "plans" / "exempel-2026"
    plan.mkdir()
    # Its source text is made up, so it is said to lie somewhere else.
    small = (FIXTURES / "small-plan.ttl").read_text(encoding="utf-8")
    small = small.replace("<plan/exempel-2026/source.txt>", "<https://example.org/exempel.txt>")
    (plan / "stated.ttl").write_text(small, encoding="utf-8")
    shutil.copy(FIXTURES / "odd-values.ttl", folder / "reference" / "odd-values.ttl")
    return folder


def run(command):
    print(f"\n{' '.join(command[:2])}", flush=True)
    try:
        return subprocess.run(command, cwd=HERE, timeout=SECONDS).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error)
        return False


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    if not (HERE / "node_modules").is_dir():
        sys.exit(f"run npm install in {HERE} first")
    with tempfile.TemporaryDirectory() as folder:
        data = with_additions(sys.argv[2], pathlib.Path(folder) / "data")
        try:
            with serve.Instance(sys.argv[1], data) as base:
                held = [
                    run([os.environ.get("NODE", "node"), "check.mjs", base]),
                    run([sys.executable, "check.py", base]),
                ]
        except serve.Failure as failure:
            sys.exit(str(failure))
    sys.exit(not all(held))


if __name__ == "__main__":
    main()
