"""The report "Zu prüfen": services whose review is due, and Leichte Sprache that fell behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn, LocaleColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from accounts.api import User
from cms.models import ServicePage
from common.api import clock

NOTICE = timedelta(days=30)


def list_services_to_review(user: User) -> QuerySet[ServicePage]:
    """Services this person may edit that are due within 30 days, have no review date, or fell behind. Oldest first."""
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    due = Q(locale__language_code="de") & (Q(review_date__isnull=True) | Q(review_date__lte=clock.today() + NOTICE))
    stale = Q(simple_version__stale_since__isnull=False)
    return (
        ServicePage.objects.filter(pk__in=editable.values("pk"), alias_of__isnull=True)
        .filter(due | stale)
        .select_related("locale", "responsible_unit", "simple_version")
        .order_by("review_date", "title")
    )


def describe_reason(page: ServicePage) -> str:
    """Why the service is on the list, in words."""
    if page.is_simple:
        return gettext("Der Standardtext wurde geändert. Bitte gleichen Sie die Leichte Sprache ab.")
    if page.review_date is None:
        return gettext("Es ist kein Prüfdatum eingetragen.")
    days = (page.review_date - clock.today()).days
    if days < 0:
        return gettext("Seit %(days)s Tagen überfällig") % {"days": -days}
    return gettext("Fällig in %(days)s Tagen") % {"days": days} if days else gettext("Heute fällig")


class ReviewReportView(ReportView):
    """One line a service, with the reason and a link to the editor."""

    model = Page
    page_title = _("Zu prüfen")
    header_icon = "calendar-check"
    index_url_name = "cms_review_report"
    index_results_url_name = "cms_review_report_results"
    any_permission_required = ("add", "change", "publish")
    default_ordering = None
    list_export = ("title", "review_date", "content_owner", "responsible_unit.name")
    columns = (
        TitleColumn(
            "title", label=_("Leistung"), get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk])
        ),
        Column("reason", label=_("Warum?"), accessor=describe_reason),
        DateColumn("review_date", label=_("Zu prüfen bis")),
        Column("responsible_unit", label=_("Amt")),
        Column("content_owner", label=_("Verantwortlich")),
        LocaleColumn(label=_("Sprache")),
        LiveStatusTagColumn(label=_("Status")),
    )

    def get_queryset(self) -> QuerySet[ServicePage]:
        return list_services_to_review(self.request.user)

    def get_base_queryset(self) -> QuerySet[ServicePage]:
        return self.get_queryset()


def get_urls() -> list[Any]:
    """Admin addresses of the report."""
    return [
        path("reports/zu-pruefen/", ReviewReportView.as_view(), name="cms_review_report"),
        path(
            "reports/zu-pruefen/results/", ReviewReportView.as_view(results_only=True), name="cms_review_report_results"
        ),
    ]


REPORT_URL = reverse_lazy("cms_review_report")
