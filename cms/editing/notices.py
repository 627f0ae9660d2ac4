"""Mails to those who have to approve a snippet: Wagtail writes to groups, here the office decides who is told."""

from __future__ import annotations

from typing import Any

from wagtail.admin.mail import BaseGroupApprovalTaskStateEmailNotifier
from wagtail.models import TaskState

from accounts.api import User
from cms.models import OfficeApprovalTask


class OfficeApprovalNotifier(BaseGroupApprovalTaskStateEmailNotifier):
    """Tells the chief editors of the snippet's office that something waits for them."""

    notification = "submitted"

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        return isinstance(instance, TaskState) and isinstance(instance.task.specific, OfficeApprovalTask)

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> list[User]:
        approvers = task_state.task.specific.list_approvers(task_state.workflow_state.content_object)
        return [approver for approver in approvers if approver != kwargs.get("user")]


notify_approvers = OfficeApprovalNotifier()
