"""A form of the UK runner as a flow document: pages become steps in an order no link turns back, links become `when`.

A page is there when some page before it is there and leads to it. Answers of a page that is not there are undefined, so
a condition that is true says by itself that its page is there; "none of the conditions" does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Any

from tests.forms_engine.uk.runner import TEXTS, Json, Walk, options_of

KEPT = frozenset({"p", "ul", "ol", "li", "strong", "h3"})
POSTCODE = "[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}"
ADDRESS = {"line_1": "Address line 1", "line_2": "Address line 2", "town": "Town or city", "postcode": "Postcode"}


@dataclass
class Converted:
    """`steps`: page path -> step id, for pages that show something. `paths`: component -> path of its answer."""

    document: Json
    steps: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)

    def answers(self, walk: Walk) -> dict[str, Any]:
        """The answers of a walk by path of the flow."""
        return {path: value for name, given in walk.answers.items() for path, value in self._flat(name, given)}

    def _flat(self, name: str, given: Any) -> Iterator[tuple[str, Any]]:
        path = self.paths[name]
        if isinstance(given, list) and given and isinstance(given[0], dict):
            yield path, [f"r{number + 1}" for number in range(len(given))]
            for number, row in enumerate(given):
                yield from ((f"{path}.r{number + 1}.{ident(one)}", value) for one, value in row.items())
        elif isinstance(given, dict):
            yield from ((f"{path}.{part}", value) for part, value in given.items())
        else:
            yield path, given


def convert(form: Json, key: str, locale: str) -> Converted:
    made = _Converter(form, locale)
    title = form.get("name") or form["pages"][0]["title"]
    made.result.document = {
        "format": "flow/1", "key": key, "locales": [locale], "default_locale": locale,
        "title": made.text(title), "unit": "foerderung", "purpose": made.text("Funding"), "steps": made.steps(),
        "legal_basis": [{"title": "Funding guidance"}], "retention": {"submission_months": 12},
        "declaration": made.text("My answers are true."),
    }  # fmt: skip
    return made.result


def ident(name: str) -> str:
    return "q_" + re.sub(r"[^a-z0-9]", "_", name.lower())


class _Converter:
    def __init__(self, form: Json, locale: str) -> None:
        self._form, self._locale = form, locale
        self._pages = {page["path"]: page for page in form["pages"]}
        self._home: dict[str, str] = {}  # component -> path of its page
        self._there: dict[str, Any] = {form["startPage"]: True}
        self.result = Converted({})

    def text(self, text: str) -> Json:
        return {self._locale: plain(text) or "–"}

    def steps(self) -> list[Json]:
        made = []
        for number, path in enumerate(_in_order(self._form)):
            page = self._pages[path]
            if "summary" in page.get("controller", "") or path not in self._there:
                continue
            step = f"p{number}"
            self._home |= {part["name"]: path for part in page["components"]}
            nodes = [self._node(part, step) for part in page["components"]]
            when = self._there[path]
            self._follow(page)
            if nodes:
                self.result.steps[path] = step
                shown = {} if when is True else {"when": when}
                made.append({"id": step, "title": self.text(page["title"]), **shown, "nodes": nodes})
        return made

    def _node(self, part: Json, step: str) -> Json:
        name = ident(part["name"])
        path = self.result.paths[part["name"]] = f"{step}.{name}"
        if part["type"] in TEXTS:
            return {"id": name, "type": "content", "text": {self._locale: _safe(part)}}
        node: Json = {"id": name, **self._kind(part, path), "label": self.text(part.get("title") or part["name"])}
        if part.get("hint") and plain(part["hint"]):
            node["help"] = self.text(part["hint"])
        if node["type"] != "group" and part["options"].get("required") is False:
            node["required"] = False
        return node

    def _kind(self, part: Json, path: str) -> Json:
        schema, options = part.get("schema") or {}, part["options"]
        match part["type"]:
            case "NumberField":
                money = {"type": "money", "currency": "GBP"} if options.get("prefix") == "£" else {"type": "decimal"}
                return money | {limit: str(schema[limit]) for limit in ("min", "max") if schema.get(limit) is not None}
            case "FreeTextField" | "MultilineTextField":
                words = options.get("maxWords")
                return {"type": "long_text", **({"max_words": int(words)} if words else {})}
            case "RadiosField" | "CheckboxesField":
                items = [
                    {"value": item["value"], "label": self.text(item["text"])} for item in options_of(self._form, part)
                ]
                return {"type": "choice" if part["type"] == "RadiosField" else "multi_choice", "options": items}
            case "MultiInputField":
                rows = [self._node(child, "") for child in part["children"]]
                return {"type": "group", "repeat": {"min": 1}, "nodes": rows}
            case "UkAddressField":
                return {"type": "group", "nodes": [self._line(name, title) for name, title in ADDRESS.items()]}
            case "ClientSideFileUploadField":
                most = options.get("dropzoneConfig", {}).get("maxFiles", 1)
                return {"type": "file", "min": int(options.get("minimumRequiredFiles") or 1), "max": int(most)}
            case "TextField" if schema.get("regex"):
                return {"type": "text", "pattern": schema["regex"].removeprefix("^").removesuffix("$")}
        return dict(PLAIN[part["type"]])

    def _line(self, name: str, title: str) -> Json:
        node: Json = {"id": name, "type": "text", "label": self.text(title), "required": name != "line_2"}
        return node | ({"pattern": POSTCODE} if name == "postcode" else {})

    def _follow(self, page: Json) -> None:
        """Says of each page behind this one when it is there because of this one."""
        here, before = self._there[page["path"]], []
        for link in page.get("next", ()):
            if link.get("condition"):
                rule, home = self._condition(link["condition"])
                if rule is False:
                    continue
                fires = [rule, *({"not": [{"coalesce": [one, False]}]} for one in before)]
                self._add(link["path"], _all([*([] if home == page["path"] else [here]), *fires]))
                before.append(rule)
        plain_links = [link for link in page.get("next", ()) if not link.get("condition")]
        if plain_links:
            none = [{"not": [{"coalesce": [one, False]}]} for one in before]
            self._add(plain_links[-1]["path"], _all([here, *none]))

    def _condition(self, name: str) -> tuple[Any, str]:
        """The rule, and the page its answer stands on. False where it compares with what is no option (two conditions
        of one form): their runner never takes such a link, and our analysis refuses it."""
        condition = next(one for one in self._form["conditions"] if one["name"] == name)
        [test] = condition["value"]["conditions"]
        source, literal = test["field"]["name"].rpartition(".")[2], test["value"]["value"]
        var = {"var": self.result.paths[source]}
        parts = {part["name"]: part for page in self._form["pages"] for part in page["components"]}
        if "list" in parts[source] and literal not in [one["value"] for one in options_of(self._form, parts[source])]:
            return False, ""
        if parts[source]["type"] == "CheckboxesField":
            return {"in": [literal, var]}, self._home[source]
        return {"==": [var, literal == "true" if parts[source]["type"] == "YesNoField" else literal]}, self._home[
            source
        ]

    def _add(self, path: str, rule: Any) -> None:
        known = self._there.get(path)
        if known is None or rule is True:
            self._there[path] = rule
        elif known is not True:
            parts = known["or"] if isinstance(known, dict) and "or" in known else [known]
            self._there[path] = known if rule in parts else {"or": [*parts, rule]}


PLAIN: dict[str, Json] = {
    "TextField": {"type": "text"},
    "YesNoField": {"type": "yes_no"},
    "DatePartsField": {"type": "date"},
    "EmailAddressField": {"type": "email"},
    "TelephoneNumberField": {"type": "phone"},
    "WebsiteField": {"type": "text", "pattern": "https?://[^ ]+"},
}


def _all(rules: list[Any]) -> Any:
    kept = [rule for rule in rules if rule is not True]
    return True if not kept else kept[0] if len(kept) == 1 else {"and": kept}


def _in_order(form: Json) -> list[str]:
    """The pages that can be reached, each behind all that lead to it."""
    pages, done = {page["path"]: page for page in form["pages"]}, {}

    def visit(path: str) -> None:
        if path not in done:
            done[path] = None  # guards against a circle; the order is that of leaving
            for link in reversed(pages[path].get("next", ())):
                visit(link["path"])
            order.append(path)

    order: list[str] = []
    visit(form["startPage"])
    return order[::-1]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def _safe(part: Json) -> str:
    """The text in the tags a flow may use, each closed."""
    reader = _Reader()
    reader.feed(f"<h3>{part['title']}</h3>" if part["type"] == "Details" else "")
    reader.feed(part.get("content", ""))
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in KEPT:
            self._open.append(tag)
            self._parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open:
            last = self._open.pop()
            self._parts.append(f"</{last}>")
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        self._parts.append(escape(data))

    def finish(self) -> str:
        return "".join([*self._parts, *(f"</{tag}>" for tag in reversed(self._open))]) or "–"
