"""What a member decides about writing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forum import actions, permissions
from forum.forms import WritingPreferencesForm
from forum.models import ConfidentialTerm, MentionConsent


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change them."""
    user: Any = request.user
    if not permissions.may_write(user):
        raise Http404
    if request.method == "POST":
        form = WritingPreferencesForm(request.POST)
        if form.is_valid():
            actions.keep_preferences(user=user, **form.cleaned_data)
            messages.success(request, _("Your choices are saved."))
            return redirect("forum:preferences")
    else:
        terms = ConfidentialTerm.objects.filter(owner=user).values_list("text", flat=True)
        consents = MentionConsent.objects.filter(user=user)
        form = WritingPreferencesForm(
            initial={"may_be_mentioned": consents.exists(), "terms": "\n".join(terms)}
        )
    context = {"form": form, "meta_title": _("Writing in the forum")}
    status = 422 if form.is_bound else 200
    return render(request, "pages/forum/preferences.html", context, status=status)
