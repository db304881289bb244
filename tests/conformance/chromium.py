"""Serve a copy of a data folder, and run a check.mjs on it in Chromium.

    chromium.main(__doc__, folder, seconds)

`folder` holds the check.mjs, which gets the address of the instance and exits with 0 when
everything holds. Installs nothing: `npm install` in pages/ and Debian's chromium are needed.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import serve

PAGES = pathlib.Path(__file__).resolve().parent / "pages"


def check(folder, base, seconds):
    command = [os.environ.get("NODE", "node"), "check.mjs", base]
    try:
        return subprocess.run(command, cwd=folder, timeout=seconds).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error)
        return False


def main(usage, folder, seconds):
    if len(sys.argv) != 3:
        sys.exit(usage.strip())
    if not (PAGES / "node_modules").is_dir():
        sys.exit(f"run npm install in {PAGES} first")
    with tempfile.TemporaryDirectory() as copies:
        data = shutil.copytree(sys.argv[2], pathlib.Path(copies) / "data")
        try:
            with serve.Instance(sys.argv[1], data) as base:
                held = check(folder, base, seconds)
        except serve.Failure as failure:
            sys.exit(str(failure))
    sys.exit(not held)
