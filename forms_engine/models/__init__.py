"""The data of the form engine."""

from forms_engine.models.cases import Case, CaseEvent
from forms_engine.models.drafts import Draft, FileChunk, StoredFile
from forms_engine.models.exports import CaseExport
from forms_engine.models.forms import FlowMigration, FlowVersion, Form, FormChange, SectionUse
from forms_engine.models.submissions import Submission, SubmissionDocument

__all__ = [
    "Case",
    "CaseEvent",
    "CaseExport",
    "Draft",
    "FileChunk",
    "FlowMigration",
    "FlowVersion",
    "Form",
    "FormChange",
    "SectionUse",
    "StoredFile",
    "Submission",
    "SubmissionDocument",
]
