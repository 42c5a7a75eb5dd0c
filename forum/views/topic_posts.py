"""What is put beside the posts of a topic before `forum_tags.post_rows` shows them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from forum import permissions
from forum.models import Attachment, Decision, ModerationLog, Post, Topic
from forum.rows import File, Offer
from forum.states import Act, State
from forum.views.reactions import give_reactions


def give_all(posts: list[Post], shown: Topic, user: Any, *, may_quote: bool) -> None:
    """Put beside each post what this reader can do with it, files, reactions, and why it was refused."""
    may_moderate = permissions.may_moderate_topic(user, shown)
    may_accept = permissions.may_accept(user, shown)
    for one in posts:
        one.topic = shown
        one.is_accepted = one.pk == shown.accepted_id  # type: ignore[attr-defined]
        one.offers = _offers(  # type: ignore[attr-defined]
            user, one, may_moderate=may_moderate, may_accept=may_accept, may_quote=may_quote
        )
    _give_reasons(posts)
    _give_files(posts)
    give_reactions(posts, user)


def quote_address(shown: Topic, page_number: int) -> str:
    """The address of this page that the key of a post to quote is put to."""
    query = f"page={page_number}&" if page_number > 1 else ""
    return f"{shown.get_absolute_url()}?{query}quote="


def warn(posts: list[Post], shown: Topic) -> None:
    """Say with the accepted answer, wherever it stands, that its page has changed since."""
    for one in posts:
        if one.pk == shown.accepted_id:
            one.caution = _(  # type: ignore[attr-defined]
                "The page has changed since this answer was accepted. It may be out of date."
            )


def _offers(
    user: Any, post: Post, *, may_moderate: bool, may_accept: bool, may_quote: bool
) -> tuple[Offer, ...]:
    """What this reader can do with a post."""
    is_published = post.state == State.PUBLISHED
    offers = []
    if may_accept and is_published and not post.is_opening:
        offers.append(Offer.ACCEPT_NO_MORE if post.is_accepted else Offer.ACCEPT)  # type: ignore[attr-defined]
    if may_quote and is_published:
        offers.append(Offer.QUOTE)
    if permissions.may_edit(user, post):
        offers.append(Offer.EDIT)
    if permissions.may_delete(user, post):
        offers.append(Offer.RETRACT if permissions.is_fresh(post) else Offer.DELETE)
    if is_published and post.author_id != (user.pk or 0):
        offers.append(Offer.REPORT)
    if may_moderate:
        offers.append(Offer.MODERATE)
    return tuple(offers)


def _give_reasons(posts: list[Post]) -> None:
    """Put the reason, and the way to the decision, beside each post that was turned down or hidden."""
    refused = [one for one in posts if one.state in {State.REJECTED, State.HIDDEN}]
    if not refused:
        return
    acts = [Act.REJECT, Act.HIDE]
    entries = ModerationLog.objects.filter(post__in=refused, action__in=acts).order_by("pk")
    reasons = {entry.post_id: entry.reason for entry in entries}
    decisions = Decision.objects.filter(post__in=refused, scope__in=["post", "topic"])
    taken = {decision.post_id: decision for decision in decisions.order_by("pk")}
    for one in refused:
        given = reasons.get(one.pk, "")
        one.reason = _("The moderator’s reason: %(reason)s") % {"reason": given}  # type: ignore[attr-defined]
        if one.pk in taken:
            one.decision_url = taken[one.pk].get_absolute_url()  # type: ignore[attr-defined]


def _give_files(posts: list[Post]) -> None:
    """Put beside each post what is attached to it: one query for the page."""
    files: dict[int, list[File]] = {}
    having = [post.pk for post in posts if post.has_files]  # type: ignore[attr-defined]
    for one in Attachment.objects.filter(post__in=having) if having else ():
        file = File(one.url, one.name, one.size, one.is_image, one.alt_text, one.width, one.height)
        files.setdefault(one.post_id or 0, []).append(file)
    for post in posts:
        post.files = tuple(files.get(post.pk, ()))  # type: ignore[attr-defined]
