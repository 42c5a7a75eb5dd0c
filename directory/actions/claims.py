"""Claims: somebody says to belong to an organisation, as administrator, editor or reader.

The question goes to the administrators, where there are any; then to the clusters; then to the
coordinators. Each has ten working days.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from core.swapping import swap
from core.working_days import add_working_days
from directory import errors, notifications, permissions, transitions
from directory.actions.roles import lock
from directory.models import Claim, Organisation, OrganisationRole
from directory.states import ClaimState, OtherAct, Stage, Standing
from directory.vocabulary import Role

WORKING_DAYS = 10
# Enough for whoever works for several; too little to write to everybody's administrators.
MOST_OPEN = 5
ORDER = (Stage.ADMINISTRATORS, Stage.CLUSTER, Stage.COORDINATORS)


@transaction.atomic
def claim(
    *, organisation: Organisation, claimant: Any, message: str, role: Role = Role.ADMINISTRATOR
) -> Claim:
    """Ask for a role in an organisation.

    Raises NotAllowed, ReasonMissing, AlreadyClaimed, TooManyClaims.
    Whoever has a role asks for more than that only.
    """
    if not permissions.may_claim(claimant, organisation, role):
        raise errors.NotAllowed
    if not message.strip():
        raise errors.ReasonMissing
    waiting = Claim.objects.open().filter(claimant=claimant).exclude(organisation=organisation)
    if waiting.count() >= MOST_OPEN:
        raise errors.TooManyClaims
    today = timezone.localdate()
    try:
        with transaction.atomic():
            made = Claim.objects.create(
                organisation=organisation,
                claimant=claimant,
                role=role,
                message=message.strip(),
                stage=_first_to_ask(organisation, ORDER),
                due_on=add_working_days(today, WORKING_DAYS),
            )
    except IntegrityError as error:
        raise errors.AlreadyClaimed from error
    transitions.log(
        organisation=organisation,
        actor=claimant,
        subject=claimant,
        action=OtherAct.CLAIM,
        reason=role.value,
    )
    notifications.claim_asked(made)
    return made


@transaction.atomic
def decide_claim(*, claim: Claim, actor: Any, granted: bool, answer: str = "") -> None:
    """Grant a claim, which gives the claimant the role, or refuse it with a reason.

    Raises NotAllowed, ReasonMissing, AlreadyHandled.
    """
    if not Claim.objects.open().filter(pk=claim.pk).exists():
        raise errors.AlreadyHandled
    if not permissions.may_decide_claim(actor, claim):
        raise errors.NotAllowed
    if not granted and not answer.strip():
        raise errors.ReasonMissing
    swap(
        claim,
        Claim.objects.open(),
        state=ClaimState.GRANTED if granted else ClaimState.REFUSED,
        decided_by=actor,
        decided_at=timezone.now(),
        answer=answer.strip(),
    )
    if granted:
        lock(claim.organisation)
        if permissions.may_rise(claim.claimant, claim.organisation, Role(claim.role)):
            OrganisationRole.objects.update_or_create(
                organisation=claim.organisation,
                user=claim.claimant,
                defaults={"role": claim.role},
            )
        transitions.tell_of_places(claim.claimant_id)
    transitions.log(
        organisation=claim.organisation,
        actor=actor,
        subject=claim.claimant,
        action=OtherAct.GRANT if granted else OtherAct.REFUSE,
        reason=answer.strip(),
    )
    notifications.claim_decided(claim)


def hand_on_claims(day: date | None = None) -> int:
    """Give the open claims whose turn has passed to whoever is next; how many there were.

    The coordinators are the last: with them a claim stays until they answer.
    """
    today = day or timezone.localdate()
    late = Claim.objects.overdue(today).exclude(stage=Stage.COORDINATORS)
    done = 0
    for row in late.select_related("organisation", "claimant").order_by("pk"):
        with transaction.atomic():
            later = ORDER[ORDER.index(Stage(row.stage)) + 1 :]
            stage = _first_to_ask(row.organisation, later)
            due_on = add_working_days(today, WORKING_DAYS)
            rows = Claim.objects.open().filter(pk=row.pk, stage=row.stage)
            if not rows.update(stage=stage, due_on=due_on):
                continue
            row.stage, row.due_on = stage, due_on
            transitions.log(
                organisation=row.organisation,
                actor=None,
                subject=row.claimant,
                action=OtherAct.HAND_ON,
                reason=row.stage,
            )
            notifications.claim_asked(row)
        done += 1
    return done


def _first_to_ask(organisation: Organisation, stages: tuple[Stage, ...]) -> Stage:
    """The first of the stages at which there is somebody; the coordinators are always there."""
    administrators = OrganisationRole.objects.administrators()
    for stage in stages:
        if stage == Stage.ADMINISTRATORS:
            if administrators.filter(organisation=organisation).exists():
                return stage
        elif stage == Stage.CLUSTER:
            clusters = organisation.memberships.filter(standing=Standing.CONFIRMED)
            if administrators.filter(organisation__in=clusters.values("cluster")).exists():
                return stage
    return Stage.COORDINATORS
