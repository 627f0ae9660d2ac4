"""What somebody learns who steals the database, and even the city's keys."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from common import crypto
from common.api import ids, outbox
from common.models import QueuedMail
from forms_engine.models import Draft, StoredFile, Submission
from forms_engine.redaction import redact
from forms_engine.services import vault
from tests.forms_engine.factories import API, Citizen, png, publish, submitted

pytestmark = pytest.mark.django_db
CANARY = "Zitronenfalter-4711"


def dump() -> dict[str, bytes]:
    """Every row of every table as bytes, by table."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table not in connection.introspection.table_names():
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            cells = [cell for row in cursor.fetchall() for cell in row]
        found[table] = b"\0".join(bytes(c) if isinstance(c, bytes | memoryview) else str(c).encode() for c in cells)
    return found


def tables_with(needle: str) -> list[str]:
    encodings = ("utf-8", "utf-16-le")
    return [table for table, content in dump().items() if any(needle.encode(e) in content for e in encodings)]


def test_dump__of_a_draft_with_a_file__holds_neither_answers_nor_names_nor_the_token():
    citizen = Citizen(publish())
    citizen.patch({"person.name": CANARY})
    citizen.upload(f"{CANARY}.png", png())

    assert tables_with(CANARY) == []
    assert tables_with(citizen.token) == []


def test_draft__with_database_and_all_keys_of_the_city__stays_closed():
    """Proof by trying: every key there is, as envelope and as secret, with the salt that lies beside it."""
    citizen = Citizen(publish())
    citizen.patch({"person.name": CANARY})
    citizen.upload("a.png", png())
    row, file = Draft.objects.get(), StoredFile.objects.get()

    assert vault.open_answers(row.id, citizen.token, bytes(row.answers))["person.name"] == CANARY
    keys = [part.split(":")[1] for part in settings.ENCRYPTION_KEYS.split(",")]
    stolen = [
        *keys,
        settings.SECRET_KEY,
        bytes(row.token_hash).hex(),
        bytes(row.token_hash).decode("latin-1"),
        str(row.id),
    ]
    for secret in stolen:
        with pytest.raises(crypto.DecryptionFailed):
            vault.open_answers(row.id, secret, bytes(row.answers))
        with pytest.raises(crypto.DecryptionFailed):
            vault.unwrap_key_of_draft(file, secret)
    with pytest.raises(crypto.DecryptionFailed):
        crypto.decrypt(bytes(row.answers), context=f"forms_engine.draft:{row.id}:answers")
    with pytest.raises(crypto.DecryptionFailed):
        vault.unwrap_key_of_city(file)


def test_answers__moved_to_another_draft__do_not_open():
    version = publish()
    mine, other = Citizen(version), Citizen(version)
    mine.patch({"person.name": CANARY})
    row = Draft.objects.get(token_hash=ids.token_hash(mine.token))

    with pytest.raises(crypto.DecryptionFailed):
        vault.open_answers(Draft.objects.get(token_hash=ids.token_hash(other.token)).id, mine.token, bytes(row.answers))


def test_dump__after_submit__holds_nothing_in_clear_and_no_draft_any_more():
    citizen = Citizen(publish())
    citizen.fill(**{"person.name": CANARY})
    citizen.upload(f"{CANARY}.png", png())
    code = citizen.submit(email=f"{CANARY}@example.org").json()["access_code"]
    outbox.run_due()

    assert tables_with(CANARY) == []
    assert tables_with(CANARY.lower()) == []
    assert tables_with(code) == []
    assert bytes(Draft.objects.get().answers) == b""
    assert not QueuedMail.objects.exists()


def test_access_code__of_an_application__is_stored_as_hash_and_follows_from_the_token_alone():
    submission, code = submitted()

    assert bytes(submission.code_hash) == ids.token_hash(code)
    assert ids.normalise_access_code(code.lower().replace("-", " ")) == code
    assert len({vault.access_code_for(ids.new_token()) for _ in range(200)}) == 200


def test_payload__copied_to_another_application__does_not_open():
    version = publish()
    first, _ = submitted(version)
    second, _ = submitted(version)
    Submission.objects.filter(pk=second.pk).update(payload=first.payload)
    second.refresh_from_db()

    from forms_engine.services.submissions import open_payload

    with pytest.raises(crypto.DecryptionFailed):
        open_payload(second)


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/drafts/GEHEIM",
        "/api/v1/drafts/GEHEIM/submit?x=1",
        "/api/v1/submissions/GEHEIM/summary.pdf",
        "/status/GEHEIM",
        "/antrag/GEHEIM/person",
        "/en/antrag/eingegangen/GEHEIM",
    ],
)
def test_log__of_an_address_with_a_secret__shows_stars(path):
    assert "GEHEIM" not in redact(f'"GET {path} HTTP/1.1" 500')


def test_log__of_a_failing_request__holds_no_token(caplog, monkeypatch):
    citizen = Citizen(publish())
    citizen.client.raise_request_exception = False
    monkeypatch.setattr("forms_engine.rest_api.drafts.draft_state", lambda *a: 1 / 0)

    assert citizen.get().status_code == 500
    messages = [record.getMessage() for record in caplog.records]
    assert any(f"{API}/drafts/***" in message for message in messages)
    assert not any(citizen.token in message for message in messages)
