"""Who may do what with content. Pages: Wagtail's rights on the department's subtree. Snippets: the tables below.

Editors write and submit, chief editors publish. Both only for their own office: a snippet of another office
cannot be changed, translated, published or deleted, one that belongs to no office can. Administrators do everything.
Wagtail asks for the kind of snippet only; `editing.offices` and `editing.translation` stand in front of its views.

Who is in such a group has the same duty for the office's forms (`accounts.Membership`), see
`services.roles.sync_editing_duties`.
"""

from __future__ import annotations

from django.db.models import Model

from accounts.api import Unit, User
from cms.models import ContactPoint, DepartmentGroup, FaqEntry, LifeSituation, Location, OrganisationalUnit

EDITOR_PAGE_RIGHTS = ("add_page", "change_page")
CHIEF_PAGE_RIGHTS = (*EDITOR_PAGE_RIGHTS, "publish_page", "lock_page", "unlock_page")

EDITOR_RIGHTS = (
    "wagtailadmin.access_admin",
    "wagtail_localize.submit_translation",
    "cms.add_faqentry",
    "cms.change_faqentry",
    "cms.add_contactpoint",
    "cms.change_contactpoint",
    "cms.add_location",
    "cms.change_location",
    "cms.change_organisationalunit",
)
CHIEF_RIGHTS = (
    *EDITOR_RIGHTS,
    "cms.publish_faqentry",
    "cms.delete_faqentry",
    "cms.publish_contactpoint",
    "cms.delete_contactpoint",
    "cms.publish_location",
    "cms.publish_organisationalunit",
    "cms.add_lifesituation",
    "cms.change_lifesituation",
    "cms.publish_lifesituation",
    "cms.add_searchsynonym",
    "cms.change_searchsynonym",
    "cms.delete_searchsynonym",
)
OWN_FILES_RIGHTS = ("add_document", "change_document")  # in the collection of the office
ALL_FILES_RIGHTS = ("choose_document",)  # everywhere: pages may link to any file
SNIPPETS = (OrganisationalUnit, Location, ContactPoint, FaqEntry, LifeSituation)


def departments_of(user: User, *roles: str) -> set[int]:
    """Ids of the units for which the person edits or publishes; with `roles` only those where they do just that."""
    groups = DepartmentGroup.objects.filter(group__user=user, role__in=roles or DepartmentGroup.Role.values)
    return set(groups.values_list("unit_id", flat=True))


def can_change_snippet(user: User, snippet: Model) -> bool:
    """The right to change this kind of snippet, and the snippet belongs to an own office or to none."""
    return user.has_perm(f"cms.change_{snippet._meta.model_name}") and works_for_owner(user, snippet)


def can_publish_snippet(user: User, snippet: Model) -> bool:
    """The right to publish this kind of snippet, as chief editor of its office; what belongs to none: of any."""
    return user.has_perm(f"cms.publish_{snippet._meta.model_name}") and works_for_owner(
        user, snippet, DepartmentGroup.Role.CHIEF.value
    )


def works_for_owner(user: User, snippet: Model, *roles: str) -> bool:
    """The person is active in an office that owns the snippet, in one of the roles; nobody's snippet is everybody's."""
    if user.is_superuser:
        return user.is_active
    owners = {unit.pk for unit in owners_of(snippet)}
    return not owners or bool(owners & departments_of(user, *roles))


def owners_of(snippet: Model) -> list[Unit]:
    """Units a snippet belongs to; empty for what belongs to all."""
    if isinstance(snippet, OrganisationalUnit):
        return [snippet.identity]
    if isinstance(snippet, Location):
        return [unit.identity for unit in snippet.units.select_related("identity")]
    unit = getattr(snippet, "unit", None)
    return [unit.identity] if unit else []
