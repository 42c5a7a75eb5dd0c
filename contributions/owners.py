"""Whoever proposed a page, and the people of the organisation that is named with it, can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page

from contributions.models import Contribution
from contributions.states import State
from core import owners
from directory.permissions import EDITORS


def behind(page: Page) -> Iterable[int]:
    """The contributor and those who speak for the organisation; one query."""
    made = Contribution.objects.credited(page.translation_key)
    people = Q(contributions__in=made) | Q(
        organisation_roles__organisation__contributions__in=made,
        organisation_roles__role__in=EDITORS,
    )
    found = get_user_model().objects.filter(people, is_active=True)
    return found.values_list("pk", flat=True).distinct()


def pages() -> Iterable[UUID]:
    """The pages of which anybody is left to ask."""
    made = Contribution.objects.filter(state=State.PUBLISHED, page__isnull=False)
    people = Q(contributor__is_active=True) | Q(
        organisation__roles__role__in=EDITORS, organisation__roles__user__is_active=True
    )
    return made.filter(people).order_by().values_list("page__translation_key", flat=True)


owners.register("contributions", behind, pages=pages)
