from django.urls import path

from forum.lists import all_lists
from forum.views import (
    answers,
    feeds,
    following,
    inbox,
    lists,
    mail,
    marks,
    practices,
    reactions,
    reading,
    topics,
    writing,
)

app_name = "forum"

urlpatterns = [
    path("", reading.index, name="index"),
    path("new/", writing.new_topic, name="new"),
    path("preview/", writing.preview, name="preview"),
    path("feed/", feeds.everything, name="feed"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read, name="inbox_read"),
    path("inbox/settings/", inbox.preferences, name="inbox_settings"),
    path("inbox/following/", following.followed, name="following"),
    path("inbox/topics/<int:pk>/", following.topic, name="follow_topic"),
    path("inbox/categories/<int:pk>/", following.category, name="follow_category"),
    path("inbox/mail/<str:word>/", mail.unsubscribe, name="unsubscribe"),
    path("post/<int:pk>/", reading.post, name="post"),
    path("post/<int:pk>/delete/", writing.delete, name="delete"),
    path("post/<int:pk>/accept/", answers.accept, name="accept"),
    path("post/<int:pk>/react/", reactions.react, name="react"),
    path("read/", marks.read, name="read"),
    path("topic/<int:pk>/feed/", feeds.topic, name="topic_feed"),
    path("topic/<int:pk>/unread/", marks.unread_post, name="unread_post"),
    path("tag/<str:slug>/", lists.tagged, name="tag"),
    *[path(f"{one.name}/", lists.of, {"name": one.name}, name=one.name) for one in all_lists()],
    path("about/<int:pk>/", reading.about, name="about"),
    path("topic/<int:pk>/practice/", practices.overview, name="practice"),
    path("topic/<int:pk>/practice/posts/", practices.choose, name="practice_posts"),
    path("topic/<int:pk>/practice/drop/", practices.drop, name="practice_drop"),
    path("topic/<int:pk>/consent/", practices.consent, name="consent"),
    path("<slug:slug>/", reading.category, name="category"),
    path("<slug:slug>/feed/", feeds.category, name="category_feed"),
    path("<slug:category>/<int:pk>-<slug:slug>/", topics.topic, name="topic"),
]
