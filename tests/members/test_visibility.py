"""Who sees which part of a person, wherever the person is shown."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.searchable import for_model
from forum.models import Topic
from members.models import Profile
from members.parts import Level, Part, default_visibility, level_of
from members.visibility import people_showing, visible_fields
from search.models import SearchEntry
from tests.factories.directory import give_role
from tests.factories.forum import CategoryFactory, make_topic
from tests.factories.members import MemberFactory
from tests.members.people import (
    LEVELS_OF,
    READERS,
    WORDS,
    choose,
    full_person,
    in_contact,
    parts_in,
    readers_of,
)

pytestmark = pytest.mark.django_db

PARTS = [part for part in Part if part != Part.PAGE]


@pytest.fixture
def person():
    return full_person(page=Level.PUBLIC)


@pytest.fixture
def readers(person):
    return readers_of(person)


@pytest.fixture
def browsers(readers, client_for):
    return {name: client_for(user) for name, user in readers.items()}


def address_of(person):
    return reverse("members:person", args=[person.pk])


def queries_of(act):
    """How many an act makes when it is done again."""
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


class TestDefaults:
    def test_nothing_but_the_organisation_is_open_to_everyone(self):
        levels = {part: Level(level) for part, level in default_visibility().items()}
        assert [part for part in levels if levels[part] == Level.PUBLIC] == [Part.ORGANISATION]
        assert {part for part in levels if levels[part] == Level.CONTACTS} == {
            Part.EMAIL,
            Part.TELEPHONE,
        }

    def test_what_is_no_level_is_read_as_the_most_closed_one(self):
        assert level_of({"bio": "everybody"}, Part.BIO) == Level.CONTACTS

    def test_people_are_named_nowhere_and_have_no_page_before_they_say_so(self, client):
        member = MemberFactory()
        assert not member.profile.is_listed
        assert client.get(address_of(member)).status_code == 404


class TestPage:
    @pytest.mark.parametrize("level", list(Level))
    def test_every_part_is_shown_to_those_who_may_see_it_only(self, person, browsers, level):
        choose(person, page=Level.PUBLIC, rest=level)
        seen = {
            name: parts_in(browser.get(address_of(person)).content.decode(), person)
            for name, browser in browsers.items()
        }
        assert seen == {name: set(PARTS) if level in LEVELS_OF[name] else set() for name in READERS}

    @pytest.mark.parametrize("level", list(Level))
    def test_parts_do_not_open_one_another(self, person, readers, level):
        others = Level.CONTACTS if level == Level.PUBLIC else Level.PUBLIC
        profile = Profile.objects.select_related("user").get(user=person)
        for part in PARTS:
            profile.visibility = dict.fromkeys(Part.values, others) | {part.value: level}
            for name, reader in readers.items():
                seen = visible_fields(profile, reader)
                assert (part in seen) is (level in LEVELS_OF[name]), (part, name)
                rest_is_seen = set(PARTS) - {part} <= seen
                assert rest_is_seen is (others in LEVELS_OF[name]), (part, name)

    @pytest.mark.parametrize("level", list(Level))
    def test_the_page_itself_is_missing_for_those_to_whom_it_is_closed(
        self, person, browsers, level
    ):
        choose(person, page=level, rest=Level.PUBLIC)
        found = {name: one.get(address_of(person)).status_code for name, one in browsers.items()}
        assert found == {name: 200 if level in LEVELS_OF[name] else 404 for name in READERS}

    @pytest.mark.parametrize("key", ["0", "999999999", "9" * 40])
    @pytest.mark.parametrize("rest", ["", "contact/"])
    def test_nobody_is_there(self, client_for, key, rest):
        assert client_for(MemberFactory()).get(f"/en/members/{key}/{rest}").status_code == 404

    def test_only_a_page_for_everyone_is_for_search_engines(self, person, client, client_for):
        assert "noindex" not in client.get(address_of(person)).content.decode()
        choose(person, page=Level.MEMBERS)
        member = client_for(MemberFactory())
        assert "noindex" in member.get(address_of(person)).content.decode()

    @pytest.mark.parametrize("level", list(Level))
    def test_its_owner_sees_it_as_others_do(self, person, browsers, level):
        choose(person, rest=Level.MEMBERS, email=Level.CONTACTS, bio=Level.PUBLIC, page="public")
        page = browsers["own"].get(address_of(person), {"as": level}).content.decode()
        as_reader = {"public": "visitor", "members": "member", "contacts": "contact"}[level]
        shown = browsers[as_reader].get(address_of(person)).content.decode()
        assert parts_in(page, person) == parts_in(shown, person)

    def test_nobody_else_previews(self, person, browsers):
        choose(person, page=Level.PUBLIC, rest=Level.CONTACTS)
        for name in ("visitor", "member"):
            page = browsers[name].get(address_of(person), {"as": "contacts"})
            assert parts_in(page.content.decode(), person) == set()

    def test_queries_do_not_grow_with_contacts(self, person, client_for):
        reader = MemberFactory()
        browser = client_for(reader)
        choose(person, page=Level.PUBLIC, rest=Level.CONTACTS)
        in_contact(reader, person)

        def read():
            assert parts_in(browser.get(address_of(person)).content.decode(), person) == set(PARTS)

        few = queries_of(read)
        for _other in range(3):
            in_contact(reader, MemberFactory())
        assert queries_of(read) == few


class TestSuspended:
    """An account that is shut out, or is no member's any more, shows nothing."""

    @pytest.fixture(params=["shut out", "no member"])
    def gone(self, request, person, readers):
        if request.param == "shut out":
            person.is_active = False
        else:
            person.approved_at = None
        person.save()
        return person

    def test_the_page_is_missing_for_everybody_else(self, gone, browsers):
        choose(gone, rest=Level.PUBLIC)
        del browsers["own"]
        found = {one.get(address_of(gone)).status_code for one in browsers.values()}
        assert found == {404}

    def test_only_the_organisation_stays_beside_what_was_written(self, gone, readers):
        choose(gone, rest=Level.PUBLIC)
        del readers["own"]
        profile = Profile.objects.get(user=gone)
        for name, reader in readers.items():
            assert visible_fields(profile, reader) == {Part.ORGANISATION}, name
            shown = people_showing(Part.BIO, reader or AnonymousUser())
            assert not shown.filter(user=gone).exists(), name

    def test_whoever_is_shut_out_reads_as_a_visitor(self, person, readers):
        contact = readers["contact"]
        contact.is_active = False
        contact.save()
        profile = Profile.objects.get(user=person)
        assert visible_fields(profile, type(contact).objects.get(pk=contact.pk)) == visible_fields(
            profile, None
        )


