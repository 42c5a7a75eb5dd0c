"""The step of a workflow at which somebody else than the author has to agree."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    TaskState,
    WorkflowState,
)

from home.review import may_decide, reviewed_state

Action = tuple[str, Any, bool]


class ReviewLock(WorkflowLock):
    """What waits for review stands still, so that what was read is what gets published."""

    def get_message(self, user: Any) -> str:
        return capfirst(
            _(
                "This page waits for a second pair of eyes, and nobody changes it meanwhile."
                " Whoever reviews it approves it or requests changes; whoever submitted it can"
                " cancel the review."
            )
        )

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return str(_("Nobody changes the page while it waits for review"))


class SecondPairOfEyesState(TaskState):
    """Who submitted, at this very round: a page can go back and forth between two people."""

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("state of a review")
        verbose_name_plural = _("states of reviews")


class SecondPairOfEyesTask(AbstractGroupApprovalTask):
    """Approved by any member of its groups but the one who submitted and the one who wrote.

    This holds for administrators as well: as reviewers they are one of many.
    """

    task_state_class = SecondPairOfEyesState
    lock_class = ReviewLock

    class Meta:
        verbose_name = _("second pair of eyes")
        verbose_name_plural = _("second pairs of eyes")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups approve what others have written and submitted")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        state = super().start(workflow_state, user=user)
        state.submitted_by = user or workflow_state.requested_by
        state.save(update_fields=["submitted_by"])
        return state

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Approve or reject; raises PermissionDenied for whoever may not decide on this revision."""
        page = task_state.workflow_state.content_object
        if action_name not in {action[0] for action in self.get_actions(page, user)}:
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        return True

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return False

    def get_actions(self, obj: Page, user: Any) -> list[Action]:
        state = reviewed_state(obj)
        if state is None or not (user.is_superuser or self._user_in_groups(user)):
            return []
        if not may_decide(state, user):
            return []
        actions: list[Action] = [("reject", _("Request changes"), True)]
        if state.revision_id == obj.latest_revision_id:
            actions.append(("approve", _("Approve and publish"), False))
            actions.append(("approve", _("Approve with a comment and publish"), True))
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        waiting = super().get_task_states_user_can_moderate(user, **kwargs)
        mine = SecondPairOfEyesState.objects.filter(
            models.Q(submitted_by=user) | models.Q(revision__user=user)
        )
        return waiting.exclude(pk__in=mine.values("pk"))
