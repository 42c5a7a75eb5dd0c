"""How many queries a page may cost: bounded, and the same whatever there is to show.

With real commits, as in production: inside a transaction nothing shared is cached.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forum import actions
from forum import lists as lists_module
from forum.models.reactions import ReactionKind
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]

LIST, TOPIC = 12, 15
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
    assert many == few
    assert max(few["index"], few["list"], *few["lists"]) <= LIST
    assert few["topic"] <= TOPIC
