"""Lists and documents. The middleware answers them first; these views say what is wrong and describe the schema."""

from __future__ import annotations

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from cms.rest_api import serializers as shapes
from cms.rest_api.base import ReadView, answer, documented

FILTERS = (
    OpenApiParameter("life_situation", str, description="Slug of a life situation."),
    OpenApiParameter("unit", str, description="Slug of an office."),
    OpenApiParameter("online", str, enum=("true", "false"), description="Only services (not) available online."),
    OpenApiParameter("page", int, description="20 a page, from 1."),
)

SEARCH = (
    OpenApiParameter("q", str, required=True, description="What the person types."),
    OpenApiParameter("limit", int, description="1 to 50, 10 if absent."),
    OpenApiParameter("typing", str, enum=("true", "false"), description="The last word is not finished yet."),
)
SYNC = (
    OpenApiParameter("cursor", str, description="`next_cursor` of the last answer; absent: start with everything."),
    OpenApiParameter("limit", int, description="1 to 500, 100 if absent."),
)


class ServicesView(ReadView):
    @documented("list_services", shapes.ServiceListSerializer, errors=(400, 404), parameters=FILTERS)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """Services by title, narrowed by life situation, office, online."""
        return answer(request, locale, "services")


class ServiceView(ReadView):
    @documented("get_service", shapes.ServiceSerializer)
    def get(self, request: Request, locale: str, slug: str) -> HttpResponse:
        """One service with everything a person needs to know."""
        return answer(request, locale, "services", slug)


class FaqListView(ReadView):
    @documented("list_faq", shapes.FaqListSerializer)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """All frequent questions."""
        return answer(request, locale, "faq")


class FaqView(ReadView):
    @documented("get_faq", shapes.FaqSerializer)
    def get(self, request: Request, locale: str, slug: str) -> HttpResponse:
        """One question."""
        return answer(request, locale, "faq", slug)


class LocationsView(ReadView):
    @documented("list_locations", shapes.LocationListSerializer)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """All places with address and opening rules."""
        return answer(request, locale, "locations")


class LocationView(ReadView):
    @documented("get_location", shapes.LocationSerializer)
    def get(self, request: Request, locale: str, slug: str) -> HttpResponse:
        """One place: hours, accessibility, what can be done there."""
        return answer(request, locale, "locations", slug)


class LifeSituationsView(ReadView):
    @documented("list_life_situations", shapes.LifeSituationListSerializer)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """All life situations with the number of their services."""
        return answer(request, locale, "life-situations")


class LifeSituationView(ReadView):
    @documented("get_life_situation", shapes.LifeSituationSerializer)
    def get(self, request: Request, locale: str, slug: str) -> HttpResponse:
        """One life situation with its services."""
        return answer(request, locale, "life-situations", slug)


class UnitsView(ReadView):
    @documented("list_units", shapes.UnitListSerializer)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """All offices."""
        return answer(request, locale, "units")


class UnitView(ReadView):
    @documented("get_unit", shapes.UnitDocumentSerializer)
    def get(self, request: Request, locale: str, slug: str) -> HttpResponse:
        """One office: what it does, where it is, whom to ask."""
        return answer(request, locale, "units", slug)


class PageView(ReadView):
    @documented("get_page", shapes.ContentPageSerializer)
    def get(self, request: Request, locale: str, path: str) -> HttpResponse:
        """A page of free content, for example `impressum`."""
        return answer(request, locale, "pages", path)


class HomeView(ReadView):
    @documented("get_home", shapes.HomeSerializer)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """The start page."""
        return answer(request, locale, "home")


class FlowView(ReadView):
    @documented("get_flow", OpenApiTypes.OBJECT)
    def get(self, request: Request, locale: str, key: str) -> HttpResponse:
        """A published flow (docs/reference/flow.md) with its texts in this locale."""
        return answer(request, locale, "flows", key)


class SearchView(ReadView):
    @documented("search", shapes.SearchSerializer, errors=(400, 404), parameters=SEARCH)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """Ranked hits; when the answer is unsure also offices and life situations to go on from."""
        return answer(request, locale, "search")


class SyncView(ReadView):
    @documented("sync", shapes.SyncSerializer, errors=(400, 404, 410), parameters=SYNC)
    def get(self, request: Request, locale: str) -> HttpResponse:
        """Puts and deletions in the order they happened. Go on while `complete` is false."""
        return answer(request, locale, "sync")
