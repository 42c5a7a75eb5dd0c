"""Finding the members who can be mentioned."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.audiences import may_read
from core.ratelimit import hit
from forum import permissions
from forum.models import Topic
from forum.references import label, mentionable

SHORTEST = 2
OFFERED = 8
MOST_PER_MINUTE = 60


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Of those who take part in the topic or agreed to be mentioned, whose name has these words."""
    if not permissions.may_write(request.user):
        raise Http404
    words = request.GET.get("q", "").replace("\x00", "").split()
    wanted = request.GET.get("topic", "")
    topic = None
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
        topic = get_object_or_404(
            Topic.objects.visible_to(request.user).select_related("category"), pk=number
        )
    is_asked = len("".join(words)) >= SHORTEST
    if is_asked:
        is_asked = hit("forum-members", str(request.user.pk), limit=MOST_PER_MINUTE, seconds=60)
    people = mentionable(topic).exclude(pk=request.user.pk).select_related("profile")
    for word in words[:5]:
        people = people.filter(name__icontains=word)
    found = people.order_by("name", "pk")[:OFFERED] if is_asked else ()
    offered = [
        {"person": one, "insert": f"@[{label(one)}](member:{one.pk}) "}
        for one in found
        if topic is None or may_read(one, {topic.category.audience})
    ]
    context = {"offered": offered, "is_asked": is_asked}
    return render(request, "pages/forum/_members.html", context)
