"""Organisations for tests; every one is a sample."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from directory import actions, counts, transitions
from directory.models import (
    ClusterMembership,
    Country,
    Organisation,
    OrganisationRole,
    Region,
)
from directory.states import PUBLIC, Standing, State
from directory.vocabulary import LineKind, Role, TraitKind
from tests.factories.members import MemberFactory

NUMBER = iter(range(1, 10**9))


def make_organisation(state: State = State.PUBLISHED, **values: Any) -> Organisation:
    """An organisation in a state, with everything that it needs to be sent.

    Beside columns of the model: value_chains, strategies, roles, languages, certifications,
    exports, offers and seeks, each a list of codes; and the rest of ProfileData.
    """
    number = next(NUMBER)
    further = {
        name: values.pop(name) for name in ("other_nace", "cluster", "hosting") if name in values
    }
    many = {
        name: values.pop(name, default)
        for name, default in (
            ("value_chains", ["fashion_textile"]),
            ("strategies", []),
            ("roles", []),
            ("languages", []),
            ("certifications", []),
            ("exports", []),
            ("offers", []),
            ("seeks", []),
        )
    }
    fields = {
        "name": f"Mill {number} (sample)",
        "kind": "sme",
        "summary": "Weaves, and takes back what it wove.",
        "town": "Porto",
        "country": "PT",
        "language": "en",
        **values,
    }
    fields["country"] = Country.objects.get(pk=fields["country"])
    if isinstance(fields.get("region"), str):
        fields["region"] = Region.objects.get(pk=fields["region"])
    made = actions.store(
        creator=None,
        is_sample=True,
        data=actions.ProfileData(
            fields=fields,
            value_chains=many["value_chains"],
            circular_strategies=many["strategies"],
            traits={
                TraitKind.ROLE: many["roles"],
                TraitKind.LANGUAGE: many["languages"],
                TraitKind.CERTIFICATION: many["certifications"],
                TraitKind.EXPORT: many["exports"],
            },
            lines=[
                *((LineKind.OFFER, code, "") for code in many["offers"]),
                *((LineKind.SEEK, code, "") for code in many["seeks"]),
            ],
            **further,
        ),
    )
    return in_state(made, state)


def in_state(organisation: Organisation, state: State) -> Organisation:
    """Put an organisation into a state past the actions, with the dates that the database asks for."""
    now, was = timezone.now(), State(organisation.state)
    dates = {"submitted_at": now}
    if state in PUBLIC:
        dates |= {"published_at": now, "confirmed_at": now}
    with counts.kept([organisation]):
        Organisation.objects.filter(pk=organisation.pk).update(state=state, **dates)
    organisation.refresh_from_db()
    transitions.publish_change(organisation, was=was)
    return organisation


def make_cluster(**values: Any) -> Organisation:
    """A published cluster."""
    return make_organisation(**{"kind": "cluster", "name": f"Cluster {next(NUMBER)}", **values})


def give_role(organisation: Organisation, role: Role = Role.ADMINISTRATOR, user: Any = None) -> Any:
    """A member with a role in an organisation; returns the member."""
    user = user or MemberFactory()
    OrganisationRole.objects.create(organisation=organisation, user=user, role=role)
    return user


def make_membership(
    organisation: Organisation, cluster: Organisation, standing: Standing = Standing.CONFIRMED
) -> ClusterMembership:
    """An organisation in a cluster."""
    now = timezone.now()
    dates = {
        Standing.REQUESTED: {},
        Standing.CONFIRMED: {"confirmed_at": now},
        Standing.DECLINED: {"ended_at": now},
        Standing.EXPIRED: {"confirmed_at": now, "ended_at": now},
    }
    return ClusterMembership.objects.create(
        organisation=organisation, cluster=cluster, standing=standing, **dates[standing]
    )
