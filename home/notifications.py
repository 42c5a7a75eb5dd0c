"""Mail about reviews."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import WorkflowState

from core.mail import is_silent
from home.models import SecondPairOfEyesState


class ReviewNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Tells those who may review that something waits; Wagtail's own serves its own states only."""

    def get_template_base_prefix(self, instance: SecondPairOfEyesState, **kwargs: Any) -> str:
        return "task_state_"

    def get_recipient_users(
        self, task_state: SecondPairOfEyesState, **kwargs: Any
    ) -> QuerySet[Any]:
        reviewers = super().get_recipient_users(task_state, **kwargs)
        if is_silent():
            return reviewers.none()
        return reviewers.exclude(pk=task_state.revision.user_id)


notify_reviewers = ReviewNotifier()


class _ToTheAdmin:
    """Mail that leads into the admin is for those who may enter it.

    Others who submit pages (members, by their proposals) hear of the answer from the app that lets them.
    """

    def get_recipient_users(self, state: WorkflowState, **kwargs: Any) -> set[Any]:
        people: set[Any] = super().get_recipient_users(state, **kwargs)  # type: ignore[misc]
        return {person for person in people if person.has_perm("wagtailadmin.access_admin")}


class ApprovalNotifier(_ToTheAdmin, WorkflowStateApprovalEmailNotifier):
    """Tells who submitted a page that it was approved."""


class RejectionNotifier(_ToTheAdmin, WorkflowStateRejectionEmailNotifier):
    """Tells who submitted a page that changes are wanted."""


notify_of_approval = ApprovalNotifier()
notify_of_rejection = RejectionNotifier()
