"""A question to whoever stands behind a page becomes a topic, of which they are told."""

import pytest

from bestpractices.models import BestPracticePage
from contributions.states import State
from directory.vocabulary import Role
from forum.models import Notification
from tests.factories.bestpractices import make_practice
from tests.factories.contributions import make_contribution, page_of
from tests.factories.directory import give_role, make_organisation
from tests.factories.forum import CategoryFactory, make_topic
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

ASK = "Ask the owner"


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Start a topic about a page; who was told of it."""

    def ask_about(page, author=None, category=None):
        with django_capture_on_commit_callbacks(execute=True):
            topic = make_topic(category, author or MemberFactory(), page=page, trusted=False)
        return set(Notification.objects.filter(topic=topic).values_list("user", flat=True))

    return ask_about


@pytest.fixture
def open_shelf(db):
    return CategoryFactory(premoderated_posts=0)


def test_the_contributor_and_the_organisations_people_are_told(
    ask, open_shelf, practices, weaver, mill, reviewer, client
):
    colleague, reader = MemberFactory(), MemberFactory()
    give_role(mill, Role.EDITOR, colleague)
    give_role(mill, Role.READER, reader)
    made = make_contribution(weaver, State.PUBLISHED, editor=reviewer, organisation=mill)
    page = page_of(made)
    assert ask(page, category=open_shelf) == {weaver.pk, colleague.pk}
    assert ask(page, author=weaver, category=open_shelf) == {colleague.pk}
    assert ASK in client.get(page.url).content.decode()


def test_the_people_of_the_institution_that_editors_named_are_told(
    ask, open_shelf, practices, client
):
    mill = make_organisation(name="Dye works (sample)")
    dyer = give_role(mill)
    page = make_practice(practices, main_institution=mill.name)
    assert ask(page, category=open_shelf) == {dyer.pk}
    assert ASK in client.get(page.url).content.decode()


def test_without_an_owner_nobody_is_told(ask, open_shelf, practices, client):
    page = make_practice(practices, main_institution="Unknown")
    assert ask(page, category=open_shelf) == set()
    assert ASK not in client.get(page.url).content.decode()


def test_a_question_that_waits_tells_nobody_yet(ask, practices, weaver, reviewer):
    page = page_of(make_contribution(weaver, State.PUBLISHED, editor=reviewer))
    assert isinstance(page, BestPracticePage)
    assert ask(page, category=CategoryFactory(premoderated_posts=2)) == set()
