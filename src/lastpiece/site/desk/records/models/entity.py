"""The picture as it stands: things, and the pieces that are each thing.

Both tables follow from the confirmed mentions and the judgements by `lastpiece.fit.picture.assemble`; they are kept
so that a page need not assemble the county. Nothing is written into them that assembling again would not give.
"""

from django.db import models

from lastpiece.site.desk.records.models.item import Item
from lastpiece.site.desk.records.models.mention import Mention


class Entity(models.Model):
    """One thing, numbered by its lowest piece, so that its number stays when later pieces join it."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "entities"
        indexes = (models.Index(fields=("kind", "label"), name="entity_label"),)

    def __str__(self) -> str:
        return f"Entity {self.pk}"


class Piece(models.Model):
    """One confirmed mention in the picture, with the columns that fitting looks it up by."""

    mention = models.OneToOneField(Mention, on_delete=models.PROTECT, primary_key=True, related_name="piece")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="pieces")
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="pieces")
    """None for what is said of a thing and is no thing itself: a drug, a weapon, a sum, a time."""
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=300)
    partial = models.BooleanField(default=False)
    source = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=("kind", "value", "source"), name="piece_value"),)

    def __str__(self) -> str:
        return f"Piece {self.pk}"
