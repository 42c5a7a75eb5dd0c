"""The preview is what will be published, from the same pipeline."""

from uuid import uuid4

import pytest

from forum.models import Post
from tests.factories.forum import make_topic
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

TEXT = "My text with **stars**"


def reply_data(**values):
    return {"source": TEXT, "language": "en", "key": str(uuid4()), "website": ""} | values


def topic_data(category, **values):
    return reply_data(category=category.pk, title="My title") | values


@pytest.fixture
def browser(client_for, member):
    return client_for(member)


class TestPreview:
    def test_without_javascript(self, browser, category):
        topic = make_topic(category)
        for address, data in (
            (topic.get_absolute_url(), reply_data(preview="1")),
            ("/en/forum/new/", topic_data(category, preview="1", title="")),
        ):
            response = browser.post(address, data)
            text = response.content.decode()
            assert response.status_code == 200
            assert "My text with <strong>stars</strong>" in text
            assert TEXT in text
            assert data["key"] in text
            assert "form-errors" not in text
        assert Post.objects.count() == 1

    def test_with_htmx(self, browser):
        response = browser.post(
            "/en/forum/preview/", {"source": TEXT}, headers={"hx-request": "true"}
        )
        text = response.content.decode()
        assert "My text with <strong>stars</strong>" in text
        assert "<html" not in text

    def test_is_the_same_as_what_is_published(self, browser, category):
        source = "# Head\n\n<b>no</b> [x](javascript:alert(1)) https://a.example"
        preview = browser.post("/en/forum/preview/", {"source": source}).content.decode()
        browser.post("/en/forum/new/", topic_data(category, source=source))
        assert Post.objects.get().html in preview

    @pytest.mark.parametrize("source", ["", "\x00", "x" * 50_000])
    def test_any_text(self, browser, source):
        assert browser.post("/en/forum/preview/", {"source": source}).status_code == 200

    def test_for_members_only(self, client, client_for):
        assert client.post("/en/forum/preview/", {"source": TEXT}).status_code == 404
        account = client_for(UserFactory())
        assert account.post("/en/forum/preview/", {"source": TEXT}).status_code == 404

    def test_too_many(self, browser, settings):
        settings.FORUM_LIMITS = {"previews_per_minute": 2}
        texts = [
            browser.post("/en/forum/preview/", {"source": TEXT}).content.decode() for _ in range(6)
        ]
        assert "<strong>" in texts[0]
        assert "Too many previews" in texts[-1]
        assert "<strong>" not in texts[-1]
