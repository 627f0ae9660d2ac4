"""Editors keep the city-wide synonym table in the admin."""

import pytest
from django.urls import reverse

from cms.api import search
from cms.models import SearchSynonym
from cms.services.roles import ensure_department_roles
from tests.cms import factories

pytestmark = pytest.mark.django_db


def test_search_words__saved_by_a_chief_editor__count_at_once(client):
    department = factories.make_department()
    factories.make_service(department, "Personalausweis beantragen")
    groups = ensure_department_roles(department.unit.identity, department)
    client.force_login(factories.make_user("chef@jena.example", *groups.values()))
    address = reverse("wagtailsnippets_cms_searchsynonym:add")
    values = {"word": "Plastekarte", "meanings": "Personalausweis, Ausweis", "locale_code": "de"}
    response = client.post(address, values)
    assert response.status_code == 302, response.content[:500]
    assert SearchSynonym.objects.get().meaning_list == ["Personalausweis", "Ausweis"]
    assert search("Plastekarte", locale="de", limit=1)[0].slug == "personalausweis-beantragen"
