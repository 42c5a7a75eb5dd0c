"""What search shows on other apps' pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core import searchable, slots
from search.entries import source_of
from search.permissions import may_save


def similar(request: HttpRequest, *, item: Model) -> Mapping[str, Any] | None:
    """The way to what is like an item; None for what nobody finds. Asks the database for nothing."""
    if getattr(request, "is_preview", False) or searchable.for_model(type(item)) is None:
        return None
    return {"url": reverse("search:similar", args=[source_of(type(item), item.pk)])}


def account_pages(request: HttpRequest) -> Mapping[str, Any] | None:
    """The saved searches, among the pages of one's own account."""
    if not may_save(request.user):
        return None
    return {"url": reverse("search:saved"), "title": _("Saved searches"), "path": request.path}


slots.register("page.similar", similar, template="pages/search/_slot_similar.html")
slots.register("account.searches", account_pages, template="pages/search/_slot_account.html")
