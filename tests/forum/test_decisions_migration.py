"""What becomes of decisions from the time in which none had to name a rule."""

from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import translation

from forum import actions
from forum.models import Decision, Rule
from forum.statements import lines
from tests.factories.forum import a_rule, make_reply, make_topic
from tests.factories.members import ModeratorFactory

pytestmark = [pytest.mark.services, pytest.mark.django_db]
migration = import_module("forum.migrations.0016_old_decisions_name_no_rule")


def decide(grounds):
    post = make_reply(make_topic())
    actions.hide_post(
        post=post, moderator=ModeratorFactory(), version=1, reason="Ads", grounds=grounds
    )
    return post.decisions.get()


def test_they_say_that_no_rule_was_named():
    # First, for no table is altered after its rows; the end of the test takes it back.
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE forum_decision DROP CONSTRAINT decision_has_one_ground")
    kept, old = decide(a_rule()), decide(a_rule())
    Decision.objects.filter(pk=old.pk).update(rule=None)
    in_force = list(Rule.objects.active())
    migration.forwards(apps, None)
    rules = dict(Decision.objects.values_list("pk", "rule"))
    assert rules[kept.pk] == kept.rule_id
    assert list(Rule.objects.active()) == in_force
    old.refresh_from_db()
    texts = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            assert old.rule.wording_language == language
            texts.add(next(line.text for line in lines(old) if old.rule.wording in line.text))
    assert len(texts) == len(settings.LANGUAGES)
    assert "was not recorded" in min(texts, key=lambda text: "recorded" not in text)


def test_none_is_made_up_where_there_are_no_such_decisions():
    before = Rule.objects.count()
    migration.forwards(apps, None)
    assert Rule.objects.count() == before
