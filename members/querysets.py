"""Reads of accounts, chainable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from directory.states import PUBLIC

if TYPE_CHECKING:
    from members.models import User  # noqa: F401


class UserQuerySet(models.QuerySet["User"]):
    def entitled(self) -> UserQuerySet:
        """Those who are to be members: a person approved for an organisation that is approved.

        Approved for it is whoever has a role in it, for its administrators, its clusters or the
        coordinators have given it; approved is an organisation that its cluster or the coordinators
        have published. Those who work for the platform stand alone.
        """
        from directory.models import OrganisationRole

        placed = OrganisationRole.objects.filter(
            user=OuterRef("pk"), organisation__state__in=PUBLIC
        )
        return self.filter(Q(stands_alone=True) | Exists(placed))

    def members(self) -> UserQuerySet:
        """The active members."""
        return self.filter(is_active=True, approved_at__isnull=False)

    def waiting(self) -> UserQuerySet:
        """Active accounts with a confirmed address that are no members yet, the oldest first."""
        from allauth.account.models import EmailAddress

        confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
        rows = self.filter(Exists(confirmed), is_active=True, approved_at=None)
        return rows.order_by("date_joined", "pk")
