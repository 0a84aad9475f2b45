"""The termbase: concepts, candidates and reviews in one database.

`store` and `concepts` keep them, `review` is the workflow on top, `history` what was done,
`duplicates` and `doctor` say what does not agree, `translations` what parallel text says; `schema`
has the tables below, `database` the file or server they are in.
"""

from yakugo.termbase.history import now
from yakugo.termbase.store import Recorded, Termbase

__all__ = ["Recorded", "Termbase", "now"]
