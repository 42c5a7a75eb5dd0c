"""Make the HTML of posts anew after the renderer has changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from core import generation, searchable
from forum.markdown import LONGEST_HTML, RENDERER_VERSION, plain, render
from forum.models import Post
from forum.states import State

BATCH = 200


@dataclass(slots=True)
class Progress:
    """How far it is: `failed` holds (key of a post, what was wrong) of the last batch."""

    done: int
    changed: int
    last: int
    failed: list[tuple[int, str]]


class Unfit(Exception):
    """What the new renderer makes of a text cannot be shown in its place."""


def rerender(*, after: int = 0, batch: int = BATCH) -> Iterator[Progress]:
    """Render every post of an older version, batch by batch, each in a transaction of its own.

    What is done is done: begun again after a break, it goes on with the posts that are left. A post
    that fails keeps its old HTML and version. Posts are locked while they are rendered, so that no
    edit made meanwhile is overwritten.
    """
    done = changed = 0
    while True:
        with transaction.atomic():
            old = Post.objects.filter(pk__gt=after, renderer_version__lt=RENDERER_VERSION)
            rows = list(
                old.select_related("topic__category", "author__profile")
                .select_for_update(of=("self",), no_key=True)
                .order_by("pk")[:batch]
            )
            if not rows:
                return
            failed = []
            for post in rows:
                try:
                    with transaction.atomic():
                        changed += _rerender(post)
                except Exception as error:  # noqa: BLE001 (told, and the others go on)
                    failed.append((post.pk, f"{type(error).__name__}: {error}"))
                else:
                    done += 1
            after = rows[-1].pk
        yield Progress(done, changed, after, failed)


def _rerender(post: Post) -> bool:
    """Store what the renderer makes of a post now; whether that differs from before."""
    html = render(post.source)
    if len(html) > LONGEST_HTML:
        raise Unfit(f"{len(html)} characters of HTML")
    if post.source and not plain(html):
        raise Unfit("nothing would be shown")
    differs = html != post.html
    post.html, post.renderer_version = html, RENDERER_VERSION
    post.save(update_fields=["html", "renderer_version"])
    if differs and post.state == State.PUBLISHED:
        generation.bump(generation.Area.POSTS)
        searchable.changed(post.topic if post.is_opening else post)
    return differs
