"""In which states opportunities and interest in them can be, and by which acts they move."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Of an opportunity; only `opportunities.actions` changes it."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("opportunity", "Published")
    EXPIRED = "expired", pgettext_lazy("opportunity", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("opportunity", "Withdrawn")


class Act(TextChoices):
    """What moves an opportunity from one state to another."""

    PUBLISH = "publish", pgettext_lazy("opportunity", "published")
    RENEW = "renew", pgettext_lazy("opportunity", "renewed")
    EXPIRE = "expire", pgettext_lazy("opportunity", "expired")
    WITHDRAW = "withdraw", pgettext_lazy("opportunity", "withdrawn")


class OtherAct(TextChoices):
    """What else is logged: it changes a text or an interest, but not the opportunity's state."""

    CREATE = "create", _("created")
    EDIT = "edit", _("edited")
    INTEREST = "interest", _("interest expressed")
    ACCEPT = "accept", _("interest accepted")
    DECLINE = "decline", _("interest declined")
    TAKE_BACK = "take_back", _("interest withdrawn")
    CLOSE = "close", _("interest closed")


# Act: the states it starts from, the state it leads to.
TRANSITIONS: dict[Act, tuple[frozenset[State], State]] = {
    Act.PUBLISH: (frozenset({State.DRAFT}), State.PUBLISHED),
    Act.RENEW: (frozenset({State.PUBLISHED, State.EXPIRED}), State.PUBLISHED),
    Act.EXPIRE: (frozenset({State.PUBLISHED}), State.EXPIRED),
    Act.WITHDRAW: (frozenset({State.DRAFT, State.PUBLISHED, State.EXPIRED}), State.WITHDRAWN),
}
# What can still be written on; what is withdrawn stays as it was.
EDITABLE = (State.DRAFT, State.PUBLISHED, State.EXPIRED)
CLOSED = (State.EXPIRED, State.WITHDRAWN)


class InterestState(TextChoices):
    """Of an expression of interest."""

    SENT = "sent", _("Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("interest", "Accepted")
    DECLINED = "declined", pgettext_lazy("interest", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("interest", "Withdrawn")
    CLOSED = "closed", pgettext_lazy("interest", "Closed")


class Answer(TextChoices):
    """What moves an interest; it starts from "sent" and ends there."""

    ACCEPT = "accept", pgettext_lazy("interest", "accepted")
    DECLINE = "decline", pgettext_lazy("interest", "declined")
    TAKE_BACK = "take_back", pgettext_lazy("interest", "withdrawn")
    CLOSE = "close", pgettext_lazy("interest", "closed")


ANSWERS: dict[Answer, InterestState] = {
    Answer.ACCEPT: InterestState.ACCEPTED,
    Answer.DECLINE: InterestState.DECLINED,
    Answer.TAKE_BACK: InterestState.WITHDRAWN,
    Answer.CLOSE: InterestState.CLOSED,
}


class Closing(TextChoices):
    """Why an interest was closed without an answer: a code, for its two sides read it in their languages."""

    UNANSWERED = "unanswered", _("Nobody answered within 15 working days.")
    WITHDRAWN = "withdrawn", _("The opportunity was withdrawn.")
