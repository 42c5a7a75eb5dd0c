"""What an action refuses, each with a sentence for the person who asked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core import errors
from core.errors import NotAllowed, Refused, TooMany


class TooFast(Refused):
    def __init__(self, seconds: int) -> None:
        super().__init__(
            ngettext(
                "You have just posted. Please wait %(seconds)d second and send it again.",
                "You have just posted. Please wait %(seconds)d seconds and send it again.",
                seconds,
            )
            % {"seconds": seconds}
        )


class TooManyWaiting(TooMany):
    def __init__(self, waiting: int) -> None:
        super().__init__(
            ngettext(
                "%(count)d post of yours is waiting for a moderator. You can post again once it is decided.",
                "%(count)d posts of yours are waiting for a moderator. You can post again once one of them is decided.",
                waiting,
            )
            % {"count": waiting}
        )


class TooManyToday(TooMany):
    """On the first day a member starts a few topics and writes a few replies."""

    sentence = _("New members can post only a little on their first day. Please go on tomorrow.")


class TooManyLinks(TooMany):
    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext(
                "Your text can hold %(most)d link. Please take some out.",
                "Your text can hold %(most)d links. Please take some out.",
                most,
            )
            % {"most": most}
        )


class Duplicate(Refused):
    sentence = _("You have posted this very text already.")


class TooManyMentions(TooMany):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("A post can mention %(most)d people. Please take some names out.") % {"most": most}
        )


class TooManyMentionsToday(TooMany):
    sentence = _("You have mentioned many people today. Please send this without new names.")


class NotDescribed(Refused):
    sentence = _(
        "Please describe each picture for those who do not see it, or mark it as decorative."
    )


class TooManyFiles(TooMany):
    def __init__(self, most: int) -> None:
        super().__init__(_("A post can have %(most)d files.") % {"most": most})


class TooManyUploads(TooMany):
    sentence = _("You have uploaded many files. Please try again later.")


class TooManyDrafts(TooMany):
    def __init__(self, most: int) -> None:
        super().__init__(
            _("You can keep %(most)d drafts. Please discard one first.") % {"most": most}
        )


class TooLate(Refused):
    sentence = _("The time in which this post could be edited is over.")


class StillChecked(Refused):
    """While a member's first posts are checked, a checked one cannot become another one unchecked."""

    sentence = _(
        "Your first posts are checked before they appear, so a published one cannot be "
        "changed. You can retract it and post it again."
    )


class TooManyEdits(TooMany):
    sentence = _("This post was edited too often. Please write a new one.")


class TopicClosed(Refused):
    sentence = _("This topic is no longer open for replies.")


class Empty(Refused):
    sentence = _("Nothing of this text would be shown. Please write something.")


class TooLong(Refused):
    sentence = _("This text becomes too long when it is shown. Please shorten it.")


class ReasonMissing(Refused):
    sentence = _("Please give a reason: it is sent to the author.")


class GroundMissing(Refused):
    sentence = _("Choose the rule that was broken, or name the law for illegal content.")


class AlreadyHandled(errors.AlreadyHandled):
    sentence = _("This post has changed since you opened it. Please look at it again.")
    naming = _("Already handled by %(name)s.")


class Unchanged(Refused):
    sentence = _("Nothing of the text is changed.")


class NothingChosen(Refused):
    sentence = _("Please choose at least one post.")


class TooManyPosts(TooMany):
    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext(
                "A practice can be made of at most %(count)d post.",
                "A practice can be made of at most %(count)d posts.",
                most,
            )
            % {"count": most}
        )


class NothingAgreed(Refused):
    sentence = _("Nobody has agreed yet to a text that is still as it was.")


class AlreadyMade(Refused):
    sentence = _("The draft is made already.")


class AlreadyPublished(Refused):
    sentence = _("The page is published. Please ask the editors if your text is to be taken out.")


class OwnDecision(NotAllowed):
    sentence = _("An appeal is answered by somebody else than who took the decision.")


class NotAppealable(Refused):
    sentence = _("This decision can no longer be appealed.")


class AlreadyAppealed(Refused):
    sentence = _("You have already appealed this decision.")


class AlreadyReported(Refused):
    sentence = _("You have reported this text already. A moderator will look at it.")


class NoticeIncomplete(Refused):
    sentence = _(
        "A notice of illegal content needs an explanation, the exact address, your name "
        "and e-mail, and your word that you act in good faith."
    )


class OnlyCategory(Refused):
    """Without any category of their own a moderator would look after all of them."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "%(name)s looks after this category only, and would look after every one without "
                "it. Give them another one first."
            )
            % {"name": name}
        )


class NotMovable(Refused):
    """A topic cannot be moved, merged or split like this; the sentence says why."""
