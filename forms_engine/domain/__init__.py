"""The thinking of the form engine: flow documents, rules, evaluation, views, editing. Pure Python, no Django.

A document is loaded once (`load_flow`), then evaluated as often as needed (`evaluate`). Nothing here reads a clock, a
database or a setting: what an evaluation depends on is passed in.
"""

from .answers import parse_input
from .canonical import canonical_json, content_hash
from .evaluation import Evaluation, as_json, evaluate
from .findings import Finding, FlowInvalid
from .flow import Trial, check_document, load_flow, open_trial, read_flow
from .model import Flow, Node, Step
from .privacy_notice import privacy_notice
from .problems import Problem
from .requirements import RequirementsResult, check_requirements
from .sifting import KnownPaths, known_paths
from .views import question_views, step_view, summary_view, waiting_values
from .wording import sentence

__all__ = [
    "Evaluation",
    "Finding",
    "Flow",
    "FlowInvalid",
    "KnownPaths",
    "Node",
    "Problem",
    "RequirementsResult",
    "Step",
    "Trial",
    "as_json",
    "canonical_json",
    "check_document",
    "check_requirements",
    "content_hash",
    "evaluate",
    "known_paths",
    "load_flow",
    "open_trial",
    "parse_input",
    "privacy_notice",
    "question_views",
    "read_flow",
    "sentence",
    "step_view",
    "summary_view",
    "waiting_values",
]
