"""Content models. Rights and identities live in `accounts`, forms in `forms_engine`."""

from cms.models.imports import ImportedRecord
from cms.models.pages import ContentPage, DepartmentPage, FeaturedService, FrontEndPage, HomePage
from cms.models.places import ContactPoint, Location
from cms.models.prepared import ContentState, DirtyMark, DocumentDependency, PublishedDocument, SearchSynonym
from cms.models.roles import DepartmentGroup, OfficeApprovalTask
from cms.models.services import RelatedService, ServiceContact, ServiceKey, ServicePage, SimpleVersion
from cms.models.topics import FaqEntry, LifeSituation
from cms.models.units import OrganisationalUnit

__all__ = [
    "ContactPoint",
    "ContentPage",
    "ContentState",
    "DepartmentGroup",
    "DepartmentPage",
    "DirtyMark",
    "DocumentDependency",
    "FaqEntry",
    "FeaturedService",
    "FrontEndPage",
    "HomePage",
    "ImportedRecord",
    "LifeSituation",
    "Location",
    "OfficeApprovalTask",
    "OrganisationalUnit",
    "PublishedDocument",
    "RelatedService",
    "SearchSynonym",
    "ServiceContact",
    "ServiceKey",
    "ServicePage",
    "SimpleVersion",
]
