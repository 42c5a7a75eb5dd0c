"""Who belongs where: organisations in clusters, persons in organisations, and the ways there."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.organisations import Organisation
from directory.querysets import ClaimQuerySet, InvitationQuerySet, MembershipQuerySet, RoleQuerySet
from directory.states import ClaimState, Stage, Standing
from directory.vocabulary import Role

INVITATION_SALT = "directory.invitation"


class ClusterMembership(models.Model):
    """An organisation in a cluster. Until the cluster confirms it, it is shown as unconfirmed.

    What ended stays as history; of the living ones there is one for each pair.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    cluster = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="cluster_members"
    )
    since = models.DateField(_("member since"), null=True, blank=True)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.REQUESTED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership in a cluster")
        verbose_name_plural = _("memberships in clusters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "cluster"],
                condition=models.Q(standing__in=["requested", "confirmed"]),
                name="membership_one_alive",
            ),
            models.CheckConstraint(
                name="membership_not_in_itself",
                condition=~models.Q(organisation=models.F("cluster")),
            ),
            models.CheckConstraint(
                name="membership_dates_fit_standing",
                condition=models.Q(
                    standing="requested", confirmed_at__isnull=True, ended_at__isnull=True
                )
                | models.Q(standing="confirmed", confirmed_at__isnull=False, ended_at__isnull=True)
                | models.Q(standing="declined", confirmed_at__isnull=True, ended_at__isnull=False)
                | models.Q(standing="expired", ended_at__isnull=False),
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.cluster_id}: {self.standing}"

    @property
    def is_confirmed(self) -> bool:
        return self.standing == Standing.CONFIRMED


class OrganisationRole(models.Model):
    """A person in an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="organisation_roles"
    )
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="role_one_each"),
            models.CheckConstraint(name="role_known", condition=models.Q(role__in=Role.values)),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation_id}: {self.role}"


class Invitation(models.Model):
    """A place in an organisation kept for one address, taken by a signed link within its time."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                name="invitation_ends_once",
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_expires_later",
                condition=models.Q(expires_at__gt=models.F("invited_at")),
            ),
            models.CheckConstraint(
                name="invitation_role_known", condition=models.Q(role__in=Role.values)
            ),
        ]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation_id}"

    @property
    def word(self) -> str:
        """What stands in the link; nobody can make one up."""
        return signing.Signer(salt=INVITATION_SALT).sign(str(self.pk))


class Claim(models.Model):
    """Somebody says to belong to an organisation and asks for a role in it.

    Whoever's turn it is has ten working days (`due_on`); then the claim moves on.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    claimant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(
        _("role"), max_length=15, choices=Role.choices, default=Role.ADMINISTRATOR
    )
    message = models.TextField(_("how you belong to it"), max_length=1000)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.OPEN)
    stage = models.CharField(max_length=15, choices=Stage.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=1000, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "claimant"],
                condition=models.Q(state="open"),
                name="claim_one_open",
            ),
            models.CheckConstraint(
                name="claim_decided_is_dated",
                condition=models.Q(state="open", decided_at__isnull=True)
                | models.Q(state__in=["granted", "refused"], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_stage_known", condition=models.Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(
                name="claim_role_known", condition=models.Q(role__in=Role.values)
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="claim_by_due_day")]

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.claimant_id} for {self.organisation_id}: {self.state}"

    @property
    def is_overdue(self) -> bool:
        """Whether whoever's turn it is should have answered by now."""
        return self.state == ClaimState.OPEN and self.due_on < timezone.localdate()
