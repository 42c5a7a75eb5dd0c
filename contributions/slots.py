"""What other apps' pages show of contributions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from contributions.models import Contribution
from contributions.permissions import may_propose
from contributions.states import Naming, State
from core import generation, slots
from core.contributable import kind_of


def account_page(request: HttpRequest) -> Mapping[str, Any] | None:
    """The way to one's own proposals, among the pages of one's own account."""
    if not may_propose(request.user):
        return None
    return {"url": reverse("contributions:mine"), "path": request.path}


def invitation(request: HttpRequest, *, kinds: str) -> Mapping[str, Any] | None:
    """The buttons above a list that lead to proposing such a page; None for who may not."""
    if not may_propose(request.user):
        return None
    named = [(name, kind_of(name)) for name in kinds.split()]
    return {
        "ways": [
            {"url": reverse("contributions:new", args=[name]), "text": kind.invitation}
            for name, kind in named
            if kind is not None
        ]
    }


def credit(request: HttpRequest, *, page: Page) -> Mapping[str, Any] | None:
    """Who proposed a page, as that member wishes; None for pages that editors began.

    Pages of all languages name the same person. Kept until content changes.
    """
    if page.pk is None or getattr(request, "is_preview", False):
        return None
    if page.translation_key not in generation.cached("contributions:pages", _credited_pages):
        return None
    key = f"contributions:credit:{page.translation_key}:{get_language()}"
    return generation.cached(key, lambda: _credit(page)) or None


def _credited_pages() -> set[UUID]:
    published = Contribution.objects.filter(state=State.PUBLISHED, page__isnull=False)
    return set(published.order_by().values_list("page__translation_key", flat=True))


def _credit(page: Page) -> dict[str, Any]:
    found = (
        Contribution.objects.credited(page.translation_key)
        .select_related("contributor", "organisation")
        .first()
    )
    return named(found) if found is not None else {}


def named(contribution: Contribution) -> dict[str, Any]:
    """{name, organisation, url} of a credit; empty where there is nobody to name."""
    wish = contribution.naming
    person, organisation = "", None
    if wish in (Naming.NAME, Naming.ORGANISATION):
        member = contribution.contributor
        person = member.name if member is not None and member.name else _("Former member")
    if wish in (Naming.ONLY_ORGANISATION, Naming.ORGANISATION):
        organisation = contribution.organisation
    if organisation is not None and not organisation.is_public:
        organisation = None
    if not person and organisation is None:
        return {}
    return {
        "name": person,
        "organisation": organisation.name if organisation else "",
        "url": organisation.get_absolute_url() if organisation else "",
    }


slots.register("account.contributions", account_page, template="pages/contributions/_account.html")
slots.register("list.propose", invitation, template="pages/contributions/_invitation.html")
slots.register("page.credit", credit, template="pages/contributions/_credit.html")
