"""What search engines are told about a topic (schema.org, DiscussionForumPosting and QAPage)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from core.audiences import PUBLIC
from core.jsonld import as_script
from forum.markdown import plain
from forum.models import Post, Topic
from forum.names import name_of
from forum.states import State

LONGEST_TEXT = 1000


def accepted_of(topic: Topic, posts: list[Post]) -> Post | None:
    """The accepted answer, where it can be read; `posts` are at hand already."""
    if topic.accepted_id is None:
        return None
    for post in posts:
        if post.pk == topic.accepted_id:
            return post if post.state == State.PUBLISHED else None
    published = Post.objects.filter(pk=topic.accepted_id, topic=topic, state=State.PUBLISHED)
    post = published.select_related("author").first()
    if post is not None:
        post.topic = topic
    return post


def about_topic(
    request: HttpRequest,
    topic: Topic,
    posts: list[Post],
    page_number: int,
    accepted: Post | None,
) -> SafeString | None:
    """JSON for a script element about one page of a public topic; None for any other topic.

    `accepted` is the answer, as far as it can be read.

    Only what every visitor sees on that page is told. The page with the question of a topic that
    has an accepted answer is a QAPage, every other a DiscussionForumPosting.
    """
    if topic.category.audience != PUBLIC or topic.state != State.PUBLISHED:
        return None
    address = request.build_absolute_uri(topic.get_absolute_url())
    published = [post for post in posts if post.state == State.PUBLISHED]
    opening = next((post for post in published if post.is_opening), None)
    if accepted is not None and opening is not None:
        data = _questions_and_answers(request, topic, opening, accepted, published)
    else:
        data = _discussion(request, topic, opening, published, address, page_number)
    return as_script(data)


def _discussion(
    request: HttpRequest,
    topic: Topic,
    opening: Post | None,
    published: list[Post],
    address: str,
    page_number: int,
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "headline": topic.title,
        "inLanguage": topic.language,
        "url": address,
        "mainEntityOfPage": f"{address}?page={page_number}" if page_number > 1 else address,
        "datePublished": topic.created_at.isoformat(),
        "dateModified": topic.last_post_at.isoformat(),
        "author": _person(topic),
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/CommentAction",
            "userInteractionCount": topic.reply_count,
        },
        "comment": [_comment(request, post) for post in published if not post.is_opening],
    }
    if opening is not None:
        data["text"] = plain(opening.html)[:LONGEST_TEXT]
        data["datePublished"] = opening.shown_at.isoformat()
    return data


def _questions_and_answers(
    request: HttpRequest, topic: Topic, opening: Post, accepted: Post, published: list[Post]
) -> dict[str, Any]:
    others = [post for post in published if not post.is_opening and post.pk != accepted.pk]
    return {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "inLanguage": topic.language,
        "mainEntity": {
            "@type": "Question",
            "name": topic.title,
            "text": plain(opening.html)[:LONGEST_TEXT],
            "datePublished": opening.shown_at.isoformat(),
            "author": _person(topic),
            "answerCount": topic.reply_count,
            "acceptedAnswer": _comment(request, accepted, "Answer"),
            "suggestedAnswer": [_comment(request, post, "Answer") for post in others],
        },
    }


def _comment(request: HttpRequest, post: Post, kind: str = "Comment") -> dict[str, Any]:
    return {
        "@type": kind,
        "url": request.build_absolute_uri(post.get_absolute_url()),
        "inLanguage": post.language,
        "datePublished": post.shown_at.isoformat(),
        "author": _person(post),
        "text": plain(post.html)[:LONGEST_TEXT],
    }


def _person(written: Topic | Post) -> dict[str, str]:
    return {"@type": "Person", "name": name_of(written.author)}
