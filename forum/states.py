"""In which states a post can be, and by which acts it moves from one to another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Only `forum.actions` changes it."""

    PENDING = "pending", _("Waiting for a moderator")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Not published")
    HIDDEN = "hidden", _("Hidden by a moderator")
    DELETED = "deleted", _("Deleted by the author")


class Act(TextChoices):
    """What can be done to a post once it is sent."""

    PUBLISH = "publish", _("published")
    REJECT = "reject", _("rejected")
    HIDE = "hide", _("hidden")
    RESTORE = "restore", _("restored")
    DELETE = "delete", _("deleted")


class OtherAct(TextChoices):
    """What else is logged: it changes a topic, a text, an account or a case, but no post's state."""

    EDIT = "edit", _("edited")
    TAG = "tag", _("tags changed")
    MOVE = "move", _("moved")
    LOCK = "lock", _("closed for replies")
    UNLOCK = "unlock", _("opened for replies")
    PIN = "pin", _("pinned")
    UNPIN = "unpin", _("unpinned")
    MERGE = "merge", _("merged")
    SPLIT = "split", _("split")
    WARN = "warn", _("author warned")
    SILENCE = "silence", _("author kept from posting")
    SUSPEND = "suspend", _("author suspended")
    LIFT = "lift", _("penalty lifted")
    DISMISS = "dismiss", _("report dismissed")
    SETTLE = "settle", _("notice upheld")
    UPHOLD = "uphold", _("appeal turned down")
    OVERTURN = "overturn", _("appeal successful")


# Act: the states it starts from, the state it leads to.
TRANSITIONS: dict[Act, tuple[frozenset[State], State]] = {
    Act.PUBLISH: (frozenset({State.PENDING}), State.PUBLISHED),
    Act.REJECT: (frozenset({State.PENDING}), State.REJECTED),
    Act.HIDE: (frozenset({State.PUBLISHED}), State.HIDDEN),
    # A text that was turned down comes back too: a moderator thinks again, or an appeal succeeds.
    Act.RESTORE: (frozenset({State.HIDDEN, State.REJECTED}), State.PUBLISHED),
    Act.DELETE: (frozenset({State.PENDING, State.PUBLISHED, State.REJECTED}), State.DELETED),
}

# What an author still sees of the own texts although nobody else does.
OWN_VISIBLE = (State.PENDING, State.REJECTED, State.HIDDEN)
# Given with the publication: a number and a date.
NUMBERED = (State.PUBLISHED, State.HIDDEN)
UNNUMBERED = (State.PENDING, State.REJECTED)
