"""What the checks found: a line for each as it ends, and every failure at the end."""

import dataclasses
import time

LONGEST = 400
FEW = 5


def short(value):
    text = str(value).replace("\n", "\\n")
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"


@dataclasses.dataclass(frozen=True)
class Failure:
    what: str
    where: str
    expected: str
    found: str


class Check:
    """One check: how many things it looked at, and which of them are not as they should be."""

    def __init__(self, name=""):
        self.name, self.looked = name, 0
        self.failures, self.figures, self.notes = [], [], []

    def holds(self, what, where, condition, expected, found):
        self.looked += 1
        if not condition:
            self.failures.append(Failure(what, str(where), short(expected), short(found)))
        return bool(condition)

    def wrong(self, what, where, expected, found):
        self.holds(what, where, False, expected, found)

    def same(self, what, where, expected, found):
        if expected == found:
            return self.holds(what, where, True, "", "")
        if isinstance(expected, (set, frozenset)) and isinstance(found, (set, frozenset)):
            return self.holds(what, where, False,
                              counted(expected, expected - found, "missing"),
                              counted(found, found - expected, "too many"))
        return self.holds(what, where, False, expected, found)

    def figure(self, text):
        """A number for the line of the check."""
        self.figures.append(text)

    def note(self, text):
        """A line of its own below that of the check."""
        self.notes.append(text)


def counted(whole, apart, what):
    """How many there are, and the first of those that stand apart."""
    first = ", ".join(sorted(map(str, apart))[:FEW])
    return f"{len(whole)}; {len(apart)} {what}: {first}" if apart else str(len(whole))


class Report:
    def __init__(self):
        self.checks = []

    def run(self, name, function, *arguments):
        """Whether a check holds. One that looks at nothing does not."""
        check, begun = Check(name), time.monotonic()
        self.checks.append(check)
        try:
            function(check, *arguments)
        except Exception as error:  # noqa: BLE001 (a parser may raise anything)
            check.wrong("the check comes to its end", name, "no error",
                        f"{type(error).__name__}: {error}")
        if not check.looked:
            check.wrong("there is something to look at", name, "at least one thing", "nothing")
        show(check, time.monotonic() - begun)
        return not check.failures

    def end(self):
        """List what is wrong; whether nothing is."""
        failures = [(check, failure) for check in self.checks for failure in check.failures]
        looked = sum(check.looked for check in self.checks)
        print(f"\n{len(self.checks)} checks of {looked} things, {len(failures)} failures")
        for check, failure in failures:
            print(f"FAILED {check.name}: {failure.what}\n    where    {failure.where}\n"
                  f"    expected {failure.expected}\n    found    {failure.found}")
        return not failures


def show(check, seconds):
    verdict = f"FAILED ({len(check.failures)})" if check.failures else "ok"
    print(f"{check.name:58} {check.looked:6} {seconds:6.1f} s  {verdict:12} "
          f"{', '.join(check.figures)}".rstrip(), flush=True)
    for note in check.notes:
        print(f"    {note}", flush=True)
