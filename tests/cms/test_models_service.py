"""A service: what may be saved as a draft, what may go online, what the editor is told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.domain.text_modules import FIELD_BY_CODE, TEXT_MODULES
from cms.models import LifeSituation, ServicePage
from cms.services.publish_check import list_gaps
from cms.services.service_text import list_untyped_amounts
from tests.cms.factories import make_department, make_locale, make_service, make_user

pytestmark = pytest.mark.django_db
STREAMS = (
    "fees", "deadlines", "prerequisite_items", "documents", "procedure", "paper_forms", "channels", "legal_bases",
    "further",
)  # fmt: skip
DEADLINE = {"kind": "apply", "label": "", "amount": "", "unit": "", "date": "", "text": ""}
FEE = {"label": "", "currency": "EUR", "legal_basis": ""}
PROSE = ("summary", "description", "notes", "fees_text", "prerequisites", "appeal")


@pytest.fixture
def department():
    return make_department()


@pytest.fixture
def admin(client):
    client.force_login(make_user("admin@jena.example", is_superuser=True))
    return client


def form_data(department: Any, **changes: Any) -> dict[str, Any]:
    """What the browser sends for a complete, valid service."""
    data: dict[str, Any] = {
        "title": "Hund anmelden",
        "slug": "hund-anmelden",
        "availability": "available",
        "responsible_unit": str(department.unit.pk),
        "service_contacts": inline_formset([]),
        "related_services": inline_formset([]),
        "service_keys": inline_formset([]),
        "comments": inline_formset([]),
        "life_situations": [],
    }
    data |= {name: rich_text("") for name in PROSE}
    data |= {name: streamfield([]) for name in STREAMS}
    data["channels"] = streamfield([("phone", {"phone": "03641 49-0022", "label": "", "text": ""})])
    return nested_form_data(data | changes)


def send(client: Any, department: Any, *, action: str = "publish", **changes: Any) -> Any:
    data = form_data(department, **changes) | ({f"action-{action}": "1"} if action != "save" else {})
    return client.post(reverse("wagtailadmin_pages:add", args=["cms", "servicepage", department.pk]), data)


def errors_of(response: Any) -> dict[str, Any]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def test_text_modules__all_sixteen__each_has_a_field_of_the_page():
    assert len(TEXT_MODULES) == len(FIELD_BY_CODE) == 16
    names = {field.name for field in ServicePage._meta.get_fields()}
    assert set(FIELD_BY_CODE.values()) <= names


def test_publish__complete__online_and_live_view_leads_to_the_front_end(admin, department, settings):
    assert send(admin, department).status_code == 302
    page = ServicePage.objects.get()
    assert page.live
    assert page.full_url == f"{settings.PUBLIC_ORIGIN}/leistungen/hund-anmelden"


def test_save_draft__nearly_empty__saved(admin, department):
    response = send(admin, department, action="save", responsible_unit="", channels=streamfield([]))
    assert response.status_code == 302
    assert ServicePage.objects.get().live is False


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"responsible_unit": ""}, "responsible_unit"),
        ({"channels": streamfield([])}, "channels"),
        ({"availability": "unavailable"}, "availability_reason"),
        ({"availability": "limited"}, "availability_reason"),
        ({"channels": streamfield([("external_link", {"url": "", "label": "", "text": ""})])}, "channels"),
        ({"channels": streamfield([("online_form", {"form": "", "label": "", "text": ""})])}, "channels"),
        ({"processing_min": "5", "processing_max": "2", "processing_unit": "week"}, "processing_max"),
        ({"processing_min": "5"}, "processing_unit"),
        ({"deadlines": streamfield([("deadline", DEADLINE)])}, "deadlines"),
        ({"deadlines": streamfield([("deadline", DEADLINE | {"amount": "2"})])}, "deadlines"),
        ({"deadlines": streamfield([("deadline", DEADLINE | {"amount": "2", "date": "2026-12-01"})])}, "deadlines"),
        ({"fees": streamfield([("fixed", FEE | {"amount": "-1"})])}, "fees"),
        ({"fees": streamfield([("range", FEE | {"amount": "9", "amount_max": "5", "text": ""})])}, "fees"),
    ],
)  # fmt: skip
def test_publish__something_missing_or_wrong__message_beside_the_field(admin, department, changes, field):
    assert field in errors_of(send(admin, department, **changes))
    assert ServicePage.objects.count() == 0


@pytest.mark.parametrize("key", ["12345678901234", "9905001210400", "99050012104000 ", "9905001210400A"])
def test_publish__bad_service_key__message_in_its_row(admin, department, key):
    rows = inline_formset([{"key": key}])
    response = send(admin, department, service_keys=rows)
    if key.strip() == "99050012104000":
        assert response.status_code == 302
    else:
        assert response.context["form"].formsets["service_keys"].errors[0]["key"]


def test_publish__form_not_online__refused_until_it_is(admin, department):
    form = apps.get_model("forms_engine", "Form").objects.create(
        key="hund", title="Hund", unit=department.unit.identity
    )
    channel = streamfield([("online_form", {"form": str(form.pk), "label": "", "text": ""})])
    errors = errors_of(send(admin, department, channels=channel))["channels"]
    assert "noch nicht online" in str(
        errors.as_data()[0].as_json_data() if hasattr(errors.as_data()[0], "as_json_data") else errors
    )


def test_save_draft__form_not_online_yet__allowed(admin, department):
    form = apps.get_model("forms_engine", "Form").objects.create(
        key="hund", title="Hund", unit=department.unit.identity
    )
    channel = streamfield([("online_form", {"form": str(form.pk), "label": "", "text": ""})])
    assert send(admin, department, action="save", channels=channel).status_code == 302


def test_slug__same_in_another_department__refused(admin, department):
    make_service(make_department("jugend", "Jugend"), title="Hund anmelden", slug="hund-anmelden")
    assert "slug" in errors_of(send(admin, department))


def test_slug__generated__free_in_all_departments(department):
    other = make_department("jugend", "Jugend")
    slugs = [make_service(place, title="Ferienpass").slug for place in (department, other)]
    assert slugs == ["ferienpass", "ferienpass-2"]


def test_fees__typed__decimals_come_back_exact(department):
    fees = [
        ("fixed", {"label": "Erster Hund", "amount": Decimal("120.10"), "currency": "EUR", "legal_basis": "§ 3"}),
        (
            "table",
            {"label": "", "currency": "EUR", "legal_basis": "", "rows": [{"label": "a", "amount": Decimal("0.30")}]},
        ),
    ]
    page = make_service(department, fees=fees)
    stored = ServicePage.objects.get(pk=page.pk).fees
    assert stored[0].value["amount"] == Decimal("120.10")
    assert stored[1].value["rows"][0]["amount"] == Decimal("0.30")


@pytest.mark.parametrize(("typed", "amount"), [("12,50", "12.50"), ("12.50", "12.50"), ("7", "7")])
def test_fees__typed_the_german_way__understood(admin, department, typed, amount):
    send(admin, department, fees=streamfield([("fixed", FEE | {"amount": typed})]))
    assert ServicePage.objects.get().fees[0].value["amount"] == Decimal(amount)


def test_edit_view__life_situations__only_the_german_ones_offered(admin, department):
    for code, title in (("de", "Familie"), ("en", "Family")):
        LifeSituation.objects.create(title=title, locale=make_locale(code))
    page = admin.get(reverse("wagtailadmin_pages:edit", args=[make_service(department).pk])).content.decode()
    assert "Familie" in page
    assert "Family" not in page


def test_deadline__amount_and_date__refused_even_in_a_draft(department):
    page = make_service(
        department, deadlines=[("deadline", {"kind": "apply", "amount": 2, "unit": "week", "date": date(2026, 12, 1)})]
    )
    with pytest.raises(StreamBlockValidationError):
        page.deadlines.stream_block.clean_deferred(page.deadlines)


def test_list_gaps__complete_service__none(department):
    assert list_gaps(make_service(department)) == []


def test_list_gaps__no_channel_and_no_reason__both_named(department):
    page = make_service(department, channels=[], availability="unavailable")
    assert [gap.field for gap in list_gaps(page)] == ["availability_reason", "channels"]


def test_bulk_publish__incomplete_service__refused_with_a_message(admin, department):
    page = make_service(department, channels=[], live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
    admin.post(url, {"include_descendants": ""})
    page.refresh_from_db()
    assert page.live is False


def test_list_untyped_amounts__amount_only_in_prose__named(department):
    page = make_service(
        department,
        fees_text="<p>Die Gebühr beträgt 37,00 Euro, für Studierende 12 bis 15 Euro.</p>",
        fees=[("fixed", {"label": "", "amount": Decimal(37), "currency": "EUR", "legal_basis": ""})],
    )
    assert list_untyped_amounts(page) == [Decimal("12.00"), Decimal("15.00")]


def test_keywords__commas_and_lines__each_once(department):
    page = make_service(department, keywords="Hund, Steuer\nHund; Marke ,", synonyms="Wauwau")
    assert (page.keyword_list, page.synonym_list) == (["Hund", "Steuer", "Marke"], ["Wauwau"])


def test_clean__processing_time_upside_down__refused(department):
    page = make_service(department)
    page.processing_min, page.processing_max, page.processing_unit = 3, 2, "week"
    with pytest.raises(ValidationError) as caught:
        page.clean()
    assert "processing_max" in caught.value.message_dict
