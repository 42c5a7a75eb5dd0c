"""What is refused before anything is stored: too much, too often, too quick, twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from forum import actions, errors, stamps
from forum.models import Post
from tests.factories.forum import make_topic
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
LINKS = ["https://a.example/1 ", "[b](https://a.example/2) ", "<https://a.example/3> "]


@pytest.fixture
def veteran():
    return MemberFactory(approved_at=timezone.now() - timedelta(days=30))


@pytest.mark.usefixtures("_no_distance")
class TestFirstDay:
    def test_topics(self, member, category, start):
        for _number in range(3):
            start(member, category)
        with pytest.raises(errors.TooManyToday):
            start(member, category)
        assert Post.objects.count() == 3

    def test_replies(self, member, answer):
        topic = make_topic()
        for _number in range(10):
            answer(member, topic)
        with pytest.raises(errors.TooManyToday):
            answer(member, topic)
        assert topic.posts.count() == 11

    def test_the_two_do_not_mix(self, member, category, start, answer):
        topic = make_topic()
        for _number in range(3):
            start(member, category)
        assert answer(member, topic)

    def test_later_and_moderators(self, veteran, moderator, category, start):
        for author in (veteran, moderator):
            for _number in range(4):
                start(author, category)


class TestLinks:
    @pytest.mark.parametrize(
        ("number", "is_new", "allowed"),
        [(2, True, True), (3, True, False), (10, False, True), (11, False, False)],
    )
    def test_number(self, category, start, member, veteran, number, is_new, allowed):
        source = "".join(LINKS[at % 3] for at in range(number)) + "x"
        author = member if is_new else veteran
        if allowed:
            assert start(author, category, source=source)
        else:
            with pytest.raises(errors.TooManyLinks):
                start(author, category, source=source)
            assert not Post.objects.exists()

    def test_edits_too(self, member, answer):
        post = answer(member, make_topic())
        with pytest.raises(errors.TooManyLinks):
            actions.edit_post(
                post=post, editor=member, source="x ".join(LINKS), language="en", version=1
            )


@pytest.mark.usefixtures("_no_distance")
class TestDuplicates:
    @pytest.mark.parametrize("again", ["Wool for sale", "  wool  FOR\nsale "])
    def test_the_same_words(self, member, answer, again):
        answer(member, make_topic(), source="Wool for sale")
        other = make_topic()
        with pytest.raises(errors.Duplicate):
            answer(member, other, source=again)
        assert other.posts.count() == 1

    def test_not_of_somebody_else_and_not_a_day_later(self, member, answer):
        topic = make_topic()
        answer(member, topic, source="Wool for sale")
        assert answer(MemberFactory(), topic, source="Wool for sale")
        Post.objects.update(created_at=timezone.now() - timedelta(hours=25))
        assert answer(member, topic, source="Wool for sale")


class TestTimeToWrite:
    @pytest.fixture(autouse=True)
    def _like_people(self, settings):
        settings.FORUM_SECONDS_TO_WRITE = 3

    @pytest.fixture
    def browser(self, client_for, member):
        return client_for(member)

    def opened(self, browser, topic):
        form = browser.get(topic.get_absolute_url()).context["form"]
        names = ("key", "stamp", "language")
        return {name: form[name].value() for name in names} | {"source": "My text"}

    def test_too_quick_keeps_the_text_then_it_goes(self, browser, time_machine):
        topic = make_topic()
        data = self.opened(browser, topic)
        page = browser.post(topic.get_absolute_url(), data)
        assert page.status_code == 422
        assert "That was quick" in page.content.decode()
        assert "My text" in page.content.decode()
        assert page.context["form"]["stamp"].value() == data["stamp"]
        time_machine(5)
        assert browser.post(topic.get_absolute_url(), data).status_code == 302

    @pytest.mark.parametrize("stamp", ["", "x", "x:y", "1:2:3"])
    def test_a_form_that_was_never_opened(self, browser, stamp, time_machine):
        topic = make_topic()
        data = self.opened(browser, topic) | {"stamp": stamp}
        page = browser.post(topic.get_absolute_url(), data)
        assert page.status_code == 422
        assert "My text" in page.content.decode()
        assert topic.posts.count() == 1
        again = data | {"stamp": page.context["form"]["stamp"].value()}
        time_machine(5)
        assert browser.post(topic.get_absolute_url(), again).status_code == 302

    def test_a_stamp_is_good_for_its_form_only(self, time_machine):
        key = uuid4()
        stamp = stamps.stamp(key)
        assert stamps.is_genuine(stamp, key)
        assert not stamps.is_genuine(stamp, uuid4())

    @pytest.fixture
    def time_machine(self, monkeypatch):
        """Let so many seconds pass for whoever reads a signature's date."""
        from django.core import signing

        def forward(seconds):
            now = signing.time.time() + seconds
            monkeypatch.setattr(signing.time, "time", lambda: now)

        return forward
