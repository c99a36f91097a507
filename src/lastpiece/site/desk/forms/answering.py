"""The form of an answer: the reason, and a slot for each gap of its template."""

from django import forms

from lastpiece.assess.questions import Template


class AnswerForm(forms.Form):
    """One template's slots and why it is sent."""

    why = forms.CharField(
        label="Why this is necessary and proportionate",
        max_length=300,
        error_messages={"required": "Write why. It is kept with the message."},
    )

    def __init__(self, *args: object, template: Template, **options: object) -> None:
        options["auto_id"] = f"{template.id}_%s"
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        self.slots = {f"slot_{name}": name for name in template.slots}
        for name, hint in template.slots.items():
            self.fields[f"slot_{name}"] = forms.CharField(
                label=hint[:1].upper() + hint[1:],
                max_length=60,
                help_text="Copy them exactly from the report.",
                error_messages={"required": "Copy the teller's own words."},
            )
        self.order_fields([*self.slots, "why"])

    def filled(self) -> dict[str, str]:
        """Return the slots as the template names them."""
        return {name: self.cleaned_data[field] for field, name in self.slots.items()}
