"""The virus scanner, a real one: found is refused, and while it is away nothing is delivered and nothing is lost."""

from __future__ import annotations

import io
import socket
import threading

import pytest

from common import scanner
from common.api import clock, outbox
from common.models import AuditEvent, Delivery, Destination
from forms_engine.models import Case, FileChunk, StoredFile
from forms_engine.services import scanning
from tests.clamd import EICAR, running_scanner
from tests.forms_engine.factories import API, Citizen, dog_document, make_clerk, png, publish, signed_in
from tools.clamav import find_scanner

needs_scanner = pytest.mark.skipif(find_scanner() is None, reason="no clamd: apt-get install clamav-daemon")
AWAY = "unix:/nonexistent/clamd.ctl"


@pytest.fixture(scope="module")
def clamd():
    with running_scanner(find_scanner()) as process:
        yield process


def citizen_with_text_file() -> Citizen:
    document = dog_document()
    photo = next(node for node in document["steps"][1]["nodes"] if node["id"] == "photo")
    photo["accept"] = ["text/plain", "image/png"]
    citizen = Citizen(publish(document))
    citizen.fill()
    return citizen


def run_again() -> None:
    Delivery.objects.update(due_at=clock.now())
    outbox.run_due()


@needs_scanner
def test_scanner__clean_infected_and_long__says_which(clamd):
    assert scanner.is_alive()
    assert scanner.scan(io.BytesIO(b"harmless")) == scanner.Verdict()
    assert scanner.scan(io.BytesIO(EICAR)).virus.startswith("Eicar-Test-Local")
    assert scanner.scan(io.BytesIO(bytes(3_000_000))) == scanner.Verdict()


@needs_scanner
@pytest.mark.django_db
def test_upload__infected__is_refused_with_the_name_and_not_stored(clamd):
    citizen = citizen_with_text_file()

    answer = citizen.upload("notiz.txt", EICAR)

    assert answer.status_code == 422
    assert "Eicar-Test-Local" in answer.json()["errors"][0]["message"]
    assert not StoredFile.objects.exists()
    assert citizen.upload("notiz.txt", b"sauber").json()["state"] == "clean"


@needs_scanner
@pytest.mark.django_db
def test_file__uploaded_while_the_scanner_was_away__waits_and_is_delivered_when_it_is_back(clamd, settings):
    running = settings.CLAMD_ADDRESS
    settings.CLAMD_ADDRESS = AWAY
    citizen = citizen_with_text_file()
    assert citizen.upload("notiz.txt", b"sauber").json()["state"] == "waiting"
    assert citizen.upload("virus.txt", EICAR).json()["state"] == "waiting"
    code = citizen.submit().json()["access_code"]

    run_again()
    assert not Case.objects.exists()
    held = Delivery.objects.get()
    assert (held.state, held.error_class) == ("retry", "ScannerDown")
    assert not Destination.objects.filter(failures__gt=0).exists(), "the inbox is not to blame"
    state = citizen.client.get(f"{API}/submissions/{code}").json()
    assert "noch auf Schadsoftware" in state["notices"][0]

    settings.CLAMD_ADDRESS = running
    run_again()
    case = Case.objects.get()
    clerk = signed_in(make_clerk(case.unit))
    files = {file["name"]: file for file in clerk.get(f"{API}/cases/{case.pk}").json()["files"]}
    assert {name: file["state"] for name, file in files.items()} == {"notiz.txt": "clean", "virus.txt": "infected"}
    assert clerk.get(files["notiz.txt"]["url"]).content == b"sauber"
    assert clerk.get(files["virus.txt"]["url"]).status_code == 409
    assert "virus.txt" in citizen.client.get(f"{API}/submissions/{code}").json()["notices"][0]
    assert FileChunk.objects.count() == 1
    assert AuditEvent.objects.filter(action="file.infected").count() == 1


@pytest.mark.django_db
def test_file__scanner_is_away__is_withheld_from_clerks(settings):
    settings.CLAMD_ADDRESS = AWAY
    citizen = citizen_with_text_file()
    citizen.upload("notiz.txt", b"sauber")
    citizen.submit()
    file = StoredFile.objects.get()
    case = Case.objects.create(submission=file.submission, unit=file.submission.unit, changed_at=clock.now())

    clerk = signed_in(make_clerk(case.unit))

    assert clerk.get(f"{API}/cases/{case.pk}/files/{file.pk}").status_code == 409


@pytest.mark.django_db
def test_readyz__scanner_is_away__says_so_and_stays_ready(client, settings):
    settings.CLAMD_ADDRESS = AWAY
    answer = client.get("/readyz")
    assert (answer.status_code, len(answer.json()["problems"])) == (200, 1)
    assert "virus scanner" in answer.json()["problems"][0]


def answering(words: bytes) -> str:
    """A scanner that says `words` to whoever calls; its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = server.accept()
        with server, line:
            line.recv(100)
            line.sendall(words)

    threading.Thread(target=serve, daemon=True).start()
    return f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("words", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"nonsense\0", b"\xff" * 9000])
def test_scanner__anything_but_a_verdict__is_no_clearance(settings, words):
    settings.CLAMD_ADDRESS = answering(words)
    with pytest.raises(scanner.ScannerDown):
        scanner.scan(io.BytesIO(b"x" * 200_000))


def test_state__no_scanner_configured__says_that_nothing_was_scanned(settings):
    settings.CLAMD_ADDRESS = ""
    assert scanning.state_by_scan(io.BytesIO(png())) == StoredFile.State.UNSCANNED
