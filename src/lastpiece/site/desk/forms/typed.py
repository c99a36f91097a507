"""All that stands in the one form of the assess page, so that no button loses what was typed elsewhere on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django import forms

from lastpiece.site.desk.forms.assessing import AddMentionForm, ItemForm, MentionForm
from lastpiece.site.desk.forms.reasons import ReasonForm
from lastpiece.site.desk.records.models import Item, Mention

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def plain(posted: Mapping[str, str]) -> dict[str, str]:
    """Return what was posted with line ends as the desk writes them; browsers send CR and LF."""
    return {name: posted[name].replace("\r\n", "\n") for name in posted}


@dataclass(slots=True)
class Typed:
    """What was typed and is not kept yet, part by part; a part that is missing stands as it is on record.

    `wrong` is the part that was sent and has faults, `refusal` why an action did not happen, `skip` how many proposed
    texts were passed over.
    """

    new_item: ItemForm | None = None
    items: dict[int, ItemForm] = field(default_factory=dict)
    mentions: dict[int, MentionForm] = field(default_factory=dict)
    adding: dict[int, AddMentionForm] = field(default_factory=dict)
    reason: ReasonForm | None = None
    wrong: forms.Form | None = None
    refusal: str = ""
    skip: int = 0

    def anything(self) -> bool:
        """Return whether something was typed that is not kept."""
        return any((self.new_item, self.items, self.mentions, self.adding, self.reason))


def typed_in(
    posted: Mapping[str, str],
    items: Iterable[tuple[Item, Iterable[Mention]]],
    *,
    proposed: Mapping[str, object],
) -> Typed:
    """Return the parts of the page that differ from what stands on record, as they were typed.

    Args:
        posted: All fields of the page's form, line ends made plain.
        items: The report's items with their mentions, as they stand.
        proposed: What the form of the next item was filled with.
    """
    typed = Typed(
        new_item=_carried(ItemForm(posted, initial=dict(proposed), auto_id="new_%s"), posted),
        reason=_carried(ReasonForm(posted, auto_id="aside_%s"), posted),
    )
    for item, mentions in items:
        if rewriting := _carried(ItemForm.of(item, posted), posted):
            typed.items[item.pk] = rewriting
        if adding := _carried(AddMentionForm.to(item.pk, posted), posted):
            typed.adding[item.pk] = adding
        for mention in mentions:
            if deciding := _carried(MentionForm.of(mention, posted), posted):
                typed.mentions[mention.pk] = deciding
    return typed


def _carried(form: AnyForm, posted: Mapping[str, str]) -> AnyForm | None:
    """Return the form filled with what was typed and without faults to show, or None when nothing was."""
    if not any(form.add_prefix(name) in posted for name in form.changed_data):
        return None
    words = {name: form[name].data for name in form.fields if form.add_prefix(name) in posted}
    return form.__class__(initial={**form.initial, **words}, prefix=form.prefix, auto_id=form.auto_id)
