"""The groups of an account and what it may do, read in one query.

Every page of a member asks for both: for the groups by the rule of visibility, for permissions by
the menus. Django reads them in three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db.models import Value

OWN = 0


@dataclass(frozen=True, slots=True)
class Rights:
    """`groups`: their keys. `permissions`: "app.codename", the account's own and those of its groups."""

    groups: frozenset[int]
    permissions: frozenset[str]


def rights_of(user: Any) -> Rights:
    """What an account has; remembered on the user object, which lives as long as the request."""
    known: Rights | None = getattr(user, "_rights", None)
    if known is None:
        known = user._rights = _read(user)
    return known


def _read(user: Any) -> Rights:
    of_groups = Group.objects.filter(user=user.pk).values_list(
        "pk", "permissions__content_type__app_label", "permissions__codename"
    )
    own = Permission.objects.filter(user=user.pk).order_by()
    rows = list(
        of_groups.order_by().union(
            own.values_list(Value(OWN), "content_type__app_label", "codename"), all=True
        )
    )
    return Rights(
        frozenset(group for group, _app, _name in rows if group != OWN),
        frozenset(f"{app}.{name}" for _group, app, name in rows if name is not None),
    )


class RightsBackend(ModelBackend):
    """Answers what an account may do for every backend that is asked after it; logs nobody in."""

    def authenticate(self, *_args: Any, **_credentials: Any) -> None:
        return None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            # Where Django's own backends look before they read.
            user_obj._perm_cache = set(rights_of(user_obj).permissions)
        known: set[str] = user_obj._perm_cache
        return known
