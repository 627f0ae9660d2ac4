"""Builds what the tests of this app need. Nothing is shared between tests."""

from __future__ import annotations

import io
import itertools
import json
import uuid
from typing import Any

from django.test import Client
from PIL import Image

from accounts.api import Membership, Unit, User, add_membership, ensure_unit
from common.api import outbox
from forms_engine.models import Case, FlowVersion, Form, Submission
from forms_engine.services.forms import create_form, publish_form

COUNTER = itertools.count(1)
API = "/api/v1"


def de(text: str, en: str = "") -> dict[str, str]:
    return {"de": text, "en": en or f"{text} (en)"}


def dog_document(**changes: Any) -> dict[str, Any]:
    """A form with every situation the tests need: a condition, rows, a file, a calculated fee, a declaration."""
    document = {
        "format": "flow/1",
        "key": f"hund-{next(COUNTER)}",
        "kind": "application",
        "locales": ["de", "en"],
        "default_locale": "de",
        "title": de("Hund anmelden", "Register a dog"),
        "purpose": de("Festsetzung der Hundesteuer", "Dog tax"),
        "legal_basis": [{"title": "Hundesteuersatzung § 10"}],
        "retention": {"submission_months": 36, "law": "Aktenplan"},
        "minutes": 8,
        "requirements": [
            {
                "id": "adult",
                "title": de("Sie sind mindestens 18 Jahre alt.", "You are at least 18 years old."),
                "rule": {">=": [{"age": [{"var": "person.birth_date"}]}, 18]},
                "failed": de("Bitte lassen Sie eine erwachsene Person den Hund anmelden.", "Ask an adult."),
            }
        ],
        "declaration": de("Meine Angaben sind richtig und vollständig.", "My statements are true and complete."),
        "steps": [person_step(), dog_step(), children_step()],
    }
    return document | changes


def person_step() -> dict[str, Any]:
    return {
        "id": "person",
        "title": de("Zu Ihrer Person", "About you"),
        "nodes": [
            {"id": "name", "type": "text", "label": de("Name", "Name")},
            {"id": "birth_date", "type": "date", "label": de("Geburtsdatum", "Date of birth")},
            {"id": "story", "type": "long_text", "label": de("Anmerkung", "Remark"), "required": False},
        ],
    }


def dog_step() -> dict[str, Any]:
    return {
        "id": "dog",
        "title": de("Zum Hund", "About the dog"),
        "nodes": [
            {"id": "has_chip", "type": "yes_no", "label": de("Hat der Hund einen Chip?", "Does it have a chip?")},
            {
                "id": "chip",
                "type": "text",
                "label": de("Chip-Nummer", "Chip number"),
                "visible": {"==": [{"var": "dog.has_chip"}, True]},
            },
            {"id": "count", "type": "integer", "min": 1, "max": 9, "label": de("Wie viele Hunde?", "How many dogs?")},
            {
                "id": "photo",
                "type": "file",
                "label": de("Foto", "Photo"),
                "required": False,
                "accept": ["image/png", "image/jpeg", "application/pdf"],
                "max": 3,
            },
            {
                "id": "fee",
                "type": "calculated",
                "label": de("Steuer im Jahr", "Tax a year"),
                "result": "money",
                "value": {"*": [{"var": "dog.count"}, "96.00"]},
            },
        ],
    }


def children_step() -> dict[str, Any]:
    return {
        "id": "family",
        "title": de("Kinder", "Children"),
        "nodes": [
            {
                "id": "children",
                "type": "group",
                "label": de("Kinder im Haushalt", "Children"),
                "repeat": {"min": 0, "max": 3, "item_label": de("Kind", "Child")},
                "nodes": [{"id": "name", "type": "text", "label": de("Name des Kindes", "Name of the child")}],
            }
        ],
    }


ANSWERS = {
    "person.name": "Jürgen Groß",
    "person.birth_date": "1.1.1980",
    "dog.has_chip": "ja",
    "dog.chip": "276098100000001",
    "dog.count": "2",
}


def make_unit(key: str = "steuern", email: str = "steuern@jena.example") -> Unit:
    return ensure_unit(key, name=f"Amt {key}", email=email)


def make_person(email: str = "", *, superuser: bool = False) -> User:
    address = email or f"person{next(COUNTER)}@jena.example"
    return User.objects.create_user(address, "correct horse battery", is_superuser=superuser, is_staff=superuser)


def make_clerk(unit: Unit, role: str = "clerk") -> User:
    person = make_person()
    add_membership(person, unit, role=Membership.Role(role))
    return person


def publish(document: dict[str, Any] | None = None, unit: Unit | None = None) -> FlowVersion:
    """A published form, ready for citizens."""
    form = create_form(document or dog_document(), unit=unit or make_unit())
    return publish_form(form, by=None)


def form_of(version: FlowVersion) -> Form:
    return Form.objects.get(pk=version.form_id)


class Citizen:
    """Somebody with a browser who fills in a form."""

    def __init__(self, version: FlowVersion, *, client: Client | None = None, locale: str = "de") -> None:
        self.client, self.version = client or Client(), version
        answer = self.client.post(
            f"{API}/drafts", {"flow": version.form.key, "locale": locale}, content_type="application/json"
        )
        assert answer.status_code == 201, answer.content
        self.token = answer.json()["token"]

    def url(self, rest: str = "") -> str:
        return f"{API}/drafts/{self.token}{rest}"

    def get(self, rest: str = "") -> Any:
        return self.client.get(self.url(rest))

    def patch(self, answers: dict[str, Any] | None = None, **more: Any) -> Any:
        body = ({"answers": answers} if answers is not None else {}) | more
        return self.client.patch(self.url(), json.dumps(body), content_type="application/json")

    def fill(self, **more: Any) -> Any:
        answer = self.patch(ANSWERS | more)
        assert answer.status_code == 200, answer.content
        return answer

    def submit(self, *, key: str | None = None, **body: Any) -> Any:
        return self.client.post(
            self.url("/submit"),
            json.dumps({"declaration": True} | body),
            content_type="application/json",
            headers={"Idempotency-Key": key or str(uuid.uuid4())},
        )

    def submit_as(self, client: Client, key: str) -> tuple[int, Any]:
        """The same request from a client of its own, for threads."""
        answer = client.post(
            self.url("/submit"),
            '{"declaration": true}',
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )
        return answer.status_code, answer.json()

    def upload(self, name: str, data: bytes, path: str = "dog.photo") -> Any:
        file = io.BytesIO(data)
        file.name = name
        return self.client.post(self.url(f"/files?path={path}"), {"file": file})


def submitted(version: FlowVersion | None = None, **body: Any) -> tuple[Submission, str]:
    """An application that was handed in, and its access code."""
    citizen = Citizen(version or publish())
    citizen.fill()
    receipt = citizen.submit(**body)
    assert receipt.status_code == 201, receipt.content
    found = receipt.json()
    return Submission.objects.get(reference=found["reference"]), found["access_code"]


def case_in_inbox(version: FlowVersion | None = None, **body: Any) -> tuple[Case, str]:
    """A case on a desk, and the applicant's access code."""
    submission, code = submitted(version, **body)
    outbox.run_due()
    return Case.objects.get(submission=submission), code


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def png(width: int = 8, height: int = 8) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()
