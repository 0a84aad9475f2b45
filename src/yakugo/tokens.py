"""The Sudachi pass: sentence → tokens → runs, the spans that terms are cut from.

Each token gets a one-letter class, so that a sentence is also a string of classes and what
belongs together is found by regular expressions over it:

    N common noun      V verbal noun (サ変)   P other proper noun   G place     H person
    Q numeral          C counter              X prefix              S noun suffix
    T 的               L Latin letters        - joint inside a name (・ or hyphen)
    A adverbial noun   W space                ( ) brackets
    B a noun that bounds a term (nonterms.tsv, rule `cut`)           . anything else
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from sudachipy import Dictionary, Morpheme, SplitMode, Tokenizer

from yakugo import lexicon
from yakugo.kana import reading_of
from yakugo.nonterms import words

# Sudachi refuses longer input; a piece is cut well before, at the last mark that is not inside
# a word, so that nothing is lost.
MAX_BYTES = 45_000
_MAX_CHARS = MAX_BYTES // 4
_SAFE_CUT = re.compile(r"[、，,。．\s）」)]")

_FIELDS = {"pos", "reading_form", "normalized_form"}  # fewer fields change the segmentation

_CLASS_BY_POS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("名詞", "固有名詞", "人名"), "H"),
    (("名詞", "固有名詞", "地名"), "G"),
    (("名詞", "固有名詞"), "P"),
    (("名詞", "数詞"), "Q"),
    (("名詞", "普通名詞", "サ変可能"), "V"),
    (("名詞", "普通名詞", "サ変形状詞可能"), "V"),
    (("名詞", "普通名詞", "副詞可能"), "A"),
    (("名詞", "普通名詞", "助数詞可能"), "C"),
    (("名詞", "普通名詞"), "N"),
    (("形状詞", "一般"), "N"),
    (("接頭辞",), "X"),
    (("接尾辞", "名詞的", "助数詞"), "C"),
    (("接尾辞", "名詞的"), "S"),
    (("接尾辞", "形状詞的"), "T"),
    (("補助記号", "括弧開"), "("),
    (("補助記号", "括弧閉"), ")"),
    (("空白",), "W"),
    (("補助記号", "一般"), "・"),
    (("記号", "文字"), "L"),
)

_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ0-9０-９.]*")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_KANJI_NUMERAL = re.compile(r"[一二三四五六七八九十〇両]+")
_COUNTRIES = re.compile(r"[日米英仏独伊露ロ中韓朝印豪加欧ソ台越]{2,}")
JOINTS = frozenset(" ・･-‐‑－=＝/／")  # what joins the parts of one name; a space in Latin ones

# A numeral is part of a term when it counts what makes the concept (二|重|鍵, 三|本|柱, 五|大国,
# 二|国|間|協議, 第|二|撃), when it numbers a thing (第|7|艦隊, 12|式|地|対艦|誘導|弾), and behind
# the name of what has a number (火星|19|型, ウラン|二三五). What is only counted has a
# counter behind it: 290|発.
_COUNTED_INSIDE = re.compile("重|次|元|国|段階|本|大国|大|極|者|正面|撃|軍|分|層|原則")
_NUMBERED = re.compile("式|等|次|元|者|極|段階|正面|大国|国|[カか]国|ミリ|mm|インチ")
_SERIES = re.compile("型|号|式")
_FEW = re.compile("[二三四五六七八九]")

_UNREAD = ("補助記号", "空白")  # spaces and marks: Sudachi reads them キゴウ


class Token(NamedTuple):
    """A Sudachi morpheme: `text[start:end]` is its surface; `pos` has six parts, "*" when empty."""

    surface: str
    start: int
    end: int
    pos: tuple[str, ...]
    reading: str
    normalized: str


# A distinct run: its classes and then its pieces, in one string, which is cheap to look up and
# to send. Runs that are equal in all of these are counted together.
Form = str
SEPARATOR = "\x1f"  # no text holds it: documents.py drops control characters


def form_of(pieces: Iterable[str], classes: str) -> Form:
    """The form of a run with these pieces and classes."""
    return SEPARATOR.join((classes, *pieces))


def classes_of(form: Form) -> str:
    """The classes of a form, one letter for each piece."""
    return form.partition(SEPARATOR)[0]


def pieces_of(form: Form) -> tuple[str, ...]:
    """The short units of a form."""
    return tuple(form.split(SEPARATOR)[1:])


class Said(NamedTuple):
    """How a run is read, and what its spellings share, both by piece.

    Readings are kana ("" for what is not read: spaces, dots); サーバ and サーバー share サーバー.
    """

    readings: tuple[str, ...]
    normals: tuple[str, ...]


def said_of(said: str) -> Said:
    """What `Run.said` has in one string."""
    words = said.split(SEPARATOR)
    return Said(tuple(words[0::2]), tuple(words[1::2]))


class Run(NamedTuple):
    """A stretch of a sentence that can hold terms.

    `form` are its short units and their classes; `start` and `end` are its place in the sentence,
    in characters; `quoted` is true when the writer set it in quotation marks; `said` is how it is
    read (see `said_of`).
    """

    form: Form
    start: int
    end: int
    quoted: bool
    said: str


@cache
def dictionary() -> Dictionary:
    """The Sudachi dictionary, loaded once."""
    return Dictionary()


@cache
def tokenizer() -> Tokenizer:
    """Sudachi in the mode and with the fields that the pass uses, made once."""
    return dictionary().tokenizer(SplitMode.A, fields=_FIELDS)


@cache
def _class_of_pos_id() -> tuple[str, ...]:
    """The class letter of each part of speech of the dictionary, by its id."""
    letters = []
    pos_id = 0
    while (pos := dictionary().pos_of(pos_id)) is not None:
        parts = tuple(pos)
        found = (letter for start, letter in _CLASS_BY_POS if parts[: len(start)] == start)
        letters.append(next(found, "."))
        pos_id += 1
    return tuple(letters)


def portions(text: str) -> Iterator[tuple[int, str]]:
    """Cut text that is too long for Sudachi into portions: (offset, portion), nothing lost."""
    start = 0
    while len(text) - start > _MAX_CHARS:
        window = text[start : start + _MAX_CHARS]
        cuts = [m.end() for m in _SAFE_CUT.finditer(window, _MAX_CHARS // 2)]
        end = start + (cuts[-1] if cuts else _MAX_CHARS)
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def tokenize(text: str) -> list[Token]:
    """Cut text into short units (mode A) with their katakana readings; losing no character."""
    return [
        Token(
            m.surface(),
            offset + m.begin(),
            offset + m.end(),
            tuple(m.part_of_speech()),
            m.reading_form(),
            m.normalized_form(),
        )
        for offset, portion in portions(text)
        for m in tokenizer().tokenize(portion)
    ]


def reading(text: str) -> str:
    """The tokenizer's reading of a term, in kana; what is not read (spaces, dots) left out."""
    return "".join(
        reading_of(t.surface, t.reading) for t in tokenize(text) if t.pos[0] not in _UNREAD
    )


