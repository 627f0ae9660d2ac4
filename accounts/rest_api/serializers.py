"""What a person learns about themselves."""

from rest_framework import serializers


class UnitRefSerializer(serializers.Serializer):
    key = serializers.CharField()
    name = serializers.CharField()


class MeSerializer(serializers.Serializer):
    authenticated = serializers.BooleanField()
    name = serializers.CharField()
    email = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    units = UnitRefSerializer(many=True)
