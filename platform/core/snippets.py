"""What snippets in the admin share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from wagtail.permission_policies import ModelPermissionPolicy


class OneRule(ModelPermissionPolicy):
    """Asks `user_has_permission` for several actions too, so that a subclass states its rule once."""

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class Without(OneRule):
    """Django's permissions, but nobody may do some of the actions ("add", "change", "delete")."""

    def __init__(self, model: type[Model], *actions: str) -> None:
        super().__init__(model)
        self.without = frozenset(actions)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in self.without and super().user_has_permission(user, action)