# Phrases end where words surely do: before a particle or a function word behind two letters that
# are not hiragana, in the midst of a form of する, behind a particle, a verb's ending or a function
# word before such a letter, behind a closing bracket, and before 、 or 。; not after 我, 特 and
# others that are words with their particle (我が, 特に). A run is cut differently in a phrase than
# in its sentence about once in 100, hardly ever in a term; and a phrase is analysed once, however
# often it stands.
_HIRAGANA = "[ぁ-ゖ]"
_MARKS = "[。、！？」』）)]"
_OTHER = "[^ぁ-ゖ。、！？」』）)]"
_TWO_LETTERS = "(?<=[一-鿿ァ-ヺー]{2})"
_STARTS = (
    "[をがはにのでとへやも]|な(?![ぁ-ゖ])|な(?:もの|こと|とこ|わけ)|だ[とけっかろがな、。]|"
    "から|かと|かど|まで|より|など|なの|なん|なら|さん|じゃ|ぐら|くら|いた|ござ|しか|ばか|"
    "とい|つつ|ごと|あり|ある|あっ|によ|これ|それ|また|その|そし|そう|この|こう|こそ|どう|みた|おっ|ただ|ほとん|いろ"
)
_SURU = (
    "(?:し[たて]|さ[れせ]|す[るべ]|せず|しま[すし]|しな[いけ]|しながら|しよう|しつつ|すれば|せざる)"
    f"(?={_HIRAGANA})"
)
_ENDS = (
    "から|まで|より|たい|ない|しい|はり|ぱり|かり|など|だけ|らい|れば|つつ|とか|しか|いう|ろう|です|"
    "せん|さん|けど|のか|いか|った|され|なり|よび|ちら|れら|たり|ます|こそ|ため|うち|"
    "ほど|えば|がら|べき|まだ|たら|かつ|ろん|なか|いろ|ぜひ|もし|なぜ|うか|しろ|わば|まま|まあ|わち|"
    "いい|ぞれ|んだ|どん|すら|なら|らば|ただ|いま|わけ|じゃ|っき|たち|んど|さえ|いつ|ほぼ|たび|わざ|"
    "すい|くい|とえ|よそ|あれ|これ|それ|うど|なき|けば|及び|特に|既に|更に|実に|何か|自ら|何ら|専ら|"
    "持つ|多い|強い|高い|長い|深い|近い|低い|重い|早い|良い|悪い|広い|若い|古い|遠い|弱い"
)
_PARTICLE = "をがはにのでとへやも"
_ENDED = (
    rf"{_HIRAGANA}++(?:(?<=[{_PARTICLE}てたるなくすうずぶぐぬ])(?<![我万特先更既直].)|(?<={_ENDS})|"
    rf"(?={_MARKS})|$)"
)
# 見直し、 is a verb: marks behind what may be a verb's stem are analysed with it.
_STEM = "いえりしけめきみちれせ"
# One kanji with an inflection behind it is a verb or an adjective (but 備え and 脅し are nouns).
_INFLECTED = rf"[一-鿿](?![{_PARTICLE}なづ])(?![{_STEM}][{_PARTICLE}]?(?!{_HIRAGANA}))"
_PHRASE = re.compile(
    rf"((?:{_OTHER}*+{_HIRAGANA}++)*?(?:"
    rf"{_OTHER}++(?:{_TWO_LETTERS}(?:(?<![我万特先更既直])(?={_STARTS})|{_SURU})|"
    rf"[」』）)]++|(?={_MARKS})|$)"
    rf"|{_OTHER}*+{_ENDED}(?:(?<=[{_STEM}]){_MARKS}++)?"
    rf"|(?={_MARKS})))"
    rf"((?:(?:{_INFLECTED})?{_ENDED}|{_MARKS}++)*)"
)
_LETTER = "㐀-鿿豈-﫿ァ-ヺＡ-Ｚａ-ｚA-Za-zｦ-ﾝ"
_NO_TERM = re.compile(rf"[^{_LETTER}]*(?:{_INFLECTED}[ぁ-ゖ]+[、。]*)?")


