"""A best practice made of a thread: nothing is taken over without its author's consent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from bestpractices.models import BestPracticePage
from forum import actions, errors
from forum.models import ConsentRequest, Notification, Proposal
from forum.models.practices import Consent, Naming
from forum.states import State
from tests.factories.bestpractices import make_practice_index
from tests.factories.forum import CategoryFactory, in_state, make_reply, make_topic
from tests.factories.members import (
    AdministratorFactory,
    CoordinatorFactory,
    EditorFactory,
    MemberFactory,
    ModeratorFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_second_factor", "index")]


@pytest.fixture
def index(home_page):
    return make_practice_index(home_page)


@pytest.fixture
def authors():
    people = [MemberFactory(name=f"Author {n} (sample)") for n in range(3)]
    for person in people:
        person.profile.organisation = f"Workshop of {person.name}"
        person.profile.save()
    return people


@pytest.fixture
def topic(authors):
    topic = make_topic(author=authors[0], source="We weigh **offcuts**.")
    make_reply(topic, authors[1], source="| a | b |\n|-|-|\n| wool | 3 kg |")
    make_reply(topic, authors[2], source="We <script>do</script> too.")
    make_reply(topic, authors[1], source="And bale them.")
    return topic


@pytest.fixture
def posts(topic):
    return list(topic.posts.order_by("number"))


@pytest.fixture
def proposal(topic, posts, editor):
    return actions.ask_consent(topic=topic, editor=editor, posts=posts)


def agree(proposal, author, naming=Naming.ORGANISATION, posts=None):
    own = proposal.requests.filter(author=author).values_list("post_id", flat=True)
    actions.answer_consent(
        proposal=proposal,
        author=author,
        agreed=list(own) if posts is None else [post.pk for post in posts],
        naming=naming,
    )


def make(proposal, editor, **values):
    wanted = {"title": "How offcuts are weighed", "language": "en"}
    page = actions.make_practice(proposal=proposal, editor=editor, **(wanted | values))
    return BestPracticePage.objects.get(pk=page.pk)


def texts(page):
    return [str(block.value) for block in page.get_latest_revision_as_object().description]


class TestAsking:
    @pytest.mark.parametrize(
        ("factory", "may"),
        [
            (EditorFactory, True),
            (AdministratorFactory, True),
            (ModeratorFactory, False),
            (CoordinatorFactory, False),
            (MemberFactory, False),
            (None, False),
        ],
    )
    def test_who_may(self, topic, posts, client_for, factory, may):
        person = factory() if factory else None
        client = client_for(person)
        shown = client.get(topic.get_absolute_url()).content.decode()
        assert ("Make a best practice of this" in shown) is may
        for name in ("practice_posts", "practice", "practice_drop"):
            address = reverse(f"forum:{name}", args=[topic.pk])
            found = client.post(address, {"posts": [posts[0].pk]}).status_code != 404
            assert found is may
        assert not Proposal.objects.exists()

    def test_every_author_is_asked_once_for_each_post(
        self, proposal, topic, posts, editor, authors
    ):
        assert set(proposal.requests.values_list("author", "post")) == {
            (post.author_id, post.pk) for post in posts
        }
        told = Notification.objects.filter(kind="consent")
        assert sorted(told.values_list("user", flat=True)) == sorted(p.author_id for p in posts)
        actions.ask_consent(topic=topic, editor=editor, posts=posts[:2])
        assert proposal.requests.count() == told.count() == 4

    @pytest.mark.parametrize("state", [State.PENDING, State.REJECTED, State.HIDDEN, State.DELETED])
    def test_only_public_posts_of_the_topic(self, topic, posts, editor, state):
        in_state(posts[2], state)
        with pytest.raises(errors.NotAllowed):
            actions.ask_consent(topic=topic, editor=editor, posts=posts[1:3])
        with pytest.raises(errors.NotAllowed):
            actions.ask_consent(topic=topic, editor=editor, posts=[make_topic().posts.get()])
        assert not ConsentRequest.objects.exists()

    def test_not_without_a_choice_and_not_of_a_former_member(self, topic, posts, editor, authors):
        with pytest.raises(errors.NothingChosen):
            actions.ask_consent(topic=topic, editor=editor, posts=[])
        authors[2].delete()
        with pytest.raises(errors.NotAllowed):
            actions.ask_consent(topic=topic, editor=editor, posts=[posts[2]])

    def test_not_in_a_category_that_the_editor_may_not_read(self, topic, posts, client_for, editor):
        in_state(posts[0], State.HIDDEN)
        address = reverse("forum:practice_posts", args=[topic.pk])
        assert client_for(editor).get(address).status_code == 404


class TestAnswering:
    def test_nobody_answers_for_others(self, proposal, posts, authors):
        with pytest.raises(errors.NotAllowed):
            agree(proposal, authors[2], posts=[posts[1]])
        with pytest.raises(errors.NotAllowed):
            agree(proposal, MemberFactory(), posts=[])

    def test_each_post_by_itself(self, proposal, posts, authors, editor):
        agree(proposal, authors[1], Naming.NOBODY, posts=[posts[3]])
        states = dict(proposal.requests.values_list("post__number", "state"))
        assert states == {1: "asked", 2: "declined", 3: "asked", 4: "agreed"}
        assert Notification.objects.filter(user=editor, kind="consent").count() == 1

    def test_on_the_site(self, proposal, topic, posts, authors, client_for):
        client = client_for(authors[1])
        address = reverse("forum:consent", args=[topic.pk])
        assert address in client.get(topic.get_absolute_url()).content.decode()
        shown = client.get(address).content.decode()
        assert "And bale them." in shown
        assert "offcuts" not in shown
        sent = client.post(address, {"agreed": [posts[1].pk, posts[3].pk], "naming": "name"})
        assert sent.status_code == 302
        assert set(proposal.requests.filter(author=authors[1]).values_list("state", "naming")) == {
            ("agreed", "name")
        }
        foreign = client.post(address, {"agreed": [posts[0].pk], "naming": "name"})
        assert foreign.status_code == 422

    def test_who_is_not_asked_finds_nothing(self, proposal, topic, client_for, editor):
        address = reverse("forum:consent", args=[topic.pk])
        for person in (None, MemberFactory(), ModeratorFactory(), editor):
            client = client_for(person)
            assert client.get(address).status_code == 404
            assert client.post(address, {"naming": "name"}).status_code == 404
            assert address not in client.get(topic.get_absolute_url()).content.decode()


class TestTheDraft:
    def test_holds_what_was_agreed_to_in_order_with_names_as_agreed(
        self, proposal, authors, editor, topic
    ):
        agree(proposal, authors[0], Naming.NOBODY)
        agree(proposal, authors[1], Naming.ORGANISATION)
        agree(proposal, authors[2], posts=[])
        page = make(proposal, editor)
        first, second, third = texts(page)
        assert "We weigh <strong>offcuts</strong>." in first
        assert authors[0].name not in first
        assert "wool" in second
        assert f"{authors[1].name}, Workshop of {authors[1].name}" in second
        assert "And bale them." in third
        link = page.get_latest_revision_as_object().further_information[0].value
        assert topic.get_absolute_url() in link["url"]

    def test_is_a_draft_of_the_editors_and_goes_through_the_review(
        self, proposal, authors, editor, client_for
    ):
        agree(proposal, authors[0])
        page = make(proposal, editor)
        assert (page.live, page.owner, page.latest_revision.user) == (False, editor, editor)
        assert page.get_parent().specific_class.__name__ == "PracticeIndexPage"
        edit = client_for(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert edit.status_code == 200
        page.get_workflow().start(page, editor)
        assert Page.objects.get(pk=page.pk).workflow_in_progress

    def test_needs_an_agreement(self, proposal, editor, authors):
        with pytest.raises(errors.NothingAgreed):
            make(proposal, editor)
        agree(proposal, authors[0], posts=[])
        with pytest.raises(errors.NothingAgreed):
            make(proposal, editor)

    def test_not_of_a_text_that_changed_or_went_since(self, proposal, editor, authors, posts):
        for author in authors:
            agree(proposal, author)
        posts[3].version += 1
        posts[3].save()
        in_state(posts[2], State.HIDDEN)
        assert len(texts(make(proposal, editor))) == 2

    @pytest.mark.parametrize("factory", [ModeratorFactory, MemberFactory, CoordinatorFactory])
    def test_is_not_made_by_others(self, proposal, authors, factory):
        agree(proposal, authors[0])
        with pytest.raises(errors.NotAllowed):
            make(proposal, factory())

    def test_is_made_once_and_no_more_is_asked_then(self, proposal, authors, editor, topic, posts):
        agree(proposal, authors[0])
        make(proposal, editor)
        with pytest.raises(errors.AlreadyMade):
            make(proposal, editor)
        with pytest.raises(errors.AlreadyMade):
            actions.ask_consent(topic=topic, editor=editor, posts=posts)
        with pytest.raises(errors.AlreadyMade):
            actions.drop_proposal(proposal=proposal, editor=editor)

    def test_the_topic_tells_of_it_once_it_is_published(
        self, proposal, authors, editor, topic, client
    ):
        agree(proposal, authors[0])
        page = make(proposal, editor)
        assert (
            "A best practice was made" not in client.get(topic.get_absolute_url()).content.decode()
        )
        page.get_latest_revision().publish()
        page.refresh_from_db()
        shown = client.get(topic.get_absolute_url()).content.decode()
        assert "A best practice was made of this" in shown
        assert page.url in shown
        assert topic.get_absolute_url() in client.get(page.url).content.decode()


class TestTakingBack:
    def test_takes_the_text_out_of_the_draft_and_stops_the_review(
        self, proposal, authors, editor, posts
    ):
        agree(proposal, authors[0])
        agree(proposal, authors[1])
        page = make(proposal, editor)
        page.get_workflow().start(page, editor)
        agree(proposal, authors[1], posts=[posts[3]])
        page = BestPracticePage.objects.get(pk=page.pk)
        assert not page.workflow_in_progress
        assert len(texts(page)) == len(page.description) == 2
        for revision in page.revisions.all():
            assert "wool" not in str(revision.content)
        assert Notification.objects.filter(user=editor, kind="consent").count() == 3

    def test_not_once_it_is_published(self, proposal, authors, editor):
        agree(proposal, authors[0])
        page = make(proposal, editor)
        page.get_latest_revision().publish()
        with pytest.raises(errors.AlreadyPublished):
            agree(proposal, authors[0], posts=[])
        assert proposal.requests.get(author=authors[0]).state == Consent.AGREED

    def test_the_name_is_that_of_the_draft(self, proposal, authors, editor):
        agree(proposal, authors[0], Naming.NOBODY)
        make(proposal, editor)
        agree(proposal, authors[0], Naming.NAME)
        assert proposal.requests.get(author=authors[0]).naming == Naming.NOBODY


def test_given_up_before_the_draft(proposal, editor, topic, authors, client_for):
    agree(proposal, authors[0])
    address = reverse("forum:practice_drop", args=[topic.pk])
    assert client_for(editor).post(address).status_code == 302
    assert not Proposal.objects.exists()
    assert not ConsentRequest.objects.exists()


def test_from_the_topic_to_the_editing_of_the_page(topic, posts, authors, editor, client_for):
    client = client_for(editor)
    choose = reverse("forum:practice_posts", args=[topic.pk])
    overview = reverse("forum:practice", args=[topic.pk])
    assert client.get(overview).url == choose
    assert client.post(choose, {}).status_code == 422
    assert client.post(choose, {"posts": [posts[0].pk]}).url == overview
    assert "Nobody has agreed yet" in client.get(overview).content.decode()
    agree(Proposal.objects.get(), authors[0])
    made = client.post(overview, {"title": "Offcuts", "language": "en"})
    page = BestPracticePage.objects.get(title="Offcuts")
    assert made.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "The draft is made." in client.get(overview).content.decode()
    assert client.get(choose).url == overview


def test_an_erased_author_is_no_longer_named(proposal, authors, editor):
    agree(proposal, authors[0], Naming.NAME)
    agree(proposal, authors[1], Naming.NAME)
    authors[0].delete()
    found = texts(make(proposal, editor))
    assert len(found) == 3
    assert authors[0].name not in found[0]


@pytest.mark.parametrize("reader", ["author", "editor"])
def test_the_topic_costs_no_query_more_for_it(proposal, authors, editor, client_for, topic, reader):
    plain = make_topic(CategoryFactory())
    counts = []
    client = client_for({"author": authors[1], "editor": editor}[reader])
    # What is new is read first: the number of what is unread costs a query more.
    for one in (plain, topic):
        client.get(one.get_absolute_url())
    for one in (plain, topic):
        with CaptureQueriesContext(connection) as captured:
            client.get(one.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1]
