"""Files in the form for a post, and what becomes of those that nobody sends."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from forum import actions
from forum.models import Attachment, ModerationLog, Post
from forum.states import OtherAct
from tests.factories.forum import make_topic
from tests.forum.test_attachments import picture
from tests.uploads import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return uuid4()


@pytest.fixture
def sent(member):
    """A published reply with a picture and a PDF."""
    key = uuid4()
    image = actions.attach(owner=member, key=key, upload=picture())
    actions.attach(owner=member, key=key, upload=paper())
    actions.describe(owner=member, key=key, texts={image.pk: ("A loom", False)})
    return actions.reply(
        author=member, topic=make_topic(), source="Look.", language="en", key=key, trusted=True
    )


class TestInTheForm:
    @pytest.fixture
    def browser(self, client_for, member):
        return client_for(member)

    @staticmethod
    def data(key, **values):
        return {"source": "My text", "language": "en", "key": str(key), "website": ""} | values

    def test_attach_describe_send(self, browser, key):
        topic = make_topic()
        address = topic.get_absolute_url()
        page = browser.post(address, self.data(key, attach="1", files=[picture(), paper()]))
        text = page.content.decode()
        assert page.status_code == 200
        assert "My text" in text
        assert "loom.jpg" in text
        assert "minutes.pdf" in text
        page = browser.post(address, self.data(key))
        assert page.status_code == 422
        assert "describe each picture" in page.content.decode()
        assert "My text" in page.content.decode()
        one = Attachment.objects.get(kind="image")
        browser.post(address, self.data(key, **{f"alt-{one.pk}": "A  loom"}))
        post = topic.posts.get(number=2)
        assert [file.alt for file in post.attachments.filter(kind="image")] == ["A loom"]
        assert post.attachments.count() == 2

    def test_refused_file_keeps_text_and_other_files(self, browser, key):
        topic = make_topic()
        data = self.data(key, files=[paper(), paper(b"no pdf", name="<b>.pdf")])
        page = browser.post(topic.get_absolute_url(), data)
        text = page.content.decode()
        assert page.status_code == 422
        assert "My text" in text
        assert "minutes.pdf" in text
        assert "<b>.pdf" not in text
        assert "not a picture we can read" in text
        assert topic.posts.count() == 1

    def test_take_away(self, browser, key, member):
        topic = make_topic()
        one = actions.attach(owner=member, key=key, upload=paper())
        page = browser.post(topic.get_absolute_url(), self.data(key, detach=str(one.pk)))
        assert page.status_code == 200
        assert "minutes.pdf" not in page.content.decode()
        assert not Attachment.objects.exists()

    @pytest.mark.parametrize("name", ["detach", "alt-x", "decorative-x", "attach"])
    def test_nonsense(self, browser, key, name):
        data = self.data(key, **{name: "\x00"})
        assert browser.post(make_topic().get_absolute_url(), data).status_code < 500


class TestPruning:
    def test_what_was_never_sent(self, member, key, django_capture_on_commit_callbacks):
        old = actions.attach(owner=member, key=key, upload=paper())
        drafted = actions.attach(owner=member, key=(kept := uuid4()), upload=paper())
        new = actions.attach(owner=member, key=uuid4(), upload=paper())
        actions.save_draft(owner=member, key=kept, source="Later", language="en")
        past = timezone.now() - timedelta(days=2)
        Attachment.objects.exclude(pk=new.pk).update(created_at=past)
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.prune_attachments() == 1
        assert set(Attachment.objects.all()) == {drafted, new}
        assert not old.file.storage.exists(old.file.name)
        assert new.file.storage.exists(new.file.name)

    def test_of_deleted_posts_after_a_month(self, sent, member, monkeypatch):
        actions.delete_own(post=sent, author=member, version=1)
        assert actions.prune_attachments() == 0
        # The log cannot be made older, so the clock goes on instead.
        later = timezone.now() + timedelta(days=31)
        monkeypatch.setattr("forum.actions.attachments.timezone.now", lambda: later)
        assert actions.prune_attachments() == 2

    def test_the_month_begins_with_the_deletion(self, sent, member):
        past = timezone.now() - timedelta(days=45)
        Post.objects.filter(pk=sent.pk).update(created_at=past)
        ModerationLog.objects.create(post=sent, action=OtherAct.EDIT, at=past)
        actions.delete_own(post=sent, author=member, version=1)
        assert actions.prune_attachments() == 0
