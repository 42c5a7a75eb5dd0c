"""Which other practices a reader may want to see next."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from bestpractices.models import PracticeBase, PracticeTag
from bestpractices.querysets import PracticeQuerySet

# A shared keyword says more than a shared strategy, and that more than a shared value chain.
TAG, STRATEGY, CHAIN = 3, 2, 1


def related(practice: PracticeBase, user: Any, *, codes: dict[str, list[str]]) -> PracticeQuerySet:
    """The readable practices that share most with this one, the nearest first; one query.

    `codes` are this practice's own: {facet: codes} with the keys tag, strategy and value_chain.
    """
    chains = PracticeBase.value_chains.through.objects.filter(
        practicebase_id=OuterRef("pk"), valuechain_id__in=codes.get("value_chain", [])
    )
    strategies = PracticeBase.circular_strategies.through.objects.filter(
        practicebase_id=OuterRef("pk"), circularstrategy_id__in=codes.get("strategy", [])
    )
    tags = PracticeTag.objects.filter(
        content_object_id=OuterRef("pk"), tag__slug__in=codes.get("tag", [])
    )
    language = (get_language() or "")[:2]
    return (
        PracticeBase.objects.visible_to(user)
        .once_each(language, user)
        .exclude(translation_key=practice.translation_key)
        .annotate(
            nearness=_number(tags, "content_object_id") * TAG
            + _number(strategies, "practicebase_id") * STRATEGY
            + _number(chains, "practicebase_id") * CHAIN
        )
        .filter(nearness__gt=CHAIN)
        .order_by("-nearness", F("first_published_at").desc(nulls_last=True), "-pk")
    )


def _number(rows: QuerySet[Any, Any], owner: str) -> Coalesce:
    counted = rows.order_by().values(owner).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
