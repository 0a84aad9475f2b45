"""Bytes of a text file → text, in the encoding that they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from yakugo.errors import DocumentError

_SIGNATURES = (
    (b"%PDF", "a PDF file", ".pdf"),
    (b"PK\x03\x04", "a ZIP archive or an Office document", ".docx, .xlsx …"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ".doc"),
    (b"{\\rtf", "an RTF document", ".rtf"),
    (b"\x89PNG", "a PNG picture", ".png"),
    (b"\xff\xd8\xff", "a JPEG picture", ".jpg"),
    (b"GIF8", "a GIF picture", ".gif"),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90", "a program", ""),
    (b"\x1f\x8b", "a gzip archive", ".gz"),
    (b"SQLite format 3", "a database", ".sqlite"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_REMEDY = "save it as UTF-8 and collect it again"
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
_DOS_END = b"\x1a"  # old editors end a file with it
_ISO_2022_JP = b"\x1b$"  # the switch to kanji
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々、。「」・（）　！？]")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_UTF16 = ("utf-16-le", "utf-16-be")
_LEGACY = ("cp932", "euc_jis_2004", *_UTF16)
_SURE = 0.7  # share of characters that a right decoding of a Japanese text has at the least


def decode(data: bytes, name: str, declared: str = "") -> str:
    """Bytes of a text file as text: UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP.

    An encoding is taken when the bytes have its mark or are strictly it, when the file declares
    it, or when the text is plainly Japanese in it and in no other; else DocumentError.
    """
    for signature, what, suffix in _SIGNATURES:
        if data.startswith(signature):
            remedy = f"give it its own ending ({suffix})" if suffix else "collect from a text file"
            raise DocumentError(f"{name} is not text but looks like {what}; {remedy}")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strictly(data, encoding, name), name)
    if b"\0" in data:
        return _checked(_utf16_without_mark(data, name), name)
    if _ISO_2022_JP in data and data.isascii():
        return _checked(_strictly(data, "iso2022_jp", name), name)
    data = data.rstrip(_DOS_END)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _legacy(data, name, declared, error.start)
    return _checked(text, name)


def utf8_blocks(path: Path, size: int) -> Iterator[str]:
    """The text of a UTF-8 file in blocks of whole lines, each of `size` characters or a few more.

    Line ends are LF. ValueError when it is not plainly that; `decode` tells what it is then.
    """
    signatures = tuple(signature.decode("latin-1") for signature, _, _ in _SIGNATURES)
    with path.open(encoding="utf-8-sig") as file:
        while block := file.read(size):
            block += file.readline()
            if "\0" in block or _CONTROL.search(block) or block.startswith(signatures):
                raise ValueError(f"{path} holds what UTF-8 text does not")
            signatures = ()  # they stand at the beginning of a file
            yield block


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise DocumentError(f"{name} is not valid {encoding} text; {_REMEDY}") from None


def _checked(text: str, name: str) -> str:
    if "\0" in text:
        raise DocumentError(f"{name} holds NUL characters and is not text; {_REMEDY}")
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise DocumentError(
            f"{name}, line {line:,}: holds a control character (U+{ord(found[0]):04X}), as text "
            "does not; remove it, or collect from a text file"
        )
    return text


def _plausible(data: bytes, encoding: str) -> bool:
    """Whether the bytes are strictly text in an encoding, and that text plainly Japanese."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    if not _HIRAGANA.search(text) or "\0" in text:
        return False
    likely = len(_JAPANESE.findall(text)) + sum(map(str.isascii, text))
    return likely >= _SURE * len(text)


def _utf16_without_mark(data: bytes, name: str) -> str:
    for encoding in _UTF16:
        if _plausible(data, encoding):
            return data.decode(encoding)
    place = data.index(b"\0")
    raise DocumentError(f"{name} holds a NUL byte (byte {place:,}) and is not text; {_REMEDY}")


def _legacy(data: bytes, name: str, declared: str, not_utf8_at: int) -> str:
    """Text that is not UTF-8: as declared, else in the one encoding that is plausible."""
    try:
        return data.decode(declared)
    except (UnicodeError, LookupError):  # "undefined" is a codec that only raises
        found = [encoding for encoding in _LEGACY if _plausible(data, encoding)]
    if len(found) != 1:
        raise DocumentError(
            f"{name}: its encoding cannot be told (no UTF-8 from byte {not_utf8_at:,}); {_REMEDY}"
        )
    return data.decode(found[0])
