"""From prepared bytes to an HTTP answer: ETag, 304, HEAD, gzip and brotli, cache headers."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from cms.documents.rendered import Packed

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"


def send(request: HttpRequest, answer: Packed) -> HttpResponse:
    """200 with the best encoding the client takes, or 304 when it has these bytes already."""
    coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    tag = f'"{answer.etag}-{coding}"' if coding else f'"{answer.etag}"'
    known = request.META.get("HTTP_IF_NONE_MATCH")
    if known is not None and is_known(known, answer.etag):
        response: HttpResponse = HttpResponseNotModified()
    else:
        body = {"br": answer.br, "gzip": answer.gz}.get(coding, answer.body)
        response = HttpResponse(b"" if request.method == "HEAD" else body, content_type="application/json")
        response.headers["Content-Length"] = str(len(body))
        response.headers["X-Content-Type-Options"] = "nosniff"
        if coding:
            response.headers["Content-Encoding"] = coding
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["Vary"] = "Accept-Encoding"
    return response


@lru_cache(maxsize=256)
def best_coding(accepted: str) -> str:
    """br before gzip before plain; `q=0` refuses."""
    taken = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.strip().partition(";")
        taken[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((coding for coding in ("br", "gzip") if taken.get(coding, taken.get("*", False))), "")


def is_known(header: str, etag: str) -> bool:
    """If-None-Match: any encoding of the same bytes counts, weak or strong."""
    if header.strip() == "*":
        return True
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in header.split(","))
    return any(tag == etag or tag.partition("-")[0] == etag for tag in tags)
