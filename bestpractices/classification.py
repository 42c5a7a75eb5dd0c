"""The classifications and keywords of one practice, with the links that lead to its like."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, QuerySet, Value

from bestpractices.models import PracticeBase, PracticeTag
from directory.labels import labels
from directory.models import CircularStrategy, NaceDivision, ValueChain

MODELS = {"value_chain": ValueChain, "strategy": CircularStrategy, "sector": NaceDivision}

Classified = dict[str, dict[str, str]]


def classification(practice: PracticeBase, *, in_memory: bool = False) -> Classified:
    """{facet: {code: label}} with the facets value_chain, strategy, sector and tag; one query.

    With `in_memory` the page itself is asked, which knows what is not saved yet (a preview) and what
    was prefetched (many pages at once).
    """
    found: Classified = defaultdict(dict)
    names = {facet: labels(model) for facet, model in MODELS.items()}
    rows = _of_page(practice) if in_memory else _saved(practice)
    for facet, code, name in rows:
        label = names[facet].get(code, code) if facet in names else name
        found[facet][code] = f"{code} {label}" if facet == "sector" else label
    return found


def tags(classified: Classified, index_url: str) -> list[dict[str, str]]:
    """For components/tag.html: value chains, strategies and keywords, each with its filtered list."""
    return [
        {
            "text": label,
            "url": f"{index_url}?{urlencode({facet: code})}" if index_url else "",
        }
        for facet in ("value_chain", "strategy", "tag")
        for code, label in classified.get(facet, {}).items()
    ]


def _saved(practice: PracticeBase) -> QuerySet[Any, Any]:
    tagged = PracticeTag.objects.filter(content_object_id=practice.pk).order_by()
    return (
        tagged.annotate(facet=Value("tag", output_field=CharField()))
        .values_list("facet", "tag__slug", "tag__name")
        .union(
            *(
                between.objects.filter(practicebase_id=practice.pk)
                .annotate(
                    facet=Value(facet, output_field=CharField()),
                    name=Value("", output_field=CharField()),
                )
                .values_list("facet", column, "name")
                for facet, between, column in (
                    ("value_chain", PracticeBase.value_chains.through, "valuechain_id"),
                    ("strategy", PracticeBase.circular_strategies.through, "circularstrategy_id"),
                    ("sector", PracticeBase.sectors.through, "nacedivision_id"),
                )
            ),
            all=True,
        )
    )


def _of_page(practice: PracticeBase) -> list[tuple[str, str, str]]:
    rows = [("tag", tag.slug, tag.name) for tag in practice.tags.all()]
    for facet, manager in (
        ("value_chain", practice.value_chains),
        ("strategy", practice.circular_strategies),
        ("sector", practice.sectors),
    ):
        rows += [(facet, row.pk, "") for row in manager.all()]
    return rows
