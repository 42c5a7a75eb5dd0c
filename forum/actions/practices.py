"""A best practice made of a thread: ask the authors, hear their answers, make the draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Page

from core import handovers
from core.handovers import Passage
from forum import errors, permissions, references
from forum.markdown import plain, unquoted
from forum.models import ConsentRequest, Post, Proposal, Topic
from forum.models.notifications import Kind
from forum.models.practices import Consent, Naming
from forum.names import name_of
from forum.notifications import notify
from forum.permissions import PRACTICE

if TYPE_CHECKING:
    from members.models import User

MOST_POSTS = 50


@transaction.atomic
def ask_consent(*, topic: Topic, editor: User, posts: Iterable[Post]) -> Proposal:
    """Ask the authors of these posts; those asked already are not asked again.

    Raises NotAllowed where the editor may not make practices or a post is not public in this topic,
    NothingChosen without any, TooManyPosts.
    """
    if not permissions.may_make_practice(editor, topic):
        raise errors.NotAllowed
    chosen = {post.pk for post in posts}
    if not chosen:
        raise errors.NothingChosen
    found = Post.objects.published().filter(topic=topic, pk__in=chosen).select_related("author")
    authored = [(row, row.author) for row in found if row.author is not None]
    if len(authored) != len(chosen):
        raise errors.NotAllowed
    proposal, _created = Proposal.objects.select_for_update().get_or_create(
        topic=topic, defaults={"editor": editor}
    )
    if proposal.page_id is not None:
        raise errors.AlreadyMade
    known = set(proposal.requests.values_list("post_id", flat=True))
    if len(known | chosen) > MOST_POSTS:
        raise errors.TooManyPosts(MOST_POSTS)
    new = [(row, author) for row, author in authored if row.pk not in known]
    ConsentRequest.objects.bulk_create(
        [ConsentRequest(proposal=proposal, post=row, author=author) for row, author in new]
    )
    for row, author in new:
        notify(recipients=[author.pk], kind=Kind.CONSENT, topic=topic, post=row, actor=editor)
    return proposal


@transaction.atomic
def answer_consent(
    *, proposal: Proposal, author: User, agreed: Iterable[int], naming: Naming
) -> None:
    """Store an author's answer: `agreed` are the keys of the own posts that may be taken over.

    All others of theirs may not be. May be changed until the page is published: what is taken
    back is taken out of the draft. `naming` counts until the draft is made, which holds the name.
    Raises NotAllowed, AlreadyPublished.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rows = list(
        ConsentRequest.objects.select_for_update(of=("self",))
        .filter(proposal=proposal, author=author)
        .select_related("post")
    )
    wanted = set(agreed)
    if not rows or not wanted <= {row.post_id for row in rows}:
        raise errors.NotAllowed
    taken_back = []
    for row in rows:
        agrees = row.post_id in wanted
        if row.state == Consent.AGREED and not agrees:
            taken_back.append(row)
        row.state = Consent.AGREED if agrees else Consent.DECLINED
        if proposal.page_id is None:
            row.naming = naming
        row.post_version = row.post.version if agrees else None
        row.answered_at = timezone.now()
        row.save()
    if proposal.page_id is not None and taken_back:
        _take_out(proposal, taken_back)
    if proposal.editor_id is not None:
        notify(
            recipients=[proposal.editor_id],
            kind=Kind.CONSENT,
            topic=proposal.topic,
            post=rows[0].post,
            actor=author,
        )


@transaction.atomic
def make_practice(*, proposal: Proposal, editor: User, title: str, language: str) -> Page:
    """Make the draft of what the authors agreed to, in the order of the thread; the editor's draft.

    Raises NotAllowed, AlreadyMade, NothingAgreed.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("topic__category")
        .get(pk=proposal.pk)
    )
    maker = handovers.maker(PRACTICE)
    if maker is None or not permissions.may_make_practice(editor, proposal.topic):
        raise errors.NotAllowed
    if proposal.page_id is not None:
        raise errors.AlreadyMade
    passages = _passages(proposal)
    if not passages:
        raise errors.NothingAgreed
    with translation.override(language):
        url = settings.WAGTAILADMIN_BASE_URL + proposal.topic.get_absolute_url()
    try:
        proposal.page_id = maker.make(
            editor=editor,
            title=title,
            language=language,
            passages=passages,
            source_title=proposal.topic.title,
            source_url=url,
        )
    except PermissionError as error:
        raise errors.NotAllowed from error
    proposal.editor = editor
    proposal.save(update_fields=["page", "editor"])
    return Page.objects.get(pk=proposal.page_id)


@transaction.atomic
def drop_proposal(*, proposal: Proposal, editor: User) -> None:
    """Give it up before there is a draft; nobody is asked any more. Raises NotAllowed, AlreadyMade."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not permissions.may_make_practice(editor, proposal.topic):
        raise errors.NotAllowed
    if proposal.page_id is not None:
        raise errors.AlreadyMade
    proposal.delete()


def key_of(row: ConsentRequest) -> str:
    """What names a post's passage in the draft."""
    return f"forum-post-{row.post_id}"


def _passages(proposal: Proposal) -> list[Passage]:
    """What the authors agreed to hand over, with the names of today.

    Without what they quote: whoever wrote that was asked for the own posts only, if at all. A post
    that only quotes is none.
    """
    rows = list(
        proposal.requests.usable().select_related("post__author__profile").order_by("post__number")
    )
    texts = references.shown(unquoted(row.post.html) for row in rows)
    return [
        Passage(key=key_of(row), html=text, attribution=_attribution(row))
        for row, text in zip(rows, texts, strict=True)
        if plain(text)
    ]


def _attribution(row: ConsentRequest) -> str:
    """The author as agreed."""
    if row.naming == Naming.NOBODY or row.author is None:
        return ""
    name = name_of(row.author)
    organisation = row.author.profile.organisation
    if row.naming == Naming.ORGANISATION and organisation:
        return f"{name}, {organisation}"
    return name


def _take_out(proposal: Proposal, rows: list[ConsentRequest]) -> None:
    maker = handovers.maker(PRACTICE)
    if maker is None or proposal.page_id is None:
        return
    try:
        maker.take_out(
            page_id=proposal.page_id, keys=[key_of(row) for row in rows], user=proposal.editor
        )
    except handovers.AlreadyPublishedError as error:
        raise errors.AlreadyPublished from error
