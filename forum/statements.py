"""A decision in words, the same on the site and in the mail."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.differences import Piece, compare
from forum.models import Decision, PostRevision
from forum.models.decisions import Ground, Measure, Scope
from forum.references import readable


class Line(NamedTuple):
    """One point of the statement; `language` is that of the text where a moderator wrote it."""

    label: str
    text: str
    language: str = ""


def lines(decision: Decision, *, to_author: bool = True) -> list[Line]:
    """The points that Article 17 (3) asks for, in the active language.

    They speak to whom the decision concerns, or to a moderator who looks at it. Needs `rule`,
    `topic` and `moderator` selected.
    """
    topic = decision.topic
    found = [Line(_("Decision"), decision.get_measure_display())]
    if topic is not None:
        label = _("About your text in") if to_author else _("About the text in")
        found.append(Line(label, topic.title, topic.language))
    if decision.title_before:
        found.append(
            Line(_("Former title"), decision.title_before, topic.language if topic else "")
        )
    scope = str(Scope(decision.scope).label)
    if decision.scope == Scope.ACCOUNT and not to_author:
        scope = _("the author’s account in the forum")
    found.append(Line(_("It concerns"), scope))
    if decision.until is not None:
        found.append(Line(_("Until"), date_format(localtime(decision.until), "DATETIME_FORMAT")))
    found += [
        # Written by the moderator, whatever language the author reads.
        Line(
            _("Facts and reasons"),
            decision.facts,
            decision.moderator.language if decision.moderator else "",
        ),
        Line(pgettext("decision", "Ground"), _ground(decision)),
        Line(_("Brought about by"), decision.get_source_display()),
        Line(
            _("Automated means"),
            _("held the text back, as every member’s first posts; a person judged it")
            if decision.automated
            else _("none: a person found and judged the text"),
        ),
        Line(_("Date"), date_format(localtime(decision.created_at), "DATETIME_FORMAT")),
        Line(_("Reference"), str(decision.reference)),
    ]
    return found


def difference(decision: Decision) -> list[Piece]:
    """What a moderator took out and put in; empty for a decision that changed no text.

    Needs `post` selected. The author and other moderators may have changed the text since: what this
    decision made of it is the next text that was put aside, else the one of now.
    """
    post = decision.post
    if decision.measure != Measure.EDIT or post is None:
        return []
    kept = PostRevision.objects.filter(post=post)
    replaced = kept.filter(replaced_at__lte=decision.created_at).order_by("-version").first()
    if replaced is None:
        return []
    following = kept.filter(version__gt=replaced.version).order_by("version").first()
    made = following.source if following else post.source
    if made == decision.text_before:
        return []
    return compare(readable(decision.text_before), readable(made))


def _ground(decision: Decision) -> str:
    if decision.ground == Ground.LAW:
        return _("the law: %(provision)s") % {"provision": decision.law}
    rule = decision.rule
    return _("rule “%(title)s”, version %(version)d: %(text)s") % {
        "title": rule.label,
        "version": rule.version,
        "text": rule.wording,
    }
