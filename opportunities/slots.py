"""What other apps' pages show of opportunities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core import slots


def account_page(request: HttpRequest) -> Mapping[str, Any]:
    """The way to one's own opportunities, among the pages of one's own account."""
    return {"url": reverse("opportunities:mine"), "path": request.path}


slots.register(
    "account.opportunities", account_page, template="pages/opportunities/_slot_account.html"
)
