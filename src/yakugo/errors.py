"""What can go wrong, as few types: each message says what, where and what to do about it."""


class YakugoError(Exception):
    """Any error that is the input's or the surroundings' fault; the command line exits with 2."""


class DocumentError(YakugoError):
    """A document cannot be read; the message names the file, the reason and the remedy."""


class FormatError(YakugoError):
    """A file breaks the rules of its format; the message names the file and the line or row."""


class TermbaseError(YakugoError):
    """The termbase cannot do what was asked (missing term, duplicate, read-only file …)."""


class ConflictError(TermbaseError):
    """A write was based on a revision that is no longer the current one; nothing was written."""


class WorkspaceError(YakugoError):
    """The workspace is missing, not writable or holds files that yakugo cannot use."""


class MissingPackageError(YakugoError):
    """An optional package is not installed; the message names it and says how to install it."""
