"""Whoever adds something that people can open is told to make it findable, or to say why not."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from core import searchable
from events.models import EventPage
from home.models import HomePage, Navigation, StandardPage
from search.checks import everything_is_findable, public_models


def test_everything_there_is_is_registered_or_left_out_for_a_reason():
    assert everything_is_findable() == []
    assert {EventPage, HomePage, Navigation} <= set(public_models())


@pytest.mark.parametrize("model", [StandardPage, EventPage, Navigation])
def test_what_nobody_speaks_of_fails_the_check(monkeypatch, model):
    monkeypatch.delitem(searchable._registry, model, raising=False)
    monkeypatch.delitem(searchable._left_out, model, raising=False)
    (error,) = everything_is_findable()
    assert (error.id, error.obj) == ("search.E001", model)
    with pytest.raises(SystemCheckError):
        call_command("check")


@pytest.mark.parametrize(("model", "reason"), [(Navigation, " "), (EventPage, "Found anyway.")])
def test_leaving_out_takes_a_reason_and_nothing_found(monkeypatch, model, reason):
    monkeypatch.setitem(searchable._left_out, model, reason)
    (error,) = everything_is_findable()
    assert (error.id, error.obj) == ("search.E002", model)
