"""In which states an organisation and its ties can be, and by which acts they move."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Of an organisation; only `directory.actions` changes it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    CHANGES = "changes", _("Changes requested")
    PUBLISHED = "published", _("Published")
    STALE = "stale", _("Not confirmed for a year")
    ARCHIVED = "archived", _("Archived")


class Act(TextChoices):
    """What moves an organisation from one state to another."""

    SUBMIT = "submit", _("submitted")
    REQUEST_CHANGES = "changes", _("changes requested")
    PUBLISH = "publish", _("published")
    CONFIRM = "confirm", _("confirmed as up to date")
    MARK_STALE = "stale", _("marked as not confirmed")
    ARCHIVE = "archive", _("archived")
    REOPEN = "reopen", _("reopened")


class OtherAct(TextChoices):
    """What else is logged: it changes a tie, a text or a label, but not the organisation's state."""

    CREATE = "create", _("created")
    EDIT = "edit", _("edited")
    JOIN = "join", _("asked for membership")
    ADMIT = "admit", _("membership confirmed")
    DECLINE = "decline", _("membership declined")
    EXPIRE = "expire", _("membership ended")
    INVITE = "invite", _("invited")
    ACCEPT = "accept", _("invitation accepted")
    WITHDRAW = "withdraw", _("invitation withdrawn")
    CLAIM = "claim", _("claimed")
    HAND_ON = "hand_on", _("claim handed on")
    GRANT = "grant", _("claim granted")
    REFUSE = "refuse", _("claim refused")
    ADD_ROLE = "add_role", _("role given")
    CHANGE_ROLE = "change_role", _("role changed")
    REMOVE_ROLE = "remove_role", _("role taken away")
    AWARD = "award", _("label added")


# Act: the states it starts from, the state it leads to.
TRANSITIONS: dict[Act, tuple[frozenset[State], State]] = {
    Act.SUBMIT: (frozenset({State.DRAFT, State.CHANGES}), State.SUBMITTED),
    Act.REQUEST_CHANGES: (frozenset({State.SUBMITTED}), State.CHANGES),
    Act.PUBLISH: (frozenset({State.SUBMITTED}), State.PUBLISHED),
    Act.CONFIRM: (frozenset({State.PUBLISHED, State.STALE}), State.PUBLISHED),
    Act.MARK_STALE: (frozenset({State.PUBLISHED}), State.STALE),
    Act.ARCHIVE: (frozenset(State) - {State.ARCHIVED}, State.ARCHIVED),
    Act.REOPEN: (frozenset({State.ARCHIVED}), State.DRAFT),
}

PUBLIC = (State.PUBLISHED, State.STALE)
# What the organisation's own people may change; what waits for a review stays as it was sent.
EDITABLE = (State.DRAFT, State.CHANGES, State.PUBLISHED, State.STALE)


class Standing(TextChoices):
    """Of a membership in a cluster."""

    REQUESTED = "requested", _("Unconfirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Ended")


class ClaimState(TextChoices):
    OPEN = "open", _("Open")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class Stage(TextChoices):
    """Whose turn it is to answer a claim; it moves on where nobody answers."""

    ADMINISTRATORS = "administrators", _("Administrators of the organisation")
    CLUSTER = "cluster", _("Cluster")
    COORDINATORS = "coordinators", _("Coordinators")
