"""The member's own pages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from members import actions
from members.forms import ProfileForm
from members.forms_contact import DetailsForm
from members.requests import user_of


@never_cache
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own profile."""
    own = user_of(request).profile
    form = ProfileForm(request.POST or None, request.FILES or None, instance=own)
    details = DetailsForm(request.POST or None, instance=own)
    # Both are asked, so that every fault shows at once.
    if request.method == "POST" and all([form.is_valid(), details.is_valid()]):
        with transaction.atomic():
            actions.update_profile(profile=own, **form.cleaned_data)
            actions.update_details(profile=own, **details.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("members:profile")
    if form.is_bound:
        # Validation has written into the instance; the page shows what is stored.
        own.refresh_from_db()
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "details": details,
        "profile": own,
        "meta_title": _("Your profile"),
    }
    return render(request, "pages/members/profile.html", context, status=status)
