"""What of a post goes into a best practice: its author's own words, with the names of today."""

import pytest

from bestpractices.models import BestPracticePage
from forum import actions, errors
from forum.models.practices import Naming
from forum.references import quotation
from tests.factories.bestpractices import make_practice_index
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker():
    return MemberFactory(name="Ana Asker (sample)")


@pytest.fixture
def topic(asker, home_page):
    make_practice_index(home_page)
    return make_topic(author=asker, source="A secret of ours.")


@pytest.fixture
def hand_over(topic, editor, member):
    """The texts of the draft that is made of one reply of the member's."""

    def hand_over(source):
        post = make_reply(topic, member, source=source)
        proposal = actions.ask_consent(topic=topic, editor=editor, posts=[post])
        actions.answer_consent(
            proposal=proposal, author=member, agreed=[post.pk], naming=Naming.NOBODY
        )
        page = actions.make_practice(proposal=proposal, editor=editor, title="Wool", language="en")
        page = BestPracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        return "".join(str(block.value) for block in page.description)

    return hand_over


@pytest.mark.parametrize("nested", ["", "> "])
def test_no_words_of_somebody_who_was_not_asked(hand_over, topic, asker, nested):
    quoted = "".join(f"{nested}{line}\n" for line in quotation(topic.posts.get()).splitlines())
    text = hand_over(f"{quoted}\nWe weigh **wool**.\n\n- > Theirs\n- Ours")
    assert "We weigh <strong>wool</strong>." in text
    assert "Ours" in text
    for other in ("secret", "Theirs", asker.name):
        assert other not in text


def test_members_are_named_as_they_are_called_today(hand_over, asker):
    text = hand_over(f"As @[x](member:{asker.pk}) does.")
    assert f"As @{asker.name} does." in text


def test_a_post_that_only_quotes_is_nothing_to_hand_over(hand_over, topic):
    with pytest.raises(errors.NothingAgreed):
        hand_over("> Only this")
