"""What the forum's tests share."""

from itertools import count
from uuid import uuid4

import pytest

from forum import actions
from forum.models.following import Level
from tests.factories.forum import CategoryFactory, make_topic

# The same text twice is refused, so each one that a test leaves to us is another.
_number = count(1)


@pytest.fixture
def category(db):
    """A public category without pre-moderation."""
    return CategoryFactory()


@pytest.fixture
def strict_category(db):
    """A public category in which the first two posts of a member wait."""
    return CategoryFactory(premoderated_posts=2)


@pytest.fixture
def _no_distance(settings):
    """Posts may follow one another at once."""
    settings.FORUM_LIMITS = {
        "topic_seconds": 0,
        "reply_seconds": 0,
        "new_topic_seconds": 0,
        "new_reply_seconds": 0,
    }


@pytest.fixture
def _no_second_factor(settings):
    """Moderators enter the admin with a password."""
    settings.MFA_REQUIRED_FOR_STAFF = False


@pytest.fixture
def start():
    """Start a topic as a member does."""

    def start(author, category, **values):
        source = f"Who knows? ({next(_number)})"
        wanted = {"title": "A question", "source": source, "language": "en", "key": uuid4()}
        return actions.start_topic(author=author, category=category, **(wanted | values))

    return start


@pytest.fixture
def answer():
    """Reply as a member does."""

    def answer(author, topic, **values):
        source = f"I do. ({next(_number)})"
        wanted = {"source": source, "language": "en", "key": uuid4()}
        return actions.reply(author=author, topic=topic, **(wanted | values))

    return answer


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Have something done and then what it has enqueued, as after a commit."""

    def run(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return run


@pytest.fixture
def watched(member):
    """A topic that the member watches."""
    topic = make_topic(title="Who weaves linen?")
    actions.follow_topic(user=member, topic=topic, level=Level.WATCH)
    return topic
