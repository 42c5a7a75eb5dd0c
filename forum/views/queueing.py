"""The way through the queue: its filters travel along, so that the next case is the next of those."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from forum import queue
from forum.forms.queue import QueueFilterForm


def filters_of(request: HttpRequest) -> QueueFilterForm:
    """The filters in use, as they stand in the address."""
    return QueueFilterForm(request.GET, user=request.user)


def query_of(filters: QueueFilterForm) -> str:
    """The filters as they are handed on: "?kind=report", or nothing."""
    if not filters.is_valid():
        return ""
    chosen = {name: value for name in filters.fields if (value := filters.data.get(name, ""))}
    return f"?{urlencode(chosen)}" if chosen else ""


def address(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a page of the moderators' side, with the filters in use."""
    return reverse(f"forum_moderation:{name}", args=args) + query_of(filters_of(request))


def place_of(request: HttpRequest, *kinds: str, key: int) -> dict[str, Any] | None:
    """Where a case stands in the queue; to be asked before it is decided."""
    return queue.row_of(request.user, *kinds, key=key)


def next_address(request: HttpRequest, place: dict[str, Any] | None) -> str:
    """The case that follows this place within the filters, else their first one, else the queue."""
    filters = filters_of(request)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    query = query_of(filters)
    item = queue.next_item(request.user, wanted, after=place)
    return (item.url if item else reverse("forum_moderation:queue")) + query


def anchor_of(request: HttpRequest, place: dict[str, Any] | None) -> str:
    """The queue, at the case that follows this place."""
    filters = filters_of(request)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    item = queue.next_item(request.user, wanted, after=place)
    fragment = f"#{item.anchor}" if item else ""
    return reverse("forum_moderation:queue") + query_of(filters) + fragment
