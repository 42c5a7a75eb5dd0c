"""What can be done with opportunities; nothing else changes a state, an interest or a text.

Every act is atomic. What it refuses it refuses with an exception of `opportunities.errors`, before
anything is stored.
"""

from opportunities.actions.interests import (
    accept,
    close_unanswered,
    decline,
    express,
    remind,
    take_back,
)
from opportunities.actions.outcomes import ask, tell
from opportunities.actions.retention import forget_old, forget_person
from opportunities.actions.terms import expire, publish, renew, warn_of_end, withdraw
from opportunities.actions.writing import OpportunityData, create, edit, missing, store

__all__ = [
    "OpportunityData",
    "accept",
    "ask",
    "close_unanswered",
    "create",
    "decline",
    "edit",
    "expire",
    "express",
    "forget_old",
    "forget_person",
    "missing",
    "publish",
    "remind",
    "renew",
    "store",
    "take_back",
    "tell",
    "warn_of_end",
    "withdraw",
]
