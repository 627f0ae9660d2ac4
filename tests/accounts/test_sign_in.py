"""Accounts cannot be taken in advance, and passwords cannot be guessed."""

import json

import pytest
from django.core.cache import cache

from accounts.api import User, ensure_user

pytestmark = pytest.mark.django_db
SIGN_UP = "/_allauth/browser/v1/auth/signup"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


def try_password(client, password, address="198.51.100.7"):
    data = {"username": "admin@jena.example", "password": password}
    return client.post("/admin/login/", data, headers={"X-Forwarded-For": address})


@pytest.fixture
def admin():
    return ensure_user(
        "admin@jena.example", password="right-password", first_name="Ada", last_name="V", is_superuser=True
    )


def test_sign_up__by_anybody__is_closed(client):
    body = json.dumps({"email": "clerk@jena.example", "password": "a-long-password-1"})
    answer = client.post(SIGN_UP, body, content_type="application/json")
    assert answer.status_code == 403
    assert not User.objects.exists()


def test_admin_sign_in__guessed_too_often__refuses_even_the_right_password(client, admin):
    for _ in range(5):
        assert try_password(client, "wrong").status_code == 200
    assert "Zu viele Versuche" in try_password(client, "right-password").content.decode()
    assert "_auth_user_id" not in client.session


def test_admin_sign_in__right__is_never_counted(client, admin):
    for _ in range(7):
        assert try_password(client, "right-password").status_code == 302
        client.logout()


def test_sign_in__guessed_by_one_sender__does_not_lock_out_another(client, admin):
    """The gateway names the sender: without that all people would share one limit."""
    ensure_user("b@jena.example", password="right-password", first_name="B", last_name="B")

    def sign_in(email, password, address):
        body = json.dumps({"email": email, "password": password})
        headers = {"X-Forwarded-For": address}
        url = "/_allauth/browser/v1/auth/login"
        return client.post(url, body, content_type="application/json", headers=headers).status_code

    for number in range(10):
        sign_in(f"x{number}@jena.example", "wrong", "203.0.113.66")
    assert sign_in("b@jena.example", "right-password", "203.0.113.66") == 400
    assert sign_in("b@jena.example", "right-password", "198.51.100.7") == 200