# Sudachi makes several words of one such character, all but one of them without a surface.
_SEVERAL_IN_ONE = re.compile("[⑴-⒵㈀-㉃㋌-㋏㋿㌀-㏿]")


def phrases(sentence: str) -> list[tuple[str, str]]:
    """Cut a sentence into phrases, each with what stands behind it; nothing is lost.

    A phrase is a stretch that is analysed by itself; behind it stand particles, verbs and marks,
    which hold no run. A character like ⒜ becomes a space.
    """
    return _PHRASE.findall(_SEVERAL_IN_ONE.sub(" ", sentence))


def phrase_runs(phrase: str) -> list[Run]:
    """The runs of one phrase; their places are those in the phrase."""
    if _NO_TERM.fullmatch(phrase):
        return []
    # Without the particle that stood behind it, Sudachi takes 三本柱 for a person's name.
    text = phrase + "を" if phrase[-1] >= "ァ" else phrase
    if len(text) <= _MAX_CHARS and not _BRACKET.search(text, 1):
        return _runs(text, 0)
    found = []
    at = 0
    for stretch in _BEFORE_A_BRACKET.split(text):
        for offset, portion in portions(stretch):
            found += _runs(portion, at + offset)
        at += len(stretch)
    return found


# Sudachi has words that hold brackets: 対共産圏輸出統制委員会(ココム) ends in 会(ココム).
_BRACKET = re.compile("[(（]")
_BEFORE_A_BRACKET = re.compile("(?=[(（])")


