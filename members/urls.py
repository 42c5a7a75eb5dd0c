from django.urls import path

from members.views import contacts, joining, people, privacy, profile, security
from members.views.visibility import visibility

app_name = "members"

urlpatterns = [
    path("profile/", profile, name="profile"),
    path("joining/", joining, name="joining"),
    path("visibility/", visibility, name="visibility"),
    path("contacts/", contacts.overview, name="contacts"),
    path("contacts/<int:pk>/", contacts.detail, name="contact"),
    path("security/", security.overview, name="security"),
    path("security/end/", security.end_others, name="end_other_sessions"),
    path("security/end/<int:pk>/", security.end_session, name="end_session"),
    path("<int:pk>/", people.person, name="person"),
    path("<int:pk>/contact/", people.ask, name="ask"),
    path("<int:pk>/block/", contacts.block, name="block"),
    path("<int:pk>/unblock/", contacts.unblock, name="unblock"),
    path("contacts/mail/", contacts.mail, name="contact_mail"),
    path("privacy-notice/", privacy.notice, name="privacy_notice"),
    path("privacy/", privacy.overview, name="privacy"),
    path("privacy/agree/", privacy.agree, name="agree"),
    path("privacy/copy/", privacy.ask_for_copy, name="ask_for_copy"),
    path("privacy/copy/<uuid:pk>/", privacy.fetch_copy, name="fetch_copy"),
    path("privacy/leave/", privacy.leave, name="leave"),
    path("privacy/stay/", privacy.stay, name="stay"),
]
