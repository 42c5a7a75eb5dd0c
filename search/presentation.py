"""Results as the templates want them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.addresses import search_address
from search.facets import FACETS, Facet, kind_labels, language_names, names_of
from search.parsing import TERM, normalise, parse
from search.promotions import Pick
from search.query import SearchHit, SearchQuery, SearchResults

MOST_OPTIONS = 15
# Some codes may have no name any more, and names decide among those that find as much.
MOST_NAMED = 2 * MOST_OPTIONS
# Further groups are folded until something in them is chosen.
UNFOLDED = ("kind", "language")


def shown_hits(hits: Sequence[SearchHit], *, before: int = 0) -> list[dict[str, Any]]:
    """Hits with the variables of components/search-result.html; the first has the rank `before` + 1."""
    labels, names, current = kind_labels(), language_names(), get_language()
    places = _places(hits)
    now = timezone.now()
    shown = []
    for rank, hit in enumerate(hits, before + 1):
        is_foreign = hit.language != current
        label = labels.get(hit.kind, hit.kind)
        shown.append(
            {
                "url": hit.url,
                "title": hit.title,
                "snippet": hit.snippet,
                "kind": f"{label} · {names.get(hit.language, '')}" if is_foreign else label,
                "lang": hit.language if is_foreign else "",
                "organisation": hit.organisation,
                "place": places[hit.source],
                "date": date_format(localtime(hit.date)) if hit.date else "",
                "datetime": localtime(hit.date).date().isoformat() if hit.date else "",
                "is_ahead": hit.date is not None and hit.date > now,
                "is_solved": "yes" in hit.facets.get("solved", ()),
                "matched": names.get(hit.matched_language, ""),
                "badge": _("Sample") if hit.is_sample else "",
                "rank": rank,
            }
        )
    return shown


def _places(hits: Iterable[SearchHit]) -> dict[str, str]:
    """{source: region and country}."""
    codes: dict[str, set[str]] = {"country": set(), "region": set()}
    for hit in hits:
        for name, found in codes.items():
            found.update(hit.facets.get(name, ()))
    names = names_of(codes)
    return {
        hit.source: ", ".join(
            names[name][code]
            for name in ("region", "country")
            for code in hit.facets.get(name, ())
            if code in names[name]
        )
        for hit in hits
    }


def shown_picks(picks: Iterable[Pick]) -> list[dict[str, Any]]:
    """Editors' picks with a label for their kind, and `lang` where it is not the page's."""
    labels, current = kind_labels(), get_language()
    return [
        asdict(pick)
        | {
            "label": labels.get(pick.kind, ""),
            "lang": pick.language if pick.language != current else "",
        }
        for pick in picks
    ]


def filter_groups(query: SearchQuery, results: SearchResults) -> list[dict[str, Any]]:
    """Facets as components/filters.html wants them: what would find something, or is chosen."""
    chosen = query.chosen
    codes = {
        facet.name: [
            *_most_found(facet, results.facets.get(facet.name, {})),
            *chosen.get(facet.name, ()),
        ]
        for facet in FACETS
    }
    names = names_of(codes)
    groups = [
        _group(
            facet,
            names[facet.name],
            chosen.get(facet.name, ()),
            results.facets.get(facet.name, {}),
        )
        for facet in FACETS
    ]
    return [group for group in groups if group["options"]]


def _most_found(facet: Facet, counts: Mapping[str, int]) -> Iterable[str]:
    """The codes whose names are needed: of tags, a search can find hundreds."""
    if facet.is_ordered:
        return counts
    return sorted(counts, key=lambda code: (-counts[code], code))[:MOST_NAMED]


def _group(
    facet: Facet, names: Mapping[str, str], chosen: tuple[str, ...], counts: Mapping[str, int]
) -> dict[str, Any]:
    options: list[dict[str, Any]] = [
        {
            "value": code,
            "label": label,
            "count": counts.get(code, 0),
            "selected": code in chosen,
        }
        for code, label in names.items()
        if code in counts or code in chosen
    ]
    if not facet.is_ordered:
        options.sort(key=lambda option: (-option["count"], str(option["label"]).casefold()))
    kept = options[:MOST_OPTIONS] + [one for one in options[MOST_OPTIONS:] if one["selected"]]
    return {
        "name": facet.name,
        "label": facet.label,
        "options": kept,
        "folds": facet.name not in UNFOLDED,
        "is_open": any(option["selected"] for option in kept),
    }


def chosen_labels(filters: Mapping[str, Sequence[str]]) -> list[str]:
    """What filters say, such as "Kind: Event"."""
    names = names_of(filters)
    return [
        f"{facet.label}: {names[facet.name].get(code, code)}"
        for facet in FACETS
        for code in filters.get(facet.name, ())
    ]


def chips(query: SearchQuery) -> list[dict[str, str]]:
    """[{label, url}] of every chosen filter, with the address of the same search without it."""
    names = names_of(query.chosen)
    shown = []
    for facet in FACETS:
        for code in query.chosen.get(facet.name, ()):
            rest = {
                name: tuple(one for one in codes if (name, one) != (facet.name, code))
                for name, codes in query.filters.items()
            }
            label = names[facet.name].get(code, code)
            text = without_typed(query.text, facet.name, code)
            shown.append(
                {
                    "label": f"{facet.label}: {label}",
                    "url": search_address(text, rest, sort=query.sort),
                }
            )
    return shown


def without_typed(text: str, facet: str = "", code: str = "") -> str:
    """The text without a filter typed into it, or without all of them."""
    plain = normalise(text)

    def keep(match: Any) -> str:
        typed = parse(match[0]).filters
        is_meant = typed if not facet else code in typed.get(facet, ())
        return "" if is_meant else str(match[0])

    return " ".join(TERM.sub(keep, plain).split()) if parse(plain).filters else text
