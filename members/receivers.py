"""What follows when an address is confirmed, mail comes back, or somebody logs in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from core.bounces import mail_stopped
from members import actions, devices


@receiver(email_confirmed)
def become_member(email_address: EmailAddress, **_kwargs: Any) -> None:
    actions.confirm_email(user=email_address.user)


@receiver(mail_stopped)
def stop_mail(user: Any, **_kwargs: Any) -> None:
    actions.choose_mail(profile=user.profile, contact_mail=False)


@receiver(user_logged_in)
def note_log_in(request: HttpRequest, **_kwargs: Any) -> None:
    """A log-in has its row already."""
    if key := request.session.session_key:
        devices.is_due(key)
