"""What changes accounts and what is kept about people."""

from members.actions.accounts import register, update_profile
from members.actions.blocks import block, unblock
from members.actions.contacts import (
    accept_contact,
    ask_for_contact,
    close_contacts,
    decline_contact,
    end_contact,
    prune_contacts,
    remind_of_contacts,
    withdraw_contact,
)
from members.actions.membership import (
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
    erase_idle,
    keep_account,
    make_copy,
    prune_copies,
)
from members.actions.profiles import choose_mail, choose_visibility, update_details
from members.actions.sessions import end_other_sessions, end_session

__all__ = [
    "COPY_KEPT",
    "GRACE",
    "CopyInMaking",
    "LastAdministrator",
    "accept_contact",
    "agree",
    "ask_for_contact",
    "ask_for_copy",
    "ask_for_erasure",
    "block",
    "choose_mail",
    "choose_visibility",
    "close_contacts",
    "decline_contact",
    "end_contact",
    "end_other_sessions",
    "end_session",
    "erase",
    "erase_due",
    "erase_idle",
    "keep_account",
    "let_stand_alone",
    "let_stand_alone_no_longer",
    "make_copy",
    "prune_contacts",
    "prune_copies",
    "register",
    "remind_of_contacts",
    "settle",
    "settle_all",
    "unblock",
    "update_details",
    "update_profile",
    "withdraw_contact",
]
