"""The second step of registration."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members import joining as steps


@never_cache
@login_required
@require_safe
def joining(request: HttpRequest) -> HttpResponse:
    """Find one's organisation or begin a new one, and see what has become of it.

    What is asked and accepted goes to the directory; this page changes nothing.
    """
    user: Any = request.user
    form = steps.FindForm(request.GET if "name" in request.GET else None)
    found = list(form.found()[: steps.MOST_FOUND + 1])
    done = steps.steps_of(user)
    context = {
        **done,
        "form": form,
        "found": found[: steps.MOST_FOUND],
        "has_more": len(found) > steps.MOST_FOUND,
        "taken": steps.taken(done),
        "lacks": steps.lacks(user, done),
        "meta_title": _("Your organisation"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "pages/members/joining.html", context, status=status)
