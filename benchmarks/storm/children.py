"""Processes of this package: started with the same modules as the parent, read line by line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def start(module: str, *arguments: object) -> subprocess.Popen[str]:
    """Run a module of this package as a program of its own; what it prints can be read."""
    found = [str(Path(__file__).parents[1]), *filter(None, sys.path)]
    return subprocess.Popen(
        [sys.executable, "-m", f"storm.{module}", *map(str, arguments)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(found), "PYTHONUTF8": "1"},
    )


def say(text: str) -> None:
    """Print a line that the parent reads, even if this is the last that the process does."""
    print(text, flush=True)


def place_of(text: str) -> Path | str:
    """Where a termbase is, as a program gets it: a URL or a path."""
    return text if "://" in text else Path(text)
