"""What other apps' pages show of the directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from core import generation, slots
from directory.models import Organisation
from directory.vocabulary import Kind


def by_kind(request: HttpRequest) -> Mapping[str, Any] | None:
    """How many organisations of each type there are, each with its list; None without any."""

    def read() -> list[dict[str, Any]]:
        public = Organisation.objects.public().order_by()
        numbers = dict(public.values_list("kind").annotate(number=Count("*")))
        url = reverse("directory:index")
        return [
            {
                "label": str(kind.label),
                "number": numbers[kind],
                "url": f"{url}?{urlencode({'kind': kind.value})}",
            }
            for kind in Kind
            if kind in numbers
        ]

    kinds = generation.cached(
        f"directory:kinds:{get_language()}", read, areas=[generation.Area.SITE]
    )
    return {"kinds": kinds, "index_url": reverse("directory:index")} if kinds else None


def account_page(request: HttpRequest) -> Mapping[str, Any]:
    """The way to one's own organisations, among the pages of one's own account."""
    return {"url": reverse("directory:mine"), "path": request.path}


slots.register("home.directory", by_kind, template="pages/directory/_slot_home.html")
slots.register("account.organisations", account_page, template="pages/directory/_slot_account.html")
