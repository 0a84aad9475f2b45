"""Documents read by several local processes, behind one concurrent.futures.Executor.

A document is cut into parts of whole lines; whichever process is free counts the next one, and
the counts are joined in the order of the text: any number of processes gives the same. What
travels is text one way and counts the other.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import NamedTuple

from yakugo.counting import Counts, count, without_garbage_collection
from yakugo.documents import PART, Document, Part
from yakugo.equivalents import glosses
from yakugo.errors import YakugoError
from yakugo.model import Gloss

Progress = Callable[[Document, int], None]


class Read(NamedTuple):
    """What one document gives: its counts and what it says in brackets."""

    document: Document
    counts: Counts
    glosses: list[Gloss]


def cores() -> int:
    """How many processors there are for this process to use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(jobs: int, characters: int) -> Iterator[Executor | None]:
    """Up to `jobs` processes for a text of so many characters; None when one is as fast.

    At the end, also after an error or Ctrl-C, what has been begun is finished and the rest left;
    nobody waits for it.
    """
    jobs = min(jobs, characters // PART)
    if jobs < 2:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Spawned, not forked: a copy of a process with threads (the progress bar) may hang.
    executor = ProcessPoolExecutor(jobs, get_context("spawn"), _begin)
    try:
        yield executor
    except BrokenProcessPool as error:
        raise YakugoError(
            "one of the processes was ended from outside (was there too little memory?); "
            "try again with --jobs 1"
        ) from error
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """What such a process makes has no cycles; looking for them takes as long as the work."""
    gc.disable()
    follow_parent()


def follow_parent() -> None:
    """Make this a process that leaves Ctrl-C to its parent and ends when the parent is killed."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def follow() -> None:
        if parent := parent_process():
            wait([parent.sentinel])
            os._exit(1)

    Thread(target=follow, daemon=True).start()


def read(
    documents: Iterable[Document],
    executor: Executor | None = None,
    progress: Progress = lambda document, characters: None,
) -> Iterator[Read]:
    """Read documents one after the other, in this process or by an executor's.

    `progress` is told how many characters of a document have been read. DocumentError for a file
    that was changed or taken away meanwhile.
    """
    if executor is None:
        for document in documents:
            counts = count(document.parts(), partial(progress, document))
            yield Read(document, counts, glosses.find(document))
    else:
        yield from _joined(_ahead(documents, executor), progress)


_AHEAD = 4  # parts for each processor that are counted or wait for it, so that none is idle


@dataclass(slots=True)
class _Waiting:
    """A part of a document that is being counted; or, without one, the end of the document."""

    document: Document
    characters: int = 0
    found: Future[tuple[Counts, list[Gloss]]] | None = None


def _ahead(documents: Iterable[Document], executor: Executor) -> Iterator[_Waiting]:
    """Hand out the parts of the documents, always some more than have been asked for."""
    most = _AHEAD * cores()
    waiting: deque[_Waiting] = deque()
    for one in _handed_out(documents, executor):
        waiting.append(one)
        if len(waiting) > most:
            yield waiting.popleft()
    yield from waiting


def _handed_out(documents: Iterable[Document], executor: Executor) -> Iterator[_Waiting]:
    for document in documents:
        for part in document.parts():
            found = executor.submit(_read_part, part, document.name)
            yield _Waiting(document, len(part.text), found)
        yield _Waiting(document)


def _read_part(part: Part, document: str) -> tuple[Counts, list[Gloss]]:
    return count([part]), glosses.find_in(part, document)


def _joined(parts: Iterable[_Waiting], progress: Progress) -> Iterator[Read]:
    counts, found, characters = Counts(), list[Gloss](), 0
    for part in parts:
        if part.found is None:
            yield Read(part.document, counts, found)
            counts, found, characters = Counts(), list[Gloss](), 0
        else:
            with without_garbage_collection():  # while the counts arrive
                more, glosses_of_part = part.found.result()
                counts.join(more)
            found += glosses_of_part
            characters += part.characters
            progress(part.document, characters)
