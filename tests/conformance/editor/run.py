"""Use the query editor of `samplan serve` in Chromium.

usage: python run.py SAMPLAN_BINARY DATA_DIR

Serves a copy of the data folder and runs check.mjs on it. Installs nothing: it needs
`npm install` in ../pages and Debian's chromium. Exits with 1 when a check fails.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import chromium  # noqa: E402 (it lies beside this folder)

SECONDS = 300

if __name__ == "__main__":
    chromium.main(__doc__, HERE, SECONDS)
