"""Mail about reviews."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier

from home.models import SecondPairOfEyesState


class ReviewNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Tells those who may review that something waits; Wagtail's own serves its own states only."""

    def get_template_base_prefix(self, instance: SecondPairOfEyesState, **kwargs: Any) -> str:
        return "task_state_"

    def get_recipient_users(
        self, task_state: SecondPairOfEyesState, **kwargs: Any
    ) -> QuerySet[Any]:
        reviewers = super().get_recipient_users(task_state, **kwargs)
        return reviewers.exclude(pk=task_state.revision.user_id)


notify_reviewers = ReviewNotifier()
