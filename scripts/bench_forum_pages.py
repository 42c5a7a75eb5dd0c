"""Print, as JSON, what scripts/bench_forum.py asks a forum for: addresses, cookies of readers, SQL queries.

Run by it with the environment of the site that it measures, after the database was filled.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from bench_clients import client_of, cookie_of, queries_of
from bench_forum_acts import message_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation


def main(writers: int) -> None:
    django.setup()
    translation.activate("en")
    from bench_forum_fill import FIRST

    from members.models import User

    people = list(User.objects.filter(pk__gte=FIRST).order_by("pk")[: writers + 2])
    reader, moderator, *others = people
    moderator.groups.add(_group("Moderators"))
    clients = {"visitor": client_of(None), "member": client_of(reader)}
    pages = [
        {"name": name, "reader": who, "path": path, "queries": queries_of(client, path)}
        for name, path in _addresses().items()
        for who, client in clients.items()
        if who == "member" or not name.startswith("unread")
    ]
    queue = reverse("forum_moderation:queue")
    pages.append(
        {
            "name": "moderation queue",
            "reader": "moderator",
            "path": queue,
            "queries": queries_of(client_of(moderator), queue),
        }
    )
    print(
        json.dumps(
            {
                "pages": pages,
                "cookies": {
                    "visitor": "",
                    "member": cookie_of(clients["member"]),
                    "moderator": cookie_of(client_of(moderator)),
                },
                "acts": _acts(others),
            }
        )
    )


def _group(name: str) -> Any:
    from django.contrib.auth.models import Group

    return Group.objects.get(name=name)


def _addresses() -> dict[str, str]:
    """The pages by name: the first of a list, and the one at its end."""
    from bench_forum_fill import FIRST

    from forum.keyset import PINNED_FIRST, ROWS_PER_PAGE
    from forum.models import Topic

    longest = Topic.objects.select_related("category").get(pk=FIRST)
    listed = longest.category.get_absolute_url()
    in_order = Topic.objects.published().filter(category=longest.category).newest_activity()
    before_last = in_order.reverse()[ROWS_PER_PAGE]
    topic, pages = longest.get_absolute_url(), longest.page_count
    return {
        "topic list, first": listed,
        "topic list, deepest": f"{listed}?after={PINNED_FIRST.place_of(before_last)}",
        "topic, first page": topic,
        "topic, middle page": f"{topic}?page={max(1, pages // 2)}",
        "topic, last page": f"{topic}?page={pages}",
        "unread list": reverse("forum:unread"),
    }


def _acts(people: list[Any]) -> dict[str, dict[str, Any]]:
    """What members send: each act with its address, its fields, one cookie a person, and its queries.

    `seen`: the number of the last post, for what htmx sends from the page that shows it.
    """
    from bench_forum_fill import FIRST

    from forum.models import Topic

    topic = Topic.objects.select_related("category").get(pk=FIRST)
    text = {"source": "We tried **linen** for it, and it held.", "language": "en"}
    # Nobody may reply twice within seconds.
    half = len(people) // 2
    wanted = {
        "reply in place": (topic.get_absolute_url(), text, people[:half]),
        "reply, whole page": (topic.get_absolute_url(), text, people[half:]),
        "mark all read": (reverse("forum:read"), {}, people[1:half]),
    }
    acts: dict[str, dict[str, Any]] = {}
    for name, (path, fields, (first, *rest)) in wanted.items():
        topic.refresh_from_db()
        act: dict[str, Any] = {"path": path, "fields": fields}
        if name == "reply in place":
            act["seen"] = topic.last_number
        sent = message_of(act, 0)
        client = client_of(first)
        client.get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.post(sent["path"], sent["fields"], headers=sent["headers"])
        acts[name] = act | {
            "queries": len(captured),
            "cookies": [cookie_of(client_of(person)) for person in rest],
        }
    topic.refresh_from_db()
    acts["reply in place"]["seen"] = topic.last_number
    return acts


if __name__ == "__main__":
    main(int(sys.argv[1]))
