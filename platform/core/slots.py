"""How one app shows itself on another's page without either importing the other.

An app registers a provider and a template under a slot's name in its `slots.py`; a page's template
says `{% slot "home.topics" limit=5 %}`. A slot that nobody fills renders nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Provider = Callable[..., Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Slot:
    provider: Provider
    template: str


_slots: dict[str, Slot] = {}


def register(name: str, provider: Provider, *, template: str) -> None:
    """Fill the slot `name`: `provider(request, **kwargs)` returns a context, or None for nothing."""
    _slots[name] = Slot(provider, template)


def content(name: str, request: HttpRequest, **kwargs: Any) -> tuple[str, dict[str, Any]] | None:
    """(template, context) of a slot, or None where nothing is registered or to be shown."""
    slot = _slots.get(name)
    if slot is None:
        return None
    context = slot.provider(request, **kwargs)
    return None if context is None else (slot.template, dict(context))
