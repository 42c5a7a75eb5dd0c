"""Reads of the directory, chainable."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from directory import names
from directory.states import PUBLIC, ClaimState, Stage, Standing, State
from directory.vocabulary import Kind, Role

if TYPE_CHECKING:
    from directory.models import (  # noqa: F401
        Claim,
        ClusterMembership,
        Invitation,
        Organisation,
        OrganisationRole,
        Trait,
    )

ALIVE = (Standing.REQUESTED, Standing.CONFIRMED)
# What an organisation's entry in the search is made of, beside its columns; see `searched_many`.
SEARCHED_ONE = ("region", "country", "nace", "cluster_profile", "hosting")


def searched_many() -> list[Any]:
    """What the entry needs of what there are several of, for `prefetch_related`."""
    from directory.models import Trait

    named = Prefetch("traits", queryset=Trait.objects.with_names(), to_attr="named_traits")
    return ["value_chains", "circular_strategies", "other_nace", "lines", named]


def coordinates(user: Any) -> bool:
    """Whether this person looks after the whole directory."""
    from directory.models import COORDINATE

    return bool(user.is_authenticated and user.has_perm(COORDINATE))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> OrganisationQuerySet:
        """Those that everybody may read; the ones not confirmed for a year stay readable."""
        return self.filter(state__in=PUBLIC)

    def visible_to(self, user: Any) -> OrganisationQuerySet:
        """The public ones, one's own, and those that this person may review."""
        if not user.is_authenticated:
            return self.public()
        if coordinates(user):
            return self
        return self.filter(
            Q(state__in=PUBLIC)
            | Q(pk__in=_keys_of(user, *Role.values))
            | Q(pk__in=_asking(user).values("organisation"))
        )

    def of(self, user: Any, *roles: str) -> OrganisationQuerySet:
        """The organisations in which a person has one of the roles, any role without one named."""
        return self.filter(pk__in=_keys_of(user, *(roles or Role.values)))

    def reviewable_by(self, user: Any) -> OrganisationQuerySet:
        """Those that this person may publish: coordinators any, a cluster's administrators those that
        are in the cluster or ask for it; never one's own."""
        if not user.is_authenticated:
            return self.none()
        found = self.exclude(pk__in=_keys_of(user, *Role.values))
        if coordinates(user):
            return found
        return found.filter(pk__in=_asking(user).values("organisation"))

    def waiting(self) -> OrganisationQuerySet:
        """What was sent for review, the longest waiting first."""
        return self.filter(state=State.SUBMITTED).order_by("submitted_at", "pk")

    def clusters(self) -> OrganisationQuerySet:
        return self.filter(kind=Kind.CLUSTER)

    def orphaned(self) -> OrganisationQuerySet:
        """Those without an administrator whose account is active."""
        from directory.models import OrganisationRole

        administrators = OrganisationRole.objects.administrators()
        return self.filter(~Exists(administrators.filter(organisation=OuterRef("pk"))))

    def unconfirmed_since(self, moment: datetime) -> OrganisationQuerySet:
        """Published ones that nobody has confirmed since."""
        return self.filter(state=State.PUBLISHED, confirmed_at__lt=moment)

    def named_like(self, text: str) -> OrganisationQuerySet:
        """Those of whose names each word of the text begins a word, whatever case and accents.

        Letters of other scripts are found by Latin ones as well: "atelie" finds "Ателие".
        """
        from directory.models import NameWord

        found = self
        for word in names.words(text):
            begins = Q(word__startswith=word) | Q(word__startswith=names.in_latin(word))
            found = found.filter(pk__in=NameWord.objects.filter(begins).values("organisation"))
        return found

    def by_name(self) -> OrganisationQuerySet:
        """In the order of lists: what nobody confirmed for a year comes last."""
        return self.annotate(rank=STALE_LAST).order_by("rank", "name", "pk")


STALE_LAST = models.Case(
    models.When(state=State.STALE, then=models.Value(1)),
    default=models.Value(0),
    output_field=models.SmallIntegerField(),
)


def _keys_of(user: Any, *roles: str) -> models.QuerySet[Any, Any]:
    from directory.models import OrganisationRole

    return OrganisationRole.objects.filter(user=user.pk, role__in=roles).values("organisation")


def _asking(user: Any) -> MembershipQuerySet:
    """The living memberships in clusters that this person administers; one that is off the site
    vouches for nobody."""
    from directory.models import ClusterMembership

    return ClusterMembership.objects.alive().filter(
        cluster__in=_keys_of(user, Role.ADMINISTRATOR), cluster__state__in=PUBLIC
    )


