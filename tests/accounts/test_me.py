"""GET /api/v1/me"""

import pytest

from accounts.api import add_membership, ensure_unit, ensure_user

pytestmark = pytest.mark.django_db


def test_me__nobody__is_told_so_and_gets_the_csrf_cookie(client):
    response = client.get("/api/v1/me")
    assert response.json() == {"authenticated": False, "name": "", "email": "", "roles": [], "units": []}
    assert "csrftoken" in response.cookies
    assert response["Cache-Control"] == "no-store"


def test_me__clerk__sees_name_and_units(client):
    user = ensure_user("c@jena.example", password="x", first_name="Carla", last_name="Zeiss")
    add_membership(user, ensure_unit("steuern", name="Steuern"))
    client.force_login(user)
    response = client.get("/api/v1/me")
    assert response.json()["roles"] == ["clerk"]
    assert response.json()["units"] == [{"key": "steuern", "name": "Steuern"}]
    assert response["Cache-Control"] == "no-store"
