"""What the editors answer, in Wagtail's review or by turning a proposal down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.models import Page, Revision

from contributions import errors, notifications, permissions
from contributions.actions.pictures import become_images
from contributions.actions.sending import close_round, drop_page
from contributions.actions.writing import move
from contributions.models import Contribution
from contributions.states import Outcome, State
from core import generation, searchable
from core.contributable import Contributable, Illustration

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def note_changes_asked(*, page_id: int, author_id: int | None, comment: str) -> None:
    """An editor asked for changes in the review: the proposal is its contributor's again.

    `author_id` is who saved the version that was read: where an editor has taken the page over, the
    answer is for that editor.
    """
    current = _of_page(page_id, State.SENT)
    if current is None or current.contributor_id != author_id:
        return
    close_round(current, Outcome.CHANGES, comment)
    notifications.changes_asked(move(current, State.CHANGES), comment)


@transaction.atomic
def note_published(*, page: Page, revision: Revision) -> None:
    """The page went live: put the pictures on it, name its contributor, say so."""
    current = _of_page(page.pk, State.SENT, State.CHANGES)
    if current is None or not page.live:
        return
    close_round(current, Outcome.PUBLISHED)
    moved = move(current, State.PUBLISHED)
    pictures = become_images(moved)
    if pictures and moved.about is not None:
        moved.about.illustrate(page, pictures)
        page.save()
        Revision.objects.filter(pk=revision.pk).update(content=page.serializable_data())
        _illustrate_later(moved.about, revision, pictures)
        searchable.changed(page)
    generation.bump()
    notifications.published(moved, page)


@transaction.atomic
def note_gone(*, page_id: int) -> None:
    """The page is about to be deleted in the admin before it was ever published."""
    current = _of_page(page_id, State.SENT, State.CHANGES)
    if current is not None:
        close_round(current, Outcome.DECLINED)
        notifications.declined(move(current, State.DECLINED, page=None, sent_content=None), "")


@transaction.atomic
def decline(*, contribution: Contribution, editor: User, version: int, reason: str) -> None:
    """Turn a proposal down for good, with a reason; its page is deleted, the text stays its member's.

    Raises NotAllowed, ReasonMissing, AlreadyHandled.
    """
    rows = Contribution.objects.select_for_update(of=("self",))
    current = rows.filter(pk=contribution.pk).first()
    if current is None or not permissions.may_decline(editor, current):
        raise errors.NotAllowed
    if current.version != version:
        raise errors.AlreadyHandled
    if not reason.strip():
        raise errors.ReasonMissing
    close_round(current, Outcome.DECLINED, reason.strip())
    notifications.declined(drop_page(current, State.DECLINED, user=editor), reason.strip())


def _illustrate_later(
    kind: Contributable, revision: Revision, pictures: list[Illustration]
) -> None:
    """What was saved after the published version gets the pictures too, or would lose them again."""
    for later in revision.content_object.revisions.filter(pk__gt=revision.pk):
        draft = later.as_object()
        kind.illustrate(draft, pictures)
        Revision.objects.filter(pk=later.pk).update(content=draft.serializable_data())


def _of_page(page_id: int, *states: State) -> Contribution | None:
    rows = Contribution.objects.select_for_update(of=("self",))
    return rows.filter(page=page_id, state__in=states).first()
