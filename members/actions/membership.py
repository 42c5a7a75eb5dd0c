"""Who is a member follows from who belongs to which organisation, by one rule.

What every check reads, `approved_at` and the group, is kept in step with `UserQuerySet.entitled`
here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.log_actions import log

from core.mail import send_templated
from directory.permissions import may_coordinate
from directory.states import PUBLIC
from members.groups import MEMBERS
from members.models import Profile, User

BATCH = 500
ADMITTED, ENDED = "members.admitted", "members.ended"


class NotAllowed(Exception):
    """This person may not decide who is a member. Views answer 404."""


@transaction.atomic
def settle(*, users: Iterable[int]) -> int:
    """Make members of those who are entitled and of nobody else; how many have changed.

    `users` are keys of accounts. Those concerned are told by mail.
    """
    rows = User.objects.filter(pk__in=list(users))
    entitled = set(rows.entitled().values_list("pk", flat=True))
    changed = 0
    for user in rows.order_by("pk"):
        if user.pk in entitled:
            _name_organisation(user)
            changed += _admit(user)
        else:
            changed += _end(user)
    return changed


def settle_all() -> int:
    """Put right whatever has come out of step; how many accounts had."""
    out_of_step = User.objects.filter(approved_at__isnull=True).entitled()
    ended = User.objects.filter(approved_at__isnull=False).difference(
        User.objects.filter(approved_at__isnull=False).entitled()
    )
    keys = [*out_of_step.values_list("pk", flat=True), *ended.values_list("pk", flat=True)]
    starts = range(0, len(keys), BATCH)
    return sum(settle(users=keys[start : start + BATCH]) for start in starts)


@transaction.atomic
def let_stand_alone(*, user: User, actor: Any, reason: str) -> None:
    """Make a member of somebody without an organisation: coordinators do, with a reason for the log.

    A second time changes nothing. Raises NotAllowed.
    """
    if not may_coordinate(actor):
        raise NotAllowed
    if User.objects.filter(pk=user.pk, stands_alone=False).update(stands_alone=True):
        log(instance=user, action=ADMITTED, user=actor, data={"reason": reason})
        settle(users=[user.pk])


@transaction.atomic
def let_stand_alone_no_longer(*, user: User, actor: Any, reason: str) -> None:
    """Let membership depend on an organisation again. Raises NotAllowed."""
    if not may_coordinate(actor):
        raise NotAllowed
    if User.objects.filter(pk=user.pk, stands_alone=True).update(stands_alone=False):
        log(instance=user, action=ENDED, user=actor, data={"reason": reason})
        settle(users=[user.pk])


def _admit(user: User) -> int:
    rows = User.objects.filter(pk=user.pk, approved_at=None)
    if not rows.update(approved_at=timezone.now()):
        return 0
    user.groups.add(Group.objects.get(name=MEMBERS))
    _tell(user, "admitted")
    return 1


def _end(user: User) -> int:
    rows = User.objects.filter(pk=user.pk, approved_at__isnull=False)
    if not rows.update(approved_at=None):
        return 0
    user.groups.remove(Group.objects.get(name=MEMBERS))
    _tell(user, "ended")
    return 1


def _name_organisation(user: User) -> None:
    """Let what stands beside the name say where the person belongs, and nothing else."""
    held = user.organisation_roles.filter(organisation__state__in=PUBLIC)
    first = held.order_by("since", "pk").values_list("organisation__name", flat=True).first()
    if first is not None:
        Profile.objects.filter(user=user).update(organisation=first[:200])


def _tell(user: User, what: str) -> None:
    if not user.is_active:
        return
    with translation.override(user.language):
        path = reverse("members:joining")
    send_templated(
        template=f"emails/members/{what}",
        to=user.email,
        language=user.language,
        context={"user": user, "path": path},
    )
