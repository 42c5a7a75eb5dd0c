"""The rules that a new site begins with."""

import pytest
from django.conf import settings
from django.utils import translation

from forum.models import Rule

pytestmark = pytest.mark.django_db


def test_every_language_reads_them_in_its_own_words():
    rules = list(Rule.objects.active())
    assert [rule.code for rule in rules] == ["on-topic", "respect", "confidential", "lawful"]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            assert {rule.wording_language for rule in rules} == {language}
            assert len({rule.label for rule in rules} | {rule.wording for rule in rules}) == 8


def test_the_page_of_the_rules_is_in_the_readers_language(client):
    text = client.get("/fr/forum/moderation/rules/").content.decode()
    assert "Rester dans le sujet" in text
    assert "Stay with the topic" not in text
