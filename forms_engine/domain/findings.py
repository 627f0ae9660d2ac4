"""What is wrong with a flow document, said so that an editor understands it and knows what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR = "error"
WARNING = "warning"
TESTS = "tests:"
PRECHECK = ("Formular › Voraussetzung", "Formular › Bereithalten")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to repair (`error`: cannot be published) or to look at (`warning`).

    `path` is the question, group, step or part of the document; `place` says in German where an editor sees it.
    """

    code: str
    severity: str
    path: str
    message_de: str
    place: str

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    @property
    def is_about_precheck(self) -> bool:
        return self.place.startswith(PRECHECK)

    @property
    def test_id(self) -> str:
        """The test case it is about, "" when it is about none."""
        return self.path.removeprefix(TESTS) if self.path.startswith(TESTS) else ""

    def __str__(self) -> str:
        sign = "Fehler" if self.is_error else "Hinweis"
        return f"{sign} [{self.code}] {self.path or '-'}: {self.place}: {self.message_de}"


class FlowInvalid(ValueError):
    """The document cannot be used; `findings` has everything that was found, errors and warnings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings if finding.is_error))


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]
