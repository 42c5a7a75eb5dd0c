"""Reads of accounts, chainable."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core.working_days import working_days_before
from directory.states import PUBLIC, State

if TYPE_CHECKING:
    from members.models import User  # noqa: F401

# In how many working days an organisation that somebody has sent is looked at; the same as for claims.
REVIEW_DAYS = 10


class UserQuerySet(models.QuerySet["User"]):
    def entitled(self) -> UserQuerySet:
        """Those who are to be members: a person approved for an organisation that is approved.

        Approved for it is whoever has a role in it, for its administrators, its clusters or the
        coordinators have given it; approved is an organisation that its cluster or the coordinators
        have published. Whom the coordinators let stand alone needs none.
        """
        from directory.models import OrganisationRole

        placed = OrganisationRole.objects.filter(
            user=OuterRef("pk"), organisation__state__in=PUBLIC
        )
        return self.filter(Q(stands_alone=True) | Exists(placed))

    def members(self) -> UserQuerySet:
        """The active members: `User.is_member` as a filter."""
        return self.filter(is_active=True, approved_at__isnull=False)

    def waiting(self) -> UserQuerySet:
        """Active accounts with a confirmed address that are no members yet, the oldest first."""
        from allauth.account.models import EmailAddress

        confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        rows = self.filter(Exists(confirmed), is_active=True, approved_at=None)
        return rows.order_by("date_joined", "pk")

    def unconfirmed(self, before: datetime) -> UserQuerySet:
        """Accounts registered before a moment that never confirmed an address; those that others made
        have none to confirm."""
        from allauth.account.models import EmailAddress

        own = EmailAddress.objects.filter(user=OuterRef("pk"))
        rows = self._outside().filter(Exists(own), ~Exists(own.filter(verified=True)))
        return rows.filter(last_login=None, date_joined__lt=before)

    def idle(self, before: datetime) -> UserQuerySet:
        """Accounts that are no member's and that nobody has used since before a moment."""
        used = Q(last_login=None, date_joined__lt=before) | Q(last_login__lt=before)
        return self._outside().filter(used)

    def _outside(self) -> UserQuerySet:
        """No members, and nothing more than a registration."""
        rows = self.filter(approved_at=None, stands_alone=False, organisation_roles=None)
        return rows.filter(is_staff=False, is_superuser=False, groups=None).order_by("pk")

    def asking(self) -> UserQuerySet:
        """Those who wait for an answer: to a claim, or to an organisation that they have sent."""
        return self._asking(Q(), Q())

    def overdue(self, day: date | None = None) -> UserQuerySet:
        """Those whose answer should have come before this day."""
        today = day or timezone.localdate()
        last = datetime.combine(working_days_before(today, REVIEW_DAYS + 1), time.max)
        return self._asking(
            Q(due_on__lt=today),
            Q(organisation__submitted_at__lte=timezone.make_aware(last)),
        )

    def _asking(self, claims: Q, places: Q) -> UserQuerySet:
        from directory.models import Claim, OrganisationRole

        asked = Claim.objects.open().filter(claims, claimant=OuterRef("pk"))
        sent = OrganisationRole.objects.filter(
            places, user=OuterRef("pk"), organisation__state=State.SUBMITTED
        )
        return self.filter(Exists(asked) | Exists(sent))

    def around(self, cluster: int) -> UserQuerySet:
        """Those who belong to a cluster or its members, or ask for a place there."""
        from directory.models import Claim, ClusterMembership, OrganisationRole

        inside = ClusterMembership.objects.alive().filter(cluster=cluster).values("organisation")
        there = Q(organisation=cluster) | Q(organisation__in=inside)
        asked = Claim.objects.open().filter(there, claimant=OuterRef("pk"))
        placed = OrganisationRole.objects.filter(there, user=OuterRef("pk"))
        return self.filter(Exists(asked) | Exists(placed))