class TestElsewhere:
    @pytest.mark.parametrize("level", list(Level))
    def test_beside_a_topic_and_a_post(self, person, browsers, home_page, level):
        choose(person, rest=level)
        topic = make_topic(CategoryFactory(), author=person, title="Who spins?")
        for name, browser in browsers.items():
            may = level in LEVELS_OF[name]
            page = browser.get(topic.get_absolute_url()).content.decode()
            beside = {Part.ORGANISATION, Part.PICTURE} if may else set()
            assert parts_in(page, person) == beside, name
            assert (address_of(person) in page) is may, name
            row = browser.get(topic.category.get_absolute_url()).content.decode()
            assert parts_in(row, person) == (beside & {Part.PICTURE}), name
            cache.clear()

    @pytest.mark.parametrize("level", list(Level))
    def test_on_the_page_of_an_organisation(self, person, browsers, level):
        choose(person, rest=Level.MEMBERS, roles=level, page=level, position=level)
        organisation = person.organisation_roles.get().organisation
        for name, browser in browsers.items():
            page = browser.get(organisation.get_absolute_url()).content.decode()
            may = level in LEVELS_OF[name]
            assert (person.name in page) is may, name
            assert (address_of(person) in page) is may, name
            assert (WORDS[Part.POSITION] in page) is may, name

    def test_on_the_page_of_an_organisation_with_a_name_only(self, person, client):
        choose(person, rest=Level.CONTACTS, roles=Level.PUBLIC)
        organisation = person.organisation_roles.get().organisation
        page = client.get(organisation.get_absolute_url()).content.decode()
        assert person.name in page
        assert address_of(person) not in page
        assert WORDS[Part.POSITION] not in page

    def test_nobody_is_named_there_who_did_not_ask_for_it(self, person, client):
        choose(person, rest=Level.PUBLIC, is_listed=False)
        organisation = person.organisation_roles.get().organisation
        assert person.name not in client.get(organisation.get_absolute_url()).content.decode()

    def test_the_number_of_people_costs_no_queries(self, person, client_for, home_page):
        organisation = person.organisation_roles.get().organisation
        browser = client_for(MemberFactory())
        few = queries_of(lambda: browser.get(organisation.get_absolute_url()))
        for _number in range(3):
            choose(give_role(organisation), rest=Level.MEMBERS)
        assert queries_of(lambda: browser.get(organisation.get_absolute_url())) == few

    @pytest.mark.parametrize("audience", ["public", "members"])
    @pytest.mark.parametrize("level", list(Level))
    def test_in_search_and_its_api(self, person, level, audience):
        topic = make_topic(CategoryFactory(audience=audience), author=person, title="Who spins?")
        choose(person, rest=level)
        entry = for_model(Topic).entry(Topic.objects.get(pk=topic.pk))
        may = level == Level.PUBLIC or (level == Level.MEMBERS and audience == "members")
        assert (entry.organisation == WORDS[Part.ORGANISATION]) is may

    def test_search_follows_a_choice(self, person, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            make_topic(CategoryFactory(), author=person, title="Who spins?")
        named = SearchEntry.objects.filter(organisation=WORDS[Part.ORGANISATION])
        assert named.exists()
        with django_capture_on_commit_callbacks(execute=True):
            choose(person, organisation=Level.MEMBERS)
        assert not named.exists()

    def test_people_themselves_are_in_no_entry(self, person):
        choose(person, rest=Level.PUBLIC)
        text = " ".join(str(row) for row in SearchEntry.objects.values())
        assert not [part for part in (Part.EMAIL, Part.TELEPHONE, Part.BIO) if WORDS[part] in text]

    def test_where_members_are_mentioned(self, person, client_for):
        topic = make_topic(CategoryFactory(), author=person, title="Who spins?")
        browser = client_for(MemberFactory())
        address = f"{reverse('forum:find_members')}?q=weaver&topic={topic.pk}"
        assert WORDS[Part.ORGANISATION] in browser.get(address).content.decode()
        choose(person, organisation=Level.CONTACTS)
        page = browser.get(address).content.decode()
        assert person.name in page
        assert WORDS[Part.ORGANISATION] not in page


class TestPicture:
    def test_one_that_fewer_may_see_moves(self, person, django_capture_on_commit_callbacks):
        choose(person, picture=Level.PUBLIC)
        old = person.profile.avatar.name
        with django_capture_on_commit_callbacks(execute=True):
            choose(person, picture=Level.MEMBERS)
        profile = Profile.objects.get(user=person)
        assert profile.avatar.name != old
        assert profile.avatar.storage.exists(profile.avatar.name)
        assert not profile.avatar.storage.exists(old)

    def test_one_that_more_may_see_stays(self, person):
        choose(person, picture=Level.CONTACTS)
        old = person.profile.avatar.name
        choose(person, picture=Level.PUBLIC)
        assert Profile.objects.get(user=person).avatar.name == old


class TestForm:
    def test_a_choice_is_made_without_javascript(self, person, client_for):
        address = reverse("members:visibility")
        values = dict.fromkeys(Part.values, "contacts") | {"bio": "public", "is_listed": "on"}
        assert client_for(person).post(address, values).url == address
        profile = Profile.objects.get(user=person)
        assert profile.visibility == dict.fromkeys(Part.values, "contacts") | {"bio": "public"}
        assert (profile.accepts_requests, profile.is_listed) == (False, True)

    def test_what_is_no_level_is_refused_at_the_field(self, person, client_for):
        values = dict.fromkeys(Part.values, "contacts") | {"bio": "nobody"}
        answer = client_for(person).post(reverse("members:visibility"), values)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["bio"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("telephone", "call me"),
            ("links", "javascript:alert(1)"),
            ("links", "example.org"),
            ("links", " ".join(f"https://example.org/{n}" for n in range(6))),
            ("links", "https://example.org/" + "x" * 300),
            ("position", "x" * 151),
        ],
    )
    def test_what_does_not_fit_is_refused_at_the_field(self, person, client_for, field, value):
        values = {"name": "Weaver", "language": "en", field: value}
        answer = client_for(person).post(reverse("members:profile"), values)
        assert answer.status_code == 422
        assert answer.context["details"].errors[field]
        assert Profile.objects.get(user=person).telephone == WORDS[Part.TELEPHONE]
