"""What changes accounts and what is kept about people."""

from members.actions.accounts import confirm_email, register, update_profile
from members.actions.privacy import (
    COPY_KEPT,
    GRACE,
    CopyInMaking,
    LastAdministrator,
    agree,
    ask_for_copy,
    ask_for_erasure,
    erase,
    erase_due,
    keep_account,
    make_copy,
    prune_copies,
)

__all__ = [
    "COPY_KEPT",
    "GRACE",
    "CopyInMaking",
    "LastAdministrator",
    "agree",
    "ask_for_copy",
    "ask_for_erasure",
    "confirm_email",
    "erase",
    "erase_due",
    "keep_account",
    "make_copy",
    "prune_copies",
    "register",
    "update_profile",
]
