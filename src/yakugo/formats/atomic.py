"""A file is written whole or not at all: beside its place first, then put there in one step."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yakugo.errors import WorkspaceError

_REMEDIES = {
    errno.ENOSPC: "free some space and write again",
    errno.EDQUOT: "free some space and write again",
    errno.ENOENT: "create the folder first",
    errno.EISDIR: "a folder has this name; choose another name",
}
_OTHER_REMEDY = "choose a folder that you may write to"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a new path in the folder of `path`; when the block ends well, move it to `path`.

    The new path has the suffix of `path` and does not exist yet. If anything fails, what was
    there before stays and the new file is removed. An OSError in the block becomes a
    WorkspaceError that names `path`; other exceptions pass as they are.
    """
    place = Path(os.path.realpath(path))  # a link stays a link to what it points at
    # Short and random: as long as no other name in the folder, never one that somebody uses.
    temporary = place.with_name(f".{secrets.token_hex(8)}{place.suffix}")
    try:
        try:
            yield temporary
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = _REMEDIES.get(error.errno or 0, _OTHER_REMEDY)
        raise WorkspaceError(f"cannot write {path}: {reason}; {remedy}") from error
