"""How a cell is tried: through the action, or through the page as a visitor has to."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from forum import errors, standing
from tests.forum.acts.reading import MAY, NOT_THEIRS
from tests.forum.acts.world import World, is_person

# Where a request is led that may not do what it asks for: to log in, out of the admin, to the form
# that is open to everybody, to the same address in a language, where it is missing.
ELSEWHERE = ("/en/accounts/login/", "/admin/login/", "/en/admin/", "/en/forum/moderation/notice/")


@dataclass(frozen=True)
class Try:
    """One act: the page with the form that does it, and the action. Without an action only the page."""

    # (world, thing) -> (address, what the form sends; None to look at it)
    page: Callable[[World, Any], tuple[str, dict[str, Any] | None]]
    # (world, thing, person); raises what it refuses
    do: Callable[[World, Any, Any], Any] | None = None


@dataclass(frozen=True)
class Thing:
    """What is acted on: its states, how it gets into each, what can be done with it."""

    states: tuple[str, ...]
    make: Callable[[World, str], Any]
    acts: dict[str, Try]

    def action_names(self) -> set[str]:
        """The names in `forum.actions` that these acts try."""
        return {name.split()[0] for name, act in self.acts.items() if act.do is not None}


class _Undo(Exception):
    """Ends a savepoint whose work is not to stay."""


def outcome(act: Try, world: World, role: str, thing: Any) -> str:
    """What happens through the action, or through the page where there is none or nobody to act."""
    person = world.people[role]
    if act.do is None or not is_person(person):
        return through_the_page(act, world, role, thing)
    standing.forget(person)
    try:
        with transaction.atomic():
            # The thing itself is left as it was read.
            act.do(world, copy(thing), person)
            raise _Undo
    except _Undo:
        return MAY
    except (errors.OwnDecision, errors.OwnPost) as refusal:
        return type(refusal).__name__
    except errors.NotAllowed:
        return NOT_THEIRS
    except errors.Refused as refusal:
        return type(refusal).__name__


def through_the_page(act: Try, world: World, role: str, thing: Any) -> str:
    """The same by the form, or by looking at the page; what is refused must leave the thing as it is."""
    address, data = act.page(world, thing)
    browser: Client = world.browsers[role]
    before = _stored(thing)
    try:
        with transaction.atomic():
            found = _answer_of(browser, address, data)
            if found == NOT_THEIRS:
                assert _stored(thing) == before, f"{address} answered {found} and did it"
            raise _Undo
    except _Undo:
        return found


def _answer_of(browser: Client, address: str, data: dict[str, Any] | None) -> str:
    response: HttpResponse = browser.get(address) if data is None else browser.post(address, data)
    if getattr(response, "streaming", False):
        b"".join(response.streaming_content)
    if response.status_code == 404:
        return NOT_THEIRS
    if response.status_code in {301, 302}:
        target = response["Location"].replace("http://testserver", "")
        is_away = target.startswith(ELSEWHERE) or target == "/admin/"
        return NOT_THEIRS if is_away else MAY
    if response.status_code == 200:
        # A form that did what it was sent for leads on; one that is shown again did not.
        return MAY if data is None else NOT_THEIRS
    return f"answers {response.status_code}"


def _stored(thing: Any) -> Any:
    if not hasattr(thing, "pk"):
        return None
    return type(thing)._base_manager.filter(pk=thing.pk).values().first()
