"""What came in: bytes, the documents they are captures of, and what was read from each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from closeout.reading.model import Medium
from closeout.web.recommendations.models.rules import choices, known_value, whole_date


class Blob(models.Model):
    """Bytes kept once under their hash, in the store itself so that it is one file."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Document(models.Model):
    """One source over time: a page at an address, or a file at a path."""

    origin = models.CharField(max_length=500, unique=True)
    family = models.CharField(max_length=60, blank=True)
    title = models.TextField(blank=True)

    class Meta:
        ordering = ("origin",)

    def __str__(self) -> str:
        return self.title or self.origin

    @property
    def name(self) -> str:
        """Return the last part of the origin: what a person calls the file."""
        return self.origin.rstrip("/").rsplit("/", 1)[-1]


class Capture(models.Model):
    """One version of a document's bytes and everything read from them.

    `declared_total` is how many recommendations the document says it holds and `shown` how many
    were read; `is_complete` is null when it declares nothing. `reading` is the whole reading
    (`reading.serial`) without the text, which stands in `text`.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="captures")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="captures")
    got_at = models.DateTimeField()
    as_of_edtf = models.CharField(max_length=40, blank=True)
    as_of_earliest = models.DateField(null=True, blank=True)
    as_of_latest = models.DateField(null=True, blank=True)
    medium = models.CharField(max_length=10, choices=choices(Medium))
    family = models.CharField(max_length=60)
    title = models.TextField(blank=True)
    issuer = models.CharField(max_length=120, blank=True)
    report_number = models.CharField(max_length=80, blank=True)
    report_date_edtf = models.CharField(max_length=40, blank=True)
    report_date_earliest = models.DateField(null=True, blank=True)
    report_date_latest = models.DateField(null=True, blank=True)
    declared_total = models.PositiveIntegerField(null=True, blank=True)
    shown = models.PositiveIntegerField(default=0)
    is_complete = models.BooleanField(null=True, blank=True)
    is_secondary = models.BooleanField(default=False)
    is_fatal = models.BooleanField(default=False, help_text="nothing could be read")
    is_newest = models.BooleanField(default=False, help_text="no later capture of its document is kept")
    is_joined = models.BooleanField(default=False, help_text="its records stand in the register")
    extractor_version = models.CharField(max_length=20)
    problems = models.JSONField(default=list, blank=True)
    pages = models.JSONField(default=list, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("document", "got_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["document", "blob"], name="capture_bytes_once_in_document"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(is_newest=True), name="capture_newest_once_in_document"
            ),
            known_value("capture", "medium", Medium),
            whole_date("capture", "as_of"),
            whole_date("capture", "report_date"),
            models.CheckConstraint(
                condition=Q(is_complete__isnull=True)
                | Q(is_complete=False)
                | Q(declared_total__isnull=False),
                name="capture_complete_only_against_a_declared_total",
            ),
        )
        indexes = (
            models.Index(fields=["report_number"], name="capture_report_number"),
            models.Index(
                fields=["document"], condition=Q(is_complete=False, is_newest=True), name="capture_incomplete"
            ),
            models.Index(fields=["id"], condition=Q(is_joined=False), name="capture_to_join"),
        )

    def __str__(self) -> str:
        return f"{self.document} ({self.got_at:%Y-%m-%d})"

    def page_of(self, offset: int | None) -> int | None:
        """Return the number of the page a character stands on, or None where none is known."""
        if offset is None:
            return None
        return next((int(number) for number, start, end in self.pages if start <= offset < end), None)


class JoinKey(models.Model):
    """A key by which a capture can join others (`reading.joining.join_keys`)."""

    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="join_keys")
    key = models.CharField(max_length=140, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["capture", "key"], name="joinkey_once_in_capture"),)

    def __str__(self) -> str:
        return self.key


class SupersededReading(models.Model):
    """What an older extractor had read from a capture, kept when a newer one read it again."""

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="superseded_readings")
    extractor_version = models.CharField(max_length=20)
    reading = models.JSONField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ("capture", "replaced_at")

    def __str__(self) -> str:
        return f"{self.capture}, extractor {self.extractor_version}"
