from django.urls import path

from opportunities.views import interests, outcomes, own, public

app_name = "opportunities"

urlpatterns = [
    path("", public.index, name="index"),
    path("mine/", own.mine, name="mine"),
    path("new/", own.new, name="new"),
    path("interest/received/", interests.received, name="received"),
    path("interest/sent/", interests.sent, name="sent"),
    path("interest/<int:pk>/", interests.interest, name="interest"),
    path("outcome/<int:pk>/", outcomes.outcome, name="outcome"),
    path("<int:pk>/", public.detail, name="detail"),
    path("<int:pk>/edit/", own.manage, name="manage"),
    path("<int:pk>/publish/", own.publish, name="publish"),
    path("<int:pk>/renew/", own.renew, name="renew"),
    path("<int:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("<int:pk>/interest/", interests.express, name="express"),
]
