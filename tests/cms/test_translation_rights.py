"""wagtail-localize's views: an office's snippets and pages are translated by that office only."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object
from wagtail_localize.wagtail_hooks import register_admin_urls

from cms.models import ContactPoint, ServicePage
from cms.services.roles import ensure_department_roles
from tests.cms.factories import make_department, make_locale, make_service, make_user

pytestmark = pytest.mark.django_db
AJAX = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def city(client):
    own, other = make_department(), make_department("jugend", "Fachdienst Jugend")
    groups = ensure_department_roles(own.unit.identity, own)
    others = ensure_department_roles(other.unit.identity, other)
    make_locale("en")
    return {
        "own": own,
        "other": other,
        "editor": make_user("editor@jena.example", groups["editor"]),
        "chief": make_user("chief@jena.example", groups["chief"]),
        "both": make_user("both@jena.example", groups["chief"], others["editor"]),
        "admin": make_user("admin@jena.example", is_superuser=True),
    }


def make_point(department):
    return ContactPoint.objects.create(name="Team Hunde", unit=department.unit, locale=make_locale())


def translated(instance):
    """The translation into English of a snippet or page, as wagtail-localize makes it."""
    translate_object(instance, [make_locale("en")])
    return Translation.objects.get(source__object_id=instance.translation_key)


def addresses_of(instance):
    """(name, address) of every view of wagtail-localize that names this snippet, or its translation."""
    translation = translated(instance)
    source = translation.source
    string = StringSegment.objects.filter(source=source).first()
    given = {
        "app_label": instance._meta.app_label,
        "model_name": instance._meta.model_name,
        "pk": instance.pk,
        "translation_id": translation.pk,
        "translation_source_id": source.pk,
        "string_segment_id": string.pk,
        "overridable_segment_id": 1,
        "mode": "",
    }
    (localize,) = register_admin_urls()
    for pattern in localize.url_patterns:
        wanted = set(pattern.pattern.converters)
        if wanted <= given.keys() and wanted & {"pk", "translation_id", "translation_source_id"}:
            kwargs = {name: given[name] or "x" for name in wanted}
            yield pattern.name, reverse(f"wagtail_localize:{pattern.name}", kwargs=kwargs)


def test_views__every_address_of_a_foreign_snippet__refused(client, city):
    addresses = list(addresses_of(make_point(city["other"])))
    client.force_login(city["chief"])
    for name, url in addresses:
        for method in (client.get, client.post, client.put, client.delete):
            answer = method(url, headers=AJAX)
            assert answer.status_code == 403, (name, method)
    assert {name for name, _url in addresses} == {
        "submit_snippet_translation",
        "update_translations",
        "edit_string_translation",
        "edit_override",
        "download_pofile",
        "upload_pofile",
        "machine_translate",
        "preview_translation",
        "stop_translation",
        "snippets_api_detail",
    }
    assert Translation.objects.filter(enabled=True).exists()
    assert not StringTranslation.objects.exists()


def test_views__every_address_of_wagtail_localize__stands_behind_the_check():
    """A view that a new version brings is refused until somebody has said what its address names."""
    from cms.editing.translation import get_urls

    (localize,) = register_admin_urls()
    (ours,) = get_urls()
    assert [str(p.pattern) for p in ours.url_patterns] == [str(p.pattern) for p in localize.url_patterns]
    assert all(p.callback.__code__.co_name == "guarded" for p in ours.url_patterns)


def test_view__address_names_something_unknown__refused(rf, city):
    from django.core.exceptions import PermissionDenied
    from django.urls import path

    from cms.editing.translation import _guarded

    request = rf.get("/")
    request.user = city["admin"]
    with pytest.raises(PermissionDenied):
        _guarded(path("new/<int:glossary_id>/", lambda *_, **__: None)).callback(request, glossary_id=1)


@pytest.mark.parametrize(("place", "done"), [("own", True), ("other", False)])
def test_submit__snippet__translated_in_the_own_office_only(client, city, place, done):
    point = make_point(city[place])
    client.force_login(city["editor"])
    url = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "contactpoint", point.pk])
    client.post(url, {"locales": [make_locale("en").pk]})
    assert ContactPoint.objects.filter(locale__language_code="en").exists() is done


@pytest.mark.parametrize(("place", "done"), [("own", True), ("other", False)])
def test_submit__page__translated_in_the_own_department_only(client, city, place, done):
    page = make_service(city[place])
    client.force_login(city["editor"])
    client.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [make_locale("en").pk]}
    )
    assert ServicePage.objects.filter(locale__language_code="en").exists() is done


@pytest.mark.parametrize(("place", "status"), [("own", 201), ("other", 403)])
def test_api__string__translated_by_the_own_office_only(client, city, place, status):
    """Sent as the translation editor does: our parsers of the API, JSON only, would answer 415."""
    translation = translated(make_point(city[place]))
    segment = StringSegment.objects.filter(source=translation.source).first()
    client.force_login(city["editor"])
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    body = encode_multipart(BOUNDARY, {"value": "Dogs"})
    answer = client.put(url, body, content_type=MULTIPART_CONTENT, headers=AJAX)
    assert answer.status_code == status
    assert StringTranslation.objects.filter(data="Dogs").exists() is (status == 201)


@pytest.mark.parametrize(("place", "status"), [("own", 302), ("other", 403)])
def test_api__po_file__goes_in_and_out_of_the_own_office_only(client, city, place, status):
    translation = translated(make_point(city[place]))
    client.force_login(city["editor"])
    out = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]), headers=AJAX)
    assert out.status_code == (200 if status == 302 else 403)
    text = str(translation.export_po()).replace('msgstr ""\n\n', 'msgstr "Dogs"\n\n')
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    assert client.post(url, {"file": SimpleUploadedFile("a.po", text.encode())}, headers=AJAX).status_code == status


@pytest.mark.parametrize(
    ("who", "place", "live"),
    [("editor", "own", False), ("chief", "own", True), ("both", "other", False), ("admin", "other", True)],
)
def test_update__publish_immediately__only_by_who_may_publish(client, city, who, place, live):
    source = translated(make_point(city[place])).source
    client.force_login(city[who])
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"publish_translations": "on"})
    assert ContactPoint.objects.get(locale__language_code="en").live is live


@pytest.mark.parametrize(("who", "live"), [("editor", False), ("both", False), ("admin", True)])
def test_edit_translation__publish__only_by_the_chief_of_the_office(client, city, who, live):
    place = "own" if who == "editor" else "other"
    target = translated(make_point(city[place])).get_target_instance()
    client.force_login(city[who])
    url = reverse("wagtailsnippets_cms_contactpoint:edit", args=[target.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"action": "publish"})
    target.refresh_from_db()
    assert target.live is live


@pytest.mark.parametrize(("who", "status"), [("editor", 403), ("chief", 302)])
def test_convert_to_alias__puts_german_online__only_by_who_may_publish(client, city, who, status):
    page = make_service(city["own"])
    page.save_revision().publish()
    target = translated(page).get_target_instance()
    ensure_department_roles(city["own"].unit.identity, city["own"])
    client.force_login(city[who])
    url = reverse("wagtail_localize:convert_to_alias", args=[target.pk])
    assert client.post(url, headers=AJAX).status_code == status


@pytest.mark.parametrize(("kind", "status"), [("cms/contactpoint", 200), ("accounts/membership", 403)])
def test_api__list_of_snippets__only_of_kinds_the_person_edits(client, city, kind, status):
    client.force_login(city["editor"])
    url = reverse("wagtail_localize:snippets_api_listing", args=kind.split("/"))
    assert client.get(url, headers=AJAX).status_code == status


@pytest.mark.parametrize("name", ["translations_report", "javascript_catalog"])
def test_views__name_nothing__open_for_editors(client, city, name):
    client.force_login(city["editor"])
    assert client.get(reverse(f"wagtail_localize:{name}")).status_code == 200


@pytest.mark.parametrize("address", ["translate/4711/pofile/download/", "update/4711/", "submit/snippet/cms/x/1/"])
def test_view__nothing_there__404(client, city, address):
    client.force_login(city["admin"])
    assert client.get(f"/admin/localize/{address}").status_code == 404
    assert not TranslationSource.objects.exists()
