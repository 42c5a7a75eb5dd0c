"""How a table of acts is read.

    act            | states           | who: what happens; who: what happens

A row without an act goes on with the one above; `*` stands for the states that the act's other rows
do not name. Whoever is not named is refused: the thing is not theirs, or as good as missing. Whoever
is named without a word may; another word is the refusal of `forum.errors` that says why not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tests.forum.acts.world import GROUPS, ROLES

MAY, NOT_THEIRS = "may", "not theirs"
Cells = dict[tuple[str, str], dict[str, str]]


def read(table: str, states: Collection[str]) -> Cells:
    """{(act, state): {role: what happens}} for every role; each state once for each act."""
    cells: Cells = {}
    others: dict[str, str] = {}
    acts: list[str] = []
    for act, named, who in _rows(table):
        if act not in acts:
            acts.append(act)
        if named == "*":
            assert act not in others, f"{act}: two rows for the other states"
            others[act] = who
            continue
        for state in named.split():
            assert state in states, f"{act}: there is no state {state}"
            assert (act, state) not in cells, f"{act}: {state} stands there twice"
            cells[act, state] = _outcomes(who)
    for act, who in others.items():
        for state in states:
            cells.setdefault((act, state), _outcomes(who))
    missing = {(act, state) for act in acts for state in states} - cells.keys()
    assert not missing, f"without a row: {sorted(missing)}"
    return cells


def _rows(table: str) -> Iterator[tuple[str, str, str]]:
    last = ""
    for line in table.strip().splitlines():
        act, states, who = (part.strip() for part in line.split("|"))
        last = act or last
        yield last, states, who


def _outcomes(who: str) -> dict[str, str]:
    found = dict.fromkeys(ROLES, NOT_THEIRS)
    for part in filter(None, (part.strip() for part in who.split(";"))):
        names, _, outcome = part.partition(":")
        for name in names.split():
            assert name in ROLES or name in GROUPS, f"nobody is called {name}"
            for role in GROUPS.get(name, (name,)):
                found[role] = outcome.strip() or MAY
    return found
