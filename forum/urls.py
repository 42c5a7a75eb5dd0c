from django.urls import path

from forum.views import (
    attachments,
    drafting,
    editing,
    feeds,
    mentions,
    preferences,
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
    path("post/<int:pk>/", reading.post, name="post"),
    path("post/<int:pk>/delete/", writing.delete, name="delete"),
    path("post/<int:pk>/edit/", editing.edit, name="edit"),
    path("post/<int:pk>/history/", editing.history, name="history"),
    path("post/attachment/<uuid:pk>/", attachments.attachment, name="attachment"),
    path("post/drafts/", drafting.drafts, name="drafts"),
    path("post/drafts/save/", drafting.save, name="save_draft"),
    path("post/drafts/<int:pk>/discard/", drafting.discard, name="discard_draft"),
    path("post/members/", mentions.find, name="find_members"),
    path("post/preferences/", preferences.preferences, name="preferences"),
    path("<slug:slug>/", reading.category, name="category"),
    path("<slug:slug>/feed/", feeds.category, name="category_feed"),
    path("<slug:category>/<int:pk>-<slug:slug>/", topics.topic, name="topic"),
]
