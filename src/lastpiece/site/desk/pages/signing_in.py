"""Enrolling a second factor at the first sign-in, and telling the audit who comes and goes."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.signing_in import note_enrolment, note_failure, note_sign_in, note_sign_out
from lastpiece.site.desk.records.models import Staff
from lastpiece.site.desk.signing_in import username_to_lock


def now_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)  # noqa: TID251 - a page reads the clock


class EnrolView(ActivateTOTPView):
    """Ties an authenticator app to the account; the code typed here counts for this session."""

    did_generate_recovery_codes = False

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Turn away whoever has a second factor already."""
        if is_mfa_enabled(request.user):
            return HttpResponseRedirect(reverse("today"))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Form) -> HttpResponse:
        """Keep the second factor and count its code as given."""
        answer: HttpResponse = super().form_valid(form)
        factor = Authenticator.objects.get(user_id=self.request.user.pk, type=Authenticator.Type.TOTP)
        record_authentication(self.request, self.request.user, "mfa", id=factor.pk, type=factor.type)
        note_enrolment(Actor.of(self.request.user), now=now_utc())
        return answer

    def get_success_url(self) -> str:
        """Lead to the desk."""
        return reverse("today")


enrol = EnrolView.as_view()


@receiver(user_logged_in)
def on_sign_in(user: Staff, **_: Any) -> None:  # noqa: ANN401 - the signal's other arguments
    """Write the sign-in into the audit."""
    note_sign_in(Actor.of(user), now=now_utc())


@receiver(user_logged_out)
def on_sign_out(user: Staff | None, **_: Any) -> None:  # noqa: ANN401 - the signal's other arguments
    """Write the sign-out into the audit."""
    if user is not None:
        note_sign_out(Actor.of(user), now=now_utc())


@receiver(user_login_failed)
def on_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:  # noqa: ANN401 - the signal's other arguments
    """Write the failed sign-in into the audit."""
    note_failure(Actor.job("sign-in"), username_to_lock(request, credentials), now=now_utc())
