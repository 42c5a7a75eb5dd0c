"""What search engines are told about a topic (schema.org, DiscussionForumPosting)."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from core.audiences import PUBLIC
from forum.markdown import plain
from forum.models import Post, Topic
from forum.names import name_of
from forum.states import State

LONGEST_TEXT = 1000
# No text can end the script element or begin a comment in it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def discussion(
    request: HttpRequest, topic: Topic, posts: list[Post], page_number: int
) -> SafeString | None:
    """JSON for a script element about one page of a public topic; None for any other topic.

    Only what every visitor sees on that page is told.
    """
    if topic.category.audience != PUBLIC or topic.state != State.PUBLISHED:
        return None
    address = request.build_absolute_uri(topic.get_absolute_url())
    published = [post for post in posts if post.state == State.PUBLISHED]
    opening = next((post for post in published if post.is_opening), None)
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
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308


def _comment(request: HttpRequest, post: Post) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "url": request.build_absolute_uri(post.get_absolute_url()),
        "inLanguage": post.language,
        "datePublished": post.shown_at.isoformat(),
        "author": _person(post),
        "text": plain(post.html)[:LONGEST_TEXT],
    }


def _person(written: Topic | Post) -> dict[str, str]:
    return {"@type": "Person", "name": name_of(written.author)}
