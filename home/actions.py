"""Writes of the editors' side."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import Translation


class NothingToReviewError(Exception):
    """The page is no translation, is waiting for review already, or has no workflow."""


def translation_of(page: Page) -> Translation | None:
    """The translation that a page is made from, or None for a page written by hand."""
    translations = Translation.objects.select_related("source", "target_locale")
    return translations.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()


@transaction.atomic
def submit_translation(*, page: Page, user: Any) -> None:
    """Make a draft of what is translated so far and submit it; what is live stays untouched.

    Raises NothingToReviewError where there is nothing to submit.
    """
    translation = translation_of(page)
    workflow = page.get_workflow()
    if translation is None or workflow is None or page.workflow_in_progress:
        raise NothingToReviewError
    draft = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    draft.save_revision(user=user, log_action=True)
    workflow.start(Page.objects.get(pk=page.pk).specific, user)
