"""What can be done in the directory; nothing else changes a state, a tie or a profile.

Every act is atomic. What it refuses it refuses with an exception of `directory.errors`, before
anything is stored.
"""

from directory.actions.claims import claim, decide_claim, hand_on_claims
from directory.actions.erasing import forget_ended, forget_person
from directory.actions.importing import bring_in
from directory.actions.invitations import accept_invitation, invite, withdraw_invitation
from directory.actions.labels import award_label, remind_of_labels
from directory.actions.memberships import (
    confirm_membership,
    decline_membership,
    expire_membership,
    join_cluster,
)
from directory.actions.profiles import create, edit, edit_many, keep_logo
from directory.actions.review import (
    archive,
    confirm,
    mark_stale,
    publish,
    put_on_site,
    reopen,
    request_changes,
    submit,
)
from directory.actions.roles import add_role, change_role, remove_role
from directory.actions.storing import ProfileData, store, store_many

__all__ = [
    "ProfileData",
    "accept_invitation",
    "add_role",
    "archive",
    "award_label",
    "bring_in",
    "change_role",
    "claim",
    "confirm",
    "confirm_membership",
    "create",
    "decide_claim",
    "decline_membership",
    "edit",
    "edit_many",
    "expire_membership",
    "forget_ended",
    "forget_person",
    "hand_on_claims",
    "invite",
    "join_cluster",
    "keep_logo",
    "mark_stale",
    "publish",
    "put_on_site",
    "remind_of_labels",
    "remove_role",
    "reopen",
    "request_changes",
    "store",
    "store_many",
    "submit",
    "withdraw_invitation",
]
