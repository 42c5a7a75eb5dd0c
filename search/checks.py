"""Nothing that people can open is forgotten by search: whoever adds it says how it is found, or why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db.models import Model
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from core import searchable


def everything_is_findable(**_kwargs: Any) -> list[CheckMessage]:
    """Errors for models that people can open and that no app's `searchable.py` speaks of."""
    found = {one.model for one in searchable.registered()}
    left_out = searchable.left_out()
    messages: list[CheckMessage] = [
        Error(
            f"{model._meta.label} can be opened, but search knows nothing of it.",
            hint="Register it in the searchable.py of its app, or leave it out there and say why.",
            obj=model,
            id="search.E001",
        )
        for model in public_models()
        if model not in found and model not in left_out
    ]
    for model, reason in left_out.items():
        if model in found or not reason.strip():
            messages.append(
                Error(
                    f"{model._meta.label} is left out of search without a reason, or yet found.",
                    obj=model,
                    id="search.E002",
                )
            )
    return messages


def public_models() -> Iterator[type[Model]]:
    """The project's own pages, snippets, and whatever else has an address or a rule of visibility."""
    snippets = set(get_snippet_models())
    for model in apps.get_models():
        # What search keeps for its own work is no content.
        if not _is_own(model) or model._meta.app_label == "search":
            continue
        has_address = hasattr(model, "get_absolute_url")
        has_readers = hasattr(model._default_manager, "visible_to")
        if issubclass(model, Page) or model in snippets or has_address or has_readers:
            yield model


def _is_own(model: type[Model]) -> bool:
    place = Path(apps.get_app_config(model._meta.app_label).path)
    base = Path(settings.BASE_DIR)
    return place.is_relative_to(base) and "site-packages" not in place.parts
