"""All document types; importing this package registers them."""

from cms.documents.registry import document_types
from cms.documents.types.content import HomeType, PageType
from cms.documents.types.faq import FaqType
from cms.documents.types.flow import FlowType
from cms.documents.types.life_situation import LifeSituationType
from cms.documents.types.location import LocationType
from cms.documents.types.service import ServiceType
from cms.documents.types.unit import UnitType

for kind in (ServiceType, FaqType, LocationType, LifeSituationType, UnitType, PageType, HomeType, FlowType):
    document_types.register(kind.name, kind())