def runs(sentence: str) -> Iterator[Run]:
    """The runs of one sentence, in its order."""
    at = 0
    for phrase, behind in phrases(sentence):
        for run in phrase_runs(phrase):
            yield run._replace(start=at + run.start, end=at + run.end)
        at += len(phrase) + len(behind)


def _runs(text: str, offset: int) -> list[Run]:
    morphemes = tokenizer().tokenize(text)
    known = _known_words().get
    found = [known((m.word_id(), m.surface())) or _word(m) for m in morphemes]
    classes = "".join([word[0] for word in found])
    if "・" in classes or "Q" in classes or "H" in classes:
        classes = _refined(list(classes), [word[1] for word in found])
    runs = []
    for match in _RUN.finditer(classes):
        i, j = match.span()
        start = morphemes[i].begin()
        runs.append(
            Run(
                SEPARATOR.join([match[0], *[word[1] for word in found[i:j]]]),
                offset + start,
                offset + morphemes[j - 1].end(),
                i > 0 and classes[i - 1] == "(" and text[start - 1] in "「『“",
                SEPARATOR.join([word[2] for word in found[i:j]]),
            )
        )
    return runs


_Word = tuple[str, str, str]  # its class letter, its surface, and how it is said (see `said_of`)


@cache
def _known_words() -> dict[tuple[int, str], _Word]:
    """The words seen so far, by Sudachi's word id and as they are written."""
    return {}


def _word(m: Morpheme) -> _Word:
    """What a word is; remembered, but for numerals that Sudachi puts together.

    They share one id, and are read by what follows: みっつ, さんげんそく.
    """
    surface = m.surface()
    letter = _class(_class_of_pos_id()[m.part_of_speech_id()], surface)
    reading = "" if m.part_of_speech()[0] in _UNREAD else reading_of(surface, m.reading_form())
    word = letter, surface, reading + SEPARATOR + m.normalized_form()
    if not (letter == "Q" and m.is_oov()):
        _known_words()[m.word_id(), surface] = word
    return word


def _class(letter: str, surface: str) -> str:
    """The class of a word by its part of speech and its written form."""
    if letter in "NVACS" and surface in words("cut"):  # not a prefix: 中|距離
        return "B"
    if letter == "H" and len(surface) == 1:
        return "N"  # a kanji that is also a surname is rarely one inside a run
    if letter in "HG" and surface in lexicon.terms():
        return "P"  # パーシング is a missile here, ワッセナー an arrangement
    if letter in "NVPCS" and _LATIN.fullmatch(surface):
        return "L"
    if letter in "NVP" and _COUNTRIES.fullmatch(surface):
        return "G"
    return letter


# A run begins with a noun-like token, may hold anything noun-like, and joins Latin words over
# one space (New START) and katakana or Latin words over a joint (F-35, ニュークリア・シェアリング).
_NOUN = "[NVPGHACXSTLQ]"
_RUN = re.compile(rf"{_NOUN}+(?:(?:(?<=L)W(?=L)|-){_NOUN}+)*")


# の also over quotation marks: 核の「傘」.
_JOINTS = {
    **dict.fromkeys(("の", "の「", "の『", "」の", "」の「"), "の"),
    **dict.fromkeys(("・", "･"), "・"),
    **{word: word for word in ("に関する", "による", "のない", "及び")},
}


def joint(sentence: str, left: int, right: int) -> str:
    """What joins a run that ends at `left` to one that begins at `right`; "" when nothing does.

    That is ・, 及び, に関する, による, のない or の.
    """
    return _JOINTS.get(sentence[left:right], "")


