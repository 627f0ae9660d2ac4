"""All addresses of the Django side. The front end owns every other path (frontend/server.js)."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from common.health import healthz, readyz
from common.waiting_room import admissions

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("internal/admissions", admissions),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("_allauth/", include("allauth.headless.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("accounts.rest_api.urls")),
    path("api/v1/", include("messaging.rest_api.urls")),
    path("api/v1/", include("forms_engine.rest_api.urls")),
    path("api/v1/", include("cms.rest_api.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
handler404 = "common.problems.not_found"
handler500 = "common.problems.server_error"
