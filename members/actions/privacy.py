"""Agreeing, taking a copy of one's data along, and leaving (GDPR, articles 7, 15, 17 and 20)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from core import generation, privacy
from core.files import delete_after_commit
from core.mail import send_templated
from core.tasks import enqueue
from members import copying
from members.models import Consent, ConsentText, DataCopy, ErasureRequest, User
from members.models.privacy import copy_path

logger = logging.getLogger(__name__)

COPY_KEPT = timedelta(days=7)
GRACE = timedelta(days=14)
UNCONFIRMED_KEPT = timedelta(days=30)
IDLE_KEPT = timedelta(days=365)
# What is held about everybody, and what only says that somebody was there.
OF_EVERY_ACCOUNT = frozenset(
    {"account", "profile", "consents", "copies", "addresses", "second-factors", "sessions"}
    | {"directory-log", "settings-changed"}
)
STUCK = timedelta(hours=6)
"""A copy that is not ready by then is asked for in vain: its row makes way for another."""


class CopyInMaking(Exception):
    """A copy was asked for and is not ready yet."""


class LastAdministrator(Exception):
    """Without this account nobody could administer the site."""


def agree(*, user: User, text: ConsentText, language: str) -> Consent:
    """Note that somebody agreed to a version; a second time changes nothing."""
    consent, _created = Consent.objects.get_or_create(
        user=user, text=text, defaults={"language": language}
    )
    return consent


@transaction.atomic
def ask_for_copy(*, user: User) -> DataCopy:
    """Have a copy of everything about a person made in the background.

    Raises CopyInMaking while an earlier one is not ready.
    """
    from members.tasks import copy_data

    try:
        with transaction.atomic():
            copy = DataCopy.objects.create(user=user)
    except IntegrityError as error:
        raise CopyInMaking from error
    enqueue(copy_data, pk=str(copy.pk))
    return copy


def make_copy(*, pk: UUID | str) -> bool:
    """Make a copy that was asked for, and tell its owner; false where it is made or withdrawn."""
    copy = DataCopy.objects.select_related("user").filter(pk=pk, ready_at=None).first()
    if copy is None:
        return False
    with copying.archive(copy.user) as packed:
        name = copy.file.storage.save(copy_path(copy), File(packed))
        size = packed.tell()
    now = timezone.now()
    with transaction.atomic():
        made = DataCopy.objects.filter(pk=copy.pk, ready_at=None).update(
            file=name, size=size, ready_at=now, expires_at=now + COPY_KEPT
        )
        if not made:
            copy.file.storage.delete(name)
            return False
        _tell(copy.user, "copy_ready", days=COPY_KEPT.days)
    return True


def prune_copies(now: datetime | None = None) -> int:
    """Remove the copies whose time is over, and those that were never finished; how many."""
    moment = now or timezone.now()
    old = DataCopy.objects.filter(expires_at__lte=moment) | DataCopy.objects.filter(
        ready_at=None, requested_at__lt=moment - STUCK
    )
    removed = 0
    for copy in old:
        with transaction.atomic():
            delete_after_commit(copy.file.storage, copy.file.name)
            removed += copy.delete()[0]
    return removed


@transaction.atomic
def ask_for_erasure(*, user: User) -> ErasureRequest:
    """Note that somebody wants to leave; a second time changes nothing.

    Raises LastAdministrator where nobody else could administer the site.
    """
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise LastAdministrator
    now = timezone.now()
    request, created = ErasureRequest.objects.get_or_create(
        user=user, defaults={"requested_at": now, "due_at": now + GRACE}
    )
    if created:
        _tell(user, "erasure_asked", due_at=request.due_at)
    return request


def keep_account(*, user: User) -> bool:
    """Think better of leaving; false where nothing was asked."""
    return ErasureRequest.objects.filter(user=user).delete()[0] > 0


def erase_due(now: datetime | None = None) -> int:
    """Erase the accounts whose grace period is over; how many. One failing does not stop the others."""
    due = ErasureRequest.objects.filter(due_at__lte=now or timezone.now())
    erased = 0
    for key, user_key in due.values_list("pk", "user_id"):
        try:
            with transaction.atomic():
                # Whoever clicks "keep" in this moment waits for this lock, or is first.
                if not ErasureRequest.objects.select_for_update().filter(pk=key).exists():
                    continue
                erase(user=User.objects.get(pk=user_key))
        except Exception:
            logger.exception("account %s could not be erased", user_key)
        else:
            erased += 1
    return erased


def erase_idle(now: datetime | None = None) -> int:
    """Erase the accounts that nobody needs; how many. One failing does not stop the others.

    Where no address was ever confirmed, whoever typed it may not be whose it is: there is nobody to
    ask before. Who confirmed it but never became a member, left nothing here and has stayed away for a
    year loses nothing, and can register again.
    """
    moment = now or timezone.now()
    unconfirmed = User.objects.unconfirmed(moment - UNCONFIRMED_KEPT)
    idle = (user for user in User.objects.idle(moment - IDLE_KEPT) if not _left_something(user))
    erased = 0
    for user in [*unconfirmed, *idle]:
        try:
            erase(user=user)
        except Exception:
            logger.exception("account %s could not be erased", user.pk)
        else:
            erased += 1
    return erased


def _left_something(user: User) -> bool:
    holdings = (one for one in privacy.registered() if one.name not in OF_EVERY_ACCOUNT)
    return any(True for one in holdings for _row in one.rows(user))


@transaction.atomic
def erase(*, user: User) -> None:
    """Erase an account and all that is personal; what others built upon stays, under no name."""
    for holding in privacy.registered():
        holding.erase(user)
    for copy in DataCopy.objects.filter(user=user):
        delete_after_commit(copy.file.storage, copy.file.name)
    user.delete()
    generation.bump()


def _tell(user: User, what: str, **context: object) -> None:
    with translation.override(user.language):
        path = reverse("members:privacy")
    send_templated(
        template=f"emails/members/{what}",
        to=user.email,
        language=user.language,
        context={"user": user, "path": path, **context},
    )
