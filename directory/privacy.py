"""What the directory holds about a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.privacy import Holding, Row, register, together, values, written_to
from directory import actions
from directory.models import Invitation, Organisation, OrganisationRole

# Not to whom: the address is somebody else's.
_sent = together(("directory.Invitation", "invited_by", "organisation__name", "role", "invited_at"))


def _invitations(user: Any) -> Iterable[Row]:
    own = Invitation.objects.filter(written_to("email", user))
    yield from own.values("organisation__name", "email", "role", "invited_at", "accepted_at")
    yield from _sent(user)


register(
    Holding(
        name="directory-roles",
        label=_("Your roles in organisations"),
        links=("directory.OrganisationRole.user",),
        rows=values(OrganisationRole, "user", "organisation__name", "role", "since"),
    ),
    Holding(
        name="directory-organisations",
        label=_("Organisations that you described"),
        links=("directory.Organisation.created_by",),
        rows=values(Organisation, "created_by", "name", "state", "created_at"),
        erase=lambda user: actions.forget_person(user=user),
    ),
    Holding(
        name="directory-invitations",
        label=_("Invitations to organisations"),
        links=("directory.Invitation.invited_by",),
        rows=_invitations,
    ),
    Holding(
        name="directory-claims",
        label=_("Organisations that you asked for a place in"),
        links=("directory.Claim.claimant", "directory.Claim.decided_by"),
        rows=together(
            (
                *("directory.Claim", "claimant", "organisation__name"),
                *("role", "message", "state", "answer"),
            ),
            (
                *("directory.Claim", "decided_by", "organisation__name"),
                *("role", "state", "answer", "decided_at"),
            ),
        ),
    ),
    Holding(
        name="directory-memberships",
        label=_("Memberships of clusters that you asked for"),
        links=(
            "directory.ClusterMembership.asked_by",
            "directory.ClusterMembership.confirmed_by",
        ),
        rows=together(
            (
                *("directory.ClusterMembership", "asked_by"),
                *("organisation__name", "cluster__name", "asked_at"),
            ),
            (
                *("directory.ClusterMembership", "confirmed_by"),
                *("organisation__name", "cluster__name", "confirmed_at"),
            ),
        ),
    ),
    Holding(
        name="directory-log",
        label=_("What you did in the directory"),
        links=("directory.DirectoryLog.actor", "directory.DirectoryLog.subject"),
        rows=together(
            ("directory.DirectoryLog", "actor_id", "organisation__name", "action", "reason", "at"),
            ("directory.DirectoryLog", "subject_id", "organisation__name", "action", "at"),
        ),
    ),
)
