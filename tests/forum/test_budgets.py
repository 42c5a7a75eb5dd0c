"""How many queries a page may cost: bounded, and the same whatever there is to show.

With real commits, as in production: inside a transaction nothing shared is cached.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum import actions
from forum import lists as lists_module
from forum.models.following import Level
from forum.models.reactions import ReactionKind
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]

LIST, TOPIC, REPLY = 12, 15, 32
VISITOR = AnonymousUser()


def cost(client, address):
    """The fewest of three, for what is shared expires by the clock."""
    counts = []
    for _attempt in range(3):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    return min(counts)


@pytest.mark.parametrize("factory", [None, MemberFactory, ModeratorFactory])
def test_budgets(client_for, home_page, factory):
    category = CategoryFactory()
    reader = factory() if factory else None
    client = client_for(reader)
    small = make_topic(category)
    lists = [reverse(f"forum:{one.name}") for one in lists_module.offered_to(reader or VISITOR)]
    index, listed = reverse("forum:index"), category.get_absolute_url()
    few = {
        "index": cost(client, index),
        "list": cost(client, listed),
        "topic": cost(client, small.get_absolute_url()),
        "lists": [cost(client, address) for address in lists],
    }
    for _number in range(25):
        make_topic(category)
    long = make_topic(category)
    for _number in range(44):
        last = make_reply(long)
        actions.react(post=last, user=MemberFactory(), kind=ReactionKind.USEFUL)
    actions.accept_answer(post=last, user=long.author)
    long.tags.add("linen", "wool")
    deep = client.get(listed).context["list"].next_url
    many = {
        "index": cost(client, index),
        "list": max(cost(client, listed), cost(client, deep)),
        "topic": max(cost(client, f"{long.get_absolute_url()}?page={page}") for page in (1, 2, 3)),
        "lists": [cost(client, address) for address in lists],
    }
    # One more for the accepted answer, which stands on another page than the question.
    assert many == few | {"topic": few["topic"] + 1}
    assert max(few["index"], few["list"], *few["lists"]) <= LIST
    assert few["topic"] <= TOPIC


def test_a_reply(client_for, home_page, settings):
    """With the work for others enqueued, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    category = CategoryFactory(premoderated_posts=1)
    known = timezone.now() - timedelta(days=30)
    counts = []
    for replies in (0, 25):
        topic = make_topic(category)
        for _number in range(replies):
            last = make_reply(topic, at=known)
            actions.follow_topic(user=last.author, topic=topic, level=Level.WATCH)
        author = MemberFactory(approved_at=known)
        for _number in range(2):
            make_reply(topic, author, at=known)
        browser = client_for(author)
        sent = {"source": "We do as well.", "language": "en", "key": uuid4(), "website": ""}
        with CaptureQueriesContext(connection) as captured:
            assert browser.post(topic.get_absolute_url(), sent).status_code == 302
        counts.append(len(captured))
    assert counts[0] == counts[1] <= REPLY
