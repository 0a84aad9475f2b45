"""The review on a full screen: one candidate, all that is known of it, one key a decision.

walk.py     where the reviewer stands and what was decided: no screen, no waiting
ahead.py    what is looked up ahead of the reviewer, by a process of its own
paint.py    a candidate and what is known of it → lines
app.py      the keys, the panels, what happens when
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial

from yakugo.counting import without_garbage_collection
from yakugo.errors import YakugoError
from yakugo.model import Status
from yakugo.screen.ahead import Ahead
from yakugo.screen.app import ReviewApp
from yakugo.screen.walk import Order, Walk, best_first, least_certain_first
from yakugo.tokens import tokenize
from yakugo.workspace import Workspace

__all__ = ["ReviewApp", "Walk", "best_first", "least_certain_first", "review"]

_NO_TERMINAL = (
    "review needs a terminal; without one decide by yakugo accept, reject and defer, or in a "
    "workbook: yakugo export xlsx --for-review"
)


def review(
    opened: Workspace,
    who: str,
    deferred: bool = False,
    min_freq: int = 1,
    order: Order = best_first,
    reopen: Callable[[], Workspace] | None = None,
) -> None:
    """Walk through the candidates that wait for a decision.

    `reopen` opens the same workspace once more, in another process; without it by its folder.
    YakugoError without a terminal.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise YakugoError(_NO_TERMINAL)
    statuses = [Status.NEW, Status.DEFERRED] if deferred else [Status.NEW]
    # The process starts while the list is read here.
    with Ahead(reopen or partial(Workspace, opened.folder)) as ahead:
        with without_garbage_collection():
            ranked = opened.ranking(statuses=statuses)
        queue = sorted((one for one in ranked if one.candidate.frequency >= min_freq), key=order)
        if not queue:
            print("nothing to review; collect a document first: yakugo collect FILE")
            return
        walk = Walk(opened.termbase, who, queue, order)
        tokenize("訳語")  # loads its dictionary, which the first decision would wait for
        gc.collect()
        gc.freeze()  # looking through a long list for cycles again and again would hold keys up
        try:
            ReviewApp(walk, ahead).run()
        finally:
            gc.unfreeze()
            _finish(opened, walk)


def _finish(opened: Workspace, walk: Walk) -> None:
    if walk.made:
        print("storing what was learned …", end="", flush=True)
        opened.learn()
        print("\r\033[K", end="")
    said = ", ".join(f"{n} {decision.value}" for decision, n in walk.counts().items())
    print(f"{said or 'nothing decided'}; {walk.left()} left")
