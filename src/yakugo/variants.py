"""Spellings of one term → one candidate: サーバ and サーバー, 覚書 and 覚え書き, X の Y and XY.

What they share is their key (`candidates.variant_key`); the most usual one heads the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from yakugo.candidates import CONTEXTS, interleaved, variant_key
from yakugo.model import Candidate, Kind
from yakugo.tokens import tokenize


def form_of(term: str) -> str:
    """What a term shares with its other spellings, whatever it is: 核不拡散, 核の不拡散."""
    return variant_key((token.normalized for token in tokenize(term)), Kind.GENITIVE)


def grouped(
    candidates: Iterable[Candidate],
    documents: Mapping[str, int] | None = None,
    contexts: int = CONTEXTS,
) -> list[Candidate]:
    """One candidate for each key, in the order of their first spellings.

    Counts are those of all spellings; `documents` says in how many documents a key stands (else
    the most that one spelling stands in). A candidate without a key stays by itself.
    """
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.key or f" {one.term}", []).append(one)
    return [
        group[0] if len(group) == 1 else _joined(group, (documents or {}).get(key, 0), contexts)
        for key, group in groups.items()
    ]


def _joined(group: list[Candidate], documents: int, contexts: int) -> Candidate:
    group = sorted(group, key=_usual, reverse=True)
    head = group[0]
    return replace(
        head,
        kind=head.kind if head.kind != Kind.NESTED else group[1].kind,
        frequency=sum(one.frequency for one in group),
        alone=sum(one.alone for one in group),
        hosts=sum(one.hosts for one in group),
        documents=max(documents, *(one.documents for one in group)),
        quoted=any(one.quoted for one in group),
        defined=any(one.defined for one in group),
        variants=tuple(one.term for one in group[1:]),
        contexts=interleaved([one.contexts for one in group], contexts),
    )


def _usual(one: Candidate) -> tuple[int, int, bool, str]:
    """How usual a spelling is; of equally frequent ones, the compound before X の Y."""
    return one.frequency, one.alone, one.kind != Kind.GENITIVE, one.term
