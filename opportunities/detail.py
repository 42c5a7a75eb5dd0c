"""What the page of an opportunity shows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.cards import Places
from directory.labels import labels
from directory.models import Country, NaceDivision, Organisation, ValueChain
from directory.vocabulary import Capability
from directory.vocabulary import Kind as Partner
from opportunities import permissions
from opportunities.models import Interest, Opportunity
from opportunities.states import Act
from opportunities.structured_data import offer_or_demand
from opportunities.vocabulary import CriterionKind


def context_of(opportunity: Opportunity, request: HttpRequest) -> dict[str, Any]:
    """The context of an opportunity that this reader may see; no contact is part of it."""
    criteria = list(opportunity.criteria.values_list("kind", "code"))
    is_public = opportunity.is_public
    return {
        "opportunity": opportunity,
        "organisation": opportunity.organisation,
        "type": opportunity.get_type_display(),
        "badge": _("Sample") if opportunity.is_sample else "",
        "lang": "" if opportunity.language == (get_language() or "")[:2] else opportunity.language,
        "trail": [{"title": _("Opportunities"), "url": reverse("opportunities:index")}],
        "facts": facts(opportunity, criteria),
        "tags": _tags(opportunity),
        "offers": _capabilities(criteria, CriterionKind.OFFER),
        "seeks": _capabilities(criteria, CriterionKind.SEEK),
        "is_public": is_public,
        "takes_answers": opportunity.takes_answers(),
        **_for_reader(opportunity, request.user),
        "json_ld": offer_or_demand(opportunity) if is_public else "",
    }


def facts(opportunity: Opportunity, criteria: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """The facts for components/facts.html; those without a value are left out there."""
    organisation, countries, nace = (
        opportunity.organisation,
        labels(Country),
        labels(NaceDivision),
    )
    partners = [str(Partner(code).label) for kind, code in criteria if kind == "partner"]
    renewals = opportunity.renewals
    wanted = sorted(countries.get(row.pk, row.pk) for row in opportunity.countries.all())
    return [
        {
            "label": _("Organisation"),
            "value": organisation.name,
            "url": organisation.get_absolute_url(),
        },
        {"label": _("Place"), "value": Places().of(organisation)},
        {"label": _("Partners sought"), "value": ", ".join(partners)},
        {"label": _("Countries wanted"), "value": ", ".join(wanted)},
        {
            "label": _("Activities"),
            "value": "; ".join(
                f"{row.pk} {nace.get(row.pk, '')}" for row in opportunity.activities.all()
            ),
        },
        {
            "label": _("Answers until"),
            "value": date_format(opportunity.deadline) if opportunity.deadline else "",
        },
        {
            "label": _("Open until"),
            "value": date_format(opportunity.expires_on) if opportunity.expires_on else "",
        },
        {"label": _("Last update"), "value": date_format(localtime(opportunity.changed_at))},
        {
            "label": _("Renewed"),
            "value": ngettext("%(count)d time", "%(count)d times", renewals) % {"count": renewals}
            if renewals
            else "",
        },
    ]


def _capabilities(criteria: list[tuple[str, str]], kind: CriterionKind) -> list[dict[str, str]]:
    """[{text, url}] for components/tag.html, each with the opportunities that have it too."""
    facet = "offers" if kind == CriterionKind.OFFER else "seeks"
    url = reverse("opportunities:index")
    return [
        {"text": str(Capability(code).label), "url": f"{url}?{urlencode({facet: code})}"}
        for found, code in criteria
        if found == kind
    ]


def _tags(opportunity: Opportunity) -> list[dict[str, str]]:
    url, names = reverse("opportunities:index"), labels(ValueChain)
    return [
        {
            "text": names.get(row.pk, row.pk),
            "url": f"{url}?{urlencode({'value_chain': row.pk})}",
        }
        for row in opportunity.value_chains.all()
    ]


def _for_reader(opportunity: Opportunity, user: Any) -> dict[str, Any]:
    """What only those see who may do something here."""
    if not user.is_authenticated:
        return {"must_log_in": True}
    own: list[Organisation] = list(permissions.organisations_of(user))
    writes = opportunity.organisation in own
    sent = Interest.objects.filter(opportunity=opportunity, organisation__in=own)
    has_asked = {row.organisation_id for row in sent}
    return {
        "writes": writes,
        "waiting": opportunity.interests.open().count() if writes else 0,
        "sent": list(sent.select_related("organisation")),
        "may_express": not writes and any(one.pk not in has_asked for one in own),
        "needs_organisation": not own,
        "may_withdraw": not writes and permissions.may_do(user, Act.WITHDRAW, opportunity),
    }
