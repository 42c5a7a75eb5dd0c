from django.urls import path

from opportunities.views import interests, matches, outcomes, own, public

app_name = "opportunities"

urlpatterns = [
    path("", public.index, name="index"),
    path("mine/", own.mine, name="mine"),
    path("new/", own.new, name="new"),
    path("interest/received/", interests.received, name="received"),
    path("interest/sent/", interests.sent, name="sent"),
    path("interest/<int:pk>/", interests.interest, name="interest"),
    path("matches/<slug:slug>/", matches.of_organisation, name="organisation_matches"),
    path("outcome/<int:pk>/", outcomes.outcome, name="outcome"),
    path("<int:pk>/", public.detail, name="detail"),
    path("<int:pk>/edit/", own.manage, name="manage"),
    path("<int:pk>/publish/", own.publish, name="publish"),
    path("<int:pk>/renew/", own.renew, name="renew"),
    path("<int:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("<int:pk>/matches/", matches.of_opportunity, name="matches"),
    path("<int:pk>/interest/", interests.express, name="express"),
]
