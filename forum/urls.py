from django.urls import path

from forum.views import feeds, reading, topics, writing

app_name = "forum"

urlpatterns = [
    path("", reading.index, name="index"),
    path("new/", writing.new_topic, name="new"),
    path("preview/", writing.preview, name="preview"),
    path("feed/", feeds.everything, name="feed"),
    path("post/<int:pk>/", reading.post, name="post"),
    path("post/<int:pk>/delete/", writing.delete, name="delete"),
    path("<slug:slug>/", reading.category, name="category"),
    path("<slug:slug>/feed/", feeds.category, name="category_feed"),
    path("<slug:category>/<int:pk>-<slug:slug>/", topics.topic, name="topic"),
]
