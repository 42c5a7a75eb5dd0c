"""The people of the institution that a practice names can be asked about it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from wagtail.models import Page

from bestpractices.models import PracticeBase
from core import owners
from directory.models import OrganisationRole
from directory.permissions import EDITORS
from directory.states import PUBLIC


def behind(page: Page) -> Iterable[int]:
    """Those who speak for the organisation of this very name, where it is in the directory."""
    # A topic knows its page without what its kind adds.
    named = PracticeBase.objects.filter(translation_key=page.translation_key)
    names = named.exclude(main_institution="").values("main_institution")
    speaking = _speaking().filter(organisation__name__in=names)
    return speaking.values_list("user", flat=True)


def pages() -> Iterable[UUID]:
    """The practices whose institution has people here."""
    names = _speaking().values("organisation__name")
    found = PracticeBase.objects.filter(main_institution__in=names).order_by()
    return found.values_list("translation_key", flat=True)


def _speaking() -> QuerySet[OrganisationRole]:
    roles = OrganisationRole.objects.filter(role__in=EDITORS, user__is_active=True)
    return roles.filter(organisation__state__in=PUBLIC).order_by()


owners.register("practices", behind, pages=pages)
