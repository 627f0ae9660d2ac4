"""Personal data need an end: how long an application is kept (Article 5(1)(e) GDPR, storage limitation)."""

from __future__ import annotations

from forms_engine.domain.model import Flow, Node
from forms_engine.domain.reading import Place, Reporter
from forms_engine.domain.sections.uses import is_section

from . import sayings

PERSONAL = frozenset({"personal", "special"})
PERSONAL_TYPES = frozenset({"email", "phone", "iban", "address", "signature"})  # unless the question says otherwise


def check_retention(flow: Flow, report: Reporter) -> None:
    if is_section(flow.document):
        return  # the form says how long
    retention = flow.document.get("retention")
    if isinstance(retention, dict) and retention.get("submission_months") is not None:
        if not retention.get("law"):
            report.warn("retention_law_missing", Place() / "Aufbewahrung", sayings.retention_law())
        return
    questions = [node for node in flow.nodes.values() if node.is_question and is_personal(node)]
    if questions:
        report.warn("retention_missing", Place() / "Aufbewahrung", sayings.retention(questions))


def is_personal(node: Node) -> bool:
    category = node.spec.get("data_category")
    if category is not None:
        return category in PERSONAL
    return node.type in PERSONAL_TYPES or bool(node.spec.get("autocomplete"))
