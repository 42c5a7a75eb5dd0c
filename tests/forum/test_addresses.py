"""Which post is meant by an address that somebody copied from somewhere on the site."""

import pytest
from django.utils.translation import override
from wagtail.models import Site

from forum.addresses import post_at
from forum.models import Attachment
from forum.models.attachments import AttachmentKind
from forum.states import State
from tests.factories.forum import in_state, make_reply, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply():
    return make_reply(make_topic())


@pytest.fixture
def find(rf, reply):
    """The post at an address, in which `{post}`, `{topic}` and `{file}` stand for what there is."""
    with override("fr"):
        topic = reply.topic.get_absolute_url().removeprefix("/fr")
    file = Attachment.objects.create(
        post=reply, submission_key=reply.submission_key, kind=AttachmentKind.PDF, size=1, name="a"
    )
    names = {
        "post": f"/forum/post/{reply.pk}/",
        "topic": topic,
        "file": f"/forum/post/attachment/{file.pk}/",
    }

    def find(address, language="en"):
        with override(language):
            return post_at(rf.get("/", SERVER_NAME="testserver"), address.format(**names))

    return find


@pytest.mark.parametrize("spoken", ["en", "fr"])
@pytest.mark.parametrize(
    "address",
    [
        "http://testserver/en{post}",
        "http://testserver/fr{post}",
        " https://TESTSERVER:8000/pt{post}?x=1#y ",
        "testserver/fr{post}",
        "/fr{post}",
        "http://testserver{post}",
        "http://testserver/fr{topic}#post-2",
        "http://testserver/fr{topic}?page=1#post-2",
        "http://testserver/fr{file}",
        "/en{file}",
        "https://www.sample.example/fr{post}",
    ],
)
def test_of_this_site(find, reply, address, spoken):
    Site.objects.update(hostname="www.sample.example")
    assert find(address, spoken) == reply


def test_a_topic_without_a_place_is_its_opening_post(find, reply):
    assert find("http://testserver/bg{topic}").is_opening


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/en{post}",
        "example.org/en{post}",
        "//example.org/fr{file}",
        "http://testserver.example.org/en{post}",
        "http://testserver/xx{post}",
        "http://testserver/fr{topic}#post-9",
        "http://testserver/en/forum/post/999999999999999999999/",
        "http://[/en{post}",
        "http://testserver/en/forum/",
        "post",
        "",
    ],
)
def test_of_none(find, address):
    assert find(address) is None


def test_only_of_a_public_post(find, reply):
    in_state(reply, State.HIDDEN)
    assert find("/en{post}") is find("/fr{file}") is None
