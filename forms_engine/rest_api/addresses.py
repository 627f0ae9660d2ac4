"""Suggestions while an address is typed. A POST, so that no address stands in a log; nothing is stored."""

from __future__ import annotations

from dataclasses import asdict

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from forms_engine.addresses.base import LONGEST_QUERY
from forms_engine.queries.addresses import suggest_streets
from forms_engine.rest_api.base import ApplyView, documented, read


class AddressQuerySerializer(serializers.Serializer):
    street = serializers.CharField(max_length=LONGEST_QUERY, help_text="The beginning of a street, 2 letters at least")


class StreetSerializer(serializers.Serializer):
    street = serializers.CharField()
    postcode = serializers.CharField()
    place = serializers.CharField()


class StreetsSerializer(serializers.Serializer):
    streets = StreetSerializer(many=True)


class AddressesView(ApplyView):
    """Streets that begin like this; empty also when nobody can be asked at the moment."""

    throttle_scope = "address"

    @documented(
        "address_suggest", {200: StreetsSerializer}, errors=(400, 413, 415, 422, 429), request=AddressQuerySerializer
    )
    def post(self, request: Request) -> Response:
        wanted = read(AddressQuerySerializer, request.data)["street"]
        return Response({"streets": [asdict(street) for street in suggest_streets(wanted)]})
