"""Whether the furigana made without a reviewed reading say what the reviewed reading says.

    python benchmarks/readings.py [GLOSSARY.tbx]

For each Japanese term of a glossary (the shipped one) its pieces as the tokenizer reads them,
joined, beside its reviewed reading; the exceptions are listed. Letters carry no furigana: terms
written with them are counted apart. Then the same with the reviewed reading laid over the pieces,
as decks have it: there nothing may be left over.
"""

import argparse
import re
import unicodedata
from pathlib import Path

from yakugo.formats import tbx
from yakugo.furigana import pieces
from yakugo.kana import hiragana
from yakugo.model import JAPANESE
from yakugo.workspace import shipped_glossary

LETTERS = re.compile(r"[A-Za-z]")
MARKS = re.compile(r"[^ぁ-ゖー]")


def heard(text):
    return MARKS.sub("", hiragana(unicodedata.normalize("NFKC", text)))


def said(cut):
    return heard("".join(piece.reading or piece.text for piece in cut))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("glossary", nargs="?", type=Path, default=shipped_glossary())
    concepts = tbx.read(parser.parse_args().glossary)
    terms = [t for one in concepts for t in one.in_language(JAPANESE) if t.reading]
    lettered = [term for term in terms if LETTERS.search(unicodedata.normalize("NFKC", term.text))]
    terms = [term for term in terms if term not in lettered]
    other = [(t, said(pieces(t.text))) for t in terms]
    other = [(term, found) for term, found in other if found != heard(term.reading)]
    laid = [t for t in terms if said(pieces(t.text, t.reading)) != heard(t.reading)]
    print(f"{len(terms)} terms with a reviewed reading; {len(lettered)} more hold letters")
    print(f"{len(terms) - len(other)} are read by the tokenizer as they were reviewed, not:")
    for term, found in other:
        print(f"  {term.text}  {term.reading}  read {found}")
    print(f"with the reviewed reading laid over the pieces {len(laid)} differ from it")
    for term in laid:
        print(f"  {term.text}  {term.reading}")


if __name__ == "__main__":
    main()
