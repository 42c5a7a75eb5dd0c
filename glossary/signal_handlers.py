"""Every change of a term reaches search, what widens its queries, and pages kept for visitors."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from core import searchable
from core.signal_handlers import watch
from glossary import matching
from glossary.models import GlossaryTerm


def connect() -> None:
    """Connect all receivers."""
    watch(GlossaryTerm)
    post_save.connect(_saved, sender=GlossaryTerm, dispatch_uid="glossary")
    post_delete.connect(_deleted, sender=GlossaryTerm, dispatch_uid="glossary")


def _saved(instance: GlossaryTerm, **_kwargs: Any) -> None:
    matching.forget()
    searchable.changed(instance)


def _deleted(instance: GlossaryTerm, **_kwargs: Any) -> None:
    matching.forget()
    searchable.removed(GlossaryTerm, instance.pk)
