"""What is said of a workbook that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import PasswordError

from yakugo.errors import DocumentError

PROTECTED = "{} is protected with a password; open it in its program and save it without one"
_DAMAGED = "{} is damaged or no workbook ({}); open it in its program and save it again as .xlsx"


@contextmanager
def told_by_name(path: Path) -> Iterator[None]:
    """Whatever a reader raises about a file, as a DocumentError of one line."""
    try:
        yield
    except (DocumentError, OSError, MemoryError):
        raise
    except PasswordError:
        raise DocumentError(PROTECTED.format(path)) from None
    except BaseException as error:
        # calamine, zipfile and lxml have no common base; a panic of calamine's is no Exception.
        if not isinstance(error, Exception) and type(error).__module__ != "pyo3_runtime":
            raise
        reason = (str(error).splitlines() or [type(error).__name__])[0].strip("'\"")
        raise DocumentError(_DAMAGED.format(path, reason)) from error
