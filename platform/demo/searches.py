"""Searches that the demo's member keeps, and editors' picks above the results of certain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from bestpractices.models import PracticeBase
from demo.practices import key_of
from demo.registry import Registry
from demo.source import read
from members.models import User
from search.actions import save_search
from search.models import SavedSearch

MEMBER = "member@example.org"


@transaction.atomic
def load(registry: Registry, people: Mapping[str, User]) -> None:
    """Make what is missing; searches need their member, picks their practice."""
    for row in read("searches")["saved"]:
        registry.ensure(
            f"search:{row['text']}", SavedSearch, lambda row=row: _saved(row, people.get(MEMBER))
        )
    for row in read("searches")["picks"]:
        registry.ensure(
            f"pick:{row['words']}", SearchPromotion, lambda row=row: _pick(row, registry)
        )


def remove(registry: Registry) -> None:
    """Take the picks away, and their words where nobody else has picked for them."""
    own = SearchPromotion.objects.filter(pk__in=registry.keys(SearchPromotion))
    words = list(own.values_list("query", flat=True))
    own.delete()
    Query.objects.filter(pk__in=words, editors_picks=None, daily_hits=None).delete()


def _saved(row: dict[str, Any], member: User | None) -> SavedSearch | None:
    if member is None or not member.is_member:
        return None
    return save_search(
        user=member,
        text=row["text"],
        filters=row.get("filters", {}),
        language="en",
        name=row.get("name", ""),
        rhythm=row["rhythm"],
    )


def _pick(row: dict[str, str], registry: Registry) -> SearchPromotion | None:
    page = registry.find(key_of(row["practice"]), PracticeBase)
    if page is None:
        return None
    return SearchPromotion.objects.create(
        query=Query.get(row["words"]), page=page, description=row["description"]
    )
