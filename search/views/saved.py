"""The searches that a member keeps, and stopping the mail about them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from search import actions
from search.addresses import search_address
from search.asking import filters_in
from search.errors import NameTaken, NotAllowed, Refused
from search.forms import SavedSearchForm
from search.models import SavedSearch
from search.presentation import chosen_labels
from search.tokens import saved_id_of


@never_cache
@require_safe
@login_required
def saved(request: HttpRequest) -> HttpResponse:
    """The reader's saved searches."""
    rows = [
        {
            "saved": row,
            "url": search_address(row.text, row.filters),
            "filters": chosen_labels(row.filters),
        }
        for row in SavedSearch.objects.visible_to(request.user)
    ]
    context = {"rows": rows, "most": actions.MOST_SAVED}
    return render(request, "pages/search/saved.html", context)


@never_cache
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search that the form names, and go on to its name and mail."""
    text, filters = request.POST.get("q", ""), filters_in(request.POST)
    back = search_address(text, filters)
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    try:
        row = actions.save_search(
            user=request.user, text=text, filters=filters, language=get_language() or ""
        )
    except NotAllowed as error:
        raise Http404 from error
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    messages.success(request, _("The search is saved."))
    return redirect("search:saved_change", pk=row.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a saved search, choose its mail."""
    row = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    form = SavedSearchForm(request.POST or None, initial={"name": row.name, "rhythm": row.rhythm})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_saved_search(saved=row, user=row.user, **form.cleaned_data)
        except NotAllowed as error:
            raise Http404 from error
        except NameTaken as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Your choice is saved."))
            return redirect("search:saved")
    context = {
        "form": form,
        "saved": row,
        "url": search_address(row.text, row.filters),
        "filters": chosen_labels(row.filters),
    }
    status = 422 if form.is_bound else 200
    return render(request, "pages/search/saved_change.html", context, status=status)


@never_cache
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a saved search."""
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("search:saved"))
    row = get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)
    actions.remove_saved_search(saved=row, user=row.user)
    messages.success(request, _("The search is removed."))
    return redirect("search:saved")


# Mail programs send the POST by themselves; the word in the address is what proves the right to it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, word: str) -> HttpResponse:
    """Ask whether mail about a saved search shall stop; a POST stops it (RFC 8058).

    404 for a word that no mail has carried, and for a search that is removed.
    """
    row = get_object_or_404(SavedSearch, pk=saved_id_of(word))
    if request.method == "POST":
        actions.stop_mail(saved=row)
    context = {"is_done": request.method == "POST", "saved": row}
    return render(request, "pages/search/stop.html", context)
