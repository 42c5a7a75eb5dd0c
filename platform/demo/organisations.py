"""Organisations of the demo: the ten real clusters with public facts, and invented ones marked as samples."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.working_days import add_working_days
from demo.publishing import days_ago
from demo.registry import Registry
from demo.source import read
from directory import actions, transitions
from directory.actions.claims import WORKING_DAYS
from directory.models import (
    Claim,
    ClusterMembership,
    Country,
    ExcellenceLabel,
    NaceDivision,
    Organisation,
    OrganisationRole,
    Region,
    Source,
)
from directory.states import Act, ClaimState, OtherAct, Standing, State
from directory.vocabulary import LineKind, Role, TraitKind
from members.models import User

COORDINATOR = "coordinator@example.org"
ASKED = "Please say in two sentences what your software does for a repair shop."
# The states that the file can name: what happened on the way there, the last act last.
WAYS = {
    State.DRAFT: (),
    State.SUBMITTED: (Act.SUBMIT,),
    State.CHANGES: (Act.SUBMIT, Act.REQUEST_CHANGES),
    State.PUBLISHED: (Act.SUBMIT, Act.PUBLISH),
    State.STALE: (Act.SUBMIT, Act.PUBLISH, Act.MARK_STALE),
}
PUBLISHED_DAYS, STALE_DAYS = 200, 420
# The day on which the facts about the real clusters were written down from their sources.
SOURCES_SEEN = date(2026, 11, 25)
LABEL_ENDS_IN = timedelta(days=150)
# A first bronze label holds for two years.
LABEL_VALID = timedelta(days=730)


@transaction.atomic
def load(registry: Registry, people: dict[str, User]) -> None:
    """Make what is missing: clusters, samples, memberships, roles."""
    coordinator = people.get(COORDINATOR)
    clusters = {}
    for row in read("clusters"):
        made = registry.ensure(
            f"organisation:{row['key']}", Organisation, lambda row=row: _cluster(row, coordinator)
        )
        if made is not None:
            clusters[row["key"]] = made
    for row in read("organisations"):
        made = registry.ensure(
            f"organisation:{row['name']}", Organisation, lambda row=row: _sample(row, coordinator)
        )
        if made is None:
            continue
        if row["kind"] == "cluster":
            clusters[row["key"]] = made
        for key in row.get("clusters", ()):
            if key in clusters:
                registry.ensure(
                    f"membership:{row['name']}:{key}",
                    ClusterMembership,
                    lambda row=row, made=made, key=key: _membership(
                        made, clusters[key], coordinator, is_confirmed=not row.get("unconfirmed")
                    ),
                )
    _roles(registry, people)
    _claims(registry, people)


def _cluster(row: dict[str, Any], coordinator: User | None) -> Organisation:
    """A real cluster: public facts, each with where it is said."""
    fields = {name: row[name] for name in ("name", "town", "founded", "website") if name in row}
    if "region" in row:
        fields["region"] = Region.objects.get(pk=row["region"])
    figures = {name: row.get(name) for name in ("members_total", "figures_of")}
    data = actions.ProfileData(
        fields={**fields, **_common(row), "kind": "cluster"},
        value_chains=row["value_chains"],
        cluster=figures,
    )
    made = actions.store(creator=coordinator, data=data)
    Source.objects.bulk_create(
        Source(
            organisation=made,
            fact=source["fact"],
            url=source["url"],
            seen_on=SOURCES_SEEN,
            position=position,
        )
        for position, source in enumerate(row["sources"])
    )
    _labels(made, row.get("labels", ()))
    _walk(made, State.PUBLISHED, coordinator)
    # Nobody of the cluster has confirmed anything: its facts are as old as their sources.
    seen = timezone.make_aware(datetime.combine(SOURCES_SEEN, time(12)))
    Organisation.objects.filter(pk=made.pk).update(confirmed_at=seen)
    return made


def _sample(row: dict[str, Any], coordinator: User | None) -> Organisation:
    fields = {
        name: row[name]
        for name in ("kind", "name", "town", "founded", "staff", "turnover", "balance")
        if name in row
    }
    fields["nace"] = NaceDivision.objects.filter(pk=row.get("nace", "")).first()
    hosting = {"most_visitors": row["hosting"]} if "hosting" in row else {}
    data = actions.ProfileData(
        fields={**fields, **_common(row)},
        value_chains=row["value_chains"],
        circular_strategies=row.get("strategies", ()),
        traits={
            TraitKind.ROLE: row.get("roles", ()),
            TraitKind.CERTIFICATION: row.get("certifications", ()),
            TraitKind.LANGUAGE: row["languages"],
        },
        lines=[*_lines(LineKind.OFFER, row, "offers"), *_lines(LineKind.SEEK, row, "seeks")],
        cluster=row.get("figures"),
        hosting=hosting,
    )
    made = actions.store(creator=coordinator, data=data, is_sample=True)
    if row["kind"] == "cluster":
        end = timezone.localdate() + LABEL_ENDS_IN
        award = {"level": "bronze", "awarded_on": end - LABEL_VALID, "valid_until": end}
        _labels(made, [award])
    _walk(made, State(row.get("state", State.PUBLISHED)), coordinator)
    return made


def _common(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": row["summary"],
        "country": Country.objects.get(pk=row["country"]),
        "language": "en",
    }


def _lines(kind: LineKind, row: dict[str, Any], name: str) -> list[tuple[LineKind, str, str]]:
    return [(kind, capability, text) for capability, text in row.get(name, {}).items()]


def _labels(organisation: Organisation, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        ExcellenceLabel.objects.create(
            organisation=organisation,
            level=row["level"],
            awarded_on=row.get("awarded_on"),
            valid_until=row.get("valid_until"),
            note=row.get("note", ""),
            source_url=row.get("url", ""),
        )


def _walk(organisation: Organisation, target: State, coordinator: User | None) -> None:
    """Bring an organisation to a state, not through the actions: nobody is there to get their mail."""
    for act in WAYS[target]:
        transitions.change(
            organisation=organisation,
            act=act,
            actor=None if act == Act.MARK_STALE else coordinator,
            version=organisation.version,
            reason=ASKED if act == Act.REQUEST_CHANGES else "",
        )
    if organisation.is_public:
        spread = organisation.pk % 90
        days = STALE_DAYS if target == State.STALE else PUBLISHED_DAYS - spread
        at = days_ago(days)
        Organisation.objects.filter(pk=organisation.pk).update(
            published_at=at, confirmed_at=at, created_at=at, changed_at=at
        )


def _membership(
    organisation: Organisation,
    cluster: Organisation,
    coordinator: User | None,
    *,
    is_confirmed: bool,
) -> ClusterMembership:
    at = days_ago(PUBLISHED_DAYS)
    confirmed = {
        "standing": Standing.CONFIRMED,
        "confirmed_by": coordinator,
        "confirmed_at": at,
    }
    return ClusterMembership.objects.create(
        organisation=organisation,
        cluster=cluster,
        asked_at=at,
        **(confirmed if is_confirmed else {}),
    )


def _roles(registry: Registry, people: dict[str, User]) -> None:
    """Accounts look after the organisation that their profile names; some have two administrators."""
    for row in read("roles"):
        organisation = Organisation.objects.filter(name=row["organisation"], is_sample=True).first()
        user = people.get(row["email"])
        if organisation is not None and user is not None:
            registry.ensure(
                f"role:{row['organisation']}:{row['email']}",
                OrganisationRole,
                lambda row=row, organisation=organisation, user=user: _role(
                    organisation, user, Role(row["role"])
                ),
            )


def _role(organisation: Organisation, user: User, role: Role) -> OrganisationRole | None:
    if organisation.roles.filter(user=user).exists():
        return None
    return OrganisationRole.objects.create(organisation=organisation, user=user, role=role)


def _claims(registry: Registry, people: dict[str, User]) -> None:
    """What newcomers have asked; like all of the demo, without mail to anybody."""
    for row in read("claims"):
        organisation = Organisation.objects.filter(name=row["organisation"], is_sample=True).first()
        user = people.get(row["email"])
        if organisation is not None and user is not None:
            registry.ensure(
                f"claim:{row['email']}",
                Claim,
                lambda row=row, organisation=organisation, user=user: _claim(
                    organisation, user, row
                ),
            )


def _claim(organisation: Organisation, user: User, row: dict[str, Any]) -> Claim:
    at, answer = days_ago(row["asked"]), row.get("answer", "")
    transitions.log(
        organisation=organisation,
        actor=user,
        subject=user,
        action=OtherAct.CLAIM,
        reason=row["role"],
    )
    return Claim.objects.create(
        organisation=organisation,
        claimant=user,
        role=row["role"],
        message=row["message"],
        stage=row["stage"],
        asked_at=at,
        due_on=add_working_days(timezone.localdate(at), WORKING_DAYS),
        state=ClaimState.REFUSED if answer else ClaimState.OPEN,
        decided_at=days_ago(row["asked"] - 1) if answer else None,
        answer=answer,
    )
