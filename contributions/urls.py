from django.urls import path

from contributions.views import files, own, steps

app_name = "contributions"
urlpatterns = [
    path("", own.mine, name="mine"),
    path("new/<slug:kind>/", steps.begin, name="new"),
    path("<uuid:key>/", own.contribution, name="contribution"),
    path("<uuid:key>/preview/", files.preview, name="preview"),
    path("<uuid:key>/picture/<uuid:picture>/", files.picture, name="picture"),
    path("<uuid:key>/withdraw/", own.withdraw, name="withdraw"),
    path("<uuid:key>/delete/", own.discard, name="discard"),
    path("<uuid:key>/about/", steps.about, name="about"),
    path("<uuid:key>/story/", steps.story, name="story"),
    path("<uuid:key>/facts/", steps.facts, name="facts"),
    path("<uuid:key>/pictures/", steps.pictures, name="pictures"),
    path("<uuid:key>/send/", steps.send, name="send"),
]
