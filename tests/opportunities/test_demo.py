"""The opportunities of the demo: samples of samples, with interest in every state."""

from collections import Counter

import pytest

from demo import accounts, opportunities, organisations
from demo.registry import Registry
from opportunities import actions
from opportunities.models import Interest, Opportunity
from opportunities.states import InterestState, State

pytestmark = pytest.mark.django_db


def test_what_is_there_after_loading_once_and_twice(mailoutbox):
    for _time in range(2):
        registry = Registry()
        organisations.load(registry, accounts.load(registry))
        opportunities.load(registry)
    rows = Opportunity.objects.all()
    assert rows.count() == 24
    assert Counter(row.type for row in rows) == {"offer": 10, "request": 8, "project": 4, "host": 2}
    assert Counter(row.state for row in rows) == {"published": 19, "expired": 4, "draft": 1}
    assert len({row.language for row in rows}) == 8
    assert all(row.is_sample and row.organisation.is_sample for row in rows)
    assert {row.state for row in Interest.objects.all()} == set(InterestState)
    addresses = {row.contact_email for row in (*rows, *Interest.objects.all())}
    assert addresses == {"office@example.org"}
    # Each says what it needs to be published, and no job has anything to say about it at once.
    assert not [row.title for row in rows if row.state != State.DRAFT and actions.missing(row)]
    assert (actions.expire(), actions.remind(), actions.ask()) == (0, 0, 0)
    assert not mailoutbox
