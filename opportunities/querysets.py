"""Reads of opportunities and of interest in them, chainable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from directory.models import OrganisationRole
from directory.querysets import coordinates
from directory.states import PUBLIC
from directory.vocabulary import Role
from opportunities.states import InterestState, State
from opportunities.vocabulary import Side

if TYPE_CHECKING:
    from opportunities.models import FollowUp, Interest, Opportunity  # noqa: F401

WRITERS = (Role.ADMINISTRATOR, Role.EDITOR)


def writes_for(user: Any) -> models.QuerySet[Any, Any]:
    """The keys of the published organisations for which this person may write, as a subquery.

    That takes an approved member with the role of an editor or administrator there.
    """
    roles = OrganisationRole.objects.filter(role__in=WRITERS, organisation__state__in=PUBLIC)
    if not user.is_authenticated or not user.is_member:
        return roles.none().values("organisation")
    return roles.filter(user=user.pk).values("organisation")


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def public(self, day: date | None = None) -> OpportunityQuerySet:
        """Those that everybody may read: published, not over, of an organisation that is published."""
        return self.filter(
            state=State.PUBLISHED,
            expires_on__gte=day or timezone.localdate(),
            organisation__state__in=PUBLIC,
        )

    def visible_to(self, user: Any) -> OpportunityQuerySet:
        """The public ones and those of one's own organisations; what was once public also to those
        whose interest is in it, and to coordinators."""
        if not user.is_authenticated:
            return self.public()
        was_public = ~Q(state=State.DRAFT) & Q(published_at__isnull=False)
        from opportunities.models import Interest

        interested = Interest.objects.filter(organisation__in=writes_for(user))
        seen = Q(pk__in=self.public().values("pk")) | Q(organisation__in=writes_for(user))
        seen |= was_public & Q(pk__in=interested.values("opportunity"))
        if coordinates(user):
            seen |= was_public
        return self.filter(seen)

    def writable_by(self, user: Any) -> OpportunityQuerySet:
        """Those of the organisations for which this person writes."""
        return self.filter(organisation__in=writes_for(user))

    def over(self, day: date | None = None) -> OpportunityQuerySet:
        """Published ones whose last day has passed."""
        return self.filter(state=State.PUBLISHED, expires_on__lt=day or timezone.localdate())

    def ending_by(self, day: date) -> OpportunityQuerySet:
        """Published ones that end by then, and of whose end nobody was warned yet."""
        return self.filter(state=State.PUBLISHED, expires_on__lte=day).exclude(
            warned_of=models.F("expires_on")
        )


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: Any) -> InterestQuerySet:
        """Those of which this person writes for one of the two sides; nobody else reads them."""
        return self.filter(
            Q(organisation__in=writes_for(user)) | Q(opportunity__organisation__in=writes_for(user))
        )

    def received_by(self, user: Any) -> InterestQuerySet:
        """Interest in the opportunities of one's own organisations."""
        return self.filter(opportunity__organisation__in=writes_for(user))

    def sent_by_organisations_of(self, user: Any) -> InterestQuerySet:
        """Interest that one's own organisations have expressed."""
        return self.filter(organisation__in=writes_for(user))

    def open(self) -> InterestQuerySet:
        """Those that wait for an answer."""
        return self.filter(state=InterestState.SENT)

    def accepted(self) -> InterestQuerySet:
        return self.filter(state=InterestState.ACCEPTED)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> FollowUpQuerySet:
        """Asked and not answered yet."""
        return self.filter(result="")

    def answerable_by(self, user: Any) -> FollowUpQuerySet:
        """Questions to the organisations for which this person writes."""
        own = writes_for(user)
        return self.filter(
            Q(side=Side.OWNER, interest__opportunity__organisation__in=own)
            | Q(side=Side.INTERESTED, interest__organisation__in=own)
        )
