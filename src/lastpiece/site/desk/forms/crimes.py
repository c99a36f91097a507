"""Which crimes to show: filters that stand in the address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms

from lastpiece.site.desk.area_map import Counted

ANY_MONTH = ("", "All months")
ANY_TYPE = ("", "All types")

SORTS: Mapping[str, Callable[[Counted], tuple[object, ...]]] = {
    "most": lambda area: (-area.count, area.name),
    "fewest": lambda area: (area.count, area.name),
    "name": lambda area: (area.name,),
}
DEFAULT_SORT = "most"


@dataclass(frozen=True, slots=True)
class CrimeFilter:
    """What to show; None and an empty type mean everything."""

    month: date | None
    crime_type: str
    sort: str


class CrimeFilterForm(forms.Form):
    """A month, a type, and how the table is sorted. What cannot be read leaves everything in."""

    month = forms.ChoiceField(required=False)
    type = forms.ChoiceField(label="Type of crime", required=False)
    sort = forms.ChoiceField(choices=[(sort, sort) for sort in SORTS], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, months: Sequence[date], types: Sequence[str]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own arguments
        by_month = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
        self.fields["month"].choices = [ANY_MONTH, *by_month]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["type"].choices = [ANY_TYPE, *((name, name) for name in types)]  # type: ignore[attr-defined]  # a ChoiceField

    def wanted(self) -> CrimeFilter:
        """Return the filter."""
        self.is_valid()
        month = self.cleaned_data.get("month")
        return CrimeFilter(
            date.fromisoformat(f"{month}-01") if month else None,
            self.cleaned_data.get("type", ""),
            self.cleaned_data.get("sort") or DEFAULT_SORT,
        )

    def query_without_sort(self) -> str:
        """Return the address's query without the order, for the links that change it."""
        kept = {name: self.cleaned_data.get(name) for name in ("month", "type")}
        return urlencode({name: value for name, value in kept.items() if value})