class TraitQuerySet(models.QuerySet["Trait"]):
    def with_names(self) -> TraitQuerySet:
        """With the names of the country that a code of exports stands for."""
        from directory.models import Country

        country = Country.objects.filter(pk=OuterRef("code"))
        return self.annotate(
            country_name=Subquery(country.values("name")),
            country_names=Subquery(country.values("names")),
        )


class MembershipQuerySet(models.QuerySet["ClusterMembership"]):
    def alive(self) -> MembershipQuerySet:
        """Asked for or confirmed, and not ended."""
        return self.filter(standing__in=ALIVE)

    def confirmed(self) -> MembershipQuerySet:
        return self.filter(standing=Standing.CONFIRMED)

    def requested(self) -> MembershipQuerySet:
        return self.filter(standing=Standing.REQUESTED).order_by("asked_at", "pk")

    def public(self) -> MembershipQuerySet:
        """Those of which both sides are public."""
        return self.filter(organisation__state__in=PUBLIC, cluster__state__in=PUBLIC)

    def decidable_by(self, user: Any) -> MembershipQuerySet:
        """Those that this person may confirm or end for the cluster."""
        if not user.is_authenticated:
            return self.none()
        if coordinates(user):
            return self
        return self.filter(cluster__in=_keys_of(user, Role.ADMINISTRATOR))


class RoleQuerySet(models.QuerySet["OrganisationRole"]):
    def administrators(self) -> RoleQuerySet:
        """Administrators whose accounts are active."""
        return self.filter(role=Role.ADMINISTRATOR, user__is_active=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> InvitationQuerySet:
        """Neither taken nor withdrawn, be the time over or not."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def vouched_for(self) -> InvitationQuerySet:
        """Those of people who could still invite: administrators of the organisation, coordinators.

        An invitation is worth no more than the place of who gave it, in whatever way that was lost.
        """
        from directory.models import OrganisationRole

        held = OrganisationRole.objects.administrators().filter(
            organisation=OuterRef("organisation"), user=OuterRef("invited_by")
        )
        # Administrators of the site may coordinate without being coordinators.
        superuser = Q(invited_by__is_superuser=True, invited_by__is_active=True)
        officers = coordinators().order_by().values("pk")
        return self.filter(Exists(held) | Q(invited_by__in=officers) | superuser)

    def open(self, now: datetime | None = None) -> InvitationQuerySet:
        """Those that can still be taken."""
        return self.pending().vouched_for().filter(expires_at__gt=now or timezone.now())


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> ClaimQuerySet:
        return self.filter(state=ClaimState.OPEN)

    def overdue(self, day: date | None = None) -> ClaimQuerySet:
        """Open ones whose turn has passed without an answer."""
        return self.open().filter(due_on__lt=day or timezone.localdate())

    def decidable_by(self, user: Any) -> ClaimQuerySet:
        """Open claims of others that this person may answer: `waiting_for`, and for the coordinators
        all, for nobody has to wait for somebody whom they can speak for."""
        if user.is_authenticated and coordinates(user):
            return self.open().exclude(claimant=user.pk)
        return self.waiting_for(user)

    def waiting_for(self, user: Any) -> ClaimQuerySet:
        """Open claims of others whose turn it is, or was, for this person.

        Administrators of the organisation may always answer, its clusters from their turn on, and
        the coordinators are asked in the end.
        """
        if not user.is_authenticated:
            return self.none()
        clusters = _asking(user).confirmed()
        mine = Q(organisation__in=_keys_of(user, Role.ADMINISTRATOR)) | Q(
            stage__in=[Stage.CLUSTER, Stage.COORDINATORS],
            organisation__in=clusters.values("organisation"),
        )
        if coordinates(user):
            mine |= Q(stage=Stage.COORDINATORS)
        return self.open().filter(mine).exclude(claimant=user.pk)


def coordinators() -> models.QuerySet[Any]:
    """The active accounts whose groups let them look after the directory.

    Administrators of the site may as well, but it is not their work.
    """
    app, codename = "directory", "coordinate_organisation"
    return (
        get_user_model()
        .objects.filter(
            is_active=True,
            groups__permissions__content_type__app_label=app,
            groups__permissions__codename=codename,
        )
        .order_by(F("pk").asc())
        .distinct()
    )
