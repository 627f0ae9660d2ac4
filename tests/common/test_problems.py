"""Every error has one shape, and a database that is away is a 503."""

import json

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from common.json_boundary import JSONRefused
from common.middleware import DatabaseUnavailableMiddleware
from common.problems import Problem, exception_handler


class Inner(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=5, decimal_places=2)


class Outer(serializers.Serializer):
    name = serializers.CharField()
    items = Inner(many=True)


def test_validation__nested_fields__become_flat_paths():
    serializer = Outer(data={"items": [{"amount": "1"}, {"amount": "x"}]})
    with pytest.raises(ValidationError) as raised:
        serializer.is_valid(raise_exception=True)
    body = exception_handler(raised.value, {}).data
    assert {error["path"] for error in body["errors"]} == {"name", "items.1.amount"}


def test_problem__raised_below_a_view__becomes_the_answer():
    response = exception_handler(Problem(409, detail="neu laden", extra={"revision": 3}), {})
    assert (response.status_code, response.data["detail"], response.data["revision"]) == (409, "neu laden", 3)
    assert response.content_type == "application/problem+json"


def test_refused_json__keeps_its_status():
    assert exception_handler(JSONRefused(413, "zu groß"), {}).status_code == 413


def test_unexpected__stays_an_exception():
    assert exception_handler(KeyError("x"), {}) is None


@pytest.mark.django_db  # the connection there is gets looked at
@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_database_away__is_503_with_retry_after(error):
    def view(request):
        raise error

    response = DatabaseUnavailableMiddleware(view)(RequestFactory().get("/"))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert json.loads(response.content)["status"] == 503
