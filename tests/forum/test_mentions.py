"""An organisation's profile names the topics of its people, as far as the reader may read them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from directory import mentions
from forum.models import Topic
from members.models import User
from members.parts import Level, Part
from tests.factories.directory import give_role, make_organisation
from tests.factories.forum import CategoryFactory, make_reply, make_topic
from tests.factories.members import MemberFactory, ModeratorFactory
from tests.members.people import LEVELS_OF, WORDS, choose, full_person, readers_of

pytestmark = pytest.mark.django_db


def member_of(name):
    member = MemberFactory()
    member.profile.organisation = name
    member.profile.save()
    return member


@pytest.fixture
def mill():
    return make_organisation(name="Mill of Porto", legal_name="Mill Lda.")


def test_topics_by_the_organisation_that_authors_name(client, mill):
    make_topic(author=member_of("Mill of Porto"), title="Quodnamed")
    make_topic(author=member_of("Mill Lda."), title="Quodlegal", language="pt")
    make_topic(author=member_of("Another mill"), title="Quodother")
    # A role in the directory is not told to readers of the forum.
    make_topic(author=give_role(mill), title="Quodrole")
    page = client.get(mill.get_absolute_url()).content.decode()
    assert "Topics in the forum" in page
    assert "Quodnamed" in page
    assert 'lang="pt" hreflang="pt">Quodlegal' in page
    assert "Quodother" not in page
    assert "Quodrole" not in page


@pytest.mark.parametrize("who", ["visitor", "member", "author", "moderator"])
def test_only_what_the_reader_may_read(client_for, mill, who):
    author = member_of(mill.name)
    inside = CategoryFactory(audience="members")
    make_topic(inside, author, title="Quodinside")
    for state in ("pending", "hidden"):
        made = make_topic(None, member_of(mill.name), title=f"Quod{state}")
        Topic.objects.filter(pk=made.pk).update(state=state)
    reader = {
        "visitor": lambda: None,
        "member": MemberFactory,
        "author": lambda: author,
        "moderator": ModeratorFactory,
    }[who]()
    page = client_for(reader).get(mill.get_absolute_url()).content.decode()
    assert ("Quodinside" in page) is (who != "visitor")
    # What is not published is nobody's on a page that all share.
    assert "Quodpending" not in page
    assert "Quodhidden" not in page


@pytest.mark.parametrize("standing", ["member", "shut out", "no member"])
def test_only_where_the_author_shows_the_organisation_to_the_reader(rf, standing):
    person = full_person()
    make_topic(author=person, title="Quodspins")
    readers = readers_of(person)
    organisation = make_organisation(name=WORDS[Part.ORGANISATION])
    gone = {"member": {}, "shut out": {"is_active": False}, "no member": {"approved_at": None}}
    # A contact with somebody who is shut out rests.
    levels = LEVELS_OF | ({"contact": LEVELS_OF["member"]} if standing == "shut out" else {})
    for level in Level:
        choose(person, organisation=level)
        User.objects.filter(pk=person.pk).update(**gone[standing])
        for name, reader in readers.items():
            request = rf.get("/")
            request.user = User.objects.get(pk=reader.pk) if reader else AnonymousUser()
            if name == "own" and standing == "shut out":
                continue
            found = mentions.mentions(organisation, request)
            assert bool(found) is (level in levels[name]), (level, name)


def test_few_of_many_the_newest_first(client, mill):
    author = member_of(mill.name)
    topics = [make_topic(author=author, title=f"Quod{number:02}") for number in range(12)]
    make_reply(topics[0])
    page = client.get(mill.get_absolute_url()).content.decode()
    shown = [f"Quod{number:02}" for number in range(12) if f"Quod{number:02}" in page]
    assert shown == ["Quod00", *(f"Quod{number:02}" for number in range(5, 12))]
