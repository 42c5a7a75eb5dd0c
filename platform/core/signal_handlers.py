"""Keep the content generation true to what editors change; actions call `bump` themselves."""

from __future__ import annotations

from typing import Any

from anymail.signals import tracking
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import (
    CollectionViewRestriction,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core import bounces, generation
from core.models import CustomDocument


def _bump(**_kwargs: Any) -> None:
    generation.bump()


def _bump_for_page(sender: type[Model], instance: Model, **_kwargs: Any) -> None:
    if isinstance(instance, Page):
        generation.bump()


def _await_reading(
    instance: CustomDocument, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    if not raw and (update_fields is None or "file" in update_fields):
        from core.documents.reading import await_reading

        await_reading(instance)


def connect() -> None:
    """Connect the signals of everything that visitors see and the admin can change."""
    for signal in (page_published, page_unpublished, post_page_move, page_slug_changed):
        signal.connect(_bump, dispatch_uid="generation")
    post_delete.connect(_bump_for_page, dispatch_uid="generation-page")
    post_save.connect(_await_reading, sender=CustomDocument, dispatch_uid="document-text")
    tracking.connect(bounces.take, dispatch_uid="mail-events")
    watched = (
        PageViewRestriction,
        CollectionViewRestriction,
        GroupPagePermission,
        Site,
        Locale,
    )
    for model in watched:
        watch(model)
    for restriction in (PageViewRestriction, CollectionViewRestriction):
        through = restriction.groups.through
        m2m_changed.connect(_bump, sender=through, dispatch_uid=f"generation-{through.__name__}")


def watch(model: type[Model]) -> None:
    """Bump the generation whenever a row of this model (a snippet, a setting) is saved or deleted."""
    uid = f"generation-{model._meta.label}"
    post_save.connect(_bump, sender=model, dispatch_uid=uid)
    post_delete.connect(_bump, sender=model, dispatch_uid=uid)
