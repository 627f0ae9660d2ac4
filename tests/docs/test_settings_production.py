"""Production refuses to start with what is only safe on a developer's machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "k" * 50,
    "ENCRYPTION_KEYS": "k1:" + "B" * 43 + "=",
    "PUBLIC_ORIGIN": "https://service.jena.example",
    "ALLOWED_HOSTS": "service.jena.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.jena.example:587",
}


def start(environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in GOOD}
    env = clean | environ | {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    command = [sys.executable, "-c", "import config.settings.production"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_production__all_set__starts():
    assert start(GOOD).returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("ENCRYPTION_KEYS", None),
        ("ENCRYPTION_KEYS", "dev1:" + "A" * 43 + "="),
        ("PUBLIC_ORIGIN", "http://service.jena.example"),
        ("ALLOWED_HOSTS", None),
        ("EMAIL_URL", None),
    ],
)
def test_production__something_unsafe__refuses_and_names_it(name, value):
    environ = {k: v for k, v in GOOD.items() if k != name} | ({name: value} if value else {})
    done = start(environ)
    assert done.returncode != 0
    assert name in done.stderr


@pytest.mark.parametrize(
    ("environ", "answered"),
    [
        ({}, ["localhost:8000", "127.0.0.1:8000"]),
        ({"PUBLIC_ORIGIN": "http://192.168.1.20:8000"}, ["192.168.1.20:8000", "127.0.0.1:8001"]),
        ({"ALLOWED_HOSTS": "tablet.local"}, ["tablet.local", "localhost"]),
    ],
)
def test_development__host_name__only_of_this_machine_and_what_the_environment_says(environ, answered, tmp_path):
    script = f"""
import django; django.setup()
from django.test import Client
print(*(Client().get("/healthz", headers={{"host": host}}).status_code for host in {[*answered, "evil.example"]}))
"""
    clean = {k: v for k, v in os.environ.items() if k not in {"ALLOWED_HOSTS", "PUBLIC_ORIGIN"}}
    env = clean | environ | {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["200", "200", "400"]


def test_gunicorn__started_here__lets_no_client_say_where_it_is_mounted():
    """Otherwise `SCRIPT_NAME: /api` on /api/admin/ reaches /admin/, past the proxy's rules."""
    from gunicorn.app.wsgiapp import WSGIApplication

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["gunicorn", "config.wsgi"])
        assert WSGIApplication().cfg.forwarder_headers == []
