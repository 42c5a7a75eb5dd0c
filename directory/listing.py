"""What the list shows: results, filters, and what was understood of the address.

The list holds what everybody may read, so cards and filters are the same for all readers and are
kept until content changes.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import generation
from core.addresses import with_query
from core.keyset import Key, page_of
from directory import counts
from directory.cards import cards
from directory.facets import FACETS, NAME, Facet, Tally, narrow
from directory.models import Organisation
from directory.selection import Selection, parse

PER_PAGE = 24
BY_NAME = Key(("rank", "name", "pk"), is_ascending=True)
ASKED_FIRST = ("kind", "country", "region", "strategy")

Offered = dict[str, dict[str, Tally]]


def context(request: HttpRequest) -> dict[str, Any]:
    """The template's context; raises Http404 for a place in the list that no page has named."""
    public = Organisation.objects.public()
    selection = parse(request.GET)
    query = selection.query()
    found = narrow(public, selection.chosen)
    rows = found.by_name().only("name", "state")
    page = page_of(request, rows, BY_NAME, size=PER_PAGE, query=query)
    url = reverse("directory:index")
    return {
        "place": page,
        "total": _total(selection),
        "grid": _grid([row.pk for row in page.rows]),
        "selection": selection,
        "ignored": ", ".join(selection.ignored),
        "query": query,
        "index_url": url,
        "map_url": with_query(reverse("directory:map"), query),
        "exports": {
            name: with_query(reverse(f"directory:{name}"), query) for name in ("csv", "geojson")
        },
        **filters(selection, url),
    }


def digest(text: str) -> str:
    """A short name for a long text, for keys of a cache."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _total(selection: Selection) -> int:
    """How many organisations fit: told by kept numbers, or counted once until content changes."""
    found = counts.numbered(selection.chosen)
    if found.is_kept:
        return found.total()
    return generation.cached(
        f"directory:total:{digest(selection.query())}", found.total, areas=[generation.Area.SITE]
    )


def _grid(keys: list[int]) -> str:
    """The cards of these organisations, in this order, as HTML; empty for none."""

    def draw() -> str:
        by_key = Organisation.objects.in_bulk(keys)
        rows = [by_key[key] for key in keys if key in by_key]
        return render_to_string("pages/directory/_grid.html", {"cards": cards(rows)})

    if not keys:
        return ""
    chosen = digest(",".join(map(str, keys)))
    return generation.cached(
        f"directory:grid:{get_language()}:{chosen}", draw, areas=[generation.Area.SITE]
    )


def filters(selection: Selection, url: str) -> dict[str, Any]:
    """`facets`, the fields of the form as HTML, and `chips`, what is chosen."""

    def draw() -> dict[str, Any]:
        offered = counts.offered(selection.chosen)
        fields = {
            "is_named": True,
            "name": selection.name,
            "groups": groups(offered, selection),
            "clear_url": url if selection else "",
        }
        return {
            "facets": render_to_string("pages/directory/_facets.html", fields),
            "chips": chips(offered, selection, url),
        }

    key = f"directory:filters:{get_language()}:{digest(url + selection.query())}"
    return generation.cached(key, draw, areas=[generation.Area.SITE])


def groups(
    offered: Offered,
    selection: Selection,
    *,
    facets: tuple[Facet, ...] = FACETS,
    asked_first: tuple[str, ...] = ASKED_FIRST,
) -> list[dict[str, Any]]:
    """For the filters of a page: what exists, and what is chosen even where nothing has it.

    `open` says whether a group stands open: the first ones do, and those in which something is chosen.
    """
    found = []
    for facet in facets:
        chosen = selection.chosen.get(facet.name, ())
        tally = dict(offered.get(facet.name, {}))
        for code in chosen:
            tally.setdefault(code, Tally(_name(facet, code), 0))
        # One choice that everything fits narrows nothing.
        if not tally or (len(tally) < 2 and not chosen and facet.is_partition):
            continue
        options = [
            {
                "value": code,
                "label": tally[code].label,
                "count": tally[code].number,
                "selected": code in chosen,
            }
            for code in sorted(tally, key=lambda code: tally[code].label.casefold())
        ]
        found.append(
            {
                "name": facet.name,
                "label": facet.label,
                "options": options,
                "open": bool(chosen) or facet.name in asked_first,
            }
        )
    return found


def chips(
    offered: Offered, selection: Selection, url: str, *, facets: tuple[Facet, ...] = FACETS
) -> list[dict[str, str]]:
    """One link for each thing chosen, which leads to the list without it."""
    chosen = [(NAME, selection.name, _("Name"), selection.name)] if selection.name else []
    for facet in facets:
        for code in selection.chosen.get(facet.name, ()):
            tally = offered.get(facet.name, {}).get(code)
            words = tally.label if tally else _name(facet, code)
            chosen.append((facet.name, code, facet.label, words))
    return [
        {
            "label": f"{label}: {words}",
            "url": with_query(url, selection.query(without=(name, code))),
        }
        for name, code, label, words in chosen
    ]


def _name(facet: Facet, code: str) -> str:
    return facet.names().get(code, code)
