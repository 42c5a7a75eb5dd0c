"""Reads of contributions, chainable."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from wagtail.permission_policies.pages import PagePermissionPolicy

from contributions.states import WITH_PAGE, State

if TYPE_CHECKING:
    from uuid import UUID

    from contributions.models import Contribution  # noqa: F401


def edits_pages(user: Any) -> bool:
    """Whether this person changes pages in the admin: groups say so, wherever in the tree."""
    return bool(
        user.is_authenticated
        and user.is_active
        and PagePermissionPolicy().user_has_permission(user, "change")
    )


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def of(self, user: Any) -> ContributionQuerySet:
        """A member's own; who is no member any more has none."""
        if not user.is_authenticated or not user.is_member:
            return self.none()
        return self.filter(contributor=user.pk)

    def visible_to(self, user: Any) -> ContributionQuerySet:
        """One's own, and for editors those that were sent to them and are not published yet."""
        if not user.is_authenticated:
            return self.none()
        own = Q(contributor=user.pk) if user.is_member else Q(pk__in=[])
        if edits_pages(user):
            own |= Q(state__in=[str(state) for state in WITH_PAGE])
        return self.filter(own)

    def open(self) -> ContributionQuerySet:
        """What is not decided yet."""
        return self.filter(state__in=[State.DRAFT, State.SENT, State.CHANGES])

    def credited(self, translation_key: UUID) -> ContributionQuerySet:
        """The one that a page, in whatever language, was made of."""
        return self.filter(state=State.PUBLISHED, page__translation_key=translation_key)

    def untouched_since(self, moment: datetime) -> ContributionQuerySet:
        """Drafts and declined ones that nobody has changed since."""
        return self.filter(state__in=[State.DRAFT, State.DECLINED], changed_at__lt=moment)

    def unwarned(self) -> ContributionQuerySet:
        """Those whose contributor was not told since the last change that they go with age."""
        return self.filter(Q(warned_at=None) | Q(warned_at__lt=F("changed_at")))
