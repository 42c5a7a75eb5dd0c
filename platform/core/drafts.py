"""Drafts of pages that are made by code, and their way into the review: one way for all."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page


class NoReviewError(Exception):
    """The page has no workflow, or is in one already."""


@transaction.atomic
def add_draft(*, parent: Page, page: Page, author: Any) -> None:
    """Put a new page below its parent as the author's draft; nobody outside the admin sees it."""
    page.live = False
    page.owner = author
    page.locale_id = parent.locale_id
    parent.add_child(instance=page)
    page.save_revision(user=author, log_action=True)


@transaction.atomic
def submit(*, page: Page, user: Any) -> None:
    """Start the review of what was saved last, or resume the one that asked for changes.

    Raises NoReviewError.
    """
    workflow = page.get_workflow()
    if workflow is None or page.workflow_in_progress:
        raise NoReviewError
    saved = Page.objects.get(pk=page.pk).specific
    unfinished = saved.current_workflow_state
    if unfinished is not None:
        unfinished.resume(user=user)
    else:
        workflow.start(saved, user)
