import os
import subprocess
import sys
from pathlib import Path

import pytest

from yakugo.bitext import pairs
from yakugo.errors import DocumentError
from yakugo.model import SentencePair

TMX = """<tmx version="1.4"><body><tu>
<tuv xml:lang="ja"><seg>核の傘は有効だ。</seg></tuv>
<tuv xml:lang="en"><seg>The nuclear umbrella works.</seg></tuv>
</tu></body></tmx>"""
XLIFF = """<xliff version="1.2"><file source-language="en" target-language="ja"><body>
<trans-unit id="7"><source>The nuclear umbrella works.</source>
<target>核の傘は有効だ。</target></trans-unit></body></file></xliff>"""


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("memory.tmx", TMX, "unit 1"),
        ("essay.xlf", XLIFF, "unit 1 (id 7)"),
        ("table.tsv", "核の傘は有効だ。\tThe nuclear umbrella works.\n", "line 1"),
        ("table.csv", 'English,日本語\n"The nuclear umbrella works.",核の傘は有効だ。', "line 2"),
    ],
)
def test_past_work_of_any_kind_gives_pairs(tmp_path, name, content, place):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    pair = SentencePair("核の傘は有効だ。", "The nuclear umbrella works.", place)
    assert list(pairs(path)) == [pair]
    assert list(pairs(str(path))) == [pair]


def test_two_texts_give_pairs_whichever_comes_first(tmp_path):
    japanese, english = tmp_path / "essay.ja", tmp_path / "essay.en"
    japanese.write_text("核の傘は有効だ。\n", encoding="utf-8")
    english.write_text("The nuclear umbrella works.\n", encoding="utf-8")
    pair = SentencePair("核の傘は有効だ。", "The nuclear umbrella works.", "line 1")
    assert list(pairs(japanese, english)) == [pair]
    assert list(pairs(str(english), str(japanese))) == [pair]


def test_a_memory_needs_no_second_text(tmp_path):
    memory, english = tmp_path / "memory.tmx", tmp_path / "english.txt"
    memory.write_text(TMX, encoding="utf-8")
    english.write_text("The nuclear umbrella works.\n")
    for paths in ((memory, english), (english, memory)):
        with pytest.raises(DocumentError, match=r"memory\.tmx is no plain text"):
            pairs(*paths)


def test_a_file_that_is_missing_or_a_folder_is_told_by_the_call(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("核の傘\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"none\.tmx: no such file; check the name"):
        pairs(tmp_path / "none.tmx")
    with pytest.raises(DocumentError, match=r"none\.txt: no such file"):
        pairs(text, tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="is a folder"):
        pairs(tmp_path)
    with pytest.raises(DocumentError, match="is a folder"):
        pairs(text, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read_is_told(tmp_path):
    path = tmp_path / "secret.tmx"
    path.write_text(TMX, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(DocumentError, match="cannot be read: Permission denied"):
        pairs(path)


def test_a_file_that_is_taken_away_before_it_is_read_is_told(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, encoding="utf-8")
    found = pairs(path)
    path.unlink()
    with pytest.raises(DocumentError, match=r"memory\.tmx: no such file"):
        list(found)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("memory.tmx", TMX.replace("核の傘は有効だ。", "")),
        ("essay.xlf", XLIFF.replace("核の傘は有効だ。", "The nuclear umbrella works.")),
        ("table.tsv", "Japanese\tEnglish\n核の傘\t\n\tumbrella\n"),
    ],
)
def test_a_file_without_one_pair_is_told(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError, match="holds no Japanese sentence with its English") as error:
        list(pairs(path))
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    "ending", ["tmx", "xlf", "mqxliff", "xml", "xlsx", "csv", "tsv", "txt", "x"]
)
@pytest.mark.parametrize(
    "rubbish",
    [
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(99),
        b"\xff\xfe\xfd" * 99,
        b"PK\x03\x04" + b"\xab" * 99,
        b"<" * 99,
        b"\xd0\xcf\x11\xe0" * 9,
        "核の傘".encode("cp932") + b"\xff\xff",
    ],
)
def test_rubbish_is_refused_in_one_line(tmp_path, ending, rubbish):
    path = tmp_path / f"file.{ending}"
    path.write_bytes(rubbish)
    with pytest.raises(DocumentError) as error:
        list(pairs(path))
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


# The most memory that the program itself ever had: ru_maxrss begins with its parent's.
MEASURE = """
import re, sys
from pathlib import Path
from yakugo.bitext import pairs

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

found = pairs(sys.argv[1])
next(found)
before = peak()
print(1 + sum(1 for _ in found), peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux only")
@pytest.mark.parametrize("kind", ["tmx", "xlf", "tsv"])
def test_memory_does_not_grow_with_the_file(tmp_path, kind):
    begin, unit, end = {
        "tmx": (
            "<tmx><body>",
            "<tu><tuv xml:lang='ja'><seg>第{0}条は核の傘を扱う。</seg></tuv>"
            "<tuv xml:lang='en'><seg>Article {0} is on the umbrella.</seg></tuv></tu>",
            "</body></tmx>",
        ),
        "xlf": (
            "<xliff version='1.2'><file source-language='ja' target-language='en'><body>",
            "<group><trans-unit id='{0}'><source>第{0}条は核の傘を扱う。</source>"
            "<target>Article {0} is on the umbrella.</target></trans-unit></group>",
            "</body></file></xliff>",
        ),
        "tsv": ("", "第{0}条は核の傘を扱う。\tArticle {0} is on the umbrella.", ""),
    }[kind]
    path = tmp_path / f"memory.{kind}"
    with path.open("w", encoding="utf-8") as file:
        file.write(begin)
        file.writelines(unit.format(number) + "\n" for number in range(100_000))
        file.write(end)
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True
    )
    count, kibibytes = map(int, run.stdout.split())
    assert count == 100_000
    assert kibibytes * 1024 < path.stat().st_size / 2
