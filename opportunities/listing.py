"""What the list shows: results, filters, and what was understood of the address.

The list holds what everybody may read, so cards and filters are the same for all readers and are
kept until content changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import generation
from core.keyset import Key, page_of
from directory.cards import Places
from directory.facets import narrow, tallies
from directory.listing import chips, digest, groups
from directory.selection import Selection, parse
from directory.vocabulary import Capability
from opportunities.facets import ASKED_FIRST, FACETS
from opportunities.models import Criterion, Opportunity
from opportunities.vocabulary import CriterionKind

PER_PAGE = 24
NEWEST = Key(("listed_at", "pk"))
MOST_TAGS = 4


def context(request: HttpRequest) -> dict[str, Any]:
    """The template's context; raises Http404 for a place in the list that no page has named."""
    public = Opportunity.objects.public()
    selection = parse(request.GET, facets=FACETS)
    query = selection.query()
    found: Any = narrow(public, selection.chosen, facets=FACETS)  # type: ignore[arg-type]
    page = page_of(request, found.only("listed_at"), NEWEST, size=PER_PAGE, query=query)
    url = reverse("opportunities:index")
    return {
        "place": page,
        "total": found.count(),
        "grid": _grid([row.pk for row in page.rows]),
        "selection": selection,
        "ignored": ", ".join(selection.ignored),
        "query": query,
        "index_url": url,
        **_filters(selection, url),
    }


def cards(opportunities: Iterable[Opportunity]) -> list[dict[str, Any]]:
    """The variables of one card for each, in their order; the organisations are selected. One query."""
    rows = list(opportunities)
    places, tags = Places(), _tags([row.pk for row in rows])
    active = (get_language() or "")[:2]
    return [
        {
            "url": row.get_absolute_url(),
            "title": row.title,
            "eyebrow": row.get_type_display(),
            "summary": row.summary,
            "lang": "" if row.language == active else row.language,
            "organisation": row.organisation.name,
            "place": places.of(row.organisation),
            "tags": tags.get(row.pk, [])[:MOST_TAGS],
            "open_until": date_format(row.expires_on) if row.expires_on else "",
            "changed_on": date_format(localtime(row.changed_at)),
            "badge": _("Sample") if row.is_sample else "",
        }
        for row in rows
    ]


def _grid(keys: list[int]) -> str:
    """The cards of these opportunities, in this order, as HTML; empty for none."""

    def draw() -> str:
        by_key = Opportunity.objects.select_related("organisation").in_bulk(keys)
        rows = [by_key[key] for key in keys if key in by_key]
        return render_to_string("pages/opportunities/_grid.html", {"cards": cards(rows)})

    if not keys:
        return ""
    chosen = digest(",".join(map(str, keys)))
    return generation.cached(
        f"opportunities:grid:{get_language()}:{chosen}", draw, areas=[generation.Area.SITE]
    )


def _filters(selection: Selection, url: str) -> dict[str, Any]:
    """`facets`, the fields of the form as HTML, and `chips`, what is chosen.

    An opportunity that ends at midnight is no longer counted after it, so the day is part of the key.
    """

    def draw() -> dict[str, Any]:
        public: Any = Opportunity.objects.public()
        offered = tallies(public, selection.chosen, facets=FACETS)
        shown = groups(offered, selection, facets=FACETS, asked_first=ASKED_FIRST)
        fields = {"groups": shown, "clear_url": url if selection else ""}
        return {
            "facets": render_to_string("pages/directory/_facets.html", fields),
            "chips": chips(offered, selection, url, facets=FACETS),
        }

    day, chosen = localdate().isoformat(), digest(selection.query())
    return generation.cached(
        f"opportunities:filters:{get_language()}:{day}:{chosen}", draw, areas=[generation.Area.SITE]
    )


def _tags(keys: list[int]) -> dict[int, list[str]]:
    rows = Criterion.objects.filter(opportunity__in=keys).exclude(kind=CriterionKind.PARTNER)
    found: dict[int, list[str]] = {}
    for key, code in rows.values_list("opportunity_id", "code"):
        word = str(Capability(code).label)
        if word not in found.setdefault(key, []):
            found[key].append(word)
    return found
