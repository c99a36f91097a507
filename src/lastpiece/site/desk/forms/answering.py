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
        self.slots = {f"slot_{name}": name for name in (*template.slots, *template.choices)}
        for name, hint in template.slots.items():
            self.fields[f"slot_{name}"] = forms.CharField(
                label=hint[:1].upper() + hint[1:],
                max_length=60,
                help_text="Copy them exactly from the report.",
                error_messages={"required": "Copy the teller's own words."},
            )
        for name, offered in template.choices.items():
            self.fields[f"slot_{name}"] = forms.ChoiceField(
                label="What was done",
                choices=[("", "Choose"), *((key, text[:1].upper() + text[1:]) for key, text in offered.items())],
                error_messages={"required": "Choose what was done.", "invalid_choice": "Choose one from the list."},
            )
        self.order_fields([*self.slots, "why"])

    def filled(self) -> dict[str, str]:
        """Return the slots as the template names them."""
        return {name: self.cleaned_data[field] for field, name in self.slots.items()}
