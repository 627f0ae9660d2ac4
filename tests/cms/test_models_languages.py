"""Languages: Leichte Sprache is a page of its own, English is made of segments. Previews open in the front end."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlparse

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_headless_preview.models import PagePreview
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.editing.review_report import describe_reason, list_services_to_review
from cms.models import FaqEntry, Location, ServicePage, SimpleVersion
from cms.services.simple_language import (
    SimpleVersionExists,
    confirm_simple_version,
    create_simple_version,
    find_simple_page,
)
from cms.tasks import publish_scheduled
from common.api import clock
from tests.cms.factories import make_department, make_home, make_locale, make_service, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.user = make_user("admin@jena.example", is_superuser=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def service():
    for code in ("de", "en", "de-simple"):
        make_locale(code)
    page = make_service(
        make_department(),
        summary="<p>Wer einen Hund hält, meldet ihn an.</p>",
        fees=[("fixed", {"label": "Erster Hund", "amount": Decimal(120), "currency": "EUR", "legal_basis": "§ 3"})],
    )
    page.save_revision().publish()
    return ServicePage.objects.get(pk=page.pk)


def change(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_simple_version__created__own_draft_without_synced_translation(service):
    simple = create_simple_version(service)
    assert (simple.locale.language_code, simple.live, simple.alias_of) == ("de-simple", False, None)
    assert simple.latest_revision is not None
    assert Translation.objects.count() == TranslationSource.objects.count() == 0
    assert simple.full_url.endswith("/de-simple/leistungen/hund-anmelden")


def test_simple_version__parents__pages_of_their_own_and_online(service):
    simple = create_simple_version(service)
    parents = simple.get_ancestors().filter(depth__gt=1)
    assert [(page.live, page.alias_of_id) for page in parents] == [(True, None), (True, None)]


def test_simple_version__created_twice__refused_with_the_existing_page(service):
    simple = create_simple_version(service)
    with pytest.raises(SimpleVersionExists) as caught:
        create_simple_version(service)
    assert caught.value.page == simple


def test_simple_version__button__opens_a_normal_editor(admin, service):
    url = reverse("cms_simple_create", args=[service.pk])
    assert "Leichte Sprache anlegen" in admin.get(url).content.decode()
    response = admin.post(url, follow=True)
    simple = find_simple_page(service)
    assert response.request["PATH_INFO"] == reverse("wagtailadmin_pages:edit", args=[simple.pk])
    assert "Kosten und Fristen" in response.content.decode()


def test_simple_version__button__not_for_people_without_the_right(client, service):
    client.force_login(make_user("fremd@jena.example"))
    client.post(reverse("cms_simple_create", args=[service.pk]))
    assert find_simple_page(service) is None


def test_simple_version__standard_text_published_unchanged__still_current(service):
    simple = create_simple_version(service)
    change(service)
    assert SimpleVersion.objects.get(page=simple).stale_since is None


def test_simple_version__standard_text_changed__stale_with_banner_and_report(admin, service):
    simple = create_simple_version(service)
    change(service, summary="<p>Wer einen Hund hält, meldet ihn binnen zwei Wochen an.</p>")
    assert SimpleVersion.objects.get(page=simple).stale_since is not None
    editor = admin.get(reverse("wagtailadmin_pages:edit", args=[simple.pk])).content.decode()
    assert "Ich habe abgeglichen" in editor
    found = list_services_to_review(admin.user)
    assert simple in found
    assert "Leichte Sprache" in describe_reason(found.get(pk=simple.pk))


def test_simple_version__older_revision_published_later__stays_stale(service):
    simple = create_simple_version(service)
    revision = simple.save_revision()
    change(service, title="Hund an- und abmelden")
    revision.publish()
    assert SimpleVersion.objects.get(page=simple).stale_since is not None


def test_simple_version__only_a_draft_of_the_standard_text__still_current(service):
    simple = create_simple_version(service)
    service.title = "Entwurf"
    service.save_revision()
    assert SimpleVersion.objects.get(page=simple).stale_since is None


def test_simple_version__confirmed__current_again(admin, service):
    simple = create_simple_version(service)
    change(service, title="Hund an- und abmelden")
    admin.post(reverse("cms_simple_confirm", args=[simple.pk]))
    state = SimpleVersion.objects.get(page=simple)
    assert (state.stale_since, state.checked_by) == (None, admin.user)


def test_simple_version__change_taken_back__current_again(service):
    simple = create_simple_version(service)
    old = service.title
    change(service, title="Hund an- und abmelden")
    change(service, title=old)
    assert SimpleVersion.objects.get(page=simple).stale_since is None
    assert confirm_simple_version(simple).stale_since is None


def test_submit_for_translation__languages_offered__english_only(admin, service):
    url = reverse("wagtail_localize:submit_page_translation", args=[service.pk])
    offered = admin.get(url).context["form"].fields["locales"].queryset
    assert [locale.language_code for locale in offered] == ["en"]


def test_submit_for_translation__simple_language_forged__refused(admin, service):
    url = reverse("wagtail_localize:submit_page_translation", args=[service.pk])
    admin.post(url, {"locales": [Locale.objects.get(language_code="de-simple").pk]})
    assert Translation.objects.count() == 0


def test_submit_snippet_for_translation__languages_offered__english_only(admin):
    make_locale("en"), make_locale("de-simple")
    entry = FaqEntry.objects.create(question="Was kostet das?", answer="<p>Nichts.</p>", locale=make_locale())
    url = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "faqentry", entry.pk])
    offered = admin.get(url).context["form"].fields["locales"].queryset
    assert [locale.language_code for locale in offered] == ["en"]


def test_english__submitted__editor_opens_and_segments_become_the_page(admin, service):
    url = reverse("wagtail_localize:submit_page_translation", args=[service.pk])
    admin.post(url, {"locales": [make_locale("en").pk]})
    english = service.get_translation(make_locale("en"))
    editor = admin.get(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    assert editor.templates[0].name == "wagtail_localize/admin/edit_translation.html"

    translation = Translation.objects.get(source__object_id=service.translation_key)
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=f"EN {segment.string.data}",
        )
    translation.save_target()
    english = ServicePage.objects.get(pk=english.pk)
    assert english.title == "EN Hund anmelden"
    assert english.fees[0].value["label"] == "EN Erster Hund"
    assert (english.fees[0].value["amount"], english.fees[0].value["legal_basis"]) == (Decimal(120), "§ 3")
    assert english.responsible_unit == service.responsible_unit
    assert english.full_url.endswith("/en/leistungen/hund-anmelden")


def test_english__segments__no_phone_numbers_and_codes_to_translate(service):
    source, _created = TranslationSource.update_or_create_from_instance(service)
    strings = set(source.stringsegment_set.values_list("string__data", flat=True))
    assert "Erster Hund" in strings
    assert not strings & {"03641 49-0022", "§ 3", "EUR", "hund-anmelden"}


def preview_of(instance, rf, user):
    request = rf.get("/")
    request.user = user
    return instance.serve_preview(request, "")


@pytest.mark.parametrize("kind", ["page", "snippet"])
def test_preview__unpublished_change__token_gives_the_draft(rf, settings, service, kind):
    if kind == "page":
        draft, field = service.get_latest_revision_as_object(), "title"
    else:
        draft = Location(name="Anger", street="Anger", postcode="07743", locale=make_locale())
        draft.save()
        field = "name"
    setattr(draft, field, "Noch nicht öffentlich")
    response = preview_of(draft, rf, make_user())
    html = response.content.decode()
    url = html[html.index(settings.PUBLIC_ORIGIN) :].split('"')[0].replace("&amp;", "&")
    query = parse_qs(urlparse(url).query)
    assert urlparse(url).path == "/vorschau"
    assert query["content_type"] == [draft._meta.label_lower]
    shown = type(draft).get_page_from_preview_token(query["token"][0])
    assert getattr(shown, field) == "Noch nicht öffentlich"
    assert PagePreview.objects.count() == 1


def test_preview__edit_view_of_a_page__renders(admin, service):
    from tests.cms.test_models_service import form_data

    department = service.get_parent().specific
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[service.pk])
    assert admin.post(url, form_data(department)).json()["is_valid"] is True
    assert "/vorschau" in admin.get(url).content.decode()


def test_publish_scheduled__due_and_expired__online_and_offline(service):
    service.expire_at = clock.now() + timedelta(hours=1)
    service.save_revision().publish()
    ServicePage.objects.filter(pk=service.pk).update(expire_at=clock.now() - timedelta(minutes=1))
    later = make_service(service.get_parent().specific, title="Ferienpass", live=False)
    later.go_live_at = clock.now() + timedelta(hours=1)
    later.save_revision().publish()
    revision = later.latest_revision
    revision.approved_go_live_at = clock.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    publish_scheduled()
    service.refresh_from_db()
    later.refresh_from_db()
    assert (service.live, later.live) == (False, True)


@pytest.mark.parametrize(("code", "path"), [("de", "/"), ("en", "/en"), ("de-simple", "/de-simple")])
def test_home_page__address__prefix_of_its_language(settings, code, path):
    make_home()
    home = make_home(code)
    if code != "de":
        home.translation_key = make_home().translation_key
        home.save()
    assert home.full_url == settings.PUBLIC_ORIGIN + path
