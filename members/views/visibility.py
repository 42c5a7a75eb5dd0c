"""Who sees what of one's own profile."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from members import actions
from members.forms_contact import VisibilityForm
from members.parts import Level
from members.requests import user_of


@never_cache
@login_required
def visibility(request: HttpRequest) -> HttpResponse:
    """Choose, for each part, who sees it."""
    own = user_of(request).profile
    form = VisibilityForm(request.POST or None, profile=own)
    if request.method == "POST" and form.is_valid():
        actions.choose_visibility(
            profile=own,
            levels=form.levels,
            accepts_requests=form.cleaned_data["accepts_requests"],
            is_listed=form.cleaned_data["is_listed"],
        )
        messages.success(request, _("Your choice is saved."))
        return redirect("members:visibility")
    status = 422 if form.is_bound else 200
    context = {"form": form, "levels": Level}
    return render(request, "pages/members/visibility.html", context, status=status)
