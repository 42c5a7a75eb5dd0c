"""What members do with the searches that they keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from search.errors import NameTaken, NotAllowed, NothingAsked, TooManySaved
from search.models import Rhythm, SavedSearch
from search.parsing import normalise
from search.permissions import may_save
from search.presentation import chosen_labels
from search.query import SearchQuery

if TYPE_CHECKING:
    from members.models import User

MOST_SAVED = 20
LONGEST_NAME = 100


@transaction.atomic
def save_search(
    *,
    user: User,
    text: str,
    filters: Mapping[str, Sequence[str]],
    language: str,
    name: str = "",
    rhythm: str = Rhythm.NONE,
) -> SavedSearch:
    """Keep a search; the same words and filters kept already are returned as they are.

    Without a name it is called as its words are. Raises NotAllowed, NothingAsked, TooManySaved,
    or NameTaken where a given name is in use.
    """
    if not may_save(user):
        raise NotAllowed
    text = normalise(text)
    kept = {facet: sorted(codes) for facet, codes in filters.items() if codes}
    if SearchQuery(text=text, language=language, filters=_as_asked(kept)).is_empty:
        raise NothingAsked
    # One at a time for each account, so that the number and the names hold.
    get_user_model().objects.select_for_update().get(pk=user.pk)
    own = SavedSearch.objects.visible_to(user)
    same = own.filter(text=text, filters=kept).first()
    if same is not None:
        return same
    if own.count() >= MOST_SAVED:
        raise TooManySaved(MOST_SAVED)
    if name and own.filter(name=name).exists():
        raise NameTaken
    return SavedSearch.objects.create(
        user=user,
        name=name or _free_name(user, text or ", ".join(chosen_labels(kept))),
        text=text,
        filters=kept,
        language=language,
        rhythm=rhythm,
    )


def _as_asked(filters: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {facet: tuple(codes) for facet, codes in filters.items()}


def _free_name(user: User, wanted: str) -> str:
    """The name itself, or with the first number that makes it free."""
    taken = set(SavedSearch.objects.visible_to(user).values_list("name", flat=True))
    name, number = wanted[:LONGEST_NAME], 1
    while name in taken:
        number += 1
        name = f"{wanted[: LONGEST_NAME - 5]} ({number})"
    return name


@transaction.atomic
def change_saved_search(*, saved: SavedSearch, user: User, name: str, rhythm: str) -> None:
    """Rename a saved search or change its mail, which begins with what appears from now on.

    Raises NotAllowed for somebody else's, NameTaken.
    """
    row = SavedSearch.objects.select_for_update().visible_to(user).filter(pk=saved.pk).first()
    if row is None:
        raise NotAllowed
    others = SavedSearch.objects.visible_to(user).exclude(pk=row.pk)
    if others.filter(name=name).exists():
        raise NameTaken
    if row.rhythm == Rhythm.NONE and rhythm != Rhythm.NONE:
        row.told_at = timezone.now()
    row.name, row.rhythm = name, rhythm
    row.save(update_fields=["name", "rhythm", "told_at"])


@transaction.atomic
def remove_saved_search(*, saved: SavedSearch, user: User) -> None:
    """Forget a saved search; raises NotAllowed for somebody else's."""
    if not SavedSearch.objects.visible_to(user).filter(pk=saved.pk).delete()[0]:
        raise NotAllowed


def stop_mail(*, saved: SavedSearch) -> None:
    """Send no more mail about a saved search; for who holds a link from a mail."""
    SavedSearch.objects.filter(pk=saved.pk).update(rhythm=Rhythm.NONE)


def stop_all_mail(*, user: User) -> None:
    """Send no more mail to an account whose mail came back or was complained about."""
    SavedSearch.objects.filter(user=user).update(rhythm=Rhythm.NONE)
