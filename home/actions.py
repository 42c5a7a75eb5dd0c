"""Writes of the editors' side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site
from wagtail_localize.models import Translation

from core import drafts, generation


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
    if translation is None or page.get_workflow() is None or page.workflow_in_progress:
        raise NothingToReviewError
    draft = translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )
    draft.save_revision(user=user, log_action=True)
    drafts.submit(page=page, user=user)


@transaction.atomic
def keep_site_address() -> None:
    """Give the site the address of the settings, so that its full addresses lead where it answers.

    Canonical links, the sitemap, calendars and structured data are built from it.
    """
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    hostname = parts.hostname or "localhost"
    port = parts.port or (443 if parts.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is not None and (site.hostname, site.port) != (hostname, port):
        site.hostname, site.port = hostname, port
        site.save()
        generation.bump()
