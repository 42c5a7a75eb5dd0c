"""What a link in a mail leads to: stopping mail in one step (RFC 8058), without logging in."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forum import actions
from forum.models import Topic
from forum.notifications.tokens import wish_of


# Mail programs send the POST by themselves; the word in the address is what proves the right to it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, word: str) -> HttpResponse:
    """Ask whether mail shall stop; a POST stops it. 404 for a word that no mail has carried.

    A topic is named only where the account that the mail went to may read it now.
    """
    wish = wish_of(word)
    if wish is None:
        raise Http404
    user = get_object_or_404(get_user_model(), pk=wish.user_id)
    topic = get_object_or_404(Topic, pk=wish.topic_id) if wish.topic_id else None
    if request.method == "POST":
        actions.unsubscribe(user=user, topic=topic)
    context = {
        "is_done": request.method == "POST",
        "is_topic": topic is not None,
        "topic": Topic.objects.visible_to(user).filter(pk=wish.topic_id).first(),
    }
    return render(request, "pages/forum/unsubscribe.html", context)
