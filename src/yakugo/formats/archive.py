"""ZIP files with the same bytes for the same parts: no dates, no trace of the system."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP entry can have
_UNIX = 3


def archive(parts: Iterable[tuple[str, bytes]], level: int | None = None) -> bytes:
    """The bytes of a ZIP file of named parts, in the order given.

    `level` is how hard they are compressed, 1 (fast) to 9, None for the usual.
    """
    file = BytesIO()
    with ZipFile(file, "w") as target:
        for name, data in parts:
            entry = ZipInfo(name, _DATE)
            entry.create_system = _UNIX
            target.writestr(entry, data, ZIP_DEFLATED, level)
    return file.getvalue()
