from django.urls import path

from forum.views import cases, feeds, reading, reports, rules, topics, writing

app_name = "forum"

urlpatterns = [
    path("", reading.index, name="index"),
    path("new/", writing.new_topic, name="new"),
    path("preview/", writing.preview, name="preview"),
    path("feed/", feeds.everything, name="feed"),
    path("post/<int:pk>/", reading.post, name="post"),
    path("post/<int:pk>/delete/", writing.delete, name="delete"),
    path("post/<int:pk>/report/", reports.report, name="report"),
    path("moderation/rules/", rules.rules, name="rules"),
    path("moderation/transparency/", rules.report, name="transparency"),
    path("moderation/notice/", reports.notice, name="notice"),
    path("moderation/reports/<uuid:reference>/", cases.report_status, name="report_status"),
    path("moderation/decisions/", cases.own, name="cases"),
    path("moderation/decisions/<uuid:reference>/", cases.decision, name="decision"),
    path("<slug:slug>/", reading.category, name="category"),
    path("<slug:slug>/feed/", feeds.category, name="category_feed"),
    path("<slug:category>/<int:pk>-<slug:slug>/", topics.topic, name="topic"),
]
