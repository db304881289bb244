"""Use the query editor of `samplan serve` in Chromium.

usage: python run.py SAMPLAN_BINARY DATA_DIR

Serves a copy of the data folder and runs check.mjs on it. Installs nothing: it needs
`npm install` in ../pages and Debian's chromium. Exits with 1 when a check fails.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import serve  # noqa: E402 (it lies beside this folder)

SECONDS = 300


def check(base):
    command = [os.environ.get("NODE", "node"), "check.mjs", base]
    try:
        return subprocess.run(command, cwd=HERE, timeout=SECONDS).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error)
        return False


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__.strip())
    modules = HERE.parent / "pages"
    if not (modules / "node_modules").is_dir():
        sys.exit(f"run npm install in {modules} first")
    with tempfile.TemporaryDirectory() as folder:
        data = shutil.copytree(sys.argv[2], pathlib.Path(folder) / "data")
        try:
            with serve.Instance(sys.argv[1], data) as base:
                held = check(base)
        except serve.Failure as failure:
            sys.exit(str(failure))
    sys.exit(not held)


if __name__ == "__main__":
    main()
