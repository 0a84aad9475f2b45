"""yakugo (訳語): Japanese texts on security in, a reviewed Japanese-English glossary out.

The names below are the public API; each is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yakugo.consult.lookup import Lookup
    from yakugo.documents import Document
    from yakugo.errors import YakugoError
    from yakugo.library import collect
    from yakugo.model import Candidate, Concept, Context, Term
    from yakugo.termbase import Termbase
    from yakugo.workspace import Workspace

__version__ = "0.1.0"

__all__ = [
    "Candidate",
    "Concept",
    "Context",
    "Document",
    "Lookup",
    "Term",
    "Termbase",
    "Workspace",
    "YakugoError",
    "collect",
]

_MODULES = {
    "Candidate": "model",
    "Concept": "model",
    "Context": "model",
    "Document": "documents",
    "Lookup": "consult.lookup",
    "Term": "model",
    "Termbase": "termbase",
    "Workspace": "workspace",
    "YakugoError": "errors",
    "collect": "library",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'yakugo' has no attribute {name!r}")
    return getattr(import_module(f"yakugo.{_MODULES[name]}"), name)
