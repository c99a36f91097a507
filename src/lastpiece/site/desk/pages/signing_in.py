"""Enrolling a second factor at the first sign-in."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse


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
        return answer

    def get_success_url(self) -> str:
        """Lead to the desk."""
        return reverse("today")


enrol = EnrolView.as_view()
