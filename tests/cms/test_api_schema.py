"""What is sent is what OpenAPI says: every document and list against the generated schema."""

from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.cms.reading import API, ask, make_page, translate
from tests.cms.test_documents_service import make_full_service

pytestmark = pytest.mark.django_db
READS = {
    "/{locale}/services": "/{}/services",
    "/{locale}/services/{slug}": "/{}/services/hund-anmelden",
    "/{locale}/faq": "/{}/faq",
    "/{locale}/faq/{slug}": "/{}/faq/was-kostet",
    "/{locale}/locations": "/{}/locations",
    "/{locale}/locations/{slug}": "/{}/locations/rathaus",
    "/{locale}/life-situations": "/{}/life-situations",
    "/{locale}/life-situations/{slug}": "/{}/life-situations/familie",
    "/{locale}/units": "/{}/units",
    "/{locale}/units/{slug}": "/{}/units/steuern",
    "/{locale}/pages/{path}": "/{}/pages/impressum",
    "/{locale}/home": "/{}/home",
    "/{locale}/search": "/{}/search?q=Quark",
    "/{locale}/sync": "/{}/sync",
}
BLOCKS = [
    ("text", "<p>Text</p>"),
    ("notice", {"kind": "info", "title": "Hinweis", "text": "<p>Text</p>"}),
    ("links", [{"title": "Jena", "url": "https://jena.example/"}]),
]


@pytest.fixture(scope="module")
def schema() -> Any:
    """The document of the whole API, its paths without the prefix."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    paths = {path.removeprefix(API): operations for path, operations in document["paths"].items()}
    return document | {"paths": paths}


@pytest.fixture(autouse=True)
def city():
    service = make_full_service()
    translate(service, title="Register a dog")
    make_page(body=BLOCKS)


def closed(schema: Any) -> Any:
    """The schema with no members allowed that it does not name: nothing undocumented may be sent."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return inner | {"additionalProperties": False} if "properties" in inner and "allOf" not in inner else inner


@pytest.mark.parametrize("locale", ["de", "en"])
@pytest.mark.parametrize("path", READS)
def test_read__answer__is_what_the_schema_says(schema, path, locale):
    operation = schema["paths"][path]["get"]
    described = operation["responses"]["200"]["content"]["application/json"]["schema"]
    components = closed(schema["components"])
    if path.endswith("sync"):
        components["schemas"]["SyncItem"]["properties"]["doc"] = {"type": "object"}
    answer = ask(READS[path].format(locale))
    jsonschema.validate(answer, described | {"components": components}, cls=jsonschema.Draft202012Validator)


def test_schema__every_read_address__is_described_with_its_problems(schema):
    assert set(READS) | {"/locales", "/preview", "/{locale}/flows/{key}"} <= set(schema["paths"])
    assert {path for path in schema["paths"] if path.startswith("/{locale}/")} == {*READS, "/{locale}/flows/{key}"}
    for path in READS:
        responses = schema["paths"][path]["get"]["responses"]
        assert "application/problem+json" in responses["404"]["content"]


@pytest.mark.parametrize("path", [path for path in READS if "sync" not in path])
def test_read__every_answer__says_its_language_and_what_is_untranslated(path):
    for locale in ("de", "en", "de-simple"):
        answer = ask(READS[path].format(locale))
        assert answer["locale"] == locale
        assert answer["lang"] in {"de", locale}
        assert isinstance(answer["untranslated"], list)
