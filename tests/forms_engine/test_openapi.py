"""The OpenAPI document is true: whatever fits it or not is answered as it says, and never with a 500."""

from __future__ import annotations

from contextlib import suppress

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
)

from tests.forms_engine.factories import Citizen, case_in_inbox, make_clerk, png, publish

pytestmark = pytest.mark.django_db(transaction=True)  # the WSGI application closes its connections
# We always send a valid session; unknown query parameters are ignored; a text with NUL fits the schema and is refused.
NOT_OURS = [ignored_auth, negative_data_rejection, positive_data_acceptance]
HEALTH = list(HealthCheck)
OURS = r"/api/v1/(drafts|flows/\{key\}/(check|form.pdf)|submissions|cases|dead-letters|deliveries|me/submissions)"


def operations():
    """Every operation of this app by its id. The document is made without a database."""
    document = SchemaGenerator().get_schema(public=True)
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    found = (result.ok() for result in schema.include(path_regex=OURS).get_all_operations())
    return {operation.definition.raw["operationId"]: operation for operation in found}


OPERATIONS = operations()


class World:
    """Real things to point at, made once a test: half of all calls use them, so that more than 404 is reached."""

    def __init__(self) -> None:
        self.version = publish()
        case, self.code = case_in_inbox(self.version, email="ada@example.org")
        self.case = case
        self.clerk = Client()
        self.clerk.force_login(make_clerk(case.unit))

        self.citizen: Citizen | None = None

    def living_draft(self) -> Citizen:
        """The same draft again, or a new one when the last call deleted it or handed it in."""
        if self.citizen is None or self.citizen.get().status_code != 200:
            self.citizen = Citizen(self.version)
            self.citizen.fill()
        return self.citizen

    def aim(self, call, *, well: bool) -> None:
        if not well:
            return
        real = {"key": self.version.form.key, "code": self.code, "case_id": str(self.case.pk), "step": "person"}
        parameters = call.path_parameters or {}
        if "token" in parameters:
            citizen = self.living_draft()
            real["token"] = citizen.token
            if "file_id" in parameters:
                files = citizen.get().json()["files"] or [citizen.upload("a.png", png()).json()]
                real["file_id"] = files[0]["id"]
        for name in parameters:
            if name in real:
                parameters[name] = real[name]


@pytest.mark.parametrize("name", OPERATIONS)
def test_api__called_with_anything__answers_as_documented(name):
    world = World()
    cookies = {key: morsel.value for key, morsel in world.clerk.cookies.items()}

    def run(mode):
        @given(call=OPERATIONS[name].as_strategy(generation_mode=mode), well=st.booleans())
        @settings(max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=HEALTH)
        def calls(call, well):
            world.aim(call, well=well)
            call.call_and_validate(cookies=cookies, excluded_checks=NOT_OURS)

        calls()

    run(GenerationMode.POSITIVE)
    with suppress(Unsatisfiable):  # an operation that takes nothing cannot be called wrongly
        run(GenerationMode.NEGATIVE)
