"""The workbook that a reviewer gets back: what of his file was not applied, why, and what to do.

The second sheet counts all results. Nothing here is read back by the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from yakugo.exchange.fields import COLUMNS, Field
from yakugo.exchange.outcomes import Outcome, Result
from yakugo.formats.rows import Column, Kind, Row, one_line, prose
from yakugo.formats.sheets import LAST_ROW, Look, Tint, add_table, look_of, tint_where, writing

NOT_APPLIED = "Not applied 未反映"
SUMMARY = "Summary 集計"

_COLUMNS = (
    Column("place", "Place 場所", Kind.LABEL),
    Column("japanese", "Japanese 日本語", Kind.TERM),
    Column("result", "Result 結果", Kind.LABEL),
    Column("column", "Column 列", Kind.LABEL),
    Column("theirs", "In your file あなたのファイル", Kind.PROSE),
    Column("ours", "In the termbase 用語ベース", Kind.PROSE),
    Column("changed", "Changed by 変更者", Kind.LABEL),
    Column("said", "Why 理由", Kind.PROSE),
    Column("remedy", "What to do 対処", Kind.PROSE),
    Column("id", "Id 識別子", Kind.LABEL, printed=False),
)
_SUMMARY_COLUMNS = (
    Column("result", "Result 結果", Kind.LABEL),
    Column("number", "Number 件数", Kind.COUNT),
    Column("meaning", "Meaning 意味", Kind.PROSE),
)

_WIDEST = 40  # half-width characters: the two versions side by side on one screen
_TINTS = {Result.CONFLICT: Tint("FFF0A8"), Result.INVALID: Tint("FBD9C0")}
_SAID: Mapping[Result, str] = {
    Result.APPLIED: "applied 反映",
    Result.UNCHANGED: "unchanged 変更なし",
    Result.CONFLICT: "conflict 競合",
    Result.INVALID: "invalid 無効",
}
_MEANING: Mapping[Result, str] = {
    Result.APPLIED: "用語ベースに反映しました。\nThe termbase now says what your file says.",
    Result.UNCHANGED: "用語ベースと同じ内容でした。\nYour file says what the termbase says.",
    Result.CONFLICT: (
        "ほかの人が先に変更していたため、反映していません。\n"
        "Somebody else changed it meanwhile; nothing was overwritten."
    ),
    Result.INVALID: (
        "このままでは取り込めないため、反映していません。\n"
        "It could not be taken over as it is; nothing was changed."
    ),
}
_REMEDIES: Mapping[Result, str] = {
    Result.CONFLICT: (
        "用語ベースのままでよければ、何もなさらなくて結構です。"
        "ご自分の内容にするには、新しい確認用の表に記入し直してください。\n"
        "To keep the termbase's, do nothing. To have yours, fill it in again in a new workbook."
    ),
    Result.INVALID: (
        "理由をご覧のうえ、お手元のファイルのセルを直し、もう一度お送りください。\n"
        "Correct the cell in your file as the reason says, and send the file again."
    ),
}


def write(outcomes: Sequence[Outcome], path: Path, title: str, as_of: str) -> None:
    """Write the report: the same outcomes, title and `as_of` (ISO 8601) give the same bytes."""
    counted = Counter(outcome.result for outcome in outcomes)
    summary: list[Row] = [(_SAID[result], counted[result], _MEANING[result]) for result in Result]
    with writing(path, title, as_of) as workbook:
        rows = [_row(outcome) for outcome in outcomes if outcome.result in _REMEDIES]
        sheet = add_table(workbook, NOT_APPLIED, _COLUMNS, rows, "C2", _look)
        for result, tint in _TINTS.items():
            tint_where(sheet, f"C2:C{LAST_ROW}", f'$C2="{_SAID[result]}"', tint)
        add_table(workbook, SUMMARY, _SUMMARY_COLUMNS, summary)


def _look(column: Column) -> Look:
    usual = look_of(column)
    return replace(usual, widest=min(usual.widest, _WIDEST))


def _row(outcome: Outcome) -> Row:
    return (
        one_line(outcome.place),
        one_line(outcome.japanese),
        _SAID[outcome.result],
        _heading(outcome.column),
        prose(outcome.theirs),
        prose(outcome.ours),
        _changed(outcome),
        one_line(outcome.said),
        _REMEDIES[outcome.result],
        one_line(outcome.concept),
    )


def _heading(field: Field | None) -> str:
    """The heading of a column; other people's tables have some that the review has not."""
    if field is None:
        return ""
    return COLUMNS[field].heading if field in COLUMNS else field.value


def _changed(outcome: Outcome) -> str:
    return "\n".join(filter(None, (one_line(outcome.ours_by), _minute(outcome.ours_when))))


def _minute(when: str) -> str:
    """A time in UTC as people write it: 2026-11-20 09:00 UTC."""
    if not when:
        return ""
    return datetime.fromisoformat(when).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
