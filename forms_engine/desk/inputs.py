"""What the desk's pages read from a posted form: texts by language, rows, conditions, settings of a field type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import nh3
from django import forms

from common.api import json_boundary
from forms_engine.desk.conditions import ConditionIncomplete, to_rule
from forms_engine.fields import FieldType

LANGUAGES = {"de": "Deutsch", "en": "Englisch", "de-simple": "Leichte Sprache"}
CONTENT_TAGS = {"p", "ul", "ol", "li", "strong", "em", "b", "i", "a", "h3", "br"}
UMLAUTS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}
Posted = Mapping[str, str]


def language_name(locale: str) -> str:
    """What editors call a language."""
    return LANGUAGES.get(locale, locale)


def read_texts(posted: Posted, name: str, locales: list[str]) -> dict[str, str]:
    """`name__de`, `name__en`, … -> {locale: text}; empty ones are left out, line ends are unified."""
    texts = {locale: posted.get(f"{name}__{locale}", "").replace("\r\n", "\n").strip() for locale in locales}
    return {locale: text for locale, text in texts.items() if text}


def clean_html(html: str) -> str:
    """The html with the tags a form text may have."""
    return nh3.clean(
        html,
        tags=CONTENT_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def row_numbers(posted: Posted, prefix: str) -> list[int]:
    """Numbers of the rows that were posted as `<prefix>-<n>-…`, in order."""
    found = {int(m.group(1)) for key in posted if (m := re.match(rf"{prefix}-(\d{{1,6}})-", key))}
    return sorted(found)


def read_options(posted: Posted, locales: list[str]) -> list[dict[str, Any]]:
    """The option rows of a choice; a row without label and value is dropped, a missing value is made of the label."""
    options: list[dict[str, Any]] = []
    for number in row_numbers(posted, "option"):
        label = read_texts(posted, f"option-{number}-label", locales)
        value = posted.get(f"option-{number}-value", "").strip()
        if label or value:
            made = value or _value_of(next(iter(label.values())), {o["value"] for o in options})
            options.append({"value": made, "label": label or {locales[0]: value}})
    return options


def read_questions(posted: Posted, locales: list[str]) -> list[dict[str, Any]]:
    """The lines of a matrix; a line without label and value is dropped, a missing value is made of the label."""
    found: list[dict[str, Any]] = []
    for number in row_numbers(posted, "question"):
        label = read_texts(posted, f"question-{number}-label", locales)
        value = posted.get(f"question-{number}-value", "").strip()
        if label or value:
            made = value or _value_of(next(iter(label.values())), {one["value"] for one in found})
            optional = {"required": False} if posted.get(f"question-{number}-optional") else {}
            found.append({"value": made, "label": label or {locales[0]: value}, **optional})
    return found


def keep_unshown(read: list[dict[str, Any]], stored: Any, shown: set[str]) -> list[dict[str, Any]]:
    """The rows as they were read, each with what the stored one of the same value has beside the members `shown`: help,
    a condition, where it comes from."""
    known = {one["value"]: one for one in stored or [] if isinstance(one, dict) and "value" in one}
    unshown = {value: {name: kept for name, kept in one.items() if name not in shown} for value, one in known.items()}
    return [unshown.get(one["value"], {}) | one for one in read]


def _value_of(label: str, taken: set[str]) -> str:
    folded = label.lower().translate(UMLAUTS)
    base = re.sub(r"[^a-z0-9]+", "_", folded).strip("_")[:40] or "option"
    value, number = base, 2
    while value in taken:
        value, number = f"{base}_{number}", number + 1
    return value


def read_links(posted: Posted, prefix: str = "law") -> list[dict[str, str]]:
    """Rows of title and address (legal bases)."""
    links = []
    for number in row_numbers(posted, prefix):
        title = posted.get(f"{prefix}-{number}-title", "").strip()
        url = posted.get(f"{prefix}-{number}-url", "").strip()
        if title:
            links.append({"title": title} | ({"url": url} if url else {}))
    return links


def read_condition(posted: Posted, name: str, kinds: dict[str, str]) -> Any:
    """The rule of a condition builder, or of its expert field; None when there is none. Raises ConditionIncomplete."""
    expert = posted.get(f"{name}__expert", "").strip()
    if expert:
        return read_json(expert, "Die Expertenregel ist kein gültiges JSON.")  # check_document judges what it means
    raw = posted.get(name, "").strip()
    tree = read_json(raw, "Die Bedingung ist nicht lesbar.") if raw else None
    return to_rule(tree, kinds) if isinstance(tree, dict) else None


def read_json(text: str, problem: str) -> Any:
    """An editor's own JSON, read as strictly as any other input. Raises ConditionIncomplete with `problem`."""
    try:
        return json_boundary.loads(text.encode("utf-8", "surrogatepass"))
    except json_boundary.JSONRefused:
        raise ConditionIncomplete(problem) from None


def read_validity(posted: Posted, kinds: dict[str, str], locales: list[str]) -> list[dict[str, Any]]:
    """Rows of "must hold" conditions with their message."""
    rules = []
    for number in row_numbers(posted, "valid"):
        rule = read_condition(posted, f"valid-{number}-rule", kinds)
        message = read_texts(posted, f"valid-{number}-message", locales)
        if rule is not None and not message:
            raise ConditionIncomplete(
                "Zu einer Prüfung fehlt der Text, den die Menschen lesen, wenn sie nicht erfüllt ist."
            )
        if rule is not None:
            rules.append({"rule": rule, "message": message})
    return rules


def setting_fields(field_type: FieldType) -> Iterator[tuple[str, forms.Field]]:
    """(name, form field) for each setting of a field type, made from its JSON Schema."""
    for name, setting in field_type.settings.items():
        yield name, _setting_field(dict(setting.schema), setting.meaning)


def _setting_field(schema: dict[str, Any], label: str) -> forms.Field:
    items = schema.get("items")
    if "enum" in schema:
        choices = [("", "—"), *((str(v), str(v)) for v in schema["enum"])]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if isinstance(items, dict) and "enum" in items:
        choices = [(str(v), str(v)) for v in items["enum"]]
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget)
    if schema.get("type") == "boolean":
        choices = [("", "—"), ("true", "ja"), ("false", "nein")]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if schema.get("type") == "integer":
        low, high = schema.get("minimum"), schema.get("maximum")
        return forms.IntegerField(label=label, required=False, min_value=low, max_value=high)
    help_text = "mehrere mit Komma getrennt" if schema.get("type") == "array" else ""
    return forms.CharField(label=label, required=False, help_text=help_text)


def setting_value(schema: Mapping[str, Any], value: Any) -> Any:
    """What the flow document stores for a cleaned form value; None leaves the setting out."""
    if value in ("", None, []):
        return None
    if schema.get("type") == "boolean":
        return value == "true"
    if schema.get("type") == "array" and isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if "anyOf" in schema and isinstance(value, str):
        return value.replace(",", ".").strip()
    return value


def setting_initial(schema: Mapping[str, Any], value: Any) -> Any:
    """What the form shows for a stored setting."""
    if schema.get("type") == "boolean" and isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and "enum" not in (schema.get("items") or {}):
        return ", ".join(map(str, value))
    return value
