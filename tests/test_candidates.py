from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.candidates import NOTHING_KNOWN, Background, collect, merge, of
from yakugo.documents import from_text
from yakugo.equivalents.glossary import key
from yakugo.model import Kind

TEXT = """\
二重鍵とは、発射に二つの国の同意を求める方式を指す。
同盟国は核の「傘」に頼ってきた。核の傘は抑止の約束である。
弾道ミサイル発射実験のあと、軍備管理協議が止まった。
元国防高官は拡大抑止政策を語った。米国同盟国は二重鍵を望む。
"""


def found(text, background=NOTHING_KNOWN, name="essay"):
    return {one.term: one for one in collect(from_text(text, name), background)}


def test_terms_are_counted_with_reading_pieces_and_kind():
    one = found(TEXT)["二重鍵"]
    assert (one.reading, one.pieces, one.kind) == ("にじゅうかぎ", ("二", "重", "鍵"), "compound")
    assert (one.frequency, one.documents) == (2, 1)


def test_the_kana_that_the_writer_set_above_a_word_are_its_reading():
    document = from_text("警報即発射を論じる。", "essay", (("警報即発射", "けいほうそくはっしゃ"),))
    (one,) = [one for one in collect(document) if one.term == "警報即発射"]
    assert one.reading == "けいほうそくはっしゃ"


def test_every_context_reproduces_the_surface():
    for one in found(TEXT).values():
        assert one.contexts
        for context in one.contexts:
            place = slice(context.offset + context.start, context.offset + context.end)
            assert TEXT[place] == context.surface
            assert context.surface.replace("「", "").replace("」", "") == one.term


def test_the_sentence_that_defines_comes_first():
    text = "二重鍵を望む声がある。" + TEXT
    assert "とは" in found(text)["二重鍵"].contexts[0].sentence


def test_a_genitive_needs_evidence():
    assert found(TEXT)["核の傘"].kind == Kind.GENITIVE
    assert found(TEXT)["核の傘"].frequency == 2
    once = "政府は核の盾を語った。"
    assert "核の盾" not in found(once)
    assert "核の盾" in found(once, Background(frozenset({"核の傘"})))
    assert "核の盾" in found(once, Background(recognise=lambda spans: {"核の盾"} & set(spans)))


def test_an_instrument_is_named_by_what_it_is_about():
    terms = found("拡大抑止に関する指針をまとめ、日程に関する質問に答えた。")
    assert terms["拡大抑止に関する指針"].reading == "かくだいよくしにかんするししん"
    assert "日程に関する質問" not in terms


def test_a_coordination_of_two_terms_is_also_found_as_a_whole():
    terms = found("接近阻止・領域拒否に備える。")
    assert terms["接近阻止・領域拒否"].kind == Kind.LINKED
    assert "問題・課題" not in found("問題・課題を述べる。")


def test_what_joins_two_terms_needs_evidence_but_not_in_the_name_of_a_law():
    assert "武力による威嚇" not in found("武力による威嚇を慎む。")
    assert "武力による威嚇" in found("武力による威嚇を慎む。武力による威嚇は違法である。")
    assert "外国為替及び外国貿易法" in found("外国為替及び外国貿易法を改めた。")


def test_a_reviewed_term_makes_a_genitive_a_term():
    reviewed = Background(frozenset({"核弾頭"}))
    assert "核弾頭の解体" in found("核弾頭の解体を急ぐ。", background=reviewed)
    assert "核弾頭の解体" not in found("核弾頭の解体を急ぐ。")


def test_persons_places_counts_and_furniture_are_no_terms():
    text = "田中一郎首相はパリで3日間会談した。弾頭は約290発だ。返信削除"
    assert set(found(text)) == {"弾頭", "会談"}


def test_width_does_not_make_another_term():
    terms = found("ＮＡＴＯ加盟国とNATO加盟国。")
    assert terms["NATO加盟国"].frequency == 2
    assert terms["NATO加盟国"].contexts[0].surface == "ＮＡＴＯ加盟国"


def test_merging_documents_adds_up_and_mixes_their_contexts():
    one = collect(from_text("抑止戦略を論じる。抑止戦略は古い。", "a"))
    two = collect(from_text("新しい抑止戦略が要る。", "b"))
    (merged,) = [c for c in merge([one, two], contexts=2) if c.term == "抑止戦略"]
    assert (merged.frequency, merged.documents) == (3, 2)
    assert [context.document for context in merged.contexts] == ["a", "b"]


SENTENCES = st.lists(
    st.sampled_from([s + "。" for s in TEXT.replace("\n", "").split("。") if s]), min_size=1
)


@given(SENTENCES, SENTENCES)
def test_merging_two_documents_counts_what_one_of_both_would(first, second):
    """Terms with evidence in one half only may be missed there, never counted twice."""
    whole = found("\n".join(first + second))
    halves = [
        collect(from_text("\n".join(part), name)) for part, name in ((first, "a"), (second, "b"))
    ]
    merged = Counter({c.term: c.frequency for c in merge(halves)})
    assert all(merged[term] <= one.frequency for term, one in whole.items())
    standing = {term for term, one in whole.items() if one.kind == Kind.COMPOUND}
    assert standing <= set(merged)


# --- a term that stands in no document


@pytest.mark.parametrize(
    ("term", "kind", "pieces"),
    [
        ("核", Kind.WORD, "核"),
        ("NATO", Kind.WORD, "NATO"),
        ("二重鍵", Kind.COMPOUND, "二 重 鍵"),
        ("核の傘", Kind.GENITIVE, "核 の 傘"),
        ("武力による威嚇", Kind.GENITIVE, "武力 による 威嚇"),
        ("拡大抑止に関する指針", Kind.GENITIVE, "拡大 抑止 に関する 指針"),
        ("接近阻止・領域拒否", Kind.LINKED, "接近 阻止 ・ 領域 拒否"),
        ("ミサイルに対する防衛", Kind.EXPRESSION, "ミサイル に 対する 防衛"),
        ("約290発", Kind.EXPRESSION, "約 290 発"),
    ],
)
def test_a_term_by_itself_has_its_kind_and_its_pieces(term, kind, pieces):
    one = of(term)
    assert (one.kind, " ".join(one.pieces)) == (kind, pieces)
    assert len(one.classes) == len(one.pieces)
    assert (one.frequency, one.documents, one.contexts) == (0, 0, [])


@pytest.mark.parametrize(
    "term",
    [
        "二重鍵",
        "核の傘",
        "拡大抑止に関する指針",
        "武力による威嚇",
        "接近阻止・領域拒否",
        "NATO加盟国",
    ],
)
def test_a_term_by_itself_is_cut_and_read_as_in_a_document(term):
    known = Background(recognise=lambda spans: {term} & set(spans))
    collected = found(f"{term}を論じる。{term}である。", known)[term]
    by_itself = of(term)
    for said in ("pieces", "classes", "reading", "kind"):
        assert getattr(by_itself, said) == getattr(collected, said)


@given(st.text(alphabet="核の傘・抑止をNATO 12「」（）、\nにa", max_size=12))
def test_any_text_can_be_taken_for_a_term_and_only_quotation_marks_are_lost(text):
    one = of(text)
    assert one.term == text
    assert key("".join(one.pieces)) == key(text)
    assert len(one.classes) == len(one.pieces)
