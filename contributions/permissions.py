"""Who may do what with contributions: one rule, as a check here and as a filter in `querysets`."""

from __future__ import annotations

from typing import Any

from contributions.models import Contribution
from contributions.querysets import edits_pages
from contributions.states import WITH_PAGE


def may_propose(user: Any) -> bool:
    """Whether this person may propose pages: the audience "members"."""
    return bool(user.is_authenticated and user.is_member)


def may_write(user: Any, contribution: Contribution) -> bool:
    """`Contribution.objects.of` as a check, while it can be changed."""
    return may_propose(user) and contribution.contributor_id == user.pk and contribution.is_editable


def may_decline(user: Any, contribution: Contribution) -> bool:
    """Whether an editor may turn it down for good: nobody does so with what is their own."""
    return (
        contribution.state in WITH_PAGE
        and contribution.contributor_id != user.pk
        and edits_pages(user)
    )
