"""What a group of checks found."""

import contextlib
import time

SHOWN = 8
LONGEST = 300


def short(value):
    text = str(value).replace("\n", "\\n")
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


class Group:
    def __init__(self, name):
        self.name, self.checks, self.wrong, self.notes = name, 0, [], []
        self.begun = time.monotonic()
        self.seconds = 0.0

    def holds(self, what, condition, found=""):
        """One check: that something holds."""
        self.checks += 1
        if not condition:
            self.wrong.append(f"{what}: {short(found)}" if found != "" else what)
        return bool(condition)

    def same(self, what, found, expected):
        """One check: that something is as expected, and that there is something at all."""
        if isinstance(found, (set, dict)) and isinstance(expected, type(found)):
            apart = {"too many": short(sorted(map(str, found - expected))[:3]),
                     "missing": short(sorted(map(str, expected - found))[:3]),
                     } if isinstance(found, set) else {
                "differ": short([(key, found.get(key), expected.get(key))
                                 for key in {**expected, **found}
                                 if found.get(key) != expected.get(key)][:3])}
            seen = f"{len(found)} instead of {len(expected)}: {apart}"
        else:
            seen = f"{short(found)} instead of {short(expected)}"
        return self.holds(what, found == expected and expected not in (None, [], set(), {}), seen)

    @contextlib.contextmanager
    def part(self, what):
        """Checks that an exception ends; the next part goes on."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 (a client may raise anything)
            self.holds(what, False, f"{type(error).__name__}: {error}")

    @contextlib.contextmanager
    def refused(self, what, *kinds):
        """One check: that a client raises one of these errors."""
        try:
            yield
        except kinds:
            self.checks += 1
        except Exception as error:  # noqa: BLE001
            self.holds(what, False, f"{type(error).__name__}: {error}")
        else:
            self.holds(what, False, "was not refused")

    def note(self, text):
        self.notes.append(text)

    def end(self):
        self.seconds = time.monotonic() - self.begun

    def show(self):
        verdict = f"FAILED ({len(self.wrong)})" if self.wrong else "ok"
        print(f"{self.name:50}  {self.checks:5} checks  {self.seconds:5.1f} s  {verdict}",
              flush=True)
        for note in self.notes:
            print(f"    {note}")
        for what in self.wrong[:SHOWN]:
            print(f"    FAILED: {what}")
        if len(self.wrong) > SHOWN:
            print(f"    … and {len(self.wrong) - SHOWN} more", flush=True)
