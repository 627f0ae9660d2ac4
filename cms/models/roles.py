"""Which group of editors belongs to which office, and who approves what an office writes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from accounts.api import Unit, User


class DepartmentGroup(models.Model):
    """A group made for an office: rights follow the office, also when the group is renamed."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("Redaktion")
        CHIEF = "chief", _("Chefredaktion")

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="department")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="editor_groups")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        verbose_name = _("Redaktionsgruppe")
        verbose_name_plural = _("Redaktionsgruppen")
        constraints: ClassVar = [models.UniqueConstraint(fields=("unit", "role"), name="one_group_per_unit_and_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.unit}"


class OfficeApprovalTask(Task):
    """Step of a workflow: a chief editor of the office that owns the snippet approves it.

    What counts is the owner in the version to be approved: that is what goes online. Wagtail's own `GroupApprovalTask`
    knows groups only, so every chief editor could approve for every office.
    """

    class Meta:
        verbose_name = _("Freigabe durch das zuständige Amt")
        verbose_name_plural = _("Freigaben durch das zuständige Amt")

    @classmethod
    def get_description(cls) -> Any:
        return _("Die Chefredaktion des Amtes gibt frei, zu dem der Inhalt gehört.")

    def user_can_access_editor(self, obj: Any, user: User) -> bool:
        return _can_approve(user, obj)

    def locked_for_user(self, obj: Any, user: User) -> bool:
        return not _can_approve(user, obj)

    def user_can_lock(self, obj: Any, user: User) -> bool:
        return _can_approve(user, obj)

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, Any, bool]]:
        if not _can_approve(user, obj):
            return []
        return [
            ("reject", _("Änderungen verlangen"), True),
            ("approve", _("Freigeben"), False),
            ("approve", _("Mit Bemerkung freigeben"), True),
        ]

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("revision")
        return self.task_states.filter(
            pk__in=[state.pk for state in waiting if _can_approve(user, state.revision.as_object())]
        )

    def list_approvers(self, obj: Any) -> list[User]:
        """Active people who may approve this content, administrators not among them."""
        chiefs = User.objects.filter(groups__department__role=DepartmentGroup.Role.CHIEF, is_active=True).distinct()
        return [chief for chief in chiefs if not chief.is_superuser and _can_approve(chief, obj)]


def _can_approve(user: User, obj: Any) -> bool:
    from cms.permissions import can_publish_snippet

    return can_publish_snippet(user, obj.get_latest_revision_as_object())
