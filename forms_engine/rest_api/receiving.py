"""Takes the file of a multipart request piece by piece, as Django's parser finds it, into the spool of its upload."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from forms_engine.uploads.base import UploadRefused, megabytes
from forms_engine.uploads.spool import SealedSpool


class SpoolHandler(FileUploadHandler):
    """The first file named `file` is taken, others are skipped. Raises UploadRefused as soon as it is too large."""

    def __init__(self, spool: SealedSpool, *, limit: int) -> None:
        super().__init__()
        self.spool, self.limit = spool, limit
        self.has_begun = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name != "file" or self.has_begun:
            raise SkipFile
        self.has_begun = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.spool.write(raw_data)
        if self.spool.size > self.limit:
            raise UploadRefused("too_large", limit=megabytes(self.limit))

    def file_complete(self, file_size: int) -> UploadedFile:
        return UploadedFile(name=self.file_name, content_type=self.content_type, size=file_size)
