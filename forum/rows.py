"""A topic in a list and a post on its page, as pure functions of what they show: see `core.remembered`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.options import option
from core.remembered import remembered
from forum.markdown import plain
from forum.models.reactions import ReactionKind
from forum.names import place_name
from forum.states import State

# (kind, how many members chose it, whether this reader did)
Count = tuple[str, int, bool]


class File(NamedTuple):
    """What components/attachments.html shows of an attachment; `size` in bytes, lengths in pixels."""

    url: str
    name: str
    size: int
    is_image: bool
    alt_text: str
    width: int | None
    height: int | None


class Offer(TextChoices):
    """What a reader can do with a post on its page."""

    ACCEPT = "accept", gettext_lazy("Accept as the answer")
    ACCEPT_NO_MORE = "accept no more", gettext_lazy("No longer the answer")
    QUOTE = "quote", gettext_lazy("Quote")
    EDIT = "edit", gettext_lazy("Edit")
    RETRACT = "retract", gettext_lazy("Retract")
    DELETE = "delete", gettext_lazy("Delete")
    REPORT = "report", gettext_lazy("Report")
    MODERATE = "moderate", gettext_lazy("Moderate")


ADDRESSES = {
    Offer.ACCEPT: "forum:accept",
    Offer.ACCEPT_NO_MORE: "forum:accept",
    Offer.EDIT: "forum:edit",
    Offer.RETRACT: "forum:delete",
    Offer.DELETE: "forum:delete",
    Offer.REPORT: "forum:report",
    Offer.MODERATE: "forum_moderation:post",
}


@remembered
def topic_row(
    *,
    pk: int,
    slug: str,
    category_slug: str,
    category: str,
    title: str,
    language: str,
    state: str,
    is_sample: bool,
    is_solved: bool,
    is_unread: bool,
    pinned: bool,
    locked: bool,
    replies: int,
    last_post_at: datetime,
    heading: str,
    author: str,
    avatar: str,
) -> SafeString:
    """A row of components/card--topic.html. `category`: shown, or nothing. `avatar`: an address, or nothing."""
    badge = _("Sample") if is_sample else ""
    return get_template("components/card--topic.html").render(
        {
            "url": reverse("forum:topic", args=[category_slug, pk, slug]),
            "title": title,
            "lang": language,
            "badge": badge if state == State.PUBLISHED else State(state).label,
            "solved": is_solved,
            "unread_url": reverse("forum:unread_post", args=[pk]) if is_unread else "",
            "category": category,
            "replies": replies,
            "unit": ngettext("reply", "replies", replies),
            "when": date_format(localtime(last_post_at), "DATE_FORMAT"),
            "datetime": last_post_at.isoformat(),
            "pinned": pinned,
            "locked": locked,
            "heading": heading,
            "author": author,
            "avatar": _image(avatar),
        }
    )


@remembered
def post_row(
    *,
    pk: int,
    number: int | None,
    anchor: str,
    shown_at: datetime,
    edited_at: datetime | None,
    body: SafeString,
    language: str,
    state: str,
    is_sample: bool,
    is_accepted: bool,
    is_new: bool,
    author: str,
    author_url: str,
    avatar: str,
    is_moderator: bool,
    organisation: str,
    organisation_slug: str,
    clusters: tuple[str, ...],
    reactions: tuple[Count, ...],
    may_react: bool,
    offers: tuple[Offer, ...],
    quote_from: str,
    files: tuple[File, ...],
    reason: str,
    decision_url: str,
    caution: str,
) -> SafeString:
    """A post of components/post.html.

    `organisation_slug`: of the page that is linked, or nothing. `quote_from`: the address that the
    key of a post to quote is put to.
    """
    bar = reaction_bar(pk=pk, number=number, counts=reactions, may_react=may_react)
    return get_template("components/post.html").render(
        {
            "number": number,
            "anchor": anchor,
            "place": place_name(number),
            "when": date_format(localtime(shown_at), "DATETIME_FORMAT"),
            "datetime": shown_at.isoformat(),
            "edited": date_format(localtime(edited_at), "DATETIME_FORMAT") if edited_at else "",
            "history_url": reverse("forum:history", args=[pk]),
            "body": body,
            "lang": language,
            "url": reverse("forum:post", args=[pk]),
            "badge": _("Sample") if is_sample else "",
            "state": "" if state == State.PUBLISHED else State(state).label,
            "note": reason,
            "note_url": decision_url,
            "actions": [_link(offer, pk, quote_from) for offer in offers],
            "accepted": is_accepted,
            "caution": caution,
            "unread": is_new,
            "reactions": get_template("components/reactions.html").render(bar)
            if bar["options"]
            else "",
            "files": files,
            "role": _("Moderator") if is_moderator else "",
            "author": author,
            "author_url": author_url,
            "avatar": _image(avatar),
            "organisation": organisation,
            "organisation_url": reverse("directory:profile", args=[organisation_slug])
            if organisation_slug
            else "",
            "clusters": clusters,
        }
    )


@remembered
def accepted_excerpt(
    *, pk: int, number: int, author: str, html: str, language: str, caution: str
) -> SafeString:
    """The beginning of the accepted answer, beside its question. `html`: of the whole answer."""
    return get_template("pages/forum/_accepted.html").render(
        {
            "author": author,
            "text": plain(html),
            "lang": language,
            "url": reverse("forum:post", args=[pk]),
            "number": number,
            "caution": caution,
        }
    )


def reaction_bar(
    *, pk: int, number: int | None, counts: Iterable[Count], may_react: bool
) -> dict[str, Any]:
    """The context of components/reactions.html; who cannot react sees what others chose."""
    known = {kind: (count, is_own) for kind, count, is_own in counts}
    options = []
    for kind in ReactionKind:
        count, is_own = known.get(kind.value, (0, False))
        if may_react or count:
            options.append(option(kind.value, str(kind.label), count, is_own=is_own))
    return {
        "place": place_name(number),
        "label": _("Reactions to post %(number)s") % {"number": number},
        "pk": pk,
        "url": reverse("forum:react", args=[pk]) if may_react else "",
        "options": options,
    }


def _link(offer: Offer, pk: int, quote_from: str) -> dict[str, str]:
    """{text, url} of a link, with {name, value} as well of a button."""
    if offer == Offer.QUOTE:
        return {"text": str(offer.label), "url": f"{quote_from}{pk}#reply"}
    link = {"text": str(offer.label), "url": reverse(ADDRESSES[offer], args=[pk])}
    if offer in {Offer.ACCEPT, Offer.ACCEPT_NO_MORE}:
        link |= {"name": "accepted", "value": "1" if offer == Offer.ACCEPT else ""}
    return link


def _image(url: str) -> dict[str, str] | None:
    return {"url": url} if url else None
