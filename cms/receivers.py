"""What the editor side does after Wagtail has published or copied something."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed
from django.dispatch import receiver
from wagtail.models import TaskState
from wagtail.signals import copy_for_translation_done, page_published, task_submitted

from accounts.api import User
from cms.editing.notices import notify_approvers
from cms.models import DepartmentPage, ServicePage
from cms.services.roles import ensure_department_roles, sync_editing_duties
from cms.services.simple_language import mark_stale_versions

task_submitted.connect(notify_approvers, sender=TaskState, dispatch_uid="cms.notify_approvers")


@receiver(page_published, sender=ServicePage, dispatch_uid="cms.mark_stale_versions")
def mark_simple_language(sender: type, instance: ServicePage, **kwargs: Any) -> None:
    """The standard text is online: its version in Leichte Sprache may be out of date."""
    if instance.locale.is_default:
        mark_stale_versions(instance)


@receiver(page_published, sender=DepartmentPage, dispatch_uid="cms.give_department_roles")
def give_department_roles(sender: type, instance: DepartmentPage, **kwargs: Any) -> None:
    """A department is online: its groups, rights and approval are there from the first moment."""
    if instance.unit:
        ensure_department_roles(instance.unit.identity, instance)


@receiver(copy_for_translation_done, dispatch_uid="cms.extend_department_roles")
def extend_department_roles(sender: type, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A department got a page in another language: its editors may edit there too."""
    page = target_obj.specific if hasattr(target_obj, "specific") else target_obj
    if isinstance(page, DepartmentPage) and page.unit and page.unit.identity.editor_groups.exists():
        ensure_department_roles(page.unit.identity, page)


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="cms.sync_editing_duties")
def follow_groups(
    sender: type, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """A person came into or left an editors' group; clearing a group from its side is not offered in the admin."""
    if action not in {"post_add", "post_remove", "post_clear"}:
        return
    people = User.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    for user in people:
        sync_editing_duties(user)
