"""The settings of a workspace: the file yakugo.toml in its folder, which need not be there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yakugo.errors import WorkspaceError

FILE = "yakugo.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a workspace has set.

    `database` is the URL of the termbase, "" for the SQLite file in the workspace. With
    `two_person` whoever proposes a concept cannot approve it.
    """

    database: str = ""
    two_person: bool = False


_KEYS: dict[tuple[str, ...], tuple[str, type]] = {
    ("database",): ("database", str),
    ("review", "two_person"): ("two_person", bool),
}


def read(folder: Path) -> Settings:
    """The settings of the workspace in a folder.

    WorkspaceError for a file that is no TOML, and for what it sets that is not known.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"cannot read {path}: {error}; save it as UTF-8 text") from error
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(f"{path}: {error}; see https://toml.io for the form") from error
    found: dict[str, Any] = {}
    for key, value in _flat(given):
        dotted = ".".join(key)
        if key not in _KEYS:
            known = ", ".join(".".join(one) for one in _KEYS)
            raise WorkspaceError(f"{path}: {dotted} is no setting; known are {known}")
        name, kind = _KEYS[key]
        if not isinstance(value, kind):
            meant = "true or false" if kind is bool else 'a text in "quotes"'
            raise WorkspaceError(f"{path}: {dotted} must be {meant}, not {value!r}")
        found[name] = value
    return Settings(**found)


def _flat(table: dict[str, Any], above: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    return [
        item
        for key, value in table.items()
        for item in (
            _flat(value, (*above, key)) if isinstance(value, dict) else [((*above, key), value)]
        )
    ]
