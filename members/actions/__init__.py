"""What changes accounts and what is kept about people."""

from members.actions.accounts import register, update_profile
from members.actions.membership import (
    AlreadySo,
    NotAllowed,
    let_stand_alone,
    let_stand_alone_no_longer,
    settle,
    settle_all,
)
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
    "AlreadySo",
    "CopyInMaking",
    "LastAdministrator",
    "NotAllowed",
    "agree",
    "ask_for_copy",
    "ask_for_erasure",
    "erase",
    "erase_due",
    "keep_account",
    "let_stand_alone",
    "let_stand_alone_no_longer",
    "make_copy",
    "prune_copies",
    "register",
    "settle",
    "settle_all",
    "update_profile",
]
