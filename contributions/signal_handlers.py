"""What happens to a proposal's page in Wagtail reaches the proposal."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.models import Page, Revision, WorkflowState
from wagtail.signals import page_published, workflow_rejected

from contributions import actions


def _rejected(instance: WorkflowState, **_kwargs: Any) -> None:
    if isinstance(instance.content_object, Page):
        answer = instance.current_task_state
        actions.note_changes_asked(
            page_id=instance.content_object.pk,
            author_id=answer.revision.user_id,
            comment=answer.comment,
        )


def _published(instance: Page, revision: Revision, **_kwargs: Any) -> None:
    actions.note_published(page=instance, revision=revision)


def _deleted(instance: Page, **_kwargs: Any) -> None:
    actions.note_gone(page_id=instance.pk)


def connect() -> None:
    """Listen to the review, to publications, and to pages that go."""
    workflow_rejected.connect(_rejected, dispatch_uid="contribution-rejected")
    page_published.connect(_published, dispatch_uid="contribution-published")
    pre_delete.connect(_deleted, sender=Page, dispatch_uid="contribution-gone")
