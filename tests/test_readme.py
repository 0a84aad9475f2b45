"""What README shows is what happens."""

import contextlib
import io
import textwrap
from pathlib import Path

from yakugo.formats import tbx
from yakugo.workspace import shipped_glossary

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_example_for_the_library_prints_what_is_shown():
    section = README.split("## From Python")[1].split("`collect` takes texts")[0]
    code, shown = section.split("\n\n       term ")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(textwrap.dedent(code), {})
    lines = [line.split() for line in printed.getvalue().splitlines()]
    assert lines == [line.split() for line in f"term {shown}".strip().splitlines()]


def test_the_shipped_glossary_is_as_large_as_it_says():
    assert f"{len(tbx.read(shipped_glossary()))} concepts" in README
