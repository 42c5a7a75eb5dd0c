"""The topics that a moderator looks after, and one act for several of them."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.keyset import page_of
from forum import keyset, permissions
from forum.forms import TopicsBulkForm
from forum.forms.queue import TopicsFilterForm
from forum.models import Post, Topic
from forum.querysets import TopicQuerySet
from forum.views import bulk
from forum.views.moderation_cases import HOME, QUEUE


@require_http_methods(["GET", "HEAD", "POST"])
def topics(request: HttpRequest) -> HttpResponse:
    """All topics within reach, newest activity first; a POST is one act for the chosen ones."""
    if not permissions.may_moderate(request.user):
        raise Http404
    form = TopicsBulkForm(request.POST or None, user=request.user, auto_id="bulk_%s")
    if request.method == "POST" and form.is_valid():
        bulk.decide_topics(request, form)
        return redirect(request.get_full_path())
    filters = TopicsFilterForm(request.GET, user=request.user)
    chosen = filters.cleaned_data if filters.is_valid() else {}
    kept = {name: filters.data[name] for name in filters.fields if chosen.get(name)}
    page = page_of(
        request,
        _rows(request, filters),
        keyset.NEWEST_FIRST,
        size=keyset.ROWS_PER_PAGE,
        query=urlencode(kept),
    )
    for one in page.rows:
        one.seen = f"{one.pk}:{one.version}:{one.category_id}"
    title = _("Topics")
    context = {
        "list": page,
        "filters": filters,
        "form": form,
        "ticked": set(request.POST.getlist("topics")),
        "header_title": title,
        "header_icon": "comment",
        "breadcrumbs_items": [
            *(HOME, QUEUE),
            {"url": reverse("forum_moderation:topics"), "label": title},
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "pages/forum/admin/topics.html", context, status=status)


def _rows(request: HttpRequest, filters: TopicsFilterForm) -> TopicQuerySet:
    """Each with `version`, of its opening post."""
    found = Topic.objects.moderatable_by(request.user).filter(merged_into=None)
    if filters.is_valid():
        found = found.filter(**{name: one for name, one in filters.cleaned_data.items() if one})
    opening = Post.objects.filter(topic=OuterRef("pk"), is_opening=True)
    return found.select_related("category", "author").annotate(
        version=Subquery(opening.values("version")[:1])
    )
