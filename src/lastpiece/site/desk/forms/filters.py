"""Filters that live in the address, so that a list can be shared and come back to."""

from django import forms

from lastpiece.site.desk.records.models import Mention, Report
from lastpiece.site.desk.records.queries.audit import AuditFilter
from lastpiece.site.desk.records.queries.items import ItemFilter
from lastpiece.site.desk.records.queries.reports import ReportFilter
from lastpiece.values.grade import Handling, Information, Source
from lastpiece.values.kinds import KINDS

ANY = ("", "Any")


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **options: object) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        widget.input_type = "date"
        super().__init__(widget=widget, required=False, **options)  # type: ignore[arg-type]  # Django's own options


class ReportFilterForm(forms.Form):
    """Which reports."""

    state = forms.ChoiceField(choices=[ANY, *Report.State.choices], required=False)
    kind = forms.ChoiceField(choices=[ANY, *Report.Kind.choices], required=False)
    channel = forms.ChoiceField(required=False)
    priority = forms.TypedChoiceField(
        choices=[ANY, *Report.Priority.choices], coerce=int, empty_value=None, required=False
    )
    told_from = DayField(label="Told from")
    told_to = DayField(label="Told to")
    mine = forms.BooleanField(label="Only mine", required=False)

    def __init__(self, *args: object, channels: list[str], staff_id: int, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        self.staff_id = staff_id
        self.fields["channel"].choices = [ANY, *((name, name) for name in channels)]  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self) -> ReportFilter:
        """Return the filter; a part that cannot be read leaves everything in."""
        self.is_valid()
        parts = dict(self.cleaned_data)
        parts["mine"] = self.staff_id if parts.get("mine") else None
        return ReportFilter(**parts)


class ItemFilterForm(forms.Form):
    """Which items of information."""

    words = forms.CharField(label="Words or value", required=False, max_length=100)
    source = forms.ChoiceField(choices=[ANY, *((mark.value, mark.value) for mark in Source)], required=False)
    information = forms.ChoiceField(choices=[ANY, *((mark.value, mark.value) for mark in Information)], required=False)
    handling = forms.ChoiceField(choices=[ANY, *((mark.value, mark.value) for mark in Handling)], required=False)
    kind = forms.ChoiceField(label="Mentions a", choices=[ANY, *((kind, kind) for kind in KINDS)], required=False)
    category = forms.ChoiceField(label="Person is", choices=[ANY, *Mention.Category.choices], required=False)
    written_from = DayField(label="Written from")
    written_to = DayField(label="Written to")

    def wanted(self) -> ItemFilter:
        """Return the filter; a part that cannot be read leaves everything in."""
        self.is_valid()
        return ItemFilter(**self.cleaned_data)


class AuditFilterForm(forms.Form):
    """Which audit rows."""

    actor = forms.CharField(label="Who", required=False, max_length=60)
    verb = forms.ChoiceField(label="Did", required=False)
    kind = forms.ChoiceField(label="To a", required=False)
    object_id = forms.CharField(label="Number", required=False, max_length=64)
    from_day = DayField(label="From")
    to_day = DayField(label="To")

    def __init__(self, *args: object, verbs: list[str], kinds: list[str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        self.fields["verb"].choices = [ANY, *((verb, verb) for verb in verbs)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["kind"].choices = [ANY, *((kind, kind) for kind in kinds)]  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self) -> AuditFilter:
        """Return the filter; a part that cannot be read leaves everything in."""
        self.is_valid()
        return AuditFilter(**self.cleaned_data)
