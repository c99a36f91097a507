"""Forms for accounts."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from lastpiece.site.desk.records.models import Role

ROLE_MEANINGS = {
    Role.INTAKE_ASSESSOR: "opens originals one at a time, writes items of information, drafts answers",
    Role.SAFEGUARDING_LEAD: "releases what is said to tellers who may be children",
    Role.SAFEGUARDING_LEAD: "answers alerts of harm to children, releases what is said to a child",
    Role.CALL_TAKER: "records what somebody tells by phone or in person; cannot read a report afterwards",
    Role.ANALYST: "works with items and the picture; never sees an original",
    Role.PUBLISHER: "releases answers, results and what the public page says",
    Role.AUDITOR: "reads the log and changes nothing",
    Role.ADMINISTRATOR: "looks after accounts; sees no report",
}


class RoleForm(forms.Form):
    """A role."""

    role = forms.TypedChoiceField(
        choices=[(role.value, f"{role.label}: {ROLE_MEANINGS[role]}") for role in Role],
        coerce=Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the person may do."},
    )


class FirstPasswordForm(forms.Form):
    """A password that the person changes at the next sign-in."""

    password = forms.CharField(
        label="First password",
        min_length=12,
        max_length=200,
        help_text="At least 12 characters. Give it to the person by another way than e-mail; they change it at once.",
        widget=forms.PasswordInput,
    )

    def clean_password(self) -> str:
        """Return the password, if it is not one that is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AddStaffForm(RoleForm, FirstPasswordForm):
    """A new account."""

    username = forms.SlugField(max_length=60, help_text="Letters, digits, hyphens; to sign in with.")
    name = forms.CharField(max_length=120, help_text="As colleagues know the person.")
    email = forms.EmailField(label="Work e-mail address")
    field_order = ("name", "username", "email", "role", "password")
