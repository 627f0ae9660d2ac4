"""Importing a service catalogue: what is taken, what is left out and said, and that a second run changes nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.importers.dldb.html import clean_html, is_broken
from cms.importers.dldb.mapping import RecordUnusable, make_teaser, map_location, map_service, type_fees
from cms.models import ImportedRecord, Location, ServicePage
from tests.cms.factories import make_home, make_user

OFFICE = {
    "id": "10",
    "name": "Gewerbeamt (III/21)",
    "displayName": "Gewerbeamt",
    "address": {"street": "Anger", "house_number": "13", "postal_code": "07743", "city": "Jena"},
    "geo": {"lat": "50.927", "lon": "11.589"},
    "contact": {"phone": "03641 1", "email": "amt@jena.example"},
}
SERVICE = {
    "id": "1",
    "name": "Gewerbe anmelden",
    "description": "<p>Wer ein Gewerbe beginnt, meldet es an. Das geht schnell.</p>",
    "leika": "99050012104000, 99050012104001",
    "fees": "<p>37,00 Euro</p>",
    "forms": [{"name": "Formular", "link": "https://jena.example/f.pdf"}],
    "links": [{"name": "Mehr", "link": "https://jena.example"}],
    "locations": [{"location": "10"}],
    "meta": {"keywords": "Firma, Selbstständig"},
}


@pytest.fixture
def catalogue(tmp_path):
    """Writes both files and runs the command; returns what it printed."""

    def run(*services, offices=(OFFICE,), **options):
        files = []
        for name, rows in (("services", services), ("locations", offices)):
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps({"data": list(rows)}), encoding="utf-8")
            files.append(str(path))
        out = StringIO()
        call_command("import_services", files[0], locations=files[1], stdout=out, stderr=StringIO(), **options)
        return out.getvalue()

    return run


@pytest.mark.django_db
class TestCommand:
    def test_import__complete_service__page_with_everything_online(self, catalogue):
        assert "1 neu" in catalogue(SERVICE)
        page = ServicePage.objects.get()
        assert (page.live, page.slug, page.get_parent().title) == (True, "gewerbe-anmelden", "Importiert")
        assert [row.key for row in page.service_keys.all()] == ["99050012104000", "99050012104001"]
        assert page.keyword_list == ["Firma", "Selbstständig"]
        assert page.fees[0].value["amount"] == Decimal("37.00")
        assert page.channels[0].value["location"] == Location.objects.get()
        assert page.paper_forms[0].value["url"] == "https://jena.example/f.pdf"
        assert page.teaser == "Wer ein Gewerbe beginnt, meldet es an."

    def test_import__twice__nothing_changes(self, catalogue):
        catalogue(SERVICE)
        revision = ServicePage.objects.get().latest_revision_id
        assert "0 neu, 0 geändert, 1 unverändert" in catalogue(SERVICE)
        assert ServicePage.objects.get().latest_revision_id == revision

    def test_import__changed_record__updated_under_the_same_address(self, catalogue):
        catalogue(SERVICE)
        assert "1 geändert" in catalogue(SERVICE | {"name": "Gewerbe neu anmelden"})
        page = ServicePage.objects.get()
        assert (page.title, page.slug) == ("Gewerbe neu anmelden", "gewerbe-anmelden")

    def test_import__edited_by_a_person__left_alone_and_said(self, catalogue):
        catalogue(SERVICE)
        page = ServicePage.objects.get()
        page.title = "Von Hand"
        page.save_revision(user=make_user()).publish()
        output = catalogue(SERVICE | {"name": "Anders"})
        assert "von der Redaktion bearbeitet" in output
        assert ServicePage.objects.get().title == "Von Hand"

    def test_import__dry_run__says_it_and_writes_nothing(self, catalogue):
        make_home()
        assert "Probelauf" in catalogue(SERVICE, dry_run=True)
        assert (ServicePage.objects.count(), Location.objects.count(), ImportedRecord.objects.count()) == (0, 0, 0)

    def test_import__problems__each_named(self, catalogue):
        output = catalogue(
            SERVICE | {"id": "2", "name": " "},
            SERVICE | {"id": "3", "name": "Kaputt", "description": "<p><b>offen</p>"},
            SERVICE | {"id": "4", "name": "Fern", "locations": [{"location": "99"}]},
            SERVICE | {"id": "5", "name": "Schlüssel", "leika": "4711"},
            offices=(OFFICE, {"id": "11", "name": "Ohne Anschrift"}),
        )
        for text in (
            "Leistung 2: ohne Namen",
            "Kaputt: Beschreibung: fehlerhaftes HTML",
            "Fern: Standort 99 ausgelassen: unbekannt",
            "Fern: als Entwurf übernommen",
            "Leistungsschlüssel „4711“ ausgelassen",
            "Standort 11: ohne Namen oder vollständige Anschrift",
        ):
            assert text in output
        assert ServicePage.objects.get(title="Fern").live is False

    def test_import__same_name_twice__two_addresses(self, catalogue):
        catalogue(SERVICE, SERVICE | {"id": "2"})
        assert set(ServicePage.objects.values_list("slug", flat=True)) == {"gewerbe-anmelden", "gewerbe-anmelden-2"}

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[]", b'{"data": 1}', b'{"data": [{"name": "x"}]}', b"\xff\xfe", b"[" * 100_000]
    )
    def test_import__broken_file__one_error_and_nothing_changed(self, tmp_path, content):
        path = tmp_path / "kaputt.json"
        path.write_bytes(content)
        with pytest.raises(CommandError, match=r"kaputt\.json.*Es wurde nichts geändert"):
            call_command("import_services", str(path))
        assert ServicePage.objects.count() == 0

    def test_import__missing_file__one_error(self, tmp_path):
        with pytest.raises(CommandError, match="lässt sich nicht lesen"):
            call_command("import_services", str(tmp_path / "fehlt.json"))

    def test_import__munich__all_services_and_nothing_the_second_time(self, shared_data, settings):
        folder = shared_data / "services" / "munich"
        if not folder.is_dir():
            pytest.skip("shared test data missing: ../shared/data/services/munich")
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
        outputs = []
        for _run in range(2):
            out = StringIO()
            files = [str(folder / f"{name}_de.json") for name in ("services", "locations")]
            call_command("import_services", files[0], locations=files[1], stdout=out, stderr=StringIO())
            outputs.append(out.getvalue())
        assert "287 neu" in outputs[0]
        assert "0 neu, 0 geändert, 287 unverändert, 0 übersprungen. Standorte: 0" in outputs[1]
        assert ServicePage.objects.filter(live=True).count() == 281


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("37,00 Euro", ("fixed", Decimal("37.00"))),
        ("Gebühr: 5 €.", ("fixed", Decimal("5.00"))),
        ("Die Gebühr beträgt 12,50 Euro.", ("fixed", Decimal("12.50"))),
        ("kostenlos", ("free", None)),
        ("Keine Gebühren", ("free", None)),
        ("Es fallen keine Kosten an.", ("free", None)),
        ("50 bis 60 Euro", None),
        ("ab 20 Euro", None),
        ("20 Euro pro Monat", None),
        ("", None),
    ],
)
def test_type_fees__prose__typed_only_when_certain(text, expected):
    fees = type_fees(text)
    assert [(kind, value.get("amount")) for kind, value in fees] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x">a</p>', "<p>a</p>"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="https://jena.example" target="_blank">a</a>', '<a href="https://jena.example">a</a>'),
        ("<div><strong>a</strong></div>", "<p><b>a</b></p>"),
        ("<h1>a</h1><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<p>\u200b</p><p>&nbsp;</p><p>a</p>", "<p>a</p>"),
        ("<p>a<img src=x onerror=alert(1)></p>", "<p>a</p>"),
    ],
)
def test_clean_html__foreign_html__only_our_tags(html, clean):
    assert clean_html(html) == clean


@pytest.mark.parametrize(
    ("html", "broken"),
    [
        ("<p>a<br>b</p>", False),
        ("<ul><li>a<li>b</ul>", False),
        ("<p>a", False),
        ("<b>a", True),
        ("a</b>", True),
        ("<p><b>a</p>", True),
    ],
)
def test_is_broken__html__open_and_stray_tags(html, broken):
    assert is_broken(html) is broken


def test_make_teaser__long_sentence__cut_at_a_word():
    teaser = make_teaser("Wort " * 60)
    assert len(teaser) <= 150
    assert teaser.endswith("Wort …")


def test_map_service__links__only_internet_addresses():
    record = map_service(
        SERVICE | {"links": [{"name": "x", "link": "javascript:1"}, {"name": "y", "link": "https://a.example/{id}"}]}
    )
    assert (record.further, len(record.remarks)) == ([], 2)


def test_map_location__without_street__unusable():
    with pytest.raises(RecordUnusable):
        map_location(OFFICE | {"address": {}})
