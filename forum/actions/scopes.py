"""Who looks after which category."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from forum import errors, permissions
from forum.models import Category, ModeratorScope

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def assign_moderators(
    *, category: Category, moderators: Iterable[User], administrator: User
) -> None:
    """Have these of the moderators with chosen categories look after this one, and no others of them.

    Whoever looks after every category does so whatever is said here: that is narrowed in the
    moderator's scope, by naming categories. Raises NotAllowed, OnlyCategory.
    """
    if not permissions.may_assign_moderators(administrator):
        raise errors.NotAllowed
    wanted = {moderator.pk for moderator in moderators}
    scopes = ModeratorScope.objects.select_for_update(of=("self",)).narrowed()
    for scope in scopes.select_related("user").prefetch_related("categories").order_by("pk"):
        chosen = {one.pk for one in scope.categories.all()}
        if scope.user_id in wanted and category.pk not in chosen:
            scope.categories.add(category)
        elif scope.user_id not in wanted and category.pk in chosen:
            if len(chosen) == 1:
                raise errors.OnlyCategory(str(scope.user))
            scope.categories.remove(category)
