"""What the directory confirms of an author: the organisation named beside a post, and its clusters.

Somebody's role in an organisation is shown as far as they tell of it themselves: the name in the
profile is the organisation's, and the directory has a role for the account. A name alone proves
nothing, so it gets neither link nor cluster.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Q

from core import generation
from directory.models import OrganisationRole
from directory.states import PUBLIC, Standing
from forum.models import Post

MOST_CLUSTERS = 2
SECONDS_KEPT = 300


@dataclass(slots=True)
class Place:
    """`named`: as the profile names the organisation. `slug`: its address. `clusters`: by name."""

    named: str
    slug: str
    clusters: list[str] = field(default_factory=list)


def places_of(posts: Iterable[Post]) -> dict[int, Place]:
    """{key of an author: what is confirmed}; read once for each author and generation."""
    authors = [post.author_id for post in posts if post.author_id]
    return generation.cached_many(
        "forum.place", authors, _read, SECONDS_KEPT, areas=[generation.Area.SITE]
    )


def _read(authors: list[int]) -> dict[int, Place]:
    told = F("user__profile__organisation")
    rows = (
        OrganisationRole.objects.filter(user__in=authors, organisation__state__in=PUBLIC)
        .filter(Q(organisation__name=told) | Q(organisation__legal_name=told))
        .exclude(user__profile__organisation="")
        .order_by("pk", "organisation__memberships__pk")
        .values_list(
            "user",
            "user__profile__organisation",
            "organisation__slug",
            "organisation__memberships__standing",
            "organisation__memberships__cluster__state",
            "organisation__memberships__cluster__name",
        )
    )
    places: dict[int, Place] = {}
    for user, named, slug, standing, state, cluster in rows:
        place = places.setdefault(user, Place(named, slug))
        is_shown = standing == Standing.CONFIRMED and state in PUBLIC and place.slug == slug
        if is_shown and len(place.clusters) < MOST_CLUSTERS:
            place.clusters.append(cluster)
    return places
