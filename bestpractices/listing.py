"""What the list page shows: results, filters, and what was understood of the address.

Of the list itself a request reads the number of practices and the keys of one page of them. The
cards and the filters are the same for everybody who may read the same, so they are kept until
content changes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from bestpractices.cards import cards
from bestpractices.facets import FACETS, Facet, Tally, narrow, tallies
from bestpractices.models import PracticeBase
from bestpractices.querysets import PracticeQuerySet
from bestpractices.selection import Selection, parse
from bestpractices.trail import trail
from core import generation
from core.addresses import with_query
from core.audiences import audience_key
from core.pagination import page_of
from core.translations import locale_ids

if TYPE_CHECKING:
    from bestpractices.models import PracticeIndexPage

PER_PAGE = 12
# Classifications are short lists; keywords are not, so only the most used ones are offered.
MOST_TAGS = 12

Offered = dict[str, dict[str, Tally]]


def context(index: PracticeIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The template's context; raises Http404 for a page of the list that does not exist."""
    language = {pk: code for code, pk in locale_ids().items()}.get(index.locale_id, "")
    readable = PracticeBase.objects.visible_to(request.user).once_each(language, request.user)
    selection = parse(request.GET, readable)
    found = narrow(readable, selection.chosen).newest_first()
    page_obj = page_of(request, found.values_list("pk", flat=True), PER_PAGE)
    url = index.get_url(request) or ""
    return {
        "page_obj": page_obj,
        "total": page_obj.paginator.count,
        "grid": _grid(list(page_obj.object_list), request),
        "selection": selection,
        "ignored": ", ".join(selection.ignored),
        "query": selection.query(),
        "index_url": url,
        "trail": trail(index),
        **_filters(readable, selection, request, url),
    }


def digest(text: str) -> str:
    """A short name for a long text, for keys of a cache."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _grid(keys: list[int], request: HttpRequest) -> str:
    """The cards of these practices, in this order, as HTML; empty for none."""

    def draw() -> str:
        rows = PracticeBase.objects.filter(pk__in=keys).for_cards()
        by_key = {row.pk: row for row in rows}
        ordered = [by_key[key] for key in keys if key in by_key]
        found = cards(ordered, request, strategies=True)
        return render_to_string(
            "pages/bestpractices/_grid.html", {"cards": found, "first_is_eager": True}
        )

    if not keys:
        return ""
    chosen = digest(",".join(map(str, keys)))
    return generation.cached(f"practices:grid:{get_language()}:{chosen}", draw)


def _filters(
    readable: PracticeQuerySet, selection: Selection, request: HttpRequest, url: str
) -> dict[str, Any]:
    """`facets`, the fields of the form as HTML, and `chips`, what is chosen."""

    def draw() -> dict[str, Any]:
        offered = tallies(readable, selection.chosen)
        fields = {"groups": _groups(offered, selection), "clear_url": url if selection else ""}
        return {
            "facets": render_to_string("pages/bestpractices/_facets.html", fields),
            "chips": _chips(offered, selection, url),
        }

    key = f"practices:filters:{get_language()}:{audience_key(request.user)}:{digest(selection.query())}"
    return generation.cached(key, draw)


def _groups(offered: Offered, selection: Selection) -> list[dict[str, Any]]:
    """For components/filters.html: what exists, and what is chosen even where nothing has it."""
    groups = []
    for facet in FACETS:
        chosen = selection.chosen.get(facet.name, ())
        tally = dict(offered.get(facet.name, {}))
        for code in chosen:
            tally.setdefault(code, Tally(facet.names().get(code, code), 0))
        # One choice that everything fits narrows nothing.
        if len(tally) < 2 and not chosen and facet.is_partition:
            continue
        options = [
            {
                "value": code,
                "label": tally[code].label,
                "count": tally[code].number,
                "selected": code in chosen,
            }
            for code in _in_order(facet, tally, chosen)
        ]
        groups.append({"name": facet.name, "label": facet.label, "options": options})
    return groups


def _in_order(facet: Facet, tally: dict[str, Tally], chosen: tuple[str, ...]) -> list[str]:
    """Classifications by name; of the keywords those chosen, then the most used ones."""
    by_name = sorted(tally, key=lambda code: tally[code].label.casefold())
    if facet.name != "tag":
        return by_name
    most_used = sorted(by_name, key=lambda code: (code not in chosen, -tally[code].number))
    return most_used[: max(MOST_TAGS, len(chosen))]


def _chips(offered: Offered, selection: Selection, url: str) -> list[dict[str, str]]:
    """One link for each thing chosen, which leads to the list without it."""
    chips = []
    for facet in FACETS:
        for code in selection.chosen.get(facet.name, ()):
            tally = offered.get(facet.name, {}).get(code)
            query = selection.query(without=(facet.name, code))
            chips.append(
                {
                    "label": tally.label if tally else facet.names().get(code, code),
                    "url": with_query(url, query),
                }
            )
    return chips
