"""The door to the form engine: flows, forms, drafts, applications.

`load_flow` and `evaluate` are pure and stable; whoever builds on the engine (surveys, checks, bots) starts there.
"""

from forms_engine.destinations import SubmissionDestination
from forms_engine.destinations import register as register_destination
from forms_engine.domain import (
    Evaluation,
    Finding,
    Flow,
    FlowInvalid,
    check_document,
    check_requirements,
    evaluate,
    load_flow,
    parse_input,
)
from forms_engine.models import FlowVersion, Form
from forms_engine.permissions import can_edit, can_publish
from forms_engine.problems import FormNotFound
from forms_engine.queries.forms import (
    PublishedFlow,
    get_published_flow,
    list_forms_of,
    list_published_flows,
    search_forms,
)
from forms_engine.services.flows import cached_flow
from forms_engine.services.forms import (
    DraftConflict,
    FormExists,
    create_form,
    publish_form,
    save_draft_document,
    set_destinations,
    unpublish_form,
)
from forms_engine.services.sections import offer_section
from forms_engine.signals import case_changed, flow_published, flow_unpublished

__all__ = [
    "DraftConflict",
    "Evaluation",
    "Finding",
    "Flow",
    "FlowInvalid",
    "FlowVersion",
    "Form",
    "FormExists",
    "FormNotFound",
    "PublishedFlow",
    "SubmissionDestination",
    "cached_flow",
    "can_edit",
    "can_publish",
    "case_changed",
    "check_document",
    "check_requirements",
    "create_form",
    "evaluate",
    "flow_published",
    "flow_unpublished",
    "get_published_flow",
    "list_forms_of",
    "list_published_flows",
    "load_flow",
    "offer_section",
    "parse_input",
    "publish_form",
    "register_destination",
    "save_draft_document",
    "search_forms",
    "set_destinations",
    "unpublish_form",
]
