"""Print, as JSON, the pages that scripts/bench.py measures: address, and SQL queries with and without the page cache.

Run by it with the environment of the site that it measures.
"""

import json
import sys

import django
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MODES = {"page cache off": 0, "page cache on": 600}


def addresses() -> dict[str, str]:
    """The main pages by name; of practices and topics a typical long one."""
    from django.contrib.auth.models import AnonymousUser

    from bestpractices.models import BestPracticePage
    from forum.models import Topic
    from home.models import HomePage

    home = HomePage.objects.live().get(locale__language_code="en")
    practice = (
        BestPracticePage.objects.live().filter(locale__language_code="en").order_by("pk").first()
    )
    topic = Topic.objects.visible_to(AnonymousUser()).order_by("-reply_count", "pk").first()
    return {
        "home": home.get_url(),
        "practices": practice.get_parent().get_url(),
        "practice": practice.get_url(),
        "topics": topic.category.get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "search": "/en/search/?q=recycling",
    }


def count_queries(path: str) -> dict[str, list[int]]:
    """By mode, the queries of the first request with empty caches, and of the next one."""
    get(path)  # pictures are made on first sight
    counts = {}
    for mode, seconds in MODES.items():
        settings.PAGE_CACHE_SECONDS = seconds
        for alias in settings.CACHES:
            caches[alias].clear()
        counts[mode] = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                get(path)
            counts[mode].append(len(queries))
    return counts


def get(path: str) -> None:
    response = Client(headers={"host": "127.0.0.1"}).get(path)
    if response.status_code != 200:
        raise SystemExit(f"bench: {path} answered {response.status_code}")


def main(only: list[str]) -> None:
    django.setup()
    pages = {name: path for name, path in addresses().items() if not only or name in only}
    print(
        json.dumps(
            {name: {"path": path, "queries": count_queries(path)} for name, path in pages.items()}
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])
