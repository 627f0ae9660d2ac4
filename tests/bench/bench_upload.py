"""A file of 100 MB through the gateway and Django: how long it takes, and how much memory the processes grow by.

    python -m tools.bench upload

The file is a scan as people send it: a PDF of a hundred pages, each a picture of one megabyte that no packing makes
smaller. It is sealed while it arrives, opened and looked through, stored in pieces, and read back by its owner. Growth:
the sum over all processes (gateway and web) of the highest resident memory during upload and download, against the sum
before, after one small upload has warmed everything up.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path

from tools.postgres import ensure_database, find_server
from tools.stack import ROOT, Stack, free_port

PAGES, PAGE_BYTES = 100, 1_000_000
LIMIT = 110 * 1024 * 1024
BOUNDARY = "bench-4711"
HEAD = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="scan.pdf"\r\n'
    "Content-Type: application/pdf\r\n\r\n"
).encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()
PREPARE = """
from accounts.api import ensure_unit
from django.contrib.auth.models import AnonymousUser
from forms_engine.services import drafts
from forms_engine.services.forms import create_form, publish_form
text = lambda words: {{"de": words}}
question = {{"id": "scan", "type": "file", "label": text("Scan"), "accept": ["application/pdf"], "max": 5,
    "max_bytes": 104857600}}
document = {{"format": "flow/1", "key": "scan", "kind": "application", "locales": ["de"], "default_locale": "de",
    "title": text("Scan"), "purpose": text("Messung"), "legal_basis": [{{"title": "keine"}}],
    "steps": [{{"id": "a", "title": text("A"), "nodes": [question]}}]}}
version = publish_form(create_form(document, unit=ensure_unit("a", name="A")), by=None)
open("{out}", "w").write(drafts.create_draft(version, locale="de", person=AnonymousUser()).token)
"""


def write_scan(path: Path, pages: int) -> None:
    """A PDF, written page by page."""
    chance, places = random.Random(1), []
    with path.open("wb") as out:
        out.write(b"%PDF-1.7\n")

        def add(number: int, body: bytes) -> None:
            places.append((number, out.tell()))
            out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")

        kids = b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(pages))
        add(1, b"<</Type/Catalog/Pages 2 0 R>>")
        add(2, b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids))
        for n in range(pages):
            resources = b"<</XObject<</I %d 0 R>>>>" % (4 + 2 * n)
            add(3 + 2 * n, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources " + resources + b">>")
            pixels = zlib.compress(chance.randbytes(PAGE_BYTES), 0)
            head = b"<</Type/XObject/Subtype/Image/Width 1000/Height 1000/BitsPerComponent 8/ColorSpace/DeviceGray"
            add(4 + 2 * n, head + b"/Filter/FlateDecode/Length %d>>stream\n" % len(pixels) + pixels + b"\nendstream")
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        out.writelines(b"%010d 00000 n \n" % place for _number, place in sorted(places))
        out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))


def family(pid: int) -> list[int]:
    """A process with all below it."""
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    return [pid, *(below for child in found for below in family(int(child)))]


def resident(pids: list[int]) -> dict[int, int]:
    """Bytes in memory by process."""
    pages = {pid: int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids}
    return {pid: count * os.sysconf("SC_PAGE_SIZE") for pid, count in pages.items()}


class EmptyCity(Stack):
    """Without content the start page is an error; that the gateway reaches Django is all we need."""

    def _wait_for(self, url: str) -> None:
        super()._wait_for(f"{url}api/v1/me" if url.endswith("/") else url)


class Watch:
    """Looks at the memory of some processes every few milliseconds and keeps the highest values."""

    def __init__(self, pids: list[int]) -> None:
        self.before, self.highest, self.stop = resident(pids), resident(pids), threading.Event()
        self.thread = threading.Thread(target=self._look)

    def _look(self) -> None:
        while not self.stop.wait(0.02):
            for pid, size in resident(list(self.before)).items():
                self.highest[pid] = max(self.highest[pid], size)

    def __enter__(self) -> Watch:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    @property
    def growth(self) -> float:
        """Megabytes."""
        return (sum(self.highest.values()) - sum(self.before.values())) / 1_000_000


def upload(port: int, token: str, path: Path) -> dict[str, object]:
    """Post the file to its question, piece by piece."""
    line = http.client.HTTPConnection("localhost", port, timeout=300)
    line.putrequest("POST", f"/api/v1/drafts/{token}/files?path=a.scan")
    line.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    line.putheader("Content-Length", str(len(HEAD) + path.stat().st_size + len(TAIL)))
    line.endheaders()
    line.send(HEAD)
    with path.open("rb") as file:
        while piece := file.read(65_536):
            line.send(piece)
    line.send(TAIL)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 201:
        raise SystemExit(f"{answer.status} {body[:300]!r}")
    info: dict[str, object] = json.loads(body)
    return info


def download(port: int, token: str, file_id: object) -> int:
    """Bytes that came back."""
    line = http.client.HTTPConnection("localhost", port, timeout=300)
    line.request("GET", f"/api/v1/drafts/{token}/files/{file_id}")
    answer, size = line.getresponse(), 0
    while piece := answer.read(65_536):
        size += len(piece)
    return size


def measure(name: str, url: str) -> None:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        environ = {
            "DATABASE_URL": url or f"sqlite:///{folder / 'bench.sqlite3'}",
            "VAR_DIR": str(folder),
            "UPLOAD_MAX_BYTES": str(LIMIT),
            "UPLOAD_DRAFT_BYTES": str(3 * LIMIT),
            "BODY_SIZE_LIMIT": f"{LIMIT + 1_000_000}",
        }
        stack = EmptyCity(port=free_port(), log_dir=folder, environ=environ, web_workers=1)
        stack.manage("migrate", "--verbosity", "0", quiet=True)
        stack.manage("shell", "-c", PREPARE.format(out=folder / "token"), quiet=True)
        token = (folder / "token").read_text()
        write_scan(folder / "small.pdf", 3)
        write_scan(folder / "large.pdf", PAGES)
        with stack:
            small = upload(stack.port, token, folder / "small.pdf")
            download(stack.port, token, small["id"])
            pids = [pid for part in ("web", "frontend") for pid in family(stack.processes[part].pid)]
            with Watch(pids) as watch:
                started = time.monotonic()
                info = upload(stack.port, token, folder / "large.pdf")
                middle = time.monotonic()
                size = download(stack.port, token, info["id"])
                ended = time.monotonic()
        assert size == (folder / "large.pdf").stat().st_size
        print(
            f"| {name:<10} | {size / 1e6:6.1f} MB | {middle - started:6.1f} s | {ended - middle:8.1f} s "
            f"| {watch.growth:8.1f} MB |"
        )


def main() -> None:
    print("one PDF through gateway and Django; growth of all processes of both together\n")
    print("| database   |    size   |  upload  |  download  |    growth   |")
    print("| ---------- | --------- | -------- | ---------- | ----------- |")
    measure("SQLite", "")
    server = find_server()
    if server is None:
        print("| PostgreSQL | no server found |")
        return
    measure("PostgreSQL", ensure_database(server, "digitale_verwaltung_bench_upload", fresh=True))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
