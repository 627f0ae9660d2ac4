"""Addresses of the comparison: ours, plus Wagtail's API v2 over the same pages. Only the benchmark loads this."""

from django.urls import path
from rest_framework.renderers import JSONRenderer
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from cms.models import ServicePage
from config.urls import urlpatterns as own_urls

LIST_FIELDS = ("teaser", "availability", "responsible_unit", "life_situations")
DETAIL_FIELDS = (
    *LIST_FIELDS,
    "channels",
    *("official_name", "summary", "description", "audience", "prerequisites", "notes", "appeal", "fees_text"),
    *("fees", "deadlines", "documents", "procedure", "paper_forms", "prerequisite_items", "legal_bases", "further"),
    *("processing_min", "processing_max", "processing_unit", "processing_text", "review_date", "keywords"),
    *("service_keys", "service_contacts", "related_services", "faq_entries"),
)
ServicePage.api_fields = [APIField(name) for name in DETAIL_FIELDS]


class PlainPages(PagesAPIViewSet):
    """JSON only, as ours."""

    renderer_classes = (JSONRenderer,)


router = WagtailAPIRouter("wagtail_v2")
router.register_endpoint("pages", PlainPages)
urlpatterns = [path("wagtail/v2/", router.urls), *own_urls]