def _refined(letters: list[str], surfaces: list[str]) -> str:
    """The classes of a phrase, those that depend on their neighbours mended."""
    last = len(surfaces) - 1
    for i, letter in enumerate(letters):
        if letter == "・":
            letters[i] = _joint(surfaces, i, last)
    for i, letter in enumerate(letters):
        if letter == "." and "-" in letters[max(i - 1, 0) : i + 2]:
            letters[i] = "N"  # ハブ・アンド・スポーク
    return _without_names(_without_counts(letters, surfaces), surfaces)


def _joint(surfaces: list[str], i: int, last: int) -> str:
    """・ and hyphen join katakana to katakana, Latin to Latin or digits: F-35, A2/AD."""
    if surfaces[i] not in JOINTS or not 0 < i < last:
        return "."
    before, after = surfaces[i - 1], surfaces[i + 1]
    katakana = _KATAKANA.fullmatch(before) and _KATAKANA.fullmatch(after)
    latin = _LATIN.fullmatch(before) and (_LATIN.fullmatch(after) or after.isdigit())
    model = before.isdigit() and i > 1 and _LATIN.fullmatch(surfaces[i - 2] + before)
    return "-" if katakana or latin or (model and _LATIN.fullmatch(after)) else "."


# Persons bound a run, with what is joined to them (エリック・ブリューワー), unless what is named
# after them follows (与那国|駐屯|地, トルーマン・ドクトリン) or the writer quotes a thing's name.
_NAME = re.compile(r"(?:[NPL]-)*H+(?:-[NPLGH])*")


def _without_names(classes: str, surfaces: list[str]) -> str:
    if "H" not in classes:
        return classes

    def bounded(name: re.Match[str]) -> str:
        i, j = name.span()
        last = surfaces[j - 1]
        behind = "".join(surfaces[j : j + 2]) if last not in words("named") else last
        quoted = "-" in name[0] and classes[i - 1 : i] == "(" and classes[j : j + 1] == ")"
        linked = "アンド" in surfaces[i:j]  # ハブ・アンド・スポーク
        named = quoted or linked or any(behind.startswith(word) for word in words("named"))
        return name[0].replace("H", "P") if named else "B" * (j - i)

    return _NAME.sub(bounded, classes)


_COUNT = re.compile(r"X?Q+(?:[.]Q+)*[CSA]*")


def _without_counts(letters: list[str], surfaces: list[str]) -> str:
    """Bound the runs at dates, sums and counts; keep numerals that belong to a term."""
    classes = "".join(letters)
    for match in _COUNT.finditer(classes):
        i, j = match.span()
        q = i + (classes[i] == "X")
        if not _belongs(classes, surfaces, q, classes[i] == "X" and surfaces[i] == "第"):
            letters[i:j] = "B" * (j - i)
    return "".join(letters)


def _belongs(classes: str, surfaces: list[str], q: int, ordinal: bool) -> bool:
    """Whether the numeral at q is part of a term; see above."""
    before, after, later = classes[q - 1 : q], classes[q + 1 : q + 2], classes[q + 2 : q + 3]
    if "-" in (before, after):
        return True  # F-35, A2/AD: the digits of a name
    follower = surfaces[q + 1] if after else ""
    goes_on = bool(later) and later in "NVPSCLT"  # 二次|的|制裁
    if ordinal and after and after in "NVP":
        return True
    if _KANJI_NUMERAL.fullmatch(surfaces[q]):
        if _COUNTED_INSIDE.fullmatch(follower) and (
            ordinal or goes_on or follower in ("大国", "原則")
        ):
            return True
        if _FEW.fullmatch(surfaces[q]) and after == "N" and len(follower) > 1:
            return True  # 三|文書, 三|要件
    elif _NUMBERED.fullmatch(follower) and goes_on:
        return True
    if follower == "号" and before in tuple("NVPS"):
        return True  # 決議|1718|号
    named = before in ("P", "L") or (
        before in "NV" and _KATAKANA.fullmatch(surfaces[q - 1]) is not None
    )
    return named and (after not in tuple("CSA") or _SERIES.fullmatch(follower) is not None)
