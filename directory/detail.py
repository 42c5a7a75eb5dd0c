"""What an organisation's profile shows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory import mentions, permissions
from directory.cards import Places
from directory.completeness import completeness
from directory.freshness import is_from, last_seen
from directory.labels import labels
from directory.models import (
    CircularStrategy,
    ClusterMembership,
    Country,
    NaceDivision,
    Organisation,
    ValueChain,
)
from directory.states import PUBLIC, State
from directory.structured_data import organization
from directory.vocabulary import (
    Capability,
    Certification,
    ChainRole,
    LineKind,
    spoken_languages,
)

MOST_MEMBERS = 24

Found = dict[str, list[tuple[str, str]]]


def detail(organisation: Organisation, request: HttpRequest) -> dict[str, Any]:
    """The context of a profile that this reader may see."""
    found = _facts(organisation)
    memberships = _memberships(organisation)
    awards = list(organisation.awards.all())
    sources = list(organisation.sources.all())
    places = Places()
    return {
        "organisation": organisation,
        "kind": organisation.get_kind_display(),
        "badge": _("Sample") if organisation.is_sample else "",
        "lang": ""
        if organisation.language == (get_language() or "")[:2]
        else organisation.language,
        "trail": [{"title": _("Directory"), "url": reverse("directory:index")}],
        "facts": facts(organisation, found, places, last_seen(sources)),
        "tags": _tags(found),
        "roles": [str(ChainRole(code).label) for code, _text in found["role"]],
        "offers": _lines(found, LineKind.OFFER),
        "seeks": _lines(found, LineKind.SEEK),
        "cluster": getattr(organisation, "cluster_profile", None),
        "hosting": getattr(organisation, "hosting", None),
        "clusters": memberships,
        "members": _members(organisation),
        "awards": awards,
        "sources": sources,
        "named": mentions.mentions(organisation, request),
        "is_stale": organisation.state == State.STALE,
        "is_public": organisation.is_public,
        **_for_its_people(organisation, request.user),
        "json_ld": organization(
            organisation, place=places.country(organisation), clusters=memberships
        ),
    }


def facts(
    organisation: Organisation, found: Found, places: Places, seen: date | None
) -> list[dict[str, Any]]:
    """The facts for components/facts.html; those without a value are left out there.

    `seen` is the last day on which any of them was taken from a public source.
    """
    languages = spoken_languages()
    nace = labels(NaceDivision)
    countries = labels(Country)
    activity = organisation.nace_id or ""
    region_url = f"{reverse('directory:index')}?{urlencode({'region': organisation.region_id})}"
    return [
        {"label": _("Place"), "value": places.of(organisation)},
        {
            "label": _("Region"),
            "value": places.region(organisation),
            "url": region_url if organisation.region_id and organisation.is_public else "",
        },
        {"label": _("Legal name"), "value": organisation.legal_name},
        {"label": _("Founded"), "value": organisation.founded},
        {"label": _("Size"), "value": _size(organisation)},
        {
            "label": _("Activity"),
            "value": f"{activity} {nace.get(activity, '')}" if activity else "",
        },
        {
            "label": _("Other activities"),
            "value": "; ".join(f"{code} {nace.get(code, '')}" for code, _t in found["nace"]),
        },
        {
            "label": _("Languages"),
            "value": ", ".join(languages.get(code, code) for code, _t in found["language"]),
        },
        {
            "label": _("Certificates"),
            "value": ", ".join(
                str(Certification(code).label) for code, _t in found["certification"]
            ),
        },
        {
            "label": _("Exports to"),
            "value": ", ".join(countries.get(code, code) for code, _t in found["export"]),
        },
        {"label": _("Materials"), "value": organisation.materials},
        {
            "label": _("Digital maturity"),
            "value": ""
            if organisation.digital_maturity is None
            else _("%(level)d of 5, by its own account") % {"level": organisation.digital_maturity},
        },
        {"label": _("Contact"), "value": organisation.contact_role},
        {
            "label": _("Public sources, as of")
            if is_from(seen, organisation)
            else _("Confirmed on"),
            "value": date_format(localtime(organisation.confirmed_at))
            if organisation.confirmed_at
            else "",
        },
    ]


def _size(organisation: Organisation) -> str:
    if not organisation.size_class:
        return ""
    words = {
        "size": organisation.get_size_class_display(),
        "staff": number_format(organisation.staff, force_grouping=True),
        "day": date_format(organisation.size_declared_on),
    }
    return _("%(size)s, %(staff)s people, declared on %(day)s") % words


def _facts(organisation: Organisation) -> Found:
    """{what: [(code, text)]} of everything that the organisation has several of; one query."""
    key = organisation.pk

    def of(rows: QuerySet[Any, Any], what: str, column: str) -> QuerySet[Any, Any]:
        return (
            rows.order_by()
            .annotate(
                what=Value(what, output_field=CharField()),
                words=Value("", output_field=CharField()),
            )
            .values_list("what", column, "words", "pk")
        )

    through = Organisation.value_chains.through
    rows = (
        organisation.lines.order_by()
        .values_list("kind", "capability", "text", "position")
        .union(
            organisation.traits.order_by()
            .annotate(words=Value("", output_field=CharField()))
            .values_list("kind", "code", "words", "pk"),
            of(through.objects.filter(organisation_id=key), "value_chain", "valuechain_id"),
            of(
                Organisation.circular_strategies.through.objects.filter(organisation_id=key),
                "strategy",
                "circularstrategy_id",
            ),
            of(
                Organisation.other_nace.through.objects.filter(organisation_id=key),
                "nace",
                "nacedivision_id",
            ),
            all=True,
        )
    )
    found: Found = defaultdict(list)
    for what, code, text, _position in sorted(rows, key=lambda row: (row[0], row[3])):
        found[what].append((code, text))
    return found


def _lines(found: Found, kind: LineKind) -> list[dict[str, str]]:
    facet = "offers" if kind == LineKind.OFFER else "seeks"
    url = reverse("directory:index")
    return [
        {
            "what": str(Capability(code).label),
            "text": text,
            "url": f"{url}?{urlencode({facet: code})}",
        }
        for code, text in found[kind]
    ]


def _tags(found: Found) -> list[dict[str, str]]:
    """For components/tag.html: value chains and strategies, each with its filtered list."""
    url = reverse("directory:index")
    return [
        {"text": names.get(code, code), "url": f"{url}?{urlencode({facet: code})}"}
        for facet, names in (
            ("value_chain", labels(ValueChain)),
            ("strategy", labels(CircularStrategy)),
        )
        for code, _text in found[facet]
    ]


def _memberships(organisation: Organisation) -> list[ClusterMembership]:
    """The clusters, the confirmed ones first; those not public are left out."""
    rows = organisation.memberships.alive().filter(cluster__state__in=PUBLIC)
    return list(rows.select_related("cluster").order_by("standing", "cluster__name"))


def _members(organisation: Organisation) -> dict[str, Any]:
    """{rows, total, url} of a cluster's confirmed, public members; empty for others."""
    if not organisation.is_cluster:
        return {}
    of_it = organisation.cluster_members.confirmed().filter(organisation__state__in=PUBLIC)
    rows = list(
        of_it.select_related("organisation").order_by("organisation__name")[: MOST_MEMBERS + 1]
    )
    query = urlencode({"cluster": organisation.slug})
    return {
        "rows": [row.organisation for row in rows[:MOST_MEMBERS]],
        "more": len(rows) > MOST_MEMBERS,
        "url": f"{reverse('directory:index')}?{query}",
    }


def _for_its_people(organisation: Organisation, user: Any) -> dict[str, Any]:
    """What only those see who look after the organisation, and the way to become one of them."""
    if not user.is_authenticated:
        return {"may_ask_to_claim": organisation.is_public}
    belongs = bool(permissions.role_of(user, organisation)) or permissions.may_coordinate(user)
    return {
        "manage_url": reverse("directory:manage", args=[organisation.slug]) if belongs else "",
        "completeness": completeness(organisation) if belongs else None,
        "may_claim": not belongs and permissions.may_claim(user, organisation),
        "review_url": reverse("directory:review")
        if organisation.state == State.SUBMITTED and permissions.may_review(user, organisation)
        else "",
    }
