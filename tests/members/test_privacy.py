"""Everything about a person can be taken along and taken away (GDPR, articles 15, 17 and 20)."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from forum import actions as forum_actions
from forum.models import Post, Topic
from members import actions
from members.models import ConsentText, DataCopy, ErasureRequest, Purpose, User
from search.models import SearchEntry
from search.reading import differences
from tests.factories.forum import make_reply, make_topic
from tests.factories.members import AdministratorFactory, MemberFactory
from tests.members.people import everything_in_the_database
from tests.uploads import paper, picture

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Ștefana Kovačević-Łoś (sample)", "stefana.unmistakable@example.org"


@pytest.fixture
def person():
    return MemberFactory(name=NAME, email=ADDRESS, password="linen-and-wool-42")


@pytest.fixture
def browser(client_for, person):
    """Logged in, and the password was given just now."""
    client = client_for(person)
    client.post(reverse("account_reauthenticate"), {"password": "linen-and-wool-42"})
    return client


class TestCopy:
    def unpack(self, copy):
        with zipfile.ZipFile(copy.file.open("rb")) as zipped:
            assert zipped.testzip() is None
            return {name: zipped.read(name) for name in zipped.namelist()}

    @pytest.fixture
    def busy(self, person, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            topic = make_topic(author=person, title="Where to get <flax>?")
            make_reply(topic, author=person, source="Try the *cooperative*.")
            key = "5d1d8b0e-8f2e-4b8e-9a3e-3a54d6f0d9a1"
            forum_actions.attach(owner=person, key=key, upload=paper())
        return person

    def make(self, browser, capture):
        with capture(execute=True):
            answer = browser.post(reverse("members:ask_for_copy"), follow=True)
        assert answer.status_code == 200
        return DataCopy.objects.get()

    def test_it_holds_what_the_person_wrote_and_uploaded(
        self, browser, busy, django_capture_on_commit_callbacks, mailoutbox
    ):
        files = self.unpack(self.make(browser, django_capture_on_commit_callbacks))
        posts = json.loads(files["forum-posts.json"])
        assert "Try the *cooperative*." in [post["source"] for post in posts]
        assert json.loads(files["account.json"])[0]["email"] == ADDRESS
        assert any(name.startswith("files/forum-files/") for name in files)
        page = files["index.html"].decode()
        assert NAME in page
        assert "Where to get &lt;flax&gt;?" in page
        assert mailoutbox[-1].to == [ADDRESS]

    def test_it_holds_nothing_of_others(
        self, browser, busy, django_capture_on_commit_callbacks, client_for
    ):
        make_reply(Topic.objects.get(), author=MemberFactory(), source="By somebody else.")
        copy = self.make(browser, django_capture_on_commit_callbacks)
        everything = b"".join(self.unpack(copy).values()).decode()
        assert "By somebody else." not in everything
        assert "linen-and-wool" not in everything

    def test_only_its_owner_fetches_it_and_only_for_a_week(
        self, browser, busy, django_capture_on_commit_callbacks, client_for
    ):
        copy = self.make(browser, django_capture_on_commit_callbacks)
        address = reverse("members:fetch_copy", args=[copy.pk])
        answer = browser.get(address)
        assert answer["Content-Type"] == "application/zip"
        other = MemberFactory(password="flax-and-hemp-42")
        stranger = client_for(other)
        stranger.post(reverse("account_reauthenticate"), {"password": "flax-and-hemp-42"})
        assert stranger.get(address).status_code == 404
        DataCopy.objects.update(
            ready_at=timezone.now() - timedelta(days=8),
            expires_at=timezone.now() - timedelta(days=1),
        )
        assert browser.get(address).status_code == 404
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.prune_copies() == 1
        assert not copy.file.storage.exists(copy.file.name)

    def test_the_password_is_asked_first(self, client_for, person):
        client = client_for(person)
        for answer in (
            client.post(reverse("members:ask_for_copy")),
            client.get(reverse("members:leave")),
            client.post(reverse("members:leave")),
        ):
            assert answer.url.startswith(reverse("account_reauthenticate"))
        assert not DataCopy.objects.exists()
        assert not ErasureRequest.objects.exists()

    def test_one_at_a_time_and_one_that_got_stuck_makes_way(self, person):
        actions.ask_for_copy(user=person)
        with pytest.raises(actions.CopyInMaking):
            actions.ask_for_copy(user=person)
        DataCopy.objects.update(requested_at=timezone.now() - timedelta(days=1))
        assert actions.prune_copies() == 1
        actions.ask_for_copy(user=person)

    def test_made_twice_at_once_is_made_once(self, person):
        copy = actions.ask_for_copy(user=person)
        assert actions.make_copy(pk=copy.pk)
        assert not actions.make_copy(pk=copy.pk)


class TestErasure:
    def due(self):
        ErasureRequest.objects.update(
            requested_at=timezone.now() - timedelta(days=15),
            due_at=timezone.now() - timedelta(days=1),
        )

    def test_until_it_is_due_one_may_think_better_of_it(self, browser, person, mailoutbox):
        browser.post(reverse("members:leave"))
        assert ErasureRequest.objects.get().due_at - timezone.now() > timedelta(days=13)
        assert actions.erase_due() == 0
        assert "about to be erased" in browser.get(reverse("members:privacy")).content.decode()
        browser.post(reverse("members:stay"))
        self.due()
        assert actions.erase_due() == 0
        assert User.objects.filter(pk=person.pk).exists()

    def test_nothing_personal_is_left_and_threads_stay_whole(
        self, browser, person, django_capture_on_commit_callbacks
    ):
        person.profile.organisation = "Weaving mill Łoś & Kovačević (sample)"
        person.profile.save()
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(
                reverse("members:profile"),
                {"name": NAME, "language": "en", "avatar": picture(),
                 "organisation": person.profile.organisation},
            )  # fmt: skip
            topic = make_topic(author=person, title="Where to get flax?")
            make_reply(topic, author=MemberFactory(), source="From the cooperative.")
            make_reply(topic, author=person, source="Thank you.")
            unsent = forum_actions.attach(
                owner=person, key="5d1d8b0e-8f2e-4b8e-9a3e-3a54d6f0d9a1", upload=paper()
            )
            person.refresh_from_db()
            avatar = person.profile.avatar
            actions.ask_for_erasure(user=person)
        self.due()
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.erase_due() == 1

        assert list(Post.objects.order_by("number").values_list("source", "author")) == [
            (Post.objects.get(number=1).source, None),
            ("From the cooperative.", Post.objects.get(number=2).author_id),
            ("Thank you.", None),
        ]
        assert "Former member" in browser.get(topic.get_absolute_url()).content.decode()
        for file in (avatar, unsent.file):
            assert not file.storage.exists(file.name)
        for word in (NAME, ADDRESS, "Łoś & Kovačević"):
            assert word.lower() not in everything_in_the_database()
        assert SearchEntry.objects.exists()
        assert [one for one in differences() if one.source.startswith("forum.")] == []

    def test_the_last_administrator_stays(self):
        last = AdministratorFactory()
        with pytest.raises(actions.LastAdministrator):
            actions.ask_for_erasure(user=last)
        AdministratorFactory()
        actions.ask_for_erasure(user=last)

    @pytest.mark.services
    def test_one_that_fails_does_not_keep_the_others(self, person):
        other = MemberFactory()
        for one in (person, other):
            actions.ask_for_erasure(user=one)
        self.due()
        # Somebody who may not go yet: the database itself refuses.
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN IF OLD.id = %s THEN RAISE 'not yet'; END IF; RETURN OLD; END $$",
                [person.pk],
            )
            cursor.execute(
                "CREATE TRIGGER refuse BEFORE DELETE ON members_user "
                "FOR EACH ROW EXECUTE FUNCTION refuse()"
            )
        assert actions.erase_due() == 1
        assert User.objects.filter(pk=person.pk).exists()
        assert not User.objects.filter(pk=other.pk).exists()


class TestConsent:
    def test_registering_notes_which_text_in_which_language(self, client):
        client.post(
            reverse("account_signup").replace("/en/", "/fr/"),
            {
                "name": NAME,
                "email": ADDRESS,
                "password1": "linen-and-wool-42",
                "password2": "linen-and-wool-42",
                "agrees": "on",
            },
        )
        consent = User.objects.get().consents.get()
        assert (consent.text.version, consent.language) == (1, "fr")

    def test_a_new_version_is_asked_for_once(self, browser, person):
        first = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
        actions.agree(user=person, text=first, language="en")
        new = ConsentText.objects.create(purpose=Purpose.MEMBERSHIP, text="All new.")
        assert new.version == first.version + 1
        page = browser.get(reverse("members:privacy")).content.decode()
        assert "you have not agreed to it yet" in page
        browser.post(reverse("members:agree"), {"version": first.version})
        assert person.consents.count() == 1
        browser.post(reverse("members:agree"), {"version": new.version})
        browser.post(reverse("members:agree"), {"version": new.version})
        assert [one.text.version for one in person.consents.order_by("given_at")] == [1, 2]

    def test_a_version_keeps_its_words(self):
        text = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
        text.text = "Something else."
        with pytest.raises(TypeError):
            text.save()

    @pytest.mark.parametrize("language", ["en", "ca", "da", "es", "fr", "pt", "bg", "ro"])
    def test_everybody_reads_it_in_their_language(self, client, language):
        page = client.get(reverse("members:privacy_notice").replace("/en/", f"/{language}/"))
        assert page.status_code == 200
        text = ConsentText.objects.in_force(Purpose.MEMBERSHIP)
        words = text.texts.get(language, text.text)
        assert words[:20] in page.content.decode()


def test_what_is_due_is_done_by_the_clock(person):
    actions.ask_for_erasure(user=person)
    TestErasure().due()
    call_command("run_periodic")
    assert not User.objects.filter(pk=person.pk).exists()
