"""Field types of the form engine (port `forms_engine.fields`). Pure Python, no Django.

`field_types` is the registry with all types of `contrib/`; a new type is one file there.
"""

from .base import NO_SETTINGS, Fault, FieldType, Option, Part, Question, SettingFault, Settings
from .messages import Message, message
from .registry import FieldRegistry, FieldTypeUnknown, field_types
from .texts import Text, resolve, say

from . import contrib as _contrib  # noqa: F401 - registers the types  # isort: skip

__all__ = [
    "NO_SETTINGS",
    "Fault",
    "FieldRegistry",
    "FieldType",
    "FieldTypeUnknown",
    "Message",
    "Option",
    "Part",
    "Question",
    "SettingFault",
    "Settings",
    "Text",
    "field_types",
    "message",
    "resolve",
    "say",
]
