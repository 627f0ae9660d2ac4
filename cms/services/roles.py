"""Groups, page rights and approval for each department."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from accounts.api import Membership, Unit, User, add_membership
from cms.models import DepartmentGroup, DepartmentPage, OfficeApprovalTask
from cms.permissions import (
    ALL_FILES_RIGHTS,
    CHIEF_PAGE_RIGHTS,
    CHIEF_RIGHTS,
    EDITOR_PAGE_RIGHTS,
    EDITOR_RIGHTS,
    OWN_FILES_RIGHTS,
    SNIPPETS,
)

Role = DepartmentGroup.Role
PAGE_RIGHTS = {Role.EDITOR: EDITOR_PAGE_RIGHTS, Role.CHIEF: CHIEF_PAGE_RIGHTS}
RIGHTS = {Role.EDITOR: EDITOR_RIGHTS, Role.CHIEF: CHIEF_RIGHTS}
DUTIES = {Role.EDITOR.value: Membership.Role.EDITOR.value, Role.CHIEF.value: Membership.Role.CHIEF_EDITOR.value}
SNIPPET_WORKFLOW = "Freigabe gemeinsamer Inhalte"


@transaction.atomic
def ensure_department_roles(unit: Unit, page: DepartmentPage) -> dict[str, Group]:
    """Create or complete "Redaktion <name>" and "Chefredaktion <name>" with their rights and the approval workflow.

    The rights cover the department's subtree in every language, the snippets, and the office's files. Safe to call
    again and again, for example when the department gets a page in another language.
    Returns {"editor": group, "chief": group}.
    """
    pages = list(page.get_translations(inclusive=True))
    groups = {role.value: _ensure_group(unit, role) for role in Role}
    for role in Role:
        _give_rights(groups[role], RIGHTS[role])
        _give_page_rights(groups[role], pages, PAGE_RIGHTS[role])
    _give_file_rights(unit, list(groups.values()))
    _ensure_page_workflow(unit, groups[Role.CHIEF], pages)
    _ensure_snippet_workflow()
    return groups


def sync_editing_duties(user: User) -> None:
    """Who edits an office's pages also edits its forms: the groups decide, the memberships follow."""
    groups = DepartmentGroup.objects.filter(group__user=user)
    wanted = {(unit, DUTIES[role]) for unit, role in groups.values_list("unit_id", "role")}
    governed = DepartmentGroup.objects.values("unit_id")
    held = user.memberships.filter(role__in=Membership.EDITING, unit_id__in=governed)
    for membership in held:
        if (membership.unit_id, membership.role) not in wanted:
            membership.delete()
    for unit in Unit.objects.filter(pk__in={unit for unit, _duty in wanted}):
        for duty in {duty for unit_id, duty in wanted if unit_id == unit.pk}:
            add_membership(user, unit, role=duty)


def _ensure_group(unit: Unit, role: DepartmentGroup.Role) -> Group:
    department = DepartmentGroup.objects.filter(unit=unit, role=role).select_related("group").first()
    if department is None:
        group, _created = Group.objects.get_or_create(name=f"{role.label} {unit.name}"[:150])
        department = DepartmentGroup.objects.create(group=group, unit=unit, role=role)
    return department.group


def find_permissions(names: Iterable[str]) -> list[Permission]:
    """Permissions by "app.codename"; what an app does not define (yet) is left out."""
    condition = Q(pk__in=[])
    for name in names:
        app_label, codename = name.split(".")
        condition |= Q(content_type__app_label=app_label, codename=codename)
    return list(Permission.objects.filter(condition))


def _give_rights(group: Group, names: Iterable[str]) -> None:
    group.permissions.add(*find_permissions(names))


def _give_page_rights(group: Group, pages: list[DepartmentPage], codenames: Iterable[str]) -> None:
    permissions = Permission.objects.filter(
        content_type=ContentType.objects.get_for_model(Page), codename__in=codenames
    )
    for page in pages:
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _give_file_rights(unit: Unit, groups: list[Group]) -> None:
    """Files have no approval: what is replaced is online at once. So each office has a collection of its own."""
    root = Collection.get_first_root_node()
    files = GroupCollectionPermission.objects.filter(permission__content_type__app_label="wagtaildocs")
    files.filter(group__in=groups, collection=root).exclude(permission__codename__in=ALL_FILES_RIGHTS).delete()
    held = files.filter(group__in=groups).exclude(collection=root).select_related("collection").first()
    own = held.collection if held else root.add_child(instance=Collection(name=unit.name))
    for collection, codenames in ((root, ALL_FILES_RIGHTS), (own, OWN_FILES_RIGHTS)):
        for permission in Permission.objects.filter(content_type__app_label="wagtaildocs", codename__in=codenames):
            for group in groups:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )


def _ensure_page_workflow(unit: Unit, chiefs: Group, pages: list[DepartmentPage]) -> None:
    name = f"Freigabe {unit.name}"
    task, _created = GroupApprovalTask.objects.get_or_create(name=name)
    task.groups.add(chiefs)
    workflow = _ensure_workflow(name, task)
    for page in pages:
        WorkflowPage.objects.update_or_create(page_id=page.pk, defaults={"workflow": workflow})


def _ensure_snippet_workflow() -> None:
    """Wagtail has one workflow for each kind of snippet; whose approval it asks for follows the snippet's office."""
    task, _created = OfficeApprovalTask.objects.get_or_create(name=SNIPPET_WORKFLOW)
    workflow = _ensure_workflow(SNIPPET_WORKFLOW, task)
    for model in SNIPPETS:
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})


def _ensure_workflow(name: str, task: Task) -> Workflow:
    workflow, _created = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    return workflow
