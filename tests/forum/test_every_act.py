"""Everybody tries every act on every thing in every state: one table, all cells.

A member acts through the action, a visitor through the page. In two states of each thing, those who
are not meant to come near it try the pages as well.
"""

import pytest
from django.db import transaction

from core.audiences import Audience
from forum import actions
from forum.models.decisions import Outcome
from forum.models.penalties import PenaltyKind
from forum.models.practices import Consent
from forum.models.reports import Handling
from forum.states import Act, State
from tests.forum.acts import cases, expected, posts, topics, trying, world, writings
from tests.forum.acts.reading import NOT_THEIRS, read
from tests.forum.acts.world import ROLES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_no_distance", "_no_second_factor"),
]

THINGS = {
    "POST": posts.POST,
    "OPENING": posts.OPENING,
    "TOPIC": topics.TOPIC,
    "CATEGORY": topics.CATEGORY,
    "REPORT": cases.REPORT,
    "NOTICE": cases.NOTICE,
    "DECISION": cases.DECISION,
    "APPEAL": cases.APPEAL,
    "PENALTY": cases.PENALTY,
    "FILE": writings.FILE,
    "DRAFT": writings.DRAFT,
    "PROPOSAL": writings.PROPOSAL,
    "FORUM": writings.FORUM,
}
# Who must not come near through a page either, whatever an action would say.
STRANGERS = ("account", "outsider")


def cells_of(name):
    return read(getattr(expected, name), THINGS[name].states)


@pytest.mark.parametrize("name", THINGS)
def test_every_cell(name, home_page, client_for):
    people, thing = world.build(home_page, client_for), THINGS[name]
    cells = cells_of(name)
    wrong = []
    for state in thing.states:
        with transaction.atomic():
            made = thing.make(people, state)
            for act, how in thing.acts.items():
                wanted = cells[act, state]
                for role in ROLES:
                    found = trying.outcome(how, people, role, made)
                    if found != wanted[role]:
                        wrong.append(f"{act} | {state} | {role}: {found}, not {wanted[role]}")
                for role in STRANGERS if state in thing.states[:2] else ():
                    if wanted[role] == NOT_THEIRS:
                        found = trying.through_the_page(how, people, role, made)
                        if found != NOT_THEIRS:
                            wrong.append(f"{act} | {state} | {role} by the page: {found}")
            transaction.set_rollback(True)
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", THINGS)
def test_every_act_has_its_rows_and_every_row_its_act(name):
    assert {act for act, _state in cells_of(name)} == set(THINGS[name].acts)


def test_every_action_is_tried():
    tried = set().union(*(thing.action_names() for thing in THINGS.values()))
    others = expected.ONES_OWN | expected.NOBODYS | expected.EVERYBODYS
    assert tried | others == set(actions.__all__)
    assert not tried & others


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("POST", State),
        ("OPENING", State),
        ("TOPIC", State),
        ("FILE", State),
        ("CATEGORY", Audience),
        ("REPORT", Handling),
        ("NOTICE", Handling),
        ("DECISION", Outcome),
        ("APPEAL", Outcome),
        ("PENALTY", PenaltyKind),
        ("PROPOSAL", Consent),
    ],
)
def test_every_state_that_is_stored_is_tried(name, known):
    assert set(known.values) <= set(THINGS[name].states)


def test_every_transition_is_an_act():
    names = {act.split()[0] for act in posts.POST.acts}
    assert all(any(name.startswith(act) for name in names) for act in Act.values)
