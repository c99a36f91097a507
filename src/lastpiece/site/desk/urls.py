"""Every URL of the desk. Each needs a row in `lastpiece.site.desk.permissions`."""

from allauth.account.views import login, logout
from allauth.mfa.base.views import authenticate
from django.urls import path

from lastpiece.site.desk.pages import signing_in, today

urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("sign-in/code/", authenticate, name="mfa_authenticate"),
    path("sign-in/second-factor/", signing_in.enrol, name="mfa_activate_totp"),
    path("sign-out/", logout, name="account_logout"),
    path("", today.today, name="today"),
]

handler403 = "lastpiece.site.desk.pages.faults.refused"
handler404 = "lastpiece.site.desk.pages.faults.not_found"
handler500 = "lastpiece.site.desk.pages.faults.broken"
