"""Coming in: a code for one guardian and one child, a carrier's list, and the demo city."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.api import User
from common.api import clock
from messaging.demo import load_kita
from messaging.importers.carrier_list import ListRefused, read_list
from messaging.models import Child, Conversation, Guardianship, Invitation
from messaging.permissions import visible_to
from messaging.services.imports import import_list
from tests.messaging.test_rest import Kita, ask, person

pytestmark = pytest.mark.django_db
HEAD = (
    "Einrichtung;Gruppe;Kindnummer;Kind;Beginn;Ende;Einschulung;Elternteil_Mail;Elternteil_Vorname;Informationsrecht\n"
)
GOOD = "Kita Sonne;Igel;77;Ayşe;01.08.2026;;2027;neu@jena.example;Emre;ja\n"


def new_code(kita: Kita) -> str:
    return ask(kita.head, "POST", "invitations", {"child": str(kita.child.public_id)}, status=201)["code"]


def test_code__works_once_for_one_person_and_its_hash_is_all_that_is_kept():
    kita, aunt = Kita(), person("aunt")
    code = new_code(kita)

    joined = ask(aunt, "POST", "invitations/accept", {"code": code.lower().replace("-", " ")}, status=200)
    again = ask(kita.stranger, "POST", "invitations/accept", {"code": code}, status=404)

    assert joined == {"child": {"name": "Mia"}}
    assert again["errors"][0]["code"] == "unknown_or_used"
    assert Guardianship.objects.filter(child=kita.child, person=aunt).count() == 1
    assert code.encode() not in bytes(Invitation.objects.get().code_hash)


def test_code__expired_or_withdrawn__is_refused_like_an_unknown_one(monkeypatch):
    kita, aunt = Kita(), person("aunt")
    withdrawn = new_code(kita)
    ask(kita.head, "DELETE", f"children/{kita.child.public_id}/invitations", status=204)
    expired = new_code(kita)
    later = clock.now() + timedelta(days=28, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    for code in (withdrawn, expired, "AAAAA-AAAAA-AAAAA-AAAAA", "x"):
        assert ask(aunt, "POST", "invitations/accept", {"code": code}, status=404)["errors"][0]["code"] == (
            "unknown_or_used"
        )
    assert not Guardianship.objects.filter(person=aunt).exists()


def test_code__for_a_child_of_another_kita__is_404():
    kita = Kita()
    foreign = Child.objects.get(name_shown="Ole")

    ask(kita.head, "POST", "invitations", {"child": str(foreign.public_id)}, status=404)
    ask(kita.mother, "POST", "invitations", {"child": str(kita.child.public_id)}, status=404)


def upload(who: User, text: str, *, is_dry_run: bool, status: int) -> dict:
    client = Client()
    client.force_login(who)
    form = {"file": SimpleUploadedFile("liste.csv", text.encode()), "dry_run": str(is_dry_run).lower()}
    answer = client.post("/api/v1/facilities/imports", form)
    assert answer.status_code == status, answer.content[:300]
    return answer.json()


def test_list__dry_run_then_twice__new_then_same_and_errors_by_line():
    kita = Kita()
    text = HEAD + GOOD + "Mond;Eule;78;Ben;01.08.2026;;;;;\n" + "Kita Sonne;Igel;79;Ben;gestern;;;;;\n"

    checked = upload(kita.head, text, is_dry_run=True, status=200)
    assert not Child.objects.filter(external_key="77").exists()
    first = upload(kita.head, text, is_dry_run=False, status=200)
    second = upload(kita.head, text, is_dry_run=False, status=200)

    assert [line["state"] for line in checked["lines"]] == ["new", "error", "error"]
    assert [line["state"] for line in first["lines"]] == ["new", "error", "error"]
    assert [line["state"] for line in second["lines"]] == ["same", "error", "error"]
    assert "Beginn" in first["lines"][2]["text"]
    parent = User.objects.get(email="neu@jena.example")
    assert not parent.has_usable_password()
    assert Child.objects.get(external_key="77").guardianships.get().person == parent


def test_list__of_a_parent__is_404_and_of_no_table__says_why():
    kita = Kita()

    upload(kita.mother, HEAD + GOOD, is_dry_run=False, status=404)
    refused = upload(kita.head, "Name;Alter\n", is_dry_run=False, status=422)

    assert "Einrichtung" in refused["errors"][0]["message"]


def test_list__moving_a_child__ends_the_earlier_placement():
    kita = Kita()
    import_list(read_list((HEAD + GOOD).encode()), [kita.kita], is_dry_run=False)
    moved = GOOD.replace("Igel", "Füchse").replace("01.08.2026", "2026-10-01")

    report = import_list(read_list((HEAD + moved).encode("cp1252", "replace")), [kita.kita], is_dry_run=False)

    child = Child.objects.get(external_key="77")
    assert report.counts["changed"] == 1
    assert [p.group.name for p in child.placements.on(clock.today())] == ["Füchse"]


@pytest.mark.parametrize("content", [b"", b"\0\0", b"x" * 5_000_001, b"a;b\n"])
def test_list__that_cannot_be_read__is_refused_as_a_whole(content):
    with pytest.raises(ListRefused):
        read_list(content)


def test_demo__second_run__changes_nothing_and_parents_have_mail():
    assert load_kita(password="jena-demo-2026") > 100

    assert load_kita(password="jena-demo-2026") == 0
    mother = User.objects.get(email="eltern@jena.example")
    assert visible_to(mother, clock.now()).count() == 3
    assert Conversation.objects.count() == 3
