"""Proposals in the Wagtail admin: who wrote the page, its pictures, and turning it down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from contributions import permissions
from contributions.models import Contribution
from contributions.states import WITH_PAGE
from contributions.views.admin import decline


@hooks.register("before_edit_page")
def name_the_contributor(request: HttpRequest, page: Page) -> None:
    """Say above the editor whose proposal this is, and where its pictures are."""
    if request.method != "GET":
        return
    found = Contribution.objects.filter(page=page.pk, state__in=WITH_PAGE)
    proposal = found.select_related("contributor", "organisation").first()
    if proposal is None:
        return
    organisation = proposal.organisation
    text = _("A member's proposal: %(name)s.") % {
        "name": ", ".join(
            part
            for part in (
                proposal.contributor.name if proposal.contributor else "",
                organisation.name if organisation else "",
            )
            if part
        )
        or _("Member")
    }
    buttons = [messages.button(proposal.get_absolute_url(), _("Preview with pictures"))]
    if permissions.may_decline(request.user, proposal):
        url = reverse("decline_contribution", args=[proposal.key])
        buttons.append(messages.button(url, _("Decline")))
    messages.info(request, text, buttons=buttons)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("proposals/<uuid:key>/decline/", decline, name="decline_contribution")]
