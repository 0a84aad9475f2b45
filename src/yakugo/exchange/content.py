"""What the cells of a column are: Japanese, kana only, English, sentences, ids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from yakugo.bitext.columns import WORD
from yakugo.bitext.sides import holds_japanese, holds_latin, letters
from yakugo.exchange.cells import part_of_speech_of, usage_of
from yakugo.exchange.fields import Field
from yakugo.exchange.headers import LANGUAGE
from yakugo.model import ENGLISH, JAPANESE

MOST = 0.5  # share of a column's cells that makes it Japanese or English
NEARLY_ALL = 0.8
_KANA = re.compile(r"[ぁ-ゖァ-ヺｦ-ﾟー゛゜・･\s‐-―（）()-]+")
_ROMAJI = re.compile(
    r"(?:(?:[kgsztdnhbpmyrwjf]|ky|gy|sh?y?|ts|ch|j|ny|hy|by|py|my|ry|kk|ss|tt|pp)?[aiueoāīūēōâîûêô]"
    r"|n(?![aiueoāīūēō])|m(?=[bmp])|['’ \-])+",
    re.IGNORECASE,
)
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:#\d+)?")
_LONG_JAPANESE = 20  # kana and kanji: hardly a term has more, a definition has
_LONG_ENGLISH = 8  # words


@dataclass(frozen=True, slots=True)
class Content:
    """The cells of a column that are not empty, and which share of them is of a kind."""

    texts: tuple[str, ...]
    japanese: float
    kana: float
    english: float
    sentences: float
    distinct: float

    @classmethod
    def of(cls, cells: Iterable[str]) -> Content:
        """The content of a column that has these cells."""
        texts = tuple(cell for cell in cells if cell)
        count = len(texts) or 1
        japanese = sum(map(holds_japanese, texts))
        english = sum(not holds_japanese(t) and WORD.search(t) is not None for t in texts)
        romaji = sum(_ROMAJI.fullmatch(text) is not None for text in texts)
        if romaji > 2 and romaji >= NEARLY_ALL * count:
            english = 0
        return cls(
            texts,
            japanese / count,
            sum(_KANA.fullmatch(text) is not None for text in texts) / count,
            english / count,
            sum(map(_is_sentence, texts)) / count,
            len(set(texts)) / count if len(texts) > 3 else 1.0,
        )

    def fits(self, field: Field) -> bool:
        """Whether it can be what a name that leaves it open may mean; an empty one can be all."""
        if not self.texts:
            return True
        language = LANGUAGE.get(field)
        if language == JAPANESE:
            return self.japanese >= MOST
        if language == ENGLISH:
            latin = sum(holds_latin(t) and not holds_japanese(t) for t in self.texts)
            return latin >= MOST * len(self.texts)
        if field is Field.ID:
            return sum(_ID.fullmatch(t) is not None for t in self.texts) >= MOST * len(self.texts)
        if field in (Field.STATUS, Field.PART_OF_SPEECH):
            return any(_is_known(text, field) for text in self.texts)
        return True


def _is_sentence(text: str) -> bool:
    if japanese := letters(text)[0]:
        return "。" in text or japanese > _LONG_JAPANESE
    words = len(text.split())
    return words >= _LONG_ENGLISH or (words > 3 and text.endswith("."))


def _is_known(text: str, field: Field) -> bool:
    try:
        return bool((usage_of if field is Field.STATUS else part_of_speech_of)(text))
    except ValueError:
        return False
