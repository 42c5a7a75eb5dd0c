"""What erasing an account takes out of tables that no link of theirs leads to: mail, credits, logs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, UploadedFile
from wagtail.users.models import UserProfile

from core.files import delete_after_commit
from core.models import CustomImage
from core.privacy import addresses_of
from members.models import Profile, User

PARTS = ("subject", "text", "html")


def mail(user: User) -> None:
    """Take a person out of the queue of mails.

    Mail to the person goes, sent or not. Of mail to others that names the person, what was sent is of
    use to nobody and goes; what waits tells its recipient something, and goes out under no name.
    """
    queue = DBTaskResult.objects.filter(task_path="core.tasks.deliver_mail")
    addresses = addresses_of(user)
    to = "args_kwargs__kwargs__to__0__iexact"
    queue.filter(reduce(or_, (Q(**{to: address}) for address in addresses))).delete()
    words = [word for word in {user.name, escape(user.name), *addresses} if word]
    named = queue.filter(
        reduce(
            or_,
            (Q(**{f"args_kwargs__kwargs__{part}__icontains": w}) for part in PARTS for w in words),
        )
    )
    named.finished().delete()
    for waiting in named.select_for_update():
        kwargs = waiting.args_kwargs["kwargs"]
        with translation.override(_language_of(kwargs["to"])):
            nobody = _("Former member")
        kwargs |= {part: _replaced(kwargs[part], words, nobody) for part in PARTS}
        waiting.save(update_fields=["args_kwargs"])


def picture(user: User) -> None:
    """Remove the files of the pictures of the profile and of the admin."""
    for model in (Profile, UserProfile):
        for profile in model.objects.filter(user=user).exclude(avatar=""):
            delete_after_commit(profile.avatar.storage, profile.avatar.name)


def uploads(user: User) -> None:
    """Remove the files that wait in the admin for their titles."""
    for waiting in UploadedFile.objects.filter(uploaded_by_user=user):
        delete_after_commit(waiting.file.storage, waiting.file.name)
        waiting.delete()


def credits_of(user: User) -> None:
    """Take the name out of the credits of pictures that the person uploaded; they stay with their pages."""
    if not user.name:
        return
    for image in CustomImage.objects.filter(uploaded_by_user=user, credit__icontains=user.name):
        image.credit = _replaced(image.credit, [user.name], "").strip(" ,;/&·–-")
        image.save(update_fields=["credit"])


def sessions(user: User) -> None:
    """End them all."""
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()


def label(user: User) -> None:
    """The logs name what was changed by its title: of an account that is the person's name."""
    for_account = {"content_type": ContentType.objects.get_for_model(User)}
    ModelLogEntry.objects.filter(object_id=str(user.pk), **for_account).update(label="", data={})
    LogEntry.objects.filter(object_id=str(user.pk), **for_account).update(
        object_repr="", change_message=""
    )


def _language_of(to: Iterable[str]) -> str:
    found = User.objects.filter(email__in=to).values_list("language", flat=True).first()
    return found or settings.LANGUAGE_CODE


def _replaced(text: str, words: Iterable[str], put: str) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(re.escape(word) for word in longest_first)
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", lambda _found: put, text, flags=re.IGNORECASE)
