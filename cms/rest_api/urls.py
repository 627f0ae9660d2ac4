"""Addresses of the read API, below /api/v1/."""

from __future__ import annotations

from django.urls import path

from cms.rest_api import documents
from cms.rest_api.locales import LocalesView
from cms.rest_api.preview import PreviewView

urlpatterns = [
    path("locales", LocalesView.as_view()),
    path("preview", PreviewView.as_view()),
    path("<str:locale>/services", documents.ServicesView.as_view()),
    path("<str:locale>/services/<str:slug>", documents.ServiceView.as_view()),
    path("<str:locale>/faq", documents.FaqListView.as_view()),
    path("<str:locale>/faq/<str:slug>", documents.FaqView.as_view()),
    path("<str:locale>/locations", documents.LocationsView.as_view()),
    path("<str:locale>/locations/<str:slug>", documents.LocationView.as_view()),
    path("<str:locale>/life-situations", documents.LifeSituationsView.as_view()),
    path("<str:locale>/life-situations/<str:slug>", documents.LifeSituationView.as_view()),
    path("<str:locale>/units", documents.UnitsView.as_view()),
    path("<str:locale>/units/<str:slug>", documents.UnitView.as_view()),
    path("<str:locale>/pages/<path:path>", documents.PageView.as_view()),
    path("<str:locale>/home", documents.HomeView.as_view()),
    path("<str:locale>/flows/<str:key>", documents.FlowView.as_view()),
    path("<str:locale>/search", documents.SearchView.as_view()),
    path("<str:locale>/sync", documents.SyncView.as_view()),
]
