"""The site's tags: one set of words that practices, events and topics share.

A tag is known to a reader once a page that the reader may read carries it: the word alone could
otherwise tell what an unpublished page is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from taggit.models import ItemBase, Tag
from wagtail.models import Page

from core import generation
from core.audiences import reader_tokens, visible_pages


def known_tags(user: Any) -> dict[str, int]:
    """{name: key} of the tags on pages that this reader may read, by name."""

    def read() -> dict[str, int]:
        pages = visible_pages(Page.objects.all(), user).values("pk")
        keys: set[int] = set()
        for model in _tagging_models():
            rows = model._default_manager.filter(content_object__in=pages)
            keys.update(rows.values_list("tag", flat=True))
        return dict(Tag.objects.filter(pk__in=keys).order_by("name").values_list("name", "pk"))

    return generation.cached(f"taxonomy.{'.'.join(sorted(reader_tokens(user)))}", read)


def tags_named(names: Iterable[str], user: Any) -> tuple[list[Tag], list[str]]:
    """(the tags of these names, whatever their case; the names that the reader knows no tag of)."""
    keys = {name.casefold(): pk for name, pk in known_tags(user).items()}
    wanted = {name.casefold(): name for name in names}
    found = [keys[folded] for folded in wanted if folded in keys]
    unknown = [name for folded, name in wanted.items() if folded not in keys]
    return list(Tag.objects.filter(pk__in=found).order_by("name")), unknown


@lru_cache(maxsize=1)
def _tagging_models() -> tuple[type[Model], ...]:
    """The models that tie tags to kinds of pages, whichever apps have them."""
    tagging = [model for model in apps.get_models() if issubclass(model, ItemBase)]
    return tuple(model for model in tagging if _is_about_pages(model))


def _is_about_pages(model: type[Model]) -> bool:
    tagged: Any = model._meta.get_field("content_object").related_model
    return isinstance(tagged, type) and issubclass(tagged, Page)
