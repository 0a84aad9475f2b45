"""Other extractors from PyPI, run in an environment of their own (GiNZA needs an older SudachiPy).

    python -m venv PEERS && PEERS/bin/pip install -r benchmarks/peers-requirements.txt
    PEERS/bin/python benchmarks/peers.py --list
    PEERS/bin/python benchmarks/peers.py PEER FILE

prints the terms that a peer finds in a UTF-8 text, best first, one a line, without the spaces
that it puts between Japanese words. `benchmarks/quality.py --peers PEERS/bin/python` asks here.
"""

import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path


def without_spaces(term: str) -> str:
    """Close the gaps between Japanese words, not those between Latin ones."""
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", term)


def jate(text: str, algorithm: str, model: str) -> Iterable[str]:
    """JATE with its own part-of-speech patterns; of several surfaces of a term one, always the same."""
    from jate import extract

    for term in extract(text, algorithm=algorithm, model=model, min_frequency=1):
        yield min(term.surface_forms or {term.string})


def jate_rake(text: str) -> Iterable[str]:
    """JATE's RAKE over spaCy's plain Japanese tokenizer (SudachiPy, mode A)."""
    import spacy

    with tempfile.TemporaryDirectory() as folder:
        japanese = spacy.blank("ja")
        japanese.add_pipe("sentencizer")
        japanese.to_disk(folder)
        yield from jate(text, "rake", folder)


def jate_c_value(text: str) -> Iterable[str]:
    """JATE's C-value over GiNZA."""
    return jate(text, "cvalue", "ja_ginza")


def pyate_combo_basic(text: str) -> Iterable[str]:
    """PyATE's combo basic over GiNZA, words of one token too."""
    import spacy
    from pyate import TermExtraction, combo_basic

    extraction = TermExtraction(text, language="ja", nlp=spacy.load("ja_ginza"), default_domain=())
    counts = extraction.count_terms_from_documents().reindex()
    found = combo_basic(text, have_single_word=True, technical_counts=counts)
    return map(str, found.sort_values(ascending=False, kind="stable").index)


PEERS: dict[str, Callable[[str], Iterable[str]]] = {
    "jate-rake": jate_rake,
    "jate-c-value": jate_c_value,
    "pyate-combo-basic": pyate_combo_basic,
}


def main() -> None:
    if sys.argv[1:] == ["--list"]:
        print("\n".join(PEERS))
    elif len(sys.argv) == 3 and sys.argv[1] in PEERS:
        text = Path(sys.argv[2]).read_text(encoding="utf-8")
        print("\n".join(dict.fromkeys(map(without_spaces, PEERS[sys.argv[1]](text)))))
    else:
        sys.exit("peers.py PEER FILE, or --list")


if __name__ == "__main__":
    main()
