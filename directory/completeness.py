"""How complete a profile is, and what it lacks, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from directory.vocabulary import Kind, LineKind, TraitKind


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a profile can have; `is_needed` says that it cannot be sent without."""

    name: str
    label: Any
    is_there: Callable[[Facts], bool]
    is_needed: bool = False
    for_kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted of an organisation, read in few queries."""

    organisation: Organisation
    value_chains: int
    traits: frozenset[str]
    lines: frozenset[str]
    memberships: int
    has_members_figure: bool


@dataclass(frozen=True, slots=True)
class Completeness:
    """`percent` is whole, from 0 to 100; `missing` and `needed` are the words of what lacks."""

    percent: int
    missing: list[str]
    needed: list[str]


ENTERPRISES = (Kind.SME, Kind.LARGE)

PARTS = (
    Part("summary", _("a summary"), lambda f: bool(f.organisation.summary), is_needed=True),
    Part("description", _("a description"), lambda f: bool(f.organisation.description)),
    Part("town", _("the town"), lambda f: bool(f.organisation.town), is_needed=True),
    Part("value_chains", _("the value chains"), lambda f: bool(f.value_chains), is_needed=True),
    Part("roles", _("the role in the chain"), lambda f: TraitKind.ROLE in f.traits),
    Part("offers", _("what you offer"), lambda f: LineKind.OFFER in f.lines),
    Part("seeks", _("what you seek"), lambda f: LineKind.SEEK in f.lines),
    Part("languages", _("the languages"), lambda f: TraitKind.LANGUAGE in f.traits),
    Part("website", _("the website"), lambda f: bool(f.organisation.website)),
    Part("logo", _("a logo"), lambda f: bool(f.organisation.logo)),
    Part("contact", _("whom to ask for"), lambda f: bool(f.organisation.contact_role)),
    Part("founded", _("the year of foundation"), lambda f: f.organisation.founded is not None),
    Part(
        "size",
        _("the declaration of size"),
        lambda f: bool(f.organisation.size_class),
        for_kinds=ENTERPRISES,
    ),
    Part(
        "nace",
        _("the main activity"),
        lambda f: f.organisation.nace_id is not None,
        for_kinds=ENTERPRISES,
    ),
    Part("clusters", _("a cluster"), lambda f: bool(f.memberships), for_kinds=ENTERPRISES),
    Part(
        "members",
        _("the number of members"),
        lambda f: f.has_members_figure,
        for_kinds=(Kind.CLUSTER,),
    ),
)


def completeness(organisation: Organisation) -> Completeness:
    """How complete a stored profile is; every part that applies to its kind weighs the same."""
    return of_facts(_facts(organisation))


def of_facts(facts: Facts) -> Completeness:
    """The same from facts already read: pure."""
    parts = [p for p in PARTS if not p.for_kinds or facts.organisation.kind in p.for_kinds]
    lacking = [part for part in parts if not part.is_there(facts)]
    return Completeness(
        percent=100 * (len(parts) - len(lacking)) // len(parts),
        missing=_words(lacking),
        needed=_words(part for part in lacking if part.is_needed),
    )


def _facts(organisation: Organisation) -> Facts:
    profile = getattr(organisation, "cluster_profile", None)
    return Facts(
        organisation=organisation,
        value_chains=organisation.value_chains.count(),
        traits=frozenset(organisation.traits.values_list("kind", flat=True)),
        lines=frozenset(organisation.lines.values_list("kind", flat=True)),
        memberships=organisation.memberships.alive().count(),
        has_members_figure=profile is not None and profile.members_total is not None,
    )


def _words(parts: Iterable[Part]) -> list[str]:
    return [str(part.label) for part in parts]
