"""The file list is the pipeline: a module imports only from those above it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "yakugo"
README = (ROOT / "README.md").read_text(encoding="utf-8")
ORDER = re.findall(r"(\w+)(?:\.py|/)(?= )", README.split("## The house")[1].split("## Licence")[0])
MODULES = sorted(SOURCE.rglob("*.py"))


def stage(path):
    """The name by which README lists a module: its folder's, if it has one."""
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def test_readme_lists_every_module():
    assert set(ORDER) == {stage(path) for path in MODULES} - {"__init__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_from_those_above_it(path):
    if stage(path) == "__init__":
        return
    text = path.read_text(encoding="utf-8")
    imported = set(re.findall(r"(?m)^\s*from yakugo\.(\w+)", text))
    for names in re.findall(r"(?m)^\s*from yakugo import ([\w, ]+)", text):
        imported |= {name.strip() for name in names.split(",")} - {"__version__"}
    above = ORDER[: ORDER.index(stage(path)) + 1]
    assert imported <= set(above)
