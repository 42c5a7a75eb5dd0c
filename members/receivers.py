"""What follows when allauth has confirmed an address."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from members import actions


@receiver(email_confirmed)
def become_member(email_address: EmailAddress, **_kwargs: Any) -> None:
    actions.confirm_email(user=email_address.user)
