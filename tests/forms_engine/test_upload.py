"""Files: good ones are kept, bad ones get a clear refusal. The bad ones are made here."""

from __future__ import annotations

import io
import threading
import warnings
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from common import clock
from common.limits import SharedRateThrottle
from forms_engine.models import FileChunk, StoredFile, Submission
from forms_engine.services import drafts, uploads, vault
from forms_engine.services.files import list_submission_files
from forms_engine.uploads import images
from forms_engine.uploads.base import REASONS, UploadRefused
from forms_engine.uploads.check import check_upload
from forms_engine.uploads.kinds import KINDS
from tests.forms_engine.factories import (
    API,
    Citizen,
    case_in_inbox,
    de,
    dog_document,
    make_clerk,
    png,
    publish,
    signed_in,
)

EVERYTHING = tuple(kind.media_type for kind in KINDS)


def pdf(change=None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def jpeg_with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Geheimkamera"
    exif.get_ifd(0x8825)[2] = (50.0, 55.0, 38.0)
    out = io.BytesIO()
    Image.new("RGB", (20, 10), (10, 20, 30)).save(out, "JPEG", exif=exif)
    return out.getvalue() + b"<script>alert(1)</script>"


def docx(parts: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"} | (parts or {})
        ).items():
            archive.writestr(name, content)
    return out.getvalue()


def huge_png() -> bytes:
    """A picture of 400 megapixels in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG", compress_level=9)
    return out.getvalue()


def with_open_action(writer, action):
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)


def launching(writer):
    with_open_action(writer, {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})


def scripted(writer):
    with_open_action(
        writer, {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


GOOD = {
    "scan.pdf": pdf(),
    "foto.PNG": png(),
    "foto.jpg": jpeg_with_gps(),
    "Vertrag mit Ümlaut.docx": docx(),
    "notiz.txt": "Grüße".encode(),
}

BAD = {
    "empty": ("leer.pdf", b"", "empty"),
    "no name": ("", png(), "name_missing"),
    "only a folder": ("../..", png(), "name_missing"),
    "name turns direction": ("rechnung\u202efdp.png", png(), "name_deceives"),
    "name with control": ("a\x07.png", png(), "name_deceives"),
    "name of 300 bytes": ("ä" * 150 + ".png", png(), "name_too_long"),
    "program": ("setup.exe", b"MZ" + b"\0" * 100, "type_not_allowed"),
    "html": ("seite.html", b"<script>1</script>", "type_not_allowed"),
    "svg": ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type_not_allowed"),
    "no ending": ("datei", png(), "type_not_allowed"),
    "double ending": ("foto.png.exe", png(), "type_not_allowed"),
    "html as picture": ("foto.png", b"<html><script>1</script>", "type_mismatch"),
    "program as pdf": ("brief.pdf", b"MZ" + b"\0" * 200, "type_mismatch"),
    "pdf as picture": ("foto.jpg", pdf(), "type_mismatch"),
    "picture as pdf": ("foto.pdf", png(), "type_mismatch"),
    "zip as picture": ("foto.png", docx(), "type_mismatch"),
    "cut picture": ("foto.png", png(64, 64)[:60], "image_broken"),
    "picture bomb": ("bombe.png", huge_png(), "image_too_many_pixels"),
    "cut pdf": ("scan.pdf", pdf()[:200], "pdf_broken"),
    "pdf head only": ("scan.pdf", b"%PDF-1.7\n", "pdf_broken"),
    "locked pdf": ("scan.pdf", pdf(lambda w: w.encrypt("geheim")), "pdf_encrypted"),
    "pdf with script": ("scan.pdf", pdf(scripted), "pdf_active"),
    "pdf with attachment": ("scan.pdf", pdf(lambda w: w.add_attachment("x.exe", b"MZ")), "pdf_active"),
    "pdf that starts a program": ("scan.pdf", pdf(launching), "pdf_active"),
    "office that is no zip": ("brief.docx", b"PK\x03\x04" + b"x" * 50, "container_broken"),
    "zip that is no office": (
        "brief.docx",
        docx({"word/document.xml": b""}).replace(b"word/", b"moin/"),
        "container_broken",
    ),
    "office with macro": ("brief.docx", docx({"word/vbaProject.bin": b"x"}), "container_unsafe"),
    "office with program": ("brief.docx", docx({"word/media/a.exe": b"MZ"}), "container_unsafe"),
    "office with zip": ("brief.docx", docx({"word/media/image1.png": docx()}), "container_unsafe"),
    "office that travels": ("brief.docx", docx({"../../etc/passwd": b"x"}), "container_unsafe"),
    "office with dtd": (
        "brief.docx",
        docx({"word/x.xml": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"}),
        "container_unsafe",
    ),
    "office with dtd in utf-16": (
        "brief.docx",
        docx({"word/x.xml": "<!DOCTYPE x>".encode("utf-16")}),
        "container_unsafe",
    ),
    "office bomb": ("brief.docx", docx({"word/x.xml": b"\0" * 30_000_000}), "container_too_large"),
    "office with too many parts": (
        "brief.docx",
        docx({f"word/{n}.xml": b"" for n in range(2_100)}),
        "container_too_large",
    ),
    "binary as text": ("notiz.txt", b"\x00\x01\x02\xff", "text_broken"),
}


@pytest.mark.parametrize("name", GOOD)
def test_file__sound__is_taken(name):
    checked = check_upload(name, io.BytesIO(GOOD[name]), accept=EVERYTHING, max_bytes=1_000_000)

    assert checked.name == name
    assert (checked.redrawn is not None) == checked.media_type.startswith("image/")


@pytest.mark.parametrize("case", BAD)
def test_file__bad__is_refused_with_its_reason(case):
    name, data, code = BAD[case]

    with pytest.raises(UploadRefused) as refused:
        check_upload(name, io.BytesIO(data), accept=EVERYTHING, max_bytes=50_000_000)

    assert refused.value.code == code
    assert "{" not in refused.value.message


def test_file__cut_at_every_place__is_never_an_error_of_ours():
    """Whatever is left of a file is taken or refused; nothing else is raised."""
    for name, data in GOOD.items():
        for end in range(0, len(data), max(1, len(data) // 60)):
            try:
                check_upload(name, io.BytesIO(data[:end]), accept=EVERYTHING, max_bytes=1_000_000)
            except UploadRefused as refused:
                assert refused.code in REASONS


def test_picture__taken__has_lost_place_camera_and_appended_bytes():
    checked = check_upload("foto.jpg", io.BytesIO(jpeg_with_gps()), accept=EVERYTHING, max_bytes=1_000_000)

    content = checked.redrawn.read()
    assert b"Geheimkamera" not in content
    assert b"<script>" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()
        assert picture.size == (20, 10)


def test_pdf__taken__is_kept_byte_for_byte():
    assert check_upload("a.pdf", io.BytesIO(pdf()), accept=EVERYTHING, max_bytes=10_000).redrawn is None
    assert PdfReader(io.BytesIO(pdf())).pages


@pytest.mark.django_db
def test_upload__to_a_file_question__is_listed_read_back_and_removed():
    citizen = Citizen(publish())

    answer = citizen.upload("Foto vom Hund.png", png())

    assert answer.status_code == 201, answer.content
    info = answer.json()
    assert (info["name"], info["media_type"]) == ("Foto vom Hund.png", "image/png")
    draft = citizen.get().json()
    assert draft["answers"]["dog.photo"] == [info["id"]]
    assert draft["files"][0]["name"] == "Foto vom Hund.png"
    read = citizen.get(f"/files/{info['id']}")
    assert read.content[:8] == png()[:8]
    assert read.headers["Content-Disposition"].startswith("attachment")
    assert read.headers["X-Content-Type-Options"] == "nosniff"

    assert citizen.client.delete(citizen.url(f"/files/{info['id']}")).status_code == 204
    assert citizen.get().json()["answers"] == {}
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "path", "status"),
    [
        ("a.exe", b"MZ", "dog.photo", 422),
        ("a.docx", docx(), "dog.photo", 422),
        ("a.png", b"", "dog.photo", 422),
        ("a.png", png(), "person.name", 422),
        ("a.png", png(), "nobody.knows", 422),
        ("a.png", png(), "", 422),
    ],
)
def test_upload__refused__says_why_beside_the_question(name, data, path, status):
    citizen = Citizen(publish())

    answer = citizen.upload(name, data, path)

    assert answer.status_code == status
    assert answer.json()["errors"][0]["path"] == path
    assert answer.json()["errors"][0]["message"].endswith(".")
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_upload__too_large__is_refused_before_it_is_read(settings):
    settings.UPLOAD_MAX_BYTES = 1_000
    citizen = Citizen(publish())

    assert citizen.upload("a.png", b"x" * 20_000).status_code == 413
    assert citizen.upload("a.png", b"x" * 2_000).status_code == 413


@pytest.mark.django_db
def test_upload__more_than_the_question_takes_or_the_quota_allows__is_refused(settings):
    citizen = Citizen(publish())
    for number in range(3):
        assert citizen.upload(f"{number}.png", png()).status_code == 201

    assert citizen.upload("4.png", png()).json()["errors"][0]["code"] == "too_many"
    settings.UPLOAD_DRAFT_BYTES = 100
    assert citizen.upload("5.png", png()).json()["errors"][0]["code"] == "quota"


@pytest.mark.django_db
def test_upload__without_a_file_or_as_json__is_refused():
    citizen = Citizen(publish())
    url = citizen.url("/files?path=dog.photo")

    assert citizen.client.post(url, {}).status_code == 422
    assert citizen.client.post(url, "{}", content_type="application/json").status_code == 415
    assert citizen.client.post(f"{API}/drafts/{'b' * 43}/files?path=x", {}).status_code == 404


@pytest.mark.django_db
def test_file__of_another_draft__is_not_found():
    version = publish()
    mine, other = Citizen(version), Citizen(version)
    file = mine.upload("a.png", png()).json()["id"]

    assert other.get(f"/files/{file}").status_code == 404
    assert other.get("/files/nonsense").status_code == 404
    assert other.client.delete(other.url(f"/files/{file}")).status_code == 404


@pytest.mark.django_db
def test_file__handed_in__reaches_the_clerk_and_nobody_can_read_it_with_the_old_key():
    citizen = Citizen(publish())
    citizen.fill()
    citizen.upload("Foto.png", png())
    citizen.submit()

    submission = Submission.objects.get()
    files = list_submission_files(submission.pk)
    assert [info.name for info in files.values()] == ["Foto.png"]
    assert not StoredFile.objects.filter(draft__isnull=False).exists()


@pytest.mark.django_db
def test_file__of_a_question_that_is_hidden_at_the_end__is_deleted():
    document = dog_document()
    photo = next(node for node in document["steps"][1]["nodes"] if node["id"] == "photo")
    photo["visible"] = {"==": [{"var": "dog.has_chip"}, True]}
    citizen = Citizen(publish(document))
    citizen.fill()
    assert citizen.upload("Foto.png", png()).status_code == 201
    citizen.patch({"dog.has_chip": "nein"})

    assert citizen.submit().status_code == 201
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_file__in_a_row_that_is_removed__is_deleted_and_others_stay():
    document = dog_document()
    upload = {"id": "proof", "type": "file", "label": de("Nachweis"), "required": False}
    document["steps"][2]["nodes"][0]["nodes"].append(upload)
    citizen = Citizen(publish(document))
    (row,) = citizen.patch(rows={"add": ["family.children"]}).json()["answers"]["family.children"]
    citizen.upload("a.png", png(), f"family.children.{row}.proof")
    kept = citizen.upload("b.png", png()).json()["id"]
    assert StoredFile.objects.count() == 2

    citizen.patch(rows={"remove": [f"family.children.{row}"]})

    assert [str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)] == [kept]


@pytest.mark.django_db(transaction=True)
def test_file__uploaded_while_a_row_is_removed__is_not_lost(monkeypatch):
    citizen = Citizen(publish())
    (row,) = citizen.patch(rows={"add": ["family.children"]}).json()["answers"]["family.children"]
    save, uploads = drafts.save_answers, []

    def upload():
        try:
            file = io.BytesIO(png())
            file.name = "a.png"
            Client().post(citizen.url("/files?path=dog.photo"), {"file": file})
        finally:
            connection.close()

    def save_with_company(draft):
        saved = save(draft)
        if uploads:  # the upload's own save
            return saved
        uploads.append(threading.Thread(target=upload))
        uploads[-1].start()
        uploads[-1].join(0.7)  # used to be taken in here, and thrown away a moment later
        return saved

    monkeypatch.setattr(drafts, "save_answers", save_with_company)
    citizen.patch(rows={"remove": [f"family.children.{row}"]})
    uploads[0].join()

    listed = citizen.get().json()["answers"].get("dog.photo", [])
    assert listed == [str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)]
    assert len(listed) == 1


@pytest.mark.django_db
def test_file__in_a_case__is_downloaded_by_its_clerk_only():
    version = publish()
    citizen = Citizen(version)
    citizen.fill()
    citizen.upload("Foto.png", png())
    citizen.submit()
    case, _ = _case_of(citizen)
    clerk = signed_in(make_clerk(version.form.unit))

    file = clerk.get(f"{API}/cases/{case.pk}").json()["files"][0]

    assert clerk.get(file["url"]).status_code == 200
    other_case, _ = case_in_inbox(version)
    assert clerk.get(f"{API}/cases/{other_case.pk}/files/{file['id']}").status_code == 404


def _case_of(citizen):
    from common.api import outbox
    from forms_engine.models import Case

    outbox.run_due()
    return Case.objects.get(), citizen


def test_picture__being_looked_at__leaves_the_warnings_of_other_threads_alone(monkeypatch):
    """Filters of warnings belong to the process: as errors they would break whatever else runs at this moment."""
    before, during = list(warnings.filters), []
    redraw = images._redraw
    monkeypatch.setattr(images, "_redraw", lambda *given: during.append(list(warnings.filters)) or redraw(*given))
    images.clean_image(io.BytesIO(png()), "PNG")
    assert during == [before]


def test_pdf__launch_action_behind_a_reference__is_refused():
    def add(writer):
        name = writer._add_object(NameObject("/Launch"))
        action = DictionaryObject({NameObject("/S"): name, NameObject("/F"): TextStringObject("calc.exe")})
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)

    with pytest.raises(UploadRefused) as refused:
        check_upload("a.pdf", io.BytesIO(pdf(add)), accept=EVERYTHING, max_bytes=10**8)
    assert refused.value.code == "pdf_active"


def test_office__with_a_million_entries__is_refused_before_the_list_is_read(monkeypatch):
    data = docx({f"word/{number}": b"" for number in range(2_000)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(UploadRefused) as refused:
        check_upload("a.docx", io.BytesIO(data), accept=EVERYTHING, max_bytes=10**8)
    assert refused.value.code == "container_too_large"


@pytest.mark.django_db
def test_upload__one_after_the_other_without_end__is_slowed_down(monkeypatch):
    """Otherwise one sender could fill the disk with drafts of 100 MB."""
    monkeypatch.setattr(SharedRateThrottle, "THROTTLE_RATES", {"upload": "2/min", "draft-create": None})
    citizen = Citizen(publish())

    answers = [citizen.upload("a.png", png()) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert "Retry-After" in answers[-1].headers


@pytest.mark.django_db
def test_file__draft_resumed_in_another_language__is_still_there_and_handed_in():
    citizen = Citizen(publish())
    citizen.fill()
    kept = citizen.upload("Foto.png", png()).json()["id"]

    resumed = Client().get(citizen.url("?locale=en"))
    citizen.patch({"person.name": "Erika Musterfrau"}, locale="en")
    step = Client().get(citizen.url("/steps/dog?locale=en")).json()

    assert resumed.json()["answers"]["dog.photo"] == [kept]
    assert [file["name"] for file in step["files"]] == ["Foto.png"]
    assert citizen.submit(locale="en").status_code == 201
    assert [str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)] == [kept]


@pytest.mark.django_db
def test_file__of_many_pieces__comes_back_byte_for_byte_and_is_one_with_its_answer(settings, monkeypatch):
    settings.UPLOAD_MAX_BYTES = 10_000_000
    document = dog_document()
    photo = next(node for node in document["steps"][1]["nodes"] if node["id"] == "photo")
    photo |= {"accept": ["text/plain"], "max_bytes": 10_000_000}
    citizen = Citizen(publish(document))
    text = b"Zeile\n" * 900_000

    info = citizen.upload("lang.txt", text).json()

    answer = citizen.get(f"/files/{info['id']}")
    assert answer.streaming
    assert b"".join(answer.streaming_content) == text
    assert answer.headers["Content-Length"] == str(len(text))
    assert FileChunk.objects.count() == -(-len(text) // 262_144)

    monkeypatch.setattr(uploads, "_append_to_answer", lambda _: (_ for _ in ()).throw(UploadRefused("empty")))
    assert citizen.upload("mehr.txt", text).status_code == 422
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_upload__whose_process_was_killed__is_in_no_list_and_is_deleted_after_an_hour():
    citizen = Citizen(publish())
    citizen.upload("a.png", png())
    StoredFile.objects.update(state=StoredFile.State.ARRIVING)

    assert citizen.get().json()["files"] == []
    assert uploads.delete_broken_arrivals() == 0
    StoredFile.objects.update(created_at=clock.now() - timedelta(hours=2))
    assert uploads.delete_broken_arrivals() == 2  # the file and its piece


@pytest.mark.django_db
def test_file__stored_before_there_were_pieces__is_still_readable():
    citizen = Citizen(publish())
    info = citizen.upload("a.png", png()).json()
    file = StoredFile.objects.get()
    file.content = vault.seal_file_part(file, vault.unwrap_key_of_draft(file, citizen.token), "content", b"old bytes")
    file.size = 9
    file.save()
    FileChunk.objects.all().delete()

    assert citizen.get(f"/files/{info['id']}").content == b"old bytes"
