"""Sending a proposal to the editors, taking it back, deleting it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page

from contributions import composition, errors, limits, notifications
from contributions.actions.pictures import remove_files
from contributions.actions.writing import move, own
from contributions.models import Contribution, Round
from contributions.states import DELETABLE, Naming, Outcome, State
from core import drafts
from core.models import SampleMixin
from core.ratelimit import hit

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def send(
    *,
    contribution: Contribution,
    contributor: User,
    version: int,
    naming: Naming,
    is_agreed: bool,
) -> Contribution:
    """Make the draft page of it, or change the one there is, and start the editors' review.

    Sent a second time while it is with the editors, it is sent. Raises NotAllowed, AlreadyHandled,
    NotAgreed, Incomplete, NowhereToStand, Unfit, TooFast.
    """
    current = own(contribution, contributor)
    if current.state == State.SENT and version < current.version:
        return current
    if not current.is_editable or current.version != version:
        raise errors.AlreadyHandled
    if not is_agreed:
        raise errors.NotAgreed
    if composition.problems(current):
        raise errors.Incomplete
    limit = limits.current().sendings_per_hour
    if not hit("contribution-send", str(contributor.pk), limit=limit, seconds=3600):
        raise errors.TooFast
    page = _draft(current, contributor)
    drafts.submit(page=page, user=contributor)
    Round.objects.create(contribution=current)
    sent = move(
        current,
        State.SENT,
        page=page,
        sent_content=current.first_content,
        naming=naming,
        agreed_at=timezone.now(),
    )
    notifications.sent(sent)
    return sent


@transaction.atomic
def withdraw(*, contribution: Contribution, contributor: User, version: int) -> Contribution:
    """Take a proposal back from the editors; its page goes, the text stays with the member.

    Raises NotAllowed, AlreadyHandled.
    """
    current = own(contribution, contributor)
    if current.state != State.SENT or current.version != version:
        raise errors.AlreadyHandled
    close_round(current, Outcome.WITHDRAWN)
    return drop_page(current, State.DRAFT, user=contributor)


@transaction.atomic
def discard(*, contribution: Contribution, contributor: User) -> None:
    """Delete a proposal that the editors do not have, with its pictures. Raises NotAllowed, AlreadyHandled."""
    current = own(contribution, contributor)
    if current.state not in DELETABLE:
        raise errors.AlreadyHandled
    delete(current, user=contributor)


def delete(current: Contribution, *, user: Any) -> None:
    """Delete a proposal for good, and the page that was never published."""
    if current.page_id is not None and current.state != State.PUBLISHED:
        drop_page(current, State.DRAFT, user=user)
    remove_files(current)
    current.delete()


def drop_page(current: Contribution, state: State, *, user: Any) -> Contribution:
    """Part a proposal from its page, end the review and delete the page."""
    page = Page.objects.select_for_update().get(pk=current.page_id)
    moved = move(current, state, page=None, sent_content=None)
    review = page.current_workflow_state
    if review is not None:
        review.cancel(user=user)
    DeletePageAction(page.specific, user=user).execute(skip_permission_checks=True)
    return moved


def close_round(current: Contribution, outcome: Outcome, answer: str = "") -> None:
    """Write down what became of the sending that is open; the newest one, where none is."""
    newest = Round.objects.filter(contribution=current).first()
    if newest is None:
        return
    newest.outcome, newest.answered_at = outcome, timezone.now()
    newest.answer = answer or newest.answer
    newest.save(update_fields=["outcome", "answered_at", "answer"])


@contextmanager
def fitting() -> Iterator[None]:
    """Turn what the page itself refuses into Unfit, with the page's words."""
    try:
        yield
    except ValidationError as error:
        raise errors.Unfit(" ".join(error.messages)) from error


def _draft(current: Contribution, contributor: User) -> Page:
    """The page, saved as the contributor's draft."""
    parent, page = composition.page_of(current)
    if page.pk is None:
        if isinstance(page, SampleMixin):
            page.is_sample = contributor.is_sample
        with fitting():
            drafts.add_draft(parent=parent, page=page, author=contributor)
        return page
    if page.workflow_in_progress:
        # An editor has taken the page over and submitted it.
        raise errors.AlreadyHandled
    with fitting():
        page.save_revision(user=contributor, log_action=True)
    return page
