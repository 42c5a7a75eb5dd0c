"""The way from the home page to a page of this app."""

from __future__ import annotations

from wagtail.models import Page

from core import generation


def trail(page: Page) -> list[dict[str, str]]:
    """[{title, url}] of the pages above; who may read a page may read those above it."""
    ends = range(2 * Page.steplen, len(page.path), Page.steplen)
    steps = [page.path[:end] for end in ends]

    def read() -> list[dict[str, str]]:
        rows = Page.objects.live().filter(path__in=steps).order_by("depth")
        return [{"title": row.title, "url": row.url} for row in rows]

    return generation.cached(f"practices:trail:{steps[-1]}", read) if steps else []
