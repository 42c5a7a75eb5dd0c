"""More practices than anybody would write by hand, for benchmarks."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale
from wagtail.rich_text import RichText

from bestpractices.models import (
    BestPracticePage,
    PracticeBase,
    PracticeIndexPage,
    PracticeIndicator,
)
from core.models import CustomImage
from demo.invented import Invention, invent
from demo.publishing import stable_uuid
from demo.registry import Registry
from directory.models import CircularStrategy, NaceDivision, Region, ValueChain
from members.models import User

BATCH = 50


def load(
    registry: Registry, index: PracticeIndexPage | None, author: User | None, *, total: int
) -> int:
    """Add sample practices until there are `total` practices in English; returns how many it made."""
    if index is None:
        return 0
    missing = total - PracticeBase.objects.child_of(index).count()
    maker = _Maker(registry, index, author)
    made = 0
    while made < missing:
        with transaction.atomic():
            for _ in range(min(BATCH, missing - made)):
                maker.make()
                made += 1
    return made


class _Maker:
    """Makes one page after the other, with what all of them need read once."""

    def __init__(self, registry: Registry, index: PracticeIndexPage, author: User | None) -> None:
        self.registry = registry
        self.index = index
        self.author = author
        self.locale = Locale.objects.get(language_code="en")
        self.regions = list(Region.objects.order_by("pk"))
        self.chains = list(ValueChain.objects.order_by("pk"))
        self.strategies = list(CircularStrategy.objects.order_by("pk"))
        self.sectors = list(NaceDivision.objects.order_by("pk"))
        own = registry.keys(CustomImage)
        self.images = list(CustomImage.objects.filter(pk__in=own).order_by("pk"))
        self.number = 0

    def make(self) -> None:
        self.number += 1
        while self.registry.knows(self._key):
            self.number += 1
        page = self._page(invent(self.number))
        self.index.add_child(instance=page)
        self.registry.add(self._key, page)

    @property
    def _key(self) -> str:
        return f"page:scale/{self.number}"

    def _page(self, text: Invention) -> BestPracticePage:
        rng = Random(f"page:{self.number}")
        region = rng.choice(self.regions)
        at = timezone.now() - timedelta(days=1, minutes=self.number * 97 % 900_000)
        page = BestPracticePage(
            title=text.title,
            slug=f"sample-practice-{self.number}",
            translation_key=stable_uuid(self._key),
            locale=self.locale,
            owner=self.author,
            is_sample=True,
            first_published_at=at,
            last_published_at=at,
            last_reviewed_on=at.date(),
            listing_summary=text.summary[:300],
            listing_image=rng.choice(self.images) if self.images else None,
            main_institution=text.institution,
            region=region,
            country_id=region.country_id,
            ongoing=True,
            scope="regional",
            challenge=f"<p>{text.challenge}</p>",
            resources_needed=f"<p>{text.resources}</p>",
            evidence_text=f"<p>{text.evidence}</p>",
            challenges_encountered=f"<p>{text.lessons}</p>",
            potential_for_transfer=f"<p>{text.transfer}</p>",
            description=[("text", RichText(f"<p>{words}</p>")) for words in text.paragraphs],
        )
        name, unit, before, after = text.indicator
        page.indicators = [
            PracticeIndicator(
                locale=self.locale,
                name=name,
                unit=unit,
                before=Decimal(before),
                after=Decimal(after),
                how_measured="Made-up figures of a sample",
            )
        ]
        page.value_chains = rng.sample(self.chains, rng.randint(1, 2))
        page.circular_strategies = rng.sample(self.strategies, rng.randint(1, 2))
        page.sectors = rng.sample(self.sectors, 1)
        page.tags.add(*text.tags)
        return page
