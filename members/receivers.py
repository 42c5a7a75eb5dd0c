"""What follows when places in organisations change, mail comes back, or somebody logs in."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from core.bounces import mail_stopped
from directory.signals import places_changed
from members import actions, devices


@receiver(places_changed)
def settle_membership(users: Iterable[int], **_kwargs: Any) -> None:
    actions.settle(users=users)


@receiver(mail_stopped)
def stop_mail(user: Any, **_kwargs: Any) -> None:
    actions.choose_mail(profile=user.profile, contact_mail=False)


@receiver(user_logged_in)
def note_log_in(request: HttpRequest, **_kwargs: Any) -> None:
    """A log-in has its row already."""
    if key := request.session.session_key:
        devices.is_due(key)
