"""What members say about practices that they use, and what editors show of it."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from bestpractices import permissions
from bestpractices.models import Outcome, PracticeBase, Uptake, Use
from core import generation
from core.errors import NotAllowed
from core.mail import send_templated

if TYPE_CHECKING:
    from members.models import User

logger = logging.getLogger(__name__)


@transaction.atomic
def take_up(*, practice: PracticeBase, user: User, kind: Use | None) -> None:
    """Note that a member used a practice or wants to; None takes it back, its report included.

    It says what shall be: sent twice, it stands. Raises NotAllowed for who is no member.
    """
    if not permissions.may_take_up(user):
        raise NotAllowed
    own = Uptake.objects.of(practice).filter(user=user)
    if kind is None:
        was_shown = own.shown().exists()
        own.delete()
        if was_shown:
            generation.bump()
        return
    Uptake.objects.bulk_create(
        [
            Uptake(
                practice=practice,
                translation_key=practice.translation_key,
                user=user,
                kind=kind,
                language=user.language,
            )
        ],
        update_conflicts=True,
        update_fields=["kind"],
        unique_fields=["user", "translation_key"],
    )


@transaction.atomic
def answer(*, uptake: Uptake, user: User, outcome: Outcome, report: str, language: str) -> None:
    """Keep what came of it. Changed words are shown again only after an editor has read them.

    Raises NotAllowed for anybody but the member who said to use the practice.
    """
    if uptake.user_id != user.pk:
        raise NotAllowed
    current = Uptake.objects.select_for_update().get(pk=uptake.pk)
    if current.shown_at and current.report != report:
        current.shown_at = None
        generation.bump()
    current.outcome, current.report, current.language = outcome, report, language
    current.answered_at = timezone.now()
    current.save()


@transaction.atomic
def show_report(*, uptake: Uptake, editor: User, is_shown: bool) -> None:
    """Put a member's words on the practice's page, or take them off. Raises NotAllowed."""
    if not permissions.may_show_reports(editor):
        raise NotAllowed
    rows = Uptake.objects.filter(pk=uptake.pk).exclude(report="")
    rows.update(shown_at=timezone.now() if is_shown else None)
    generation.bump()


def ask_due(now: datetime | None = None) -> int:
    """Ask the members who said so 90 days ago what came of it, each once; how many were asked."""
    moment = now or timezone.now()
    asked = 0
    due = Uptake.objects.to_ask(moment).filter(user__is_active=True, practice__live=True)
    for uptake in due.select_related("user", "practice"):
        with transaction.atomic():
            # Two runs at once ask once.
            if not Uptake.objects.filter(pk=uptake.pk, asked_at=None).update(asked_at=moment):
                continue
            with translation.override(uptake.user.language):
                path = reverse("practices:answer", args=[uptake.pk])
            send_templated(
                template="emails/bestpractices/follow_up",
                to=uptake.user.email,
                language=uptake.user.language,
                context={"user": uptake.user, "practice": uptake.practice, "path": path},
            )
        asked += 1
    return asked
