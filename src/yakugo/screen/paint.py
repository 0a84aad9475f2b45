"""A candidate and what is known of it → lines of a given width. Nothing is looked up here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from yakugo.model import ENGLISH, JAPANESE, Context, Offer, Ranked, Review
from yakugo.screen.ahead import Explained, Known
from yakugo.screen.walk import Walk
from yakugo.termbase.duplicates import Near

_MOST_NEAR = 4
_INDENT = 3
_NOT_FIRST = (
    "、。，．」』）)〉》】］・ー…？！?!,.;:%々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"  # of a line
)
_UNITS = re.compile(r"[!-~À-ɏ]+|.", re.DOTALL)  # a Latin word stays whole, else every sign is one


def folded(content: Content, width: int, indent: int = 0) -> list[Content]:
    """Content cut into lines, all but the first indented, as Japanese is broken.

    Between any two signs, but not in a Latin word, and not before what may not begin a line.
    """
    cuts: list[int] = []
    used = 0  # cells on this line
    begun = [0]  # where its units begin
    for unit in _UNITS.finditer(content.plain):
        cells = cell_len(unit[0])
        room = width - (indent if cuts else 0)
        if used + cells > room and used and unit[0] != " ":
            start = unit.start()
            while content.plain[start] in _NOT_FIRST and len(begun) > 1:
                start = begun.pop()
            if len(begun) < 2:  # nothing else on the line
                start = unit.start()
            cuts.append(start)
            begun = [start]
            used = cell_len(content.plain[start : unit.start()])
        room = width - (indent if cuts else 0)
        start = unit.start()
        while cells > room:  # a word, a URL for instance, that is longer than a line
            start += room - used
            cuts.append(start)
            used, room = 0, width - indent
            cells = cell_len(content.plain[start : unit.end()])
        used += cells
        begun.append(unit.start())
    lines = content.divide(cuts) if cuts else [content]
    margin = Content(" " * indent)
    return [line if not i else margin + line for i, line in enumerate(lines)]


def _short(content: Content, width: int) -> Content:
    return content.truncate(width, ellipsis=True)


def _joined(lines: Iterable[Content]) -> Content:
    return Content("\n").join(lines)


def _ends(left: Content, right: Content, width: int) -> Content:
    """Two pieces at the ends of a line; the right one goes first when there is no room."""
    space = width - left.cell_length - right.cell_length
    if space < 1:
        return _short(left, width)
    return Content.assemble(left, " " * space, right)


def header(walk: Walk, width: int) -> Content:
    """Where the reviewer stands, what he has done today, how fast."""
    place = f"{walk.position + 1} of {len(walk.shown)}" if walk.current else "all decided"
    left = Content.assemble((place, "bold"), f"  {walk.left()} left")
    if walk.document:
        left = Content.assemble(left, "  ", (f"only {walk.document}", "bold $text-warning"))
    pace = f", {walk.pace()} an hour" if walk.pace() else ""
    return _ends(left, Content(f"{walk.who}: {walk.today} today{pace}"), width)


def term(walk: Walk, one: Ranked, width: int) -> Content:
    """The candidate itself."""
    candidate = one.candidate
    heading = Content.assemble((candidate.term, "bold"), "   ", candidate.reading)
    lines = folded(heading, width)
    if candidate.short_for:
        lines += folded(Content(f"short for {candidate.short_for}"), width)
    if candidate.variants:
        lines += folded(Content(f"also {'、'.join(candidate.variants)}"), width)
    return _joined(lines)


def facts(walk: Walk, one: Ranked, comment: str, width: int) -> Content:
    """How the candidate was found, how often, and what it scores."""
    candidate = one.candidate
    documents = "1 document" if candidate.documents == 1 else f"{candidate.documents} documents"
    said = [
        str(candidate.kind),
        "|".join(candidate.pieces),
        f"{candidate.frequency}× ({candidate.alone} alone) in {documents}",
    ]
    said += ["defined"] * candidate.defined + ["quoted"] * candidate.quoted
    if one.status.value != "new":
        said.append(one.status.value)
    score = Content.assemble("score ", (f"{walk.score(one):.2f}", "bold"))
    lines = [_ends(Content("  ".join(said)), score, width)]
    if comment:
        lines += folded(Content.styled(f"comment: {comment}", "$text-warning"), width)
    return _joined(lines)


def offers(known: Known | None, width: int, whole: bool) -> Content:
    """The numbered English; a line each, or with all the evidence (`whole`)."""
    if known is None:
        return Content.styled("looking for English …", "$foreground-muted italic")
    if not known.offers:
        return Content.styled("no equivalent is known: e to type one", "$foreground-muted")
    lines: list[Content] = []
    for number, offer in enumerate(known.offers, 1):
        head, against = _offer(number, offer)
        if whole:
            lines += folded(head, width, _INDENT)
            for one in against:
                lines += folded(one, width, _INDENT + 2)
        else:
            lines += [_short(line, width) for line in (head, *against)]
    return _joined(lines)


def _offer(number: int, offer: Offer) -> tuple[Content, list[Content]]:
    made = f" ({offer.made})" if offer.made else ""
    why = "; ".join(f"{one.provider}: {one.detail}" for one in offer.evidence)
    head = Content.assemble(
        (f"{number}", "bold $text-accent"),
        "  ",
        (offer.english, "bold"),
        (made, "$text-warning"),
        (f"  {offer.score:.2f}  {why}", "$foreground-muted"),
    )
    margin = " " * _INDENT
    against = [
        Content.styled(f"{margin}contested by {one.provider}: {one.detail}", "$text-error")
        for one in offer.against
    ]
    return head, against


def near(known: Known | None, selected: int, width: int) -> Content:
    """The concepts of the glossary that the candidate may belong to."""
    if known is None or not known.near:
        return Content("")
    first = max(0, selected - _MOST_NEAR + 1)
    shown = known.near[first : first + _MOST_NEAR]
    more = f" ({len(known.near)}; Tab goes on)" if len(known.near) > 1 else ""
    lines = [Content.styled(f"already in the glossary{more}: j joins", "bold $text-accent")]
    for i, one in enumerate(shown, first):
        mark = "j" if i == selected else " "
        said = Content.assemble((f"{mark}  ", "bold $text-accent"), _near(one))
        lines.append(_short(said, width))
    return _joined(lines)


def _near(one: Near) -> Content:
    japanese, english = one.concept.preferred(JAPANESE), one.concept.preferred(ENGLISH)
    return Content.assemble(
        (japanese.text if japanese else one.concept.id, "bold"),
        "  ",
        english.text if english else "",
        (f"  {one.why}", "$foreground-muted"),
    )


def contexts(found: Sequence[Context], width: int) -> Content:
    """The sentences that the candidate stands in, itself marked, each with its document."""
    lines: list[Content] = []
    for one in found:
        said = one.sentence
        before, after = said[: one.start].lstrip(), said[one.end :].rstrip()
        line = Content.assemble(
            f"「{before}",
            (one.surface, "bold $text-warning"),
            f"{after}」 ",
            (one.document, "$foreground-muted"),
        )
        lines += folded(_one_line(line), width, 2)
    return _joined(lines)


def _one_line(content: Content) -> Content:
    """The same with spaces for line breaks; every sign keeps its place and style."""
    return Content(re.sub(r"[\n\r\t]", " ", content.plain), list(content.spans))


def keys(pairs: Sequence[tuple[str, str]], last: Sequence[tuple[str, str]], width: int) -> Content:
    """As many keys as there is room for, and the last ones in any case."""
    room = width - sum(cell_len(f"{key} {word}  ") for key, word in last)
    shown = []
    for key, word in pairs:
        room -= cell_len(f"{key} {word}  ")
        if room < 0:
            break
        shown.append((key, word))
    parts: list[str | tuple[str, str]] = []
    for key, word in (*shown, *last):
        parts += [(key, "bold $text-accent"), f" {word}  "]
    return _short(Content.assemble(*parts), width)


def match(one: Ranked, english: str) -> Content:
    """A line of the list of what a search found."""
    return Content.assemble(
        (one.candidate.term, "bold"), f"  {one.candidate.reading}  ", (english, "$foreground-muted")
    )


def choices(lines: Sequence[Content], chosen: int, rows: int, width: int) -> Content:
    """As many lines of a list as there are rows, the chosen one among them and marked."""
    first = max(0, min(chosen - rows // 2, len(lines) - rows))
    shown = []
    for i, line in enumerate(lines[first : first + rows], first):
        cut = line.truncate(width, ellipsis=True, pad=True)
        shown.append(cut.stylize("reverse") if i == chosen else cut)
    return _joined(shown)


def explanation(one: Ranked, found: Explained | None) -> Content:
    """Why a candidate stands where it stands, as `yakugo explain` says it."""
    candidate = one.candidate
    head = Content.assemble((candidate.term, "bold"), f"  {candidate.reading}")
    if found is None:
        return _joined(
            [head, Content.styled("weighing the evidence …", "$foreground-muted italic")]
        )
    fitted = f"{found.decisions} reviews" if found.decisions else "no review yet"
    lines = [
        head,
        Content(f"score {found.score:.2f}, place {found.rank} of {found.of}"),
        Content(""),
    ]
    for reason in found.reasons:
        product = f" ({reason.value:.2g} × {reason.weight:+.2f})" if reason.value != 1 else ""
        style = "$text-success" if reason.part > 0 else "$text-error"
        lines.append(Content.assemble((f"{reason.part:+6.2f}", style), f"  {reason.says}{product}"))
    lines.append(Content.styled(f"\nweights: as shipped, moved by {fitted}", "$foreground-muted"))
    return _joined(lines)


def history(one: Ranked, entries: Sequence[Review]) -> Content:
    """What was decided about a candidate: when, who, what."""
    lines = [Content.assemble((one.candidate.term, "bold"), f"  {one.candidate.reading}")]
    for entry in entries:
        said = Content.assemble(
            (
                f"{datetime.fromisoformat(entry.when).astimezone():%Y-%m-%d %H:%M}",
                "$foreground-muted",
            ),
            f"  {entry.who}  ",
            (entry.decision.value, "bold"),
            f"  {entry.english}",
            (f"  {entry.comment}", "$text-warning"),
        )
        lines.append(said)
    if not entries:
        lines.append(Content.styled("nothing was decided about it yet", "$foreground-muted"))
    return _joined(lines)


def help_sheet(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Content:
    """All the keys, by groups."""
    lines: list[Content] = []
    for name, pairs in groups:
        lines.append(Content.styled(name, "bold"))
        lines += [
            Content.assemble((f"  {key:<10}", "bold $text-accent"), says) for key, says in pairs
        ]
    return _joined(lines)
