"""Files that came with reports: enciphered a chunk at a time, and never readable in a table.

Each file has a key of its own. Until a report names the file, the key is wrapped by the desk's storage key; from then
on it stands only in `Attachment.sealed`, under the report's data key. Deleting a report's data key deletes its files.
"""

from django.db import models

from lastpiece.site.desk.records.models.report import Report


class StoredFile(models.Model):
    """A file of which at least a chunk, or a report that names it, has arrived."""

    file_id = models.BinaryField(unique=True)
    wrapped = models.BinaryField(null=True)
    """Its key under the storage key; empty once a report has named it."""
    received_on = models.DateField()

    def __str__(self) -> str:
        return f"File {self.pk}"


class FileChunk(models.Model):
    """One enciphered chunk."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="chunks")
    place = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("file", "place"), name="one_chunk_a_place"),)

    def __str__(self) -> str:
        return f"Chunk {self.place} of file {self.file_id}"


class Attachment(models.Model):
    """A file as a report names it. The name, the digest and the file's key are in `sealed`."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    chunks = models.PositiveSmallIntegerField()
    use_place = models.BooleanField(default=False)
    """The teller's own word that the place in a photo may be read."""
    sealed = models.BinaryField()

    class Meta:
        ordering = ("report", "number")
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="one_file_a_number"),
            models.UniqueConstraint(fields=("report", "file"), name="a_file_once_a_report"),
        )

    def __str__(self) -> str:
        return f"File {self.number} of report {self.report_id}"
