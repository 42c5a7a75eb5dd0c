"""Fill the database of the environment with organisations, from a fixed seed, through the directory's own action.

Run by scripts/bench_directory.py. Entries of the search index are not made: what these pages cost does not depend on
them. Imported by scripts/bench_directory_import.py for its rows.
"""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import django

AT_ONCE = 5_000
CLUSTERS = 30
WORDS = (
    *("Linen", "Wool", "Cotton", "Hemp", "Silk", "Yarn", "Loom", "Weave", "Knit", "Indigo", "Madder", "Fibre", "Thread"),
    *("Fiação", "Tecelagem", "Ткач", "Нишка", "Țesătorie", "Væveri", "Filature", "Hilatura", "Teixits", "Atelier"),
)  # fmt: skip
ENDS = ("Lda.", "S.L.", "SARL", "ApS", "SRL", "ООД", "Studio", "Mill", "Works", "Collective")


def main(number: int) -> None:
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from directory import actions, counts
    from directory.models import ClusterMembership, Organisation
    from directory.states import Standing, State

    rng, made = Random(6), []
    with transaction.atomic():
        for start in range(0, number, AT_ONCE):
            wanted = range(start, min(start + AT_ONCE, number))
            profiles = [profile(rng, one) for one in wanted]
            made += actions.store_many(creator=None, profiles=profiles, is_sample=True)
        now = timezone.now()
        keys = [one.pk for one in made]
        dates = {"submitted_at": now, "published_at": now, "confirmed_at": now}
        Organisation.objects.filter(pk__in=keys).update(state=State.PUBLISHED, **dates)
        Organisation.objects.filter(pk__in=keys[::20]).update(state=State.STALE)
        counts.drifts(fix=True)
        clusters = [one for one in made if one.is_cluster]
        ClusterMembership.objects.bulk_create(
            (
                ClusterMembership(
                    organisation=one,
                    cluster=rng.choice(clusters),
                    standing=Standing.CONFIRMED,
                    confirmed_at=now,
                )
                for one in made
                if not one.is_cluster and rng.random() < 0.7
            ),
            batch_size=AT_ONCE,
        )


def profile(rng: Random, number: int) -> Any:
    """One invented organisation: mostly a small company, in one of the towns that are known."""
    from directory import towns
    from directory.actions import ProfileData
    from directory.labels import labels
    from directory.models import CircularStrategy, Country, NaceDivision, ValueChain
    from directory.vocabulary import Capability, Certification, ChainRole, Kind, LineKind, TraitKind

    town = rng.choice(towns.towns())
    kinds = [Kind.SME] * 8 + [Kind.LARGE, Kind.SCALING_UP, Kind.PUBLIC, Kind.RESEARCH]
    is_cluster = number < CLUSTERS
    fields = {
        "kind": Kind.CLUSTER if is_cluster else rng.choice(kinds),
        "name": f"{rng.choice(WORDS)} {rng.choice(WORDS)} {rng.choice(ENDS)} {number}",
        "language": "en",
        "summary": " ".join(rng.choices(WORDS, k=14)),
        "description": " ".join(rng.choices(WORDS, k=80)),
        "country": Country(pk=town.country),
        "town": town.name,
        "staff": rng.randrange(2, 240),
        "founded": rng.randrange(1900, 2025),
        "nace": NaceDivision(pk=rng.choice(list(labels(NaceDivision)))),
        "website": "https://example.org",
    }

    def some(codes: Any, most: int) -> list[str]:
        return rng.sample([str(code) for code in codes], rng.randrange(1, most + 1))

    return ProfileData(
        fields=fields,
        value_chains=some(labels(ValueChain), 2),
        circular_strategies=some(labels(CircularStrategy), 3),
        traits={
            TraitKind.ROLE: some(ChainRole, 2),
            TraitKind.LANGUAGE: some(("bg", "ca", "da", "en", "es", "fr", "pt", "ro"), 3),
            TraitKind.CERTIFICATION: some(Certification, 2),
        },
        lines=[
            *((LineKind.OFFER, code, "As it was asked for") for code in some(Capability, 3)),
            *((LineKind.SEEK, code, "") for code in some(Capability, 2)),
        ],
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
