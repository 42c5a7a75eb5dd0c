"""What goes with its person, and with time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from contributions import actions
from contributions.models import Contribution, Picture
from contributions.states import State
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
