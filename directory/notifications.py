"""Mail about what happens to an organisation, to its people, its clusters and the coordinators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.mail import send_templated
from directory.models import (
    Claim,
    ClusterMembership,
    ExcellenceLabel,
    Invitation,
    Organisation,
    OrganisationRole,
)
from directory.querysets import coordinators
from directory.states import ClaimState, Stage, Standing
from directory.vocabulary import Role

TEMPLATE = "emails/directory/told"


def submitted(organisation: Organisation) -> None:
    """Tell those who can publish a profile that it waits."""
    clusters = organisation.memberships.alive().values_list("cluster", flat=True)
    people = [*_administrators(*clusters), *coordinators()]
    own = set(organisation.roles.values_list("user", flat=True))
    _tell(
        (person for person in _once(people) if person.pk not in own),
        _("A profile waits for its publication"),
        organisation,
        address=Address("review"),
    )


def changes_requested(organisation: Organisation, reason: str) -> None:
    """Tell an organisation's people what its profile lacks."""
    _tell(
        _editors(organisation),
        _("Please change the profile before it is published"),
        organisation,
        text=reason,
        address=Address("manage", organisation.slug),
    )


def published(organisation: Organisation) -> None:
    """Tell an organisation's people that everybody can read its profile."""
    _tell(_editors(organisation), _("The profile is published"), organisation)


def gone_stale(organisation: Organisation) -> None:
    """Ask an organisation's people whether its profile still holds."""
    _tell(
        _editors(organisation),
        _("Please confirm that the profile is up to date: nobody has for a year"),
        organisation,
        address=Address("manage", organisation.slug),
    )


def membership_asked(membership: ClusterMembership) -> None:
    """Ask a cluster's administrators, else the coordinators, whether an organisation is a member."""
    people = _administrators(membership.cluster_id) or list(coordinators())
    _tell(
        people,
        _("An organisation says that it is a member of your cluster"),
        membership.organisation,
        address=Address("review"),
    )


def membership_decided(membership: ClusterMembership, reason: str = "") -> None:
    """Tell an organisation's administrators what a cluster has answered."""
    is_confirmed = membership.standing == Standing.CONFIRMED
    _tell(
        _administrators(membership.organisation_id),
        _("The cluster has confirmed your membership")
        if is_confirmed
        else _("The cluster has not confirmed your membership"),
        membership.cluster,
        text=reason,
    )


def invited(invitation: Invitation) -> None:
    """Send the link of an invitation to its address."""
    with translation.override(invitation.language):
        address = reverse("directory:invitation", args=[invitation.word])
        until = date_format(invitation.expires_at, "DATE_FORMAT")
        text = str(_("The link is for this address and can be used once, until %s.")) % until
    _send(
        invitation.email,
        invitation.language,
        "",
        _("You are invited to look after this organisation with its people"),
        invitation.organisation,
        text,
        address,
    )


def role_taken(held: OrganisationRole) -> None:
    """Tell a person that they no longer belong to an organisation."""
    _tell([held.user], _("You no longer have a role in this organisation"), held.organisation)


def claim_asked(claim: Claim) -> None:
    """Put the question to whoever's turn it is."""
    match claim.stage:
        case Stage.ADMINISTRATORS:
            people = _administrators(claim.organisation_id)
        case Stage.CLUSTER:
            confirmed = claim.organisation.memberships.confirmed()
            people = _administrators(*confirmed.values_list("cluster", flat=True))
        case _:
            people = list(coordinators())
    _tell(
        (person for person in people if person.pk != claim.claimant_id),
        _("Somebody asks to look after an organisation: please answer within ten working days")
        if claim.role == Role.ADMINISTRATOR
        else _(
            "Somebody says to work for this organisation: please answer within ten working days"
        ),
        claim.organisation,
        text=claim.message,
        address=Address("review"),
    )


def claim_decided(claim: Claim) -> None:
    """Tell the claimant the answer, and the organisation's administrators who has joined them."""
    is_granted, administers = claim.state == ClaimState.GRANTED, claim.role == Role.ADMINISTRATOR
    answers = {
        (True, True): _("You can now look after this organisation"),
        (True, False): _("You now belong to this organisation"),
        (False, True): _("Your request to look after this organisation was not granted"),
        (False, False): _("Your request to belong to this organisation was not granted"),
    }
    _tell(
        [claim.claimant],
        answers[is_granted, administers],
        claim.organisation,
        text=claim.answer,
    )
    if is_granted:
        people = _administrators(claim.organisation_id)
        _tell(
            (
                person
                for person in people
                if person.pk not in {claim.claimant_id, claim.decided_by_id}
            ),
            _("This organisation has a new administrator")
            if administers
            else _("Somebody has joined this organisation"),
            claim.organisation,
        )


def label_ends(label: ExcellenceLabel) -> None:
    """Remind a cluster's administrators of the end of its label."""
    for person in _administrators(label.organisation_id):
        with translation.override(person.language):
            text = str(_("%(level)s is valid until %(day)s.")) % {
                "level": label.get_level_display(),
                "day": date_format(label.valid_until, "DATE_FORMAT"),
            }
        _tell([person], _("Your label of cluster excellence ends soon"), label.organisation, text)


class Address:
    """An address of the directory, made in the reader's language."""

    def __init__(self, name: str, *args: Any) -> None:
        self.name, self.args = name, args

    def __str__(self) -> str:
        return reverse(f"directory:{self.name}", args=self.args)


def _tell(
    people: Iterable[Any],
    subject: Any,
    organisation: Organisation,
    text: str = "",
    address: Any = "",
) -> None:
    for person in people:
        with translation.override(person.language):
            url = str(address) or organisation.get_absolute_url()
        _send(person.email, person.language, person.name, subject, organisation, text, url)


def _send(
    to: str,
    language: str,
    name: str,
    subject: Any,
    organisation: Organisation,
    text: str,
    address: str,
) -> None:
    with translation.override(language):
        words = str(subject)
    context = {
        "name": name,
        "subject": words,
        "organisation": organisation.name,
        "text": text,
        "url": f"{settings.WAGTAILADMIN_BASE_URL}{address}",
    }
    send_templated(template=TEMPLATE, to=to, language=language, context=context)


def _editors(organisation: Organisation) -> list[Any]:
    roles = organisation.roles.filter(
        user__is_active=True, role__in=[Role.ADMINISTRATOR, Role.EDITOR]
    )
    return [held.user for held in roles.select_related("user")]


def _administrators(*organisations: int) -> list[Any]:
    roles = OrganisationRole.objects.administrators().filter(organisation__in=organisations)
    return _once(held.user for held in roles.select_related("user"))


def _once(people: Iterable[Any]) -> list[Any]:
    return list({person.pk: person for person in people}.values())
