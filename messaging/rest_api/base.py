"""What the views of messaging share."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from rest_framework.request import Request

from common.limits import PersonRateThrottle
from common.rest import NO_CONTENT, documented, read
from common.rest import SignedInView as CommonSignedInView

PERSON = (401, 403)
WRITING = (400, *PERSON, 404, 413, 415, 422)


class SignedInView(CommonSignedInView):
    """Signed in; `?locale=en` answers in English, everything else in German. Limits count people, not addresses."""

    throttle_classes = (PersonRateThrottle,)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if locale := request.query_params.get("locale"):
            translation.activate("en" if locale.startswith("en") else "de")


__all__ = ["NO_CONTENT", "PERSON", "WRITING", "SignedInView", "documented", "read"]
