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

from core import generation
from core.mail import send_templated
from directory.permissions import may_coordinate
from directory.states import PUBLIC
from members.errors import AlreadyHandled, NotAllowed
from members.groups import MEMBERS
from members.models import Profile, User

BATCH = 500
ADMITTED, ENDED = "members.admitted", "members.ended"


@transaction.atomic
def settle(*, users: Iterable[int]) -> int:
    """Make members of those who are entitled and of nobody else; how many have changed.

    `users` are keys of accounts. Those concerned are told by mail.
    """
    rows = User.objects.filter(pk__in=list(users))
    # Of two places that one person loses at once, whoever comes second sees that both are gone.
    accounts = list(rows.select_for_update(no_key=True).order_by("pk"))
    entitled = set(rows.entitled().values_list("pk", flat=True))
    changed = 0
    for user in accounts:
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

    Raises NotAllowed, AlreadyHandled.
    """
    _stand_alone(user, actor, value=True, action=ADMITTED, reason=reason)


@transaction.atomic
def let_stand_alone_no_longer(*, user: User, actor: Any, reason: str) -> None:
    """Let membership depend on an organisation again. Raises NotAllowed, AlreadyHandled."""
    _stand_alone(user, actor, value=False, action=ENDED, reason=reason)


def _stand_alone(user: User, actor: Any, *, value: bool, action: str, reason: str) -> None:
    # Nobody makes an exception of themselves.
    if not may_coordinate(actor) or actor.pk == user.pk:
        raise NotAllowed
    if not User.objects.filter(pk=user.pk).exclude(stands_alone=value).update(stands_alone=value):
        raise AlreadyHandled
    log(instance=user, action=action, user=actor, data={"reason": reason})
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
    _call(user, "")
    _tell(user, "ended")
    return 1


def _name_organisation(user: User) -> None:
    """Let what stands beside the name say where the person belongs, and nothing else."""
    held = user.organisation_roles.filter(organisation__state__in=PUBLIC)
    first = held.order_by("since", "pk").values_list("organisation__name", flat=True).first()
    if first is not None:
        _call(user, first[:200])


def _call(user: User, name: str) -> None:
    if Profile.objects.filter(user=user).exclude(organisation=name).update(organisation=name):
        generation.bump()


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
