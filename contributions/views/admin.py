"""Turning a proposal down, in the admin."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from contributions import actions, errors, permissions
from contributions.forms import DeclineForm
from contributions.models import Contribution
from members.requests import user_of


def decline(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for the reason, then decline."""
    found = get_object_or_404(Contribution.objects.visible_to(request.user), key=key)
    if not permissions.may_decline(request.user, found):
        raise Http404
    form = DeclineForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(
                contribution=found,
                editor=user_of(request),
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except errors.ReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        except errors.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The proposal is declined, and its member has mail."))
            return redirect("wagtailadmin_home")
    context = {"contribution": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "pages/contributions/admin/decline.html", context, status=status)
