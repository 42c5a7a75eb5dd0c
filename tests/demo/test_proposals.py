"""Proposals of the demo: every state that members and editors meet, and how each of them looks."""

import pytest
from django.urls import reverse

from contributions.models import Contribution
from contributions.states import State
from core.models import SampleMixin
from members.models import User
from tests.demo.conftest import load_small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.slow]


def test_there_is_one_in_every_state_and_the_member_of_the_demo_meets_them(demo):
    rows = Contribution.objects.select_related("contributor", "page")
    assert {row.state for row in rows} == set(State)
    own = rows.filter(contributor__email="member@example.org")
    assert {row.state for row in own} == set(State) - {State.DECLINED}
    for row in rows:
        assert row.contributor.is_sample
        assert row.organisation.is_sample
        assert row.title.endswith("(sample)")
        if row.page is not None:
            page = row.page.specific
            assert isinstance(page, SampleMixin)
            assert page.is_sample
            assert page.get_latest_revision_as_object().is_sample
            assert page.live is (row.state == State.PUBLISHED)
    assert demo == []


def test_a_draft_is_half_filled_in_and_an_answer_says_what_is_missing(client):
    client.force_login(User.objects.get(email="member@example.org"))
    draft = Contribution.objects.get(state=State.DRAFT)
    page = client.get(draft.get_absolute_url())
    assert {problem.field for problem in page.context["missing"]} == {
        "Summary",
        "Evidence of success",
    }
    asked = Contribution.objects.get(state=State.CHANGES)
    assert "who weighed it?" in client.get(asked.get_absolute_url()).content.decode()
    listed = client.get(reverse("contributions:mine")).content.decode()
    for row in Contribution.objects.filter(contributor__email="member@example.org"):
        assert row.title in listed


def test_the_published_one_names_who_proposed_it(client):
    page = Contribution.objects.get(state=State.PUBLISHED).page
    shown = client.get(page.url).content.decode()
    assert "Member of the demo" in shown
    assert "Gènere de Punt Llevant (sample)" in shown


def test_it_is_made_once():
    Contribution.objects.filter(state=State.DRAFT).delete()
    before = Contribution.objects.count()
    assert load_small() == 0
    assert Contribution.objects.count() == before
