"""A mention: the words of an item that name a person, a phone, a plate, a place and so on."""

from django.db import models

from lastpiece.site.desk.records.models.item import Item


class Mention(models.Model):
    """What the recogniser proposed or a person added; only confirmed and corrected ones are fitted."""

    class State(models.TextChoices):
        """What a person said about it."""

        PROPOSED = "proposed", "Proposed"
        CONFIRMED = "confirmed", "Confirmed"
        CORRECTED = "corrected", "Corrected"
        REFUSED = "refused", "Refused"

    class Category(models.TextChoices):
        """The data-subject category of a person (Data Protection Act 2018, section 38(3)).

        A child who is used by others is a possible victim first, whatever else is said.
        """

        SUSPECT = "suspect", "Suspect"
        CONVICTED = "convicted", "Convicted"
        POSSIBLE_VICTIM = "possible victim", "Possible victim"
        WITNESS = "witness", "Witness"
        OTHER = "other", "Other"

    class Basis(models.TextChoices):
        """Whether it is stated as fact or is somebody's opinion (section 38(2))."""

        FACT = "fact", "Fact"
        OPINION = "opinion", "Opinion"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    """Code-point offsets into the item's sanitised text; `text == item.text[start:end]`."""
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=300, null=True)  # noqa: DJ001 - null: named, but no value can be read from it
    partial = models.BooleanField(default=False)
    confidence = models.FloatField(default=1.0)
    why = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    category = models.CharField(max_length=20, choices=Category.choices, blank=True)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.OPINION)

    class Meta:
        ordering = ("item_id", "start", "id")
        indexes = (models.Index(fields=("kind", "value"), name="mention_value"),)

    def __str__(self) -> str:
        return f"Mention {self.pk}"
