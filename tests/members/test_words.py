"""The pages and mails of the account speak as the rest of the site does, in every language."""

import re
from pathlib import Path

import allauth
import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

VENDOR = Path(allauth.__file__).parent / "locale"
OWN = Path(settings.BASE_DIR) / "locale" / "allauth"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
FOR_VISITORS = ("account_login", "account_signup", "account_reset_password")
FOR_MEMBERS = (
    "account_logout",
    "account_email",
    "account_change_password",
    "mfa_index",
    "members:security",
)


def read(client, name, language="en"):
    with translation.override(language):
        return client.get(reverse(name)).content.decode()


def main_part(page):
    return re.search(r"<main.*</main>", page, re.DOTALL).group(0)


@pytest.fixture
def member():
    user = MemberFactory()
    user.set_password("linen-and-wool-42")
    user.save()
    return user


@pytest.mark.parametrize("name", [*FOR_VISITORS, *FOR_MEMBERS])
def test_no_second_word_for_the_same_thing(client, member, name):
    if name in FOR_MEMBERS:
        client.force_login(member)
    page = main_part(read(client, name))
    assert (
        re.findall(r"(?i)>[^<]*\b(?:sign(?:ed)?[ -]?(?:in|up|out)|signup|email)\b[^<]*<", page)
        == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "word"), [("account_login", "Log in"), ("account_signup", "Register")]
)
def test_the_page_is_called_what_the_navigation_calls_it(client, name, word, language):
    page = main_part(read(client, name, language))
    with translation.override(language):
        expected = translation.gettext(word)
    assert re.search(r"<h1[^>]*>\s*([^<]*?)\s*</h1>", page).group(1) == expected
    assert (
        re.search(r'<button[^>]*type="submit"[^>]*>\s*([^<]*?)\s*</button>', page).group(1)
        == expected
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_only_words_that_allauth_has(language):
    known = {entry.msgid for entry in polib.pofile(str(VENDOR / "es/LC_MESSAGES/django.po"))}
    own = polib.pofile(str(OWN / language / "LC_MESSAGES" / "django.po"))
    assert [
        entry.msgid for entry in own if entry.msgid not in known or not entry.translated()
    ] == []


def test_portuguese_is_whole_since_allauth_has_none_under_that_code():
    own = {entry.msgid for entry in polib.pofile(str(OWN / "pt/LC_MESSAGES/django.po"))}
    shown = re.compile(
        r"^(?:templates/)?(?:account|mfa|usersessions)/(?!.*(?:admin|models|apps)\.py)"
    )
    missing = [
        entry.msgid
        for entry in polib.pofile(str(VENDOR / "pt_PT/LC_MESSAGES/django.po"))
        if any(shown.match(place) for place, _line in entry.occurrences) and entry.msgid not in own
    ]
    assert missing == []
