"""The data of the form engine."""

from forms_engine.models.cases import Case, CaseEvent
from forms_engine.models.drafts import Draft, StoredFile
from forms_engine.models.forms import FlowVersion, Form, FormChange
from forms_engine.models.submissions import Submission, SubmissionDocument

__all__ = [
    "Case",
    "CaseEvent",
    "Draft",
    "FlowVersion",
    "Form",
    "FormChange",
    "StoredFile",
    "Submission",
    "SubmissionDocument",
]
