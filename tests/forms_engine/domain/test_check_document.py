"""What an editor can get wrong, and that each thing is said at its place (issue 2, section 4)."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from forms_engine.domain import FlowInvalid, check_document, load_flow
from tests.forms_engine.domain.flows import document, group, node, one_step, options, step, text

PICK = node("pick", "choice", options=options("a", "b"))
YES = node("yes", "yes_no")
AGE = node("age", "integer", min=0, max=120)


def found(source: Any, severity: str = "error") -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in check_document(source) if one.severity == severity]


def is_(path: str, value: Any) -> Any:
    return {"==": [{"var": path}, value]}


def test_document__without_defect__has_no_findings():
    assert check_document(one_step(PICK, YES, AGE, node("why", visible=is_("s.pick", "a")))) == []


DEFECTS: list[tuple[str, Any, tuple[str, str]]] = [
    ("format", document(step("s", YES), format="flow/2"), ("format_unknown", "")),
    ("no key", document(step("s", YES), key=""), ("wrong_type", "")),
    ("key with capitals", document(step("s", YES), key="Hund"), ("wrong_type", "")),
    ("no title", document(step("s", YES), title=None), ("text_missing", "")),
    ("no steps", document(), ("steps_missing", "")),
    ("steps no list", document() | {"steps": {"a": 1}}, ("wrong_type", "")),
    ("step no object", document(step("s", YES)) | {"steps": [step("s", YES), 7]}, ("wrong_type", "")),
    ("locale missing", document(step("s", YES), locales=["en"]), ("locale_invalid", "")),
    ("locales twice", document(step("s", YES), locales=["de", "de"]), ("locale_invalid", "")),
    ("duplicate step", document(step("s", YES), step("s", YES)), ("id_duplicate", "s")),
    ("duplicate question", one_step(YES, YES), ("id_duplicate", "s.yes")),
    ("reserved id", one_step(node("row")), ("id_reserved", "s")),
    ("reserved step", document(step("pruefen", YES)), ("id_reserved", "")),
    ("bad id", one_step(node("1st")), ("id_invalid", "s")),
    ("no id", one_step({"type": "text", "label": text("X")}), ("id_invalid", "s")),
    ("unknown type", one_step(node("x", "texxt")), ("type_unknown", "s.x")),
    ("type no text", one_step({"id": "x", "type": ["text"], "label": text("X")}), ("type_unknown", "s.x")),
    ("no label", one_step({"id": "x", "type": "text"}), ("text_missing", "s.x")),
    ("label no object", one_step({"id": "x", "type": "text", "label": "X"}), ("wrong_type", "s.x")),
    ("label in no main language", one_step(node("x") | {"label": {"en": "X"}}), ("text_missing", "s.x")),
    ("options empty", one_step(node("x", "choice", options=[])), ("options_missing", "s.x")),
    ("options missing", one_step(node("x", "choice")), ("options_missing", "s.x")),
    ("options doubled", one_step(node("x", "choice", options=options("a", "a"))), ("option_duplicate", "s.x")),
    ("option without value", one_step(node("x", "choice", options=[{"label": text("A")}])), ("option_invalid", "s.x")),
    ("option value padded", one_step(node("x", "choice", options=options(" a"))), ("option_invalid", "s.x")),
    ("code list unknown", one_step(node("x", "choice", codelist="breeds")), ("codelist_unknown", "s.x")),
    (
        "options and code list",
        one_step(node("x", "choice", options=options("a"), codelist="l"), codelists={"l": options("a")}),
        ("options_twice", "s.x"),
    ),
    ("code list empty", one_step(YES, codelists={"l": []}), ("options_missing", "")),
    ("min over max", one_step(node("x", "integer", min=5, max=1)), ("setting_conflict", "s.x")),
    ("length min over max", one_step(node("x", min_length=5, max_length=1)), ("setting_conflict", "s.x")),
    ("money min over max", one_step(node("x", "money", min="5", max="1")), ("setting_conflict", "s.x")),
    (
        "date min over max",
        one_step(node("x", "date", min="today", max="today-1d")),
        ("setting_conflict", "s.x"),
    ),
    (
        "more answers than options",
        one_step(node("x", "multi_choice", options=options("a"), min=2)),
        ("setting_conflict", "s.x"),
    ),
    ("limit of a wrong kind", one_step(node("x", "integer", min="5")), ("setting_invalid", "s.x")),
    ("limit true", one_step(node("x", "integer", min=True)), ("setting_invalid", "s.x")),
    ("float as money", one_step(node("x", "money", min=1.5)), ("setting_invalid", "s.x")),
    ("date limit in German", one_step(node("x", "date", max="31.12.2025")), ("setting_invalid", "s.x")),
    ("date limit impossible", one_step(node("x", "date", max="2025-02-30")), ("setting_invalid", "s.x")),
    ("pattern with back reference", one_step(node("x", pattern=r"(a)\1")), ("setting_invalid", "s.x")),
    ("pattern that runs away", one_step(node("x", pattern=r"(a+)+b")), ("setting_invalid", "s.x")),
    ("pattern not closed", one_step(node("x", pattern=r"[a-z")), ("setting_invalid", "s.x")),
    ("currency unknown", one_step(node("x", "money", currency="DM")), ("setting_invalid", "s.x")),
    ("media type", one_step(node("x", "file", accept=["pdf"])), ("setting_invalid", "s.x")),
    ("address part", one_step(node("x", "address", parts=["stret"])), ("setting_invalid", "s.x")),
    ("repeat min over max", one_step(group("g", YES, repeat={"min": 3, "max": 2})), ("setting_conflict", "s.g")),
    ("repeat no object", one_step(group("g", YES) | {"repeat": True}), ("wrong_type", "s.g")),
    ("script in text", one_step(node("x", "content", text=text("<script>1</script>"))), ("unsafe_html", "s.x")),
    ("handler in text", one_step(node("x", "content", text=text('<p onclick="x">a</p>'))), ("unsafe_html", "s.x")),
    (
        "javascript link",
        one_step(node("x", "content", text=text('<a href="javascript:alert(1)">a</a>'))),
        ("unsafe_html", "s.x"),
    ),
    (
        "tag without an end",
        one_step(node("x", "content", text=text('<p>a</p><img src=x onerror="x" '))),
        ("unsafe_html", "s.x"),
    ),
    ("tag left open", one_step(node("x", "content", text=text("<p><strong>a</p>"))), ("unsafe_html", "s.x")),
    ("content without text", one_step(node("x", "content")), ("text_missing", "s.x")),
    (
        "legal basis by http only",
        one_step(YES | {"legal_basis": [{"title": "§", "url": "javascript:1"}]}),
        ("url_unsafe", "s.yes"),
    ),
    ("calculated without formula", one_step(node("x", "calculated", result="integer")), ("rule_missing", "s.x")),
    ("calculated without result", one_step(node("x", "calculated", value=1)), ("setting_invalid", "s.x")),
    (
        "calculated of another type",
        one_step(AGE, node("x", "calculated", result="date", value={"+": [{"var": "s.age"}, 1]})),
        ("type_clash", "s.x"),
    ),
    ("null", one_step(YES | {"help": None}), ("wrong_type", "s.yes")),
    ("required no rule", one_step(YES | {"required": "ja"}), ("wrong_type", "s.yes")),
    ("check without rule", one_step(YES | {"valid": [{"message": text("x")}]}), ("rule_missing", "s.yes")),
    ("check without message", one_step(YES | {"valid": [{"rule": {"var": "s.yes"}}]}), ("text_missing", "s.yes")),
    # rules
    ("question unknown", one_step(YES, node("x", visible={"var": "s.yess"})), ("question_unknown", "s.x")),
    ("types clash", one_step(AGE, node("x", visible=is_("s.age", "alt"))), ("literal_not_number", "s.x")),
    ("no condition", one_step(AGE, node("x", visible={"var": "s.age"})), ("type_clash", "s.x")),
    ("answer not in list", one_step(PICK, node("x", visible=is_("s.pick", "z"))), ("literal_not_in_list", "s.x")),
    ("operator unknown", one_step(YES, node("x", visible={"maybe": 1})), ("rule_operator_unknown", "s.x")),
    ("own visibility", one_step(YES | {"visible": {"var": "s.yes"}}), ("circle", "s.yes")),
    (
        "calculated circle",
        one_step(
            node("a", "calculated", result="integer", value={"+": [{"var": "s.b"}, 1]}),
            node("b", "calculated", result="integer", value={"+": [{"var": "s.a"}, 1]}),
        ),
        ("circle", "s.a"),
    ),
    (
        "step waits for itself",
        document(step("a", YES), step("b", YES, when={"var": "b.yes"})),
        ("circle", "b"),
    ),
    (
        "group waits for its child",
        one_step(group("g", YES, visible={"not": {"is_empty": {"var": "s.g.yes"}}})),
        ("circle", "s.g"),
    ),
    (
        "sum over its own rows",
        one_step(
            group(
                "g",
                node("n", "integer"),
                node("m", visible={">": [{"sum": [{"map": [{"var": "s.g"}, {"var": "row.n"}]}]}, 1]}),
                repeat={},
            )
        ),
        ("circle", "s.g.m"),
    ),
    ("requirement without id", one_step(YES, requirements=[{"rule": {"var": "s.yes"}}]), ("id_invalid", "")),
    (
        "requirement on nothing",
        one_step(
            YES,
            requirements=[{"id": "r", "title": text("T"), "failed": text("F"), "rule": {"var": "s.no"}}],
        ),
        ("question_unknown", ""),
    ),
]

UNREASONABLE: list[tuple[str, Any, tuple[str, str]]] = [
    (
        "step depends on a later one",
        document(step("a", YES, when={"var": "b.yes"}), step("b", YES)),
        ("question_later", "a"),
    ),
    (
        "question depends on a later step",
        document(step("a", node("x", visible={"var": "b.yes"}), YES), step("b", YES)),
        ("question_later", "a.x"),
    ),
    (
        "step never",
        document(step("a", AGE), step("b", YES, when={">": [{"var": "a.age"}, 200]})),
        ("step_unreachable", "b"),
    ),
    ("constant false", one_step(YES, node("x", visible={"and": [False, True]})), ("never_true", "s.x")),
    (
        "two answers at once",
        one_step(PICK, node("x", visible={"and": [is_("s.pick", "a"), is_("s.pick", "b")]})),
        ("never_true", "s.x"),
    ),
    (
        "yes and no",
        one_step(YES, node("x", visible={"and": [{"var": "s.yes"}, {"not": {"var": "s.yes"}}]})),
        ("never_true", "s.x"),
    ),
    (
        "old and young",
        one_step(
            node("b", "date"),
            node(
                "x",
                visible={"and": [{">=": [{"age": [{"var": "s.b"}]}, 18]}, {"<": [{"age": [{"var": "s.b"}]}, 18]}]},
            ),
        ),
        ("never_true", "s.x"),
    ),
    (
        "against the group around it",
        one_step(PICK, group("g", node("x", visible=is_("s.pick", "b")), visible=is_("s.pick", "a"))),
        ("question_unreachable", "s.g.x"),
    ),
    (
        "against its step",
        document(step("a", YES), step("b", node("x", visible=is_("a.yes", False)), when={"var": "a.yes"})),
        ("question_unreachable", "b.x"),
    ),
    (
        "no option left",
        one_step(PICK, node("x", visible={"and": [{"!=": [{"var": "s.pick"}, v]} for v in "ab"]})),
        ("never_true", "s.x"),
    ),
    (
        "empty and answered",
        one_step(AGE, node("x", visible={"and": [{"is_empty": {"var": "s.age"}}, {">": [{"var": "s.age"}, 1]}]})),
        ("never_true", "s.x"),
    ),
]


@pytest.mark.parametrize(("source", "expected"), [pytest.param(b, c, id=a) for a, b, c in DEFECTS])
def test_defect__of_a_document__is_an_error_at_its_place(source, expected):
    assert expected in found(source)
    with pytest.raises(FlowInvalid) as invalid:
        load_flow(source)
    assert expected[0] in [finding.code for finding in invalid.value.findings]


@pytest.mark.parametrize(("source", "expected"), [pytest.param(b, c, id=a) for a, b, c in UNREASONABLE])
def test_nonsense__of_the_rules__is_an_error_and_yet_loads(source, expected):
    """It cannot be published; what was published before the analysis saw it goes on."""
    assert expected in found(source)
    assert load_flow(source).key == "probe"


@pytest.mark.parametrize(("source", "_"), [pytest.param(b, c, id=a) for a, b, c in [*DEFECTS, *UNREASONABLE]])
def test_finding__of_a_defect__speaks_german_and_names_the_place(source, _):
    for finding in check_document(source):
        assert finding.message_de[0].isupper() or finding.message_de[0] in "„<"
        assert finding.message_de.rstrip().endswith((".", "?", "!", "…", "}"))
        assert finding.place
        assert len(finding.message_de) < 400


WARNINGS: list[tuple[str, Any, tuple[str, str]]] = [
    ("no purpose", document(step("s", YES)) | {"purpose": {}}, ("purpose_missing", "s.yes")),
    ("no legal basis", document(step("s", YES), legal_basis=[]), ("legal_basis_missing", "s.yes")),
    ("translation", one_step(YES, locales=["de", "en"]), ("translation_missing", "s.yes")),
    ("typing error", one_step(YES | {"requred": True}), ("unknown_member", "s.yes")),
    ("other language", one_step(YES | {"label": {"de": "A", "fr": "B"}}), ("locale_unknown", "s.yes")),
    ("empty step", document(step("s", YES), step("t")), ("step_empty", "t")),
    ("empty group", one_step(YES, group("g")), ("group_empty", "s.g")),
    ("always", one_step(YES, node("x", visible={"==": [1, 1]})), ("always_true", "s.x")),
    (
        "later in the step",
        one_step(node("x", visible={"var": "s.yes"}), YES),
        ("question_below", "s.x"),
    ),
    (
        "open rule",
        one_step(YES, todo=[{"path": "s.yes", "source": "R1", "text": "Nur wenn …"}]),
        ("rule_todo", "s.yes"),
    ),
    ("open rule of nothing", one_step(YES, todo=[{"path": "s.no", "text": "x"}]), ("todo_path_unknown", "")),
    (
        "required by a later step",
        document(step("a", node("x", required={"var": "b.yes"})), step("b", YES)),
        ("question_later", "a.x"),
    ),
    (
        "option never",
        one_step(
            PICK,
            node("x", "choice", options=[*options("p"), {"value": "q", "label": text("Q"), "visible": False}]),
        ),
        ("option_unselectable", "s.x"),
    ),
]


@pytest.mark.parametrize(("source", "expected"), [pytest.param(b, c, id=a) for a, b, c in WARNINGS])
def test_oddity__of_a_document__is_a_warning_and_loads(source, expected):
    assert expected in found(source, "warning")
    assert set(load_flow(source).warnings) <= set(check_document(source))


def test_circle__over_three_questions__is_spelled_out():
    source = one_step(
        node("a", label="Alter", visible={"not": {"is_empty": {"var": "s.c"}}}),
        node("b", label="Beruf", visible={"not": {"is_empty": {"var": "s.a"}}}),
        node("c", label="Chef", visible={"not": {"is_empty": {"var": "s.b"}}}),
    )
    [message] = [one.message_de for one in check_document(source) if one.code == "circle"]
    assert message.startswith("Regeln hängen im Kreis voneinander ab: „Alter“ → „Chef“ → „Beruf“ → „Alter“.")


def test_question_unknown__close_to_another__is_asked_back():
    [finding] = [one for one in check_document(one_step(YES, node("x", visible={"var": "s.yess"}))) if one.is_error]
    assert "Meinten Sie „s.yes“?" in finding.message_de
    assert finding.place == "Schritt „Schritt s“ › Frage „X“ › Bedingung „sichtbar“"


def test_translation__missing_in_many_texts__is_one_finding_a_place_and_language():
    source = one_step(
        node("x", "choice", options=options("a", "b", "c"), help=text("H")), locales=["de", "en", "de-simple"]
    )
    missing = [one for one in check_document(source) if one.code == "translation_missing" and one.path == "s.x"]
    assert len(missing) == 2
    assert "Englisch" in missing[0].message_de


def test_nested_repeats__three_levels__load_and_four_do_not():
    inner = group("d", YES, repeat={})
    three = one_step(group("b", group("c", inner, repeat={}), repeat={}))
    load_flow(three)
    assert ("too_deep", "s.a.b.c.d") in found(one_step(group("a", *three["steps"][0]["nodes"], repeat={})))


def test_rule__that_may_hold__is_never_called_impossible():
    source = one_step(
        PICK,
        AGE,
        node("one", visible={"or": [is_("s.pick", "a"), is_("s.pick", "b")]}),
        node("two", visible={"and": [{">=": [{"var": "s.age"}, 18]}, {"<=": [{"var": "s.age"}, 18]}]}),
        node("three", visible={"not": {"and": [is_("s.pick", "a"), is_("s.pick", "b")]}}),
        node("four", visible={"and": [{"not": {"is_empty": {"var": "s.age"}}}, {"<": [{"var": "s.age"}, 5]}]}),
        node("five", visible={"not": {"or": [is_("s.pick", "a"), {"is_empty": {"var": "s.pick"}}]}}),
    )
    assert check_document(source) == []


@pytest.mark.parametrize(
    "source",
    [None, [], "x", 5, float("nan"), {"steps": [float("inf")]}, {1: 2}, {"a": object()}, {"\ud800": 1}, {"a": "\x00"}],
)
def test_document__no_json_object__is_one_finding(source):
    assert [one.code for one in check_document(source)] == ["document_unreadable"]


def test_document__deeper_than_python_recurses__is_refused():
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    assert [one.code for one in check_document({"steps": deep})] == ["document_unreadable"]


def test_load_flow__document_changed_afterwards__keeps_what_was_loaded():
    source = one_step(copy.deepcopy(YES))
    flow = load_flow(source)
    source["steps"].clear()
    assert flow.document["steps"][0]["nodes"][0]["id"] == "yes"
    assert flow.key == "probe"
    assert flow.step_of("s.yes") == "s"
    assert flow.find_node("s.yes").type == "yes_no"
    assert flow.find_node("s.no") is None
