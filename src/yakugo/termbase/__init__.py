"""The termbase: concepts, candidates and reviews in one database.

`store` keeps them, `review` is the workflow on top, `translations` what parallel text says, and
`schema` the tables below.
"""

from yakugo.termbase.store import Recorded, Termbase, now

__all__ = ["Recorded", "Termbase", "now"]
