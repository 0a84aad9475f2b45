"""What the workbook for review says about itself, in Japanese and in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yakugo.exchange.fields import COLUMNS, Field


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said in both languages; `shown` is the cell text whose colour the topic gets."""

    topic: str
    japanese: str
    english: str
    shown: str = ""


_PURPOSE = (
    Line(
        "Purpose 目的",
        "訳語を確かめていただきたい用語の一覧です。用語集にある用語と、文書から集めた候補が並んでいます。"
        "シート「確認」に英訳と判断を記入し、保存して、送り主にメールでお返しください。",
        "A list of terms whose English needs your eye: terms of the glossary, and candidates found "
        "in documents. Fill in the English and your decisions on the sheet Review, save the file "
        "and mail it back to the person who sent it.",
    ),
)

_FILLING_IN = (
    Line(
        "accept 採用",
        "英訳はこれでよい。「英訳」が空欄なら「候補訳」の先頭を採ります。",
        "The English is right. If English is empty, the first one under Offered is taken.",
        "accept 採用",
    ),
    Line(
        "reject 却下",
        "用語集に載せない語です。",
        "Not a term for the glossary.",
        "reject 却下",
    ),
    Line(
        "defer 保留",
        "今は決められない語です。「コメント」に事情をお書きください。",
        "Not to be decided now; say why under Comment.",
        "defer 保留",
    ),
    Line(
        "(empty 空欄)",
        "候補は、判断が空欄でも「英訳」に記入があれば採用とみなします。どちらも空欄の行はそのまま残ります。"
        "用語集にある用語は、セルを直すだけで変更の申し出になります。",
        "A candidate whose English you fill in counts as accepted; with both cells empty it stays "
        "as it is. For a term of the glossary it is enough to change the cells.",
    ),
    Line(
        "Several English words\n英訳が複数あるとき",
        "半角のセミコロンで区切ります（例：dual key; dual-key arrangement）。"
        "第一に使うものを「英訳」に、ほかは「他の英訳」に書きます。",
        "Put a semicolon between them: dual key; dual-key arrangement. The one to use first goes "
        "under English, the others under Other English.",
    ),
    Line(
        "Adding a term\n用語の追加",
        "表のすぐ下の空いた行に「日本語」と「英訳」を書いてください。「識別子」と「版」は空けておきます。",
        "Type it in the free row below the table, with its Japanese and its English. Id and "
        "Revision stay empty.",
    ),
    Line(
        "Several rows of a term\n一つの用語が複数行のとき",
        "同じ意味の日本語がいくつもある用語は、その数だけ行があり、識別子に #2、#3 と付きます。"
        "英訳は、そのうちの一行で直せば足ります。",
        "A term with several Japanese words of one meaning has a row for each; their Ids end in "
        "#2, #3 … It is enough to change the English in one of the rows.",
    ),
    Line(
        "Deleting a row\n行の削除",
        "行を消しても、用語は消えません。要らない用語は「却下」にしてください。",
        "Deleting a row changes nothing. Choose reject for a term that should go.",
    ),
    Line(
        "Filter, hide, sort\n絞り込み・非表示・並べ替え",
        "絞り込みも、行や列の非表示も、幅の変更も自由です。並べ替える前には、シートの保護を解除してください"
        "（Excel では［校閲］→［シート保護の解除］、LibreOffice では［ツール］→［シートの保護］。"
        "パスワードはありません）。行の順序は変わって構いません。",
        "Filter, hide and resize as you like. To sort, unprotect the sheet first (Excel: Review → "
        "Unprotect Sheet; LibreOffice: Tools → Protect Sheet); there is no password. The order of "
        "the rows does not matter.",
    ),
    Line(
        "Please do not change\n変えないもの",
        "「識別子」と「版」は、どの用語のどの版をご覧になったかを示すものです。書き換えないでください。"
        "見出しが灰色の列は、読むだけの列です。",
        "Id and Revision say which term you saw, and which version of it: please leave them. "
        "Columns with a grey heading are for reading only.",
    ),
)

