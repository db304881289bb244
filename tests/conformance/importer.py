"""Documents as other programs write them, imported.

Every Office document of tests/documents is saved by LibreOffice in another format, and from what
a careful reader says of each document a new one is laid out, with the columns in another order and
by other names, as DOCX and as PDF. Each is imported by the program, and what it reads is compared
with what the reader says.

usage: importer.py SAMPLAN DOCUMENTS
"""

import html
import json
import pathlib
import random
import subprocess
import sys
import tempfile

# What the columns of a table of measures are called, in plans.
NAMES = {
    "title": ["Aktivitet", "Åtgärd", "Insats"],
    "period": ["Period", "Tidplan", "När"],
    "parties": ["Ansvarig", "Ansvar", "Huvudansvarig"],
    "status": ["Status", "Läge"],
}
# How much must be read at least of documents of a kind. A PDF says which words stand where, not
# which cell they are of: LibreOffice centres the cells of such tables and parts their rows by
# little more than lines.
LEAST = {"docx": 0.99, "ods": 0.97, "xlsx": 0.97, "pdf": 0.65}


def convert(files, ending, into):
    """Saves files in another format; gives the new files in the same order."""
    files = list(files)
    if not files:
        return []
    profile = pathlib.Path(into, "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
    if files[0].suffix == ".html":
        # As a text document, not as a web page.
        command.append("--infilter=HTML (StarWriter)")
    command += ["--convert-to", ending, "--outdir", into, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    made = [pathlib.Path(into, f"{file.stem}.{ending}") for file in files]
    for file in made:
        assert file.exists(), f"LibreOffice made no {file.name}: {done.stderr}"
    return made


def page(truth, chance):
    """A document laid out anew: a title, a line of adoption, a heading and a table an area."""
    columns = [key for key in NAMES if key == "title" or any(map(lambda a: a[key], truth["activities"]))]
    chance.shuffle(columns)
    names = {key: chance.choice(NAMES[key]) for key in columns}
    out = ["<html><head><meta charset='utf-8'></head><body>"]
    out.append(f"<h1>{html.escape(truth['title'])}</h1>")
    if truth["adopted"]:
        out.append(f"<p>Fastställd {truth['adopted']}</p>")
    out.append(f"<p>{html.escape(truth['publisher'])}</p>")
    areas = list(dict.fromkeys(a["area"] for a in truth["activities"]))
    for area in areas:
        out.append(f"<h2>{html.escape(area or 'Åtgärder')}</h2>")
        out.append("<p>Tabellen visar vad som ska göras och av vem.</p><table border='1'><tr>")
        out += [f"<th>{names[key]}</th>" for key in columns]
        out.append("</tr>")
        for activity in truth["activities"]:
            if activity["area"] != area:
                continue
            cell = {**activity, "parties": ", ".join(activity["parties"])}
            out.append("<tr>")
            out += [f"<td>{html.escape(cell[key] or '')}</td>" for key in columns]
            out.append("</tr>")
        out.append("</table>")
    out.append("</body></html>")
    return "\n".join(out)


def imported(samplan, data, file):
    """What the program reads of a document."""
    command = [samplan, "import", file, "--data", data, "--dry-run", "--json", "--period", "2024-2026"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    report = json.loads(done.stdout)
    assert done.returncode == 0, f"{file.name}: {report.get('refused') or done.stderr}"
    return report


def bare(text):
    return " ".join((text or "").replace("–", "-").split()).rstrip(".;, ")


def elements(truth):
    for activity in truth["activities"]:
        title = bare(activity["title"])
        yield ("activity", title)
        for key in ("area", "period", "status"):
            # From and to may stand apart, and then have no dash between them.
            words = bare(activity[key]).replace(" - ", " ")
            if words and not (key == "area" and activity["parent"]):
                yield (key, title, words)


def read(report):
    for plan in report["plans"]:
        for activity in plan["activities"]:
            title = bare(activity["title"])
            yield ("activity", title)
            period = activity["period"] or {"text": None}
            status = activity["status"]["text"]
            if status == period["text"]:
                # Told by the words for when ("löpande").
                status = None
            found = {"area": activity["area"], "period": period["text"], "status": status}
            for key, words in found.items():
                words = bare(words).replace(" - ", " ")
                if words and not (key == "area" and activity["partOf"]):
                    yield (key, title, words)


def main(samplan, documents):
    chance = random.Random(4)
    truths = {}
    for path in sorted(pathlib.Path(documents).glob("*.json")):
        truths[path.stem] = json.loads(path.read_text())
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        subprocess.run([samplan, "init", work / "data"], check=True, capture_output=True)
        pages = work / "pages"
        pages.mkdir()
        for name, truth in truths.items():
            whole = truth["title"] and truth["publisher"] and truth["activities"]
            if whole and not any(activity["parent"] for activity in truth["activities"]):
                (pages / f"{name}.html").write_text(page(truth, chance))
        laid_out = sorted(pages.glob("*.html"))
        office = {
            ending: sorted(pathlib.Path(documents).glob(f"*.{ending}"))
            for ending in ("docx", "xlsx", "ods")
        }
        kinds = [
            ("laid out anew, as DOCX", laid_out, "docx"),
            ("laid out anew, as PDF", laid_out, "pdf"),
            ("DOCX saved as PDF", office["docx"], "pdf"),
            ("DOCX saved again", office["docx"], "docx"),
            ("XLSX saved as ODS", office["xlsx"], "ods"),
            ("ODS saved as XLSX", office["ods"], "xlsx"),
        ]
        poor = []
        print(f"{'':<26}{'documents':>10}{'elements':>10}{'precision':>11}{'recall':>8}")
        for at, (what, files, ending) in enumerate(kinds):
            into = work / f"kind-{at}"
            into.mkdir()
            made = convert(files, ending, str(into))
            counts = [0, 0, 0]
            for file in made:
                wanted = sorted(elements(truths[file.stem]))
                found = sorted(read(imported(samplan, work / "data", file)))
                left = list(found)
                both = [one for one in wanted if one in left and not left.remove(one)]
                for one in wanted:
                    if one not in both:
                        print(f"    {file.name}: not read: {one}")
                for one in left:
                    print(f"    {file.name}: too much: {one}")
                counts = [a + b for a, b in zip(counts, (len(wanted), len(found), len(both)))]
            wanted, found, both = counts
            print(f"{what:<26}{len(made):>10}{wanted:>10}{both / found:>11.2f}{both / wanted:>8.2f}")
            if min(both / wanted, both / found) < LEAST[ending]:
                poor.append(what)
        if poor:
            sys.exit(f"FAILED: too little was read, or too much made of it: {', '.join(poor)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
