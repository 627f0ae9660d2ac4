"""`make demo`: database, demo city, all processes behind one address; stops on Ctrl-C."""

from __future__ import annotations

import argparse
import hashlib
import signal
import sys
import threading

from tools.stack import ROOT, Stack, StackFailed, is_free

VAR = ROOT / "var"
DEMO_SOURCES = (
    "cms/demo_city",
    "cms/management/commands",
    "cms/services",
    "cms/importers",
    "cms/migrations",
    "messaging",
)
PASSWORD = "jena-demo-2026"
SIGN_INS = (
    ("Bürgerin", "buergerin@jena.example", "/anmelden"),
    ("Redaktion", "redaktion@jena.example", "/admin/"),
    ("Sachbearbeitung", "sachbearbeitung@jena.example", "/intern"),
    ("Eltern", "eltern@jena.example", "/kita"),
    ("Kita-Leitung", "kita-leitung@jena.example", "/kita"),
    ("Stadt an Kitas", "kita-stadt@jena.example", "/kita"),
    ("Administration", "admin@jena.example", "/admin/"),
)


def demo_hash() -> str:
    """Changes when the demo city's texts or the code that loads them change."""
    digest = hashlib.sha256()
    files = (path for source in DEMO_SOURCES for path in (ROOT / source).rglob("*"))
    for path in sorted(p for p in files if p.is_file() and p.suffix in {".py", ".yaml", ".json"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare(stack: Stack) -> None:
    """Bring the database up to date; load the demo city when it is missing or its sources changed."""
    VAR.mkdir(exist_ok=True)
    stack.manage("migrate", "--verbosity", "0")
    stamp, wanted = VAR / "demo.loaded", demo_hash()
    if not stamp.exists() or stamp.read_text() != wanted or not (VAR / "city.sqlite3").exists():
        print("Demostadt wird geladen …", flush=True)
        stack.manage("load_demo", "--password", PASSWORD)
        stamp.write_text(wanted)


def announce(stack: Stack) -> None:
    """Say where everything is and how to sign in."""
    print(f"\nDie Demostadt läuft: {stack.origin}\n")
    print(f"  Website      {stack.origin}/")
    print(f"  Redaktion    {stack.origin}/admin/")
    print(f"  Fälle        {stack.origin}/intern")
    print(f"  API          {stack.origin}/api/v1/schema\n")
    print(f"  Anmelden (Passwort überall: {PASSWORD})")
    for role, email, path in SIGN_INS:
        print(f"    {role:<16}{email:<34}{stack.origin}{path}")
    print("\n  Mails liegen in var/mail, Protokolle in var/log.  Beenden: Strg-C\n", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--address", default="localhost")
    options = parser.parse_args()
    port = options.port
    if not is_free(port):
        print(f"Port {port} ist belegt. Bitte einen anderen wählen: make demo PORT=8001")
        return 1
    stack = Stack(port=port, log_dir=VAR / "log", address=options.address)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        prepare(stack)
        if stop.is_set():
            return 0
        stack.start()
        announce(stack)
        while not stop.wait(1.0):
            stack.check()
        print("\nWird beendet …", flush=True)
    except StackFailed as failure:
        print(failure)
        return 1
    finally:
        stack.stop()
    print("Beendet.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
