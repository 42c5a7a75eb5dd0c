"""Who speaks as a moderator: what a badge beside a name says."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Q
from django.db.models.signals import m2m_changed

from core import generation
from forum.querysets import MODERATE

PERMISSION = dict(
    zip(
        ("permissions__content_type__app_label", "permissions__codename"),
        MODERATE.split("."),
        strict=True,
    )
)


def moderators() -> Any:
    """Everybody who may moderate some part of the forum, administrators included; by name."""
    in_group = get_user_model().objects.filter(groups__in=Group.objects.filter(**PERMISSION))
    may = Q(pk__in=in_group.values("pk")) | Q(is_superuser=True)
    return get_user_model().objects.filter(may, is_active=True).order_by("name", "pk")


def moderator_keys() -> frozenset[int]:
    """The keys of the accounts whose groups let them moderate; read once for each generation.

    Administrators may moderate as well, but are not in the role.
    """

    def read() -> frozenset[int]:
        holding = Group.objects.filter(**PERMISSION)
        users = get_user_model().objects.filter(groups__in=holding, is_active=True)
        return frozenset(users.values_list("pk", flat=True))

    return generation.cached("forum.moderators", read, areas=[generation.Area.SITE])


def _renew(action: str, instance: Any, pk_set: set[int] | None, **_kwargs: Any) -> None:
    """A badge comes and goes with the group; most groups make no difference."""
    if not action.startswith("post_"):
        return
    groups = {instance.pk} if isinstance(instance, Group) else pk_set
    holding = Group.objects.filter(**PERMISSION)
    if groups is None or holding.filter(pk__in=groups).exists():
        generation.bump()


def connect() -> None:
    """Hear of people who join or leave a group."""
    through = get_user_model().groups.through
    m2m_changed.connect(_renew, sender=through, dispatch_uid="forum-moderators")
