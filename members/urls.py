from django.urls import path

from members.views import joining, privacy, profile

app_name = "members"

urlpatterns = [
    path("profile/", profile, name="profile"),
    path("joining/", joining, name="joining"),
    path("privacy-notice/", privacy.notice, name="privacy_notice"),
    path("privacy/", privacy.overview, name="privacy"),
    path("privacy/agree/", privacy.agree, name="agree"),
    path("privacy/copy/", privacy.ask_for_copy, name="ask_for_copy"),
    path("privacy/copy/<uuid:pk>/", privacy.fetch_copy, name="fetch_copy"),
    path("privacy/leave/", privacy.leave, name="leave"),
    path("privacy/stay/", privacy.stay, name="stay"),
]
