"""A decision in words, the same on the site and in the mail."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.models import Decision
from forum.models.decisions import Ground, Scope


class Line(NamedTuple):
    """One point of the statement; `language` is that of the text where a moderator wrote it."""

    label: str
    text: str
    language: str = ""


def lines(decision: Decision) -> list[Line]:
    """The points that Article 17 (3) asks for, in the active language.

    Needs `rule` and `topic` selected.
    """
    topic = decision.topic
    found = [Line(_("Decision"), decision.get_measure_display())]
    if topic is not None:
        found.append(Line(_("About your text in"), topic.title, topic.language))
    scope = Scope(decision.scope).label
    found.append(Line(_("It concerns"), str(scope)))
    if decision.until is not None:
        found.append(Line(_("Until"), date_format(localtime(decision.until), "DATETIME_FORMAT")))
    found += [
        Line(_("Facts and reasons"), decision.facts, decision.language),
        Line(pgettext("decision", "Ground"), _ground(decision)),
        Line(_("Brought about by"), decision.get_source_display()),
        Line(
            _("Automated means"),
            _("were used to find or judge the text; a person decided")
            if decision.automated
            else _("none: a person found and judged the text"),
        ),
        Line(_("Date"), date_format(localtime(decision.created_at), "DATETIME_FORMAT")),
        Line(_("Reference"), str(decision.reference)),
    ]
    return found


def _ground(decision: Decision) -> str:
    if decision.ground == Ground.LAW:
        return _("the law: %(provision)s") % {"provision": decision.law}
    rule = decision.rule
    if rule is None:
        return _("the rules of this forum")
    return _("rule “%(title)s”, version %(version)d: %(text)s") % {
        "title": rule.label,
        "version": rule.version,
        "text": rule.wording,
    }
