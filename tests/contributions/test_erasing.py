"""What goes with its person, and with time."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import Page

from contributions import actions
from contributions.actions.erasing import kept_until
from contributions.models import Contribution, Picture
from contributions.states import State
from core.periodic import run_due
from core.privacy import registered
from members.actions import erase
from tests.factories.contributions import make_contribution, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("practices")]


def test_the_copy_holds_what_was_typed_and_the_pictures(weaver):
    make_contribution(weaver, pictures=1)
    [holding] = [one for one in registered() if one.name == "contributions"]
    [row] = holding.rows(weaver)
    assert row["content"]["story"]["challenge"].startswith("Offcuts were burnt.")
    assert len(list(holding.files(weaver))) == 1


@pytest.mark.parametrize("state", list(State))
def test_erasure_by_state(state, weaver, reviewer, django_capture_on_commit_callbacks):
    made = make_contribution(weaver, state, editor=reviewer, pictures=1)
    file = made.pictures.first().file if made.pictures.exists() else None
    page = page_of(made) if made.page_id else None
    with django_capture_on_commit_callbacks(execute=True):
        erase(user=weaver)
    kept = Contribution.objects.filter(pk=made.pk).first()
    if state == State.PUBLISHED:
        assert kept.contributor_id is None
        assert Page.objects.get(pk=page.pk).live
    else:
        assert kept is None
        assert not Picture.objects.exists()
        assert page is None or not Page.objects.filter(pk=page.pk).exists()
        assert file is None or not file.storage.exists(file.name)


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [
        (State.DRAFT, 364, True),
        (State.DRAFT, 366, False),
        (State.DECLINED, 366, False),
        (State.SENT, 366, True),
        (State.CHANGES, 366, True),
        (State.PUBLISHED, 366, True),
    ],
)
def test_drafts_are_kept_for_a_year(state, days, stays, weaver, reviewer):
    made = make_contribution(weaver, state, editor=reviewer)
    actions.prune(timezone.now() + timedelta(days=days))
    assert Contribution.objects.filter(pk=made.pk).exists() is stays


@pytest.fixture
def warned(mailoutbox, django_capture_on_commit_callbacks):
    """What is sent when the work is done that is due after so many days."""

    def on(days):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            actions.warn_of_end(timezone.now() + timedelta(days=days))
        return list(mailoutbox)

    return on


@pytest.mark.parametrize(
    ("state", "days", "told"),
    [
        (State.DRAFT, 343, False),
        (State.DRAFT, 345, True),
        (State.DECLINED, 345, True),
        (State.SENT, 345, False),
        (State.CHANGES, 345, False),
        (State.PUBLISHED, 345, False),
    ],
)
def test_its_member_is_told_before_it_goes(state, days, told, weaver, reviewer, warned):
    make_contribution(weaver, state, editor=reviewer)
    assert bool(warned(days)) is told


def test_the_reminder_comes_once_in_ones_language_with_the_day_and_the_way_there(weaver, warned):
    weaver.language = "fr"
    weaver.save(update_fields=["language"])
    made = make_contribution(weaver)
    [message] = warned(345)
    assert message.to == [weaver.email]
    assert made.title in message.subject
    assert f"/fr/proposals/{made.key}/" in message.body
    with translation.override("fr"):
        day = date_format(timezone.localtime(kept_until(made)))
    assert day in message.body
    assert not warned(346)
    # A change gives it a year more, at whose end stands a reminder again.
    made.refresh_from_db()
    assert made.version == Contribution.objects.get().version
    later = timezone.now() + timedelta(days=350)
    Contribution.objects.update(changed_at=later, warned_at=later - timedelta(days=5))
    assert not warned(360)
    assert len(warned(350 + 345)) == 1


def test_nobody_is_told_whose_account_is_closed(weaver, warned):
    make_contribution(weaver)
    weaver.is_active = False
    weaver.save(update_fields=["is_active"])
    assert not warned(345)


def test_the_reminder_stands_in_the_recurring_work():
    assert "warn_of_contributions" in run_due()
