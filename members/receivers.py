"""What follows for accounts when places in organisations change."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from directory.signals import places_changed
from members import actions


@receiver(places_changed)
def settle_membership(users: Iterable[int], **_kwargs: Any) -> None:
    actions.settle(users=users)
