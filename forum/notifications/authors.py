"""Mail to authors about decisions on their posts, in their language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from core.mail import send_templated
from forum.models import Post


def post_published(post: Post) -> None:
    """Tell the author that a post can now be read."""
    _to_author(post, "post_published")


def post_rejected(post: Post, reason: str) -> None:
    """Tell the author why a post does not appear, with the text, so that it is not lost."""
    _to_author(post, "post_rejected", reason=reason, source=post.source)


def post_hidden(post: Post, reason: str) -> None:
    """Tell the author why a post was taken away, with the text."""
    _to_author(post, "post_hidden", reason=reason, source=post.source)


def _to_author(post: Post, name: str, **context: Any) -> None:
    author = post.author
    if author is None or not author.is_active:
        return
    with translation.override(author.language):
        url = settings.WAGTAILADMIN_BASE_URL + post.get_absolute_url()
    send_templated(
        template=f"emails/forum/{name}",
        to=author.email,
        language=author.language,
        context={"author": author, "topic": post.topic, "url": url, **context},
    )