_EXPLAINED = {
    Field.DECISION: ("採用・却下・保留から選びます。", "Accept, reject or defer, from the list."),
    Field.JAPANESE: (
        "日本語の用語。候補の行で書き換えると、別の用語の追加になります。",
        "The term. Changed in the row of a candidate it is a new term.",
    ),
    Field.READING: ("かなで書いた読みです。", "Its reading in kana."),
    Field.ENGLISH: ("第一に使う英訳です。", "The English to use first."),
    Field.OTHER_ENGLISH: ("ほかに使ってよい英訳です。", "Other English that may be used."),
    Field.AVOID: ("使わないほうがよい英訳です。", "English that should not be used."),
    Field.STATUS: (
        "日本語の用語の用法です。優先（第一に使う）、許容（使ってもよい）、非推奨（使わないほうがよい）、"
        "旧称（今は使わない）から選びます。",
        "How the Japanese is used: preferred, admitted (may be used), deprecated (better not), "
        "superseded (no longer used).",
    ),
    Field.COMMENT: (
        "判断の理由、質問、提案などを自由にお書きください。記録に残ります。",
        "Reasons, questions, suggestions, in your own words; they are kept.",
    ),
    Field.OFFERED: (
        "yakugo が挙げた英訳です。確からしいものから順に並んでいます。",
        "What yakugo offers, the likeliest first.",
    ),
    Field.CONTEXT: ("用語が使われている文です。", "A sentence that the term stands in."),
    Field.DOCUMENT: ("その文がある文書です。", "The document with that sentence."),
    Field.DEFINITION: ("英語で書いた定義です。", "What it means, in English."),
    Field.DEFINITION_JA: ("日本語で書いた定義です。", "What it means, in Japanese."),
    Field.NOTE: ("使い方などの注記です。", "A note, on its use for instance."),
    Field.SUBJECT_FIELD: ("用語の分野です。", "The subject field it belongs to."),
    Field.STATE: (
        "今の状態です（下の「色」をご覧ください）。",
        "Where it stands now; see Colours below.",
    ),
    Field.ID: (
        "用語集の用語を見分ける記号です。候補では空欄です。",
        "What names a term of the glossary; empty for a candidate.",
    ),
    Field.REVISION: (
        "用語集の用語の、何番目の版かを示します。候補では空欄です。",
        "Which version of the term this is; empty for a candidate.",
    ),
}

INSTRUCTIONS = "Instructions 説明"  # the name of the sheet
MISSING = "English is missing 英訳が未記入"
_COLOURS = (
    Line(
        MISSING, "英訳を記入していただきたいセルです。", "A cell that waits for English.", MISSING
    ),
    Line("new 未検討", "まだ誰も判断していない候補です。", "A candidate nobody has decided about."),
    Line(
        "proposed 提案中",
        "用語集への提案で、承認を待っています。",
        "Proposed for the glossary, and not yet approved.",
        "proposed",
    ),
    Line("approved 承認済み", "用語集に載っています。", "Part of the glossary.", "approved"),
    Line("deferred 保留中", "保留になっています。", "Put off.", "deferred"),
    Line("rejected 却下済み", "却下されています。", "Turned down.", "rejected"),
)

_RETURNING = (
    Line(
        "Mailing it back\n返送",
        ".xlsx のまま保存し、メールに添付してください。Google スプレッドシートでは［ファイル］→"
        "［ダウンロード］→［Microsoft Excel (.xlsx)］で保存できます。",
        "Save it as .xlsx and attach it to a mail. In Google Sheets: File → Download → Microsoft "
        "Excel (.xlsx).",
    ),
    Line(
        "Reading it in\n取り込み",
        "受け取った人が、記入した人の名前を添えて取り込みます：\n"
        "yakugo import FILE --reviewer NAME",
        "Whoever receives it reads it in, with the name of the person who filled it in:\n"
        "yakugo import FILE --reviewer NAME",
    ),
    Line(
        "Changed meanwhile\n行き違い",
        "お手元にある間に、同じ用語をほかの人が変更しているかもしれません。その場合、何も上書きされません。"
        "双方の内容を並べてお知らせしますので、見比べてお決めください。",
        "Somebody else may change the same term while you have the file. Then nothing is "
        "overwritten: you get both versions, to compare and to decide.",
    ),
)

SECTIONS: Sequence[tuple[str, Sequence[Line]]] = (
    ("About this workbook この表について", _PURPOSE),
    ("Filling it in 記入のしかた", _FILLING_IN),
    (
        "Columns 列",
        tuple(Line(column.heading, *_EXPLAINED[name]) for name, column in COLUMNS.items()),
    ),
    ("Colours 色", _COLOURS),
    ("Sending it back 返送と取り込み", _RETURNING),
)
