"""`load_flow` and `check_document`: from a document to a flow, or to everything that is wrong with it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms_engine.fields import Option

from .analysis import analyse
from .canonical import content_hash
from .findings import Finding, FlowInvalid, errors_of
from .logic import Compiled
from .logic.types import BOOL
from .model import Bring, Flow, Node, Requirement, Step
from .nodes import NodeReader, read_options
from .planning import build_plan
from .reading import ID, KEY, LOCALE, Fields, Place, Reporter, document_problem
from .ruling import Ruled, RuleReader, dependencies, list_circles, place_of, sort_by_dependency
from .scope import FlowScope
from .sections.checking import check_sections
from .sections.uses import KIND as SECTION
from .trials.case import SavedCase, read_cases
from .trials.running import check_cases

FORMAT = "flow/1"
KINDS = ("application", "survey", "assessment", SECTION)
MEMBERS = {
    "format", "key", "kind", "locales", "default_locale", "title", "description", "unit", "purpose", "legal_basis",
    "retention", "minutes", "codelists", "requirements", "bring", "steps", "declaration", "todo", "source",
}  # fmt: skip


def load_flow(document: Any) -> Flow:
    """The flow of a document that can be used; raises `FlowInvalid` with the findings of reading it.

    What the analysis says (`check_document`) is not asked here: a flow that was published once loads for ever, also
    after the analysis has learnt to see more.
    """
    flow, findings = read_flow(document)
    if flow is None or errors_of(findings):
        raise FlowInvalid(findings)
    flow.warnings = tuple(findings)
    flow.plan = build_plan(flow)
    return flow


def check_document(document: Any) -> list[Finding]:
    """Everything that is wrong with a document or worth a look. Takes any value; never raises."""
    report = Reporter()
    reader = open_document(document, report)
    if reader is not None:
        flow = reader.read()
        cases = read_cases(reader.tests, report)
        analyse(flow, reader.ruled, report)
        if cases and not errors_of(report.findings):
            check_cases(planned(flow), cases, report)
    return unique(report.findings)


def read_flow(document: Any) -> tuple[Flow | None, list[Finding]]:
    """What can be read of a document, right or wrong, and what is wrong with its parts.

    For editors, who want to see the sentences of a draft that cannot be published yet. Only `load_flow` gives a flow
    that can be evaluated.
    """
    report = Reporter()
    reader = open_document(document, report)
    flow = reader.read() if reader else None
    return flow, unique(report.findings)


@dataclass(frozen=True, slots=True)
class Trial:
    """A draft ready to be tried: its flow, its compiled rules with their places, its saved test cases."""

    flow: Flow
    ruled: tuple[Ruled, ...]
    cases: tuple[SavedCase, ...]


def open_trial(document: Any) -> Trial:
    """A draft that can be tried out, also while the analysis still finds something. Raises `FlowInvalid` with what
    keeps it from being read."""
    report = Reporter()
    reader = open_document(document, report)
    flow = reader.read() if reader else None
    if reader is None or flow is None or errors_of(report.findings):
        raise FlowInvalid(unique(report.findings))
    cases = read_cases(reader.tests, Reporter())
    return Trial(planned(flow), tuple(reader.ruled), tuple(cases))


def planned(flow: Flow) -> Flow:
    flow.plan = flow.plan or build_plan(flow)
    return flow


def open_document(document: Any, report: Reporter) -> DocumentReader | None:
    """A reader of a document of its own; None, and a finding, for what is none."""
    problem = None if isinstance(document, dict) else "Das Formular ist kein JSON-Objekt."
    problem = problem or document_problem(document)
    if problem:
        report.error("document_unreadable", Place(), problem)
        return None
    return DocumentReader(copy.deepcopy(document), report)


def unique(findings: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))


class DocumentReader:
    """Reads head, code lists, steps, rules and the pre-check of one document."""

    def __init__(self, document: dict[str, Any], report: Reporter) -> None:
        self.document, self.report = document, report
        self.tests = document.pop("tests", None)  # about the flow, no part of it: neither delivered nor in its hash
        self.ruled: list[Ruled] = []
        self.read_locales()
        self.head = Fields(document, Place(), report)

    def read(self) -> Flow:
        head = self.head
        title = head.text("title", "Titel", needed=True) or {}
        key, kind = self.read_names()
        self.read_details()
        reader = NodeReader(
            self.report,
            self.read_codelists(),
            has_purpose=bool(head.text("purpose", "Zweck")) or kind == SECTION,  # else the form states it
            has_legal_basis=head.legal_basis() or kind == SECTION,
        )
        steps = reader.read_steps(head)
        flow = Flow(
            document=self.document, hash=self.hash(), key=key, kind=kind, locales=self.report.locales,
            default_locale=self.report.default_locale, title=title, steps=steps, nodes=reader.nodes,
            requirements=[], bring=[],
        )  # fmt: skip
        check_sections(self.document, self.report)
        self.read_rules(flow)
        head.unknown(MEMBERS)
        head.finish()
        return flow

    def hash(self) -> str:
        return content_hash(self.document)

    def read_locales(self) -> None:
        """First of all: every text is read against the languages of the form."""
        at = Place() / "Sprachen"
        default, locales = self.document.get("default_locale", "de"), self.document.get("locales", ["de"])
        if not isinstance(default, str) or not LOCALE.fullmatch(default):
            self.report.error("locale_invalid", at, "Die Hauptsprache ist kein Sprachkürzel wie „de“.")
            default = "de"
        good = isinstance(locales, list) and all(isinstance(one, str) and LOCALE.fullmatch(one) for one in locales)
        if not good or not locales or len(set(locales)) < len(locales) or len(locales) > 50:
            self.report.error("locale_invalid", at, "Die Liste der Sprachen ist leer oder hat falsche Kürzel.")
            locales = [default]
        if default not in locales:
            self.report.error("locale_invalid", at, f"Die Hauptsprache „{default}“ fehlt in der Liste der Sprachen.")
            locales = [*locales, default]
        self.report.locales, self.report.default_locale = tuple(locales), default

    def read_names(self) -> tuple[str, str]:
        if self.document.get("format") != FORMAT:
            message = f"Das Format ist nicht „{FORMAT}“. Diese Datei ist kein Formular, das wir lesen können."
            self.report.error("format_unknown", self.head.at, message)
        key = self.head.string("key", pattern=KEY, longest=100)
        if self.document.get("key") is None:
            self.report.error("key_missing", self.head.at, "Dem Formular fehlt seine Kennung (key).")
        return key or "", self.head.one_of("kind", KINDS) or "application"

    def read_details(self) -> None:
        head = self.head
        head.text("description", "Beschreibung")
        head.text("declaration", "Erklärung am Ende")
        head.string("unit", longest=100)
        head.whole("minutes", least=1, most=1_440)
        head.object("source")
        retention = head.object("retention")
        if retention is not None:
            entry = Fields(retention, head.at / "Aufbewahrung", self.report)
            entry.whole("submission_months", least=0, most=1_200)
            entry.string("law", longest=300)
            entry.unknown({"submission_months", "law"})

    def read_codelists(self) -> dict[str, tuple[Option, ...]]:
        found: dict[str, tuple[Option, ...]] = {}
        lists = self.head.object("codelists") or {}
        for name in lists:
            at = self.head.at / f"Codeliste „{name[:60]}“"
            entry = Fields(lists, at, self.report)
            found[name], rules = read_options(entry, name, self.report)
            if rules:
                message = "Antworten einer Codeliste können keine Bedingung haben. Legen Sie sie an der Frage an."
                self.report.error("codelist_rule", at, message)
            if not found[name]:
                self.report.error("options_missing", at, "Die Codeliste ist leer.")
            entry.finish()
        return found

    def read_rules(self, flow: Flow) -> None:
        scope = FlowScope(flow.nodes, {step.id: step for step in flow.steps})
        reader = RuleReader(scope, self.report)
        for step in flow.steps:
            reader.read_step(step)
        for node in flow.nodes.values():
            reader.read_node(node)
        self.read_precheck(flow, reader)
        self.read_todo(flow)
        self.order(flow, reader)
        self.ruled = reader.ruled

    def order(self, flow: Flow, reader: RuleReader) -> None:
        waits = dependencies(reader.ruled, flow.nodes)
        paths = in_document_order(flow)
        done, caught = sort_by_dependency(waits, paths)
        for circle in list_circles(waits, caught):
            self.report_circle(flow, circle)
        flow.order = tuple(done)
        flow.reads = {path: frozenset(needed) for path, needed in waits.items()}

    def report_circle(self, flow: Flow, circle: list[str]) -> None:
        items: list[Step | Node | None] = [flow.nodes.get(path) or flow.find_step(path) for path in circle]
        names = [name_of(item) for item in items if item is not None]
        at = place_of(items[0]) if items[0] is not None else Place()
        if len(circle) == 1:
            message = f"Die Regel von „{names[0]}“ hängt von „{names[0]}“ selbst ab. Nehmen Sie die Frage dort heraus."
        else:
            way = " → ".join(f"„{name}“" for name in [*names, names[0]])
            message = f"Regeln hängen im Kreis voneinander ab: {way}. Entfernen Sie eine dieser Bedingungen."
        self.report.error("circle", at, message)

    def read_precheck(self, flow: Flow, reader: RuleReader) -> None:
        taken: set[str] = set()
        for index, source in self.head.objects("requirements"):
            entry = self.entry(source, f"Voraussetzung {index + 1}", taken)
            title = entry.text("title", "Titel der Voraussetzung", needed=True) or {}
            failed = entry.text("failed", "Text, wenn sie nicht erfüllt ist", needed=True) or {}
            compiled = self.compile(entry, "rule", "requirement", reader)
            if "rule" not in source:
                self.report.error("rule_missing", entry.at, "Die Voraussetzung hat keine Regel.")
            elif compiled is not None:
                made = Requirement(str(source.get("id")), title, source["rule"], failed, compiled.run, compiled.reads)
                flow.requirements.append(made)
            entry.unknown({"id", "title", "rule", "failed", "source"})
            entry.finish()
        for index, source in self.head.objects("bring"):
            entry = self.entry(source, f"Bereithalten {index + 1}", taken)
            text = entry.text("text", "Text", needed=True) or {}
            compiled = self.compile(entry, "when", "bring", reader)
            run, reads = (compiled.run, compiled.reads) if compiled else (None, frozenset[str]())
            flow.bring.append(Bring(str(source.get("id")), text, source.get("when"), run, reads))
            entry.unknown({"id", "text", "when", "source"})
            entry.finish()

    def entry(self, source: Mapping[str, Any], name: str, taken: set[str]) -> Fields:
        entry = Fields(source, self.head.at / name, self.report)
        found = source.get("id")
        if not isinstance(found, str) or not ID.fullmatch(found):
            self.report.error("id_invalid", entry.at, "Die Kennung (id) fehlt oder ist ungültig.")
        elif found in taken:
            self.report.error("id_duplicate", entry.at, f"Die Kennung „{found}“ gibt es schon.")
        else:
            taken.add(found)
        return entry

    def compile(self, entry: Fields, name: str, role: str, reader: RuleReader) -> Compiled | None:
        if entry.source.get(name) is None:
            return None
        return reader.compile(entry.source[name], BOOL, (), entry.at, "", role)

    def read_todo(self, flow: Flow) -> None:
        """Rules given in prose that nobody has modelled yet: a reminder, no error."""
        for index, source in self.head.objects("todo"):
            entry = Fields(source, self.head.at / f"Noch zu modellieren {index + 1}", self.report)
            path, text = entry.string("path", longest=1_000), entry.string("text", longest=LONGEST_PROSE)
            entry.unknown({"path", "source", "text"})
            node = flow.nodes.get(path or "") or flow.find_step(path or "")
            if path and node is None:
                message = f"Die offene Regel gehört zu „{path[:100]}“. Das gibt es nicht (mehr)."
                self.report.warn("todo_path_unknown", entry.at, message)
            elif text:
                at = place_of(node) if node else entry.at
                short = text if len(text) <= 200 else text[:199] + "…"
                self.report.warn("rule_todo", at, f"Diese Regel ist noch nicht modelliert: {short}")


LONGEST_PROSE = 20_000


def in_document_order(flow: Flow) -> list[str]:
    paths: list[str] = []
    for step in flow.steps:
        paths.append(step.path)
        paths.extend(node.path for top in step.nodes for node in top.walk())
    return paths


def name_of(item: Step | Node) -> str:
    text = item.title if isinstance(item, Step) else item.label
    return text.get("de") or item.path
