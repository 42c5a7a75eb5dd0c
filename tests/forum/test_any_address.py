"""Whatever stands behind the question mark: a page or a 404, never an error."""

import contextlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from forum.views import reading, topics
from tests.factories.forum import make_reply, make_topic
from tests.strategies import query_strings, single_values

pytestmark = pytest.mark.django_db


def some(count):
    """So many examples, on a machine of any speed."""
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))


PARAMETERS = dict.fromkeys(("page", "after", "before", "category", "q"), ("1", "2", "501"))


@pytest.fixture
def shown(category):
    topic = make_topic(category)
    make_reply(topic)
    topic.refresh_from_db()
    return topic


def ask(rf, shown, query):
    request = rf.get(shown.get_absolute_url(), QUERY_STRING=query)
    request.user = AnonymousUser()
    with contextlib.suppress(Http404):
        assert reading.category(request, shown.category.slug).status_code == 200
    with contextlib.suppress(Http404):
        answer = topics.topic(request, shown.category.slug, shown.pk, shown.slug)
        assert answer.status_code == 200


def test_every_parameter_takes_every_value(rf, shown):
    for query in single_values(PARAMETERS):
        ask(rf, shown, query)


@some(150)
@given(query=query_strings(PARAMETERS))
def test_every_address_is_understood_or_missing(rf, shown, query):
    ask(rf, shown, query)


@some(60)
@given(query=query_strings(PARAMETERS))
def test_every_list_answers_every_address(client, shown, query):
    slug = shown.category.slug
    for address in (
        reverse("forum:index"),
        reverse("forum:category", args=[slug]),
        reverse("forum:feed"),
        reverse("forum:category_feed", args=[slug]),
        reverse("forum:topic", args=[slug, shown.pk, shown.slug]),
    ):
        assert client.get(f"{address}?{query}").status_code in {200, 404}
