"""What a member decides about writing: who may mention them, which words the guard looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from forum.actions.writing import line_up
from forum.models import ConfidentialTerm, MentionConsent

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def keep_preferences(*, user: User, may_be_mentioned: bool, terms: Iterable[str]) -> None:
    """Store both; the terms replace those of before."""
    line_up(user)
    if may_be_mentioned:
        MentionConsent.objects.get_or_create(user=user)
    else:
        MentionConsent.objects.filter(user=user).delete()
    wanted = {term.casefold(): term for term in terms}
    for known in ConfidentialTerm.objects.filter(owner=user):
        if wanted.pop(known.text.casefold(), None) is None:
            known.delete()
    ConfidentialTerm.objects.bulk_create(
        [ConfidentialTerm(owner=user, text=text) for text in wanted.values()],
        # What Python and the database call the same letters differs for a few of them.
        ignore_conflicts=True,
    )
