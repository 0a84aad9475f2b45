from hypothesis import example, given
from hypothesis import strategies as st

from yakugo.tokens import portions, runs, tokenize


def pieces(sentence, genitive=False):
    return ["|".join(r.pieces) for r in runs(sentence) if r.genitive == genitive]


def test_noun_pieces_that_stand_together_are_one_run():
    assert pieces("拡大抑止の信頼性を高める。") == ["拡大|抑止", "信頼|性"]
    assert pieces("対戦力能力を削ぐ。") == ["対戦|力|能力"]


def test_a_numeral_that_makes_the_concept_stays():
    assert "二|重|鍵" in pieces("二重鍵の方式をとる。")
    assert "三|本|柱" in pieces("核の三本柱を保つ。")
    assert "第|二|撃|能力" in pieces("第二撃能力を残す。")
    assert "二|国|間|協議" in pieces("二国間協議を開く。")


def test_a_numeral_that_counts_bounds_a_run():
    assert pieces("弾頭を約290発持つ。") == ["弾頭"]
    assert pieces("2番目の艦は3カ国が造る。") == ["艦"]
    assert pieces("2024年に配備した。") == ["配備"]


def test_latin_names_join_over_a_space_or_a_hyphen():
    assert "New| |START" in pieces("新条約(New START)が切れる。")
    assert "F|-|35|戦闘|機" in pieces("F-35戦闘機を積む。")
    assert "NPT|準備|委員|会" in pieces("NPT準備委員会が開く。")


def test_katakana_words_join_over_a_middle_dot():
    assert "ニュークリア|・|シェアリング" in pieces("ニュークリア・シェアリングを論じる。")


def test_persons_bound_a_run():
    assert pieces("田中一郎首相は軍縮を語る。") == ["首相", "軍縮"]


def test_genitives_are_seen_over_quotation_marks():
    sentence = "同盟国に核の「傘」を広げる。"
    (genitive,) = [run for run in runs(sentence) if run.genitive]
    assert genitive.pieces == ("核", "の", "傘")
    assert sentence[genitive.start : genitive.end] == "核の「傘」"
    assert genitive.quoted


@given(st.text(alphabet="核の「傘」を第二撃約290発 New-START・ミサイル。ＡBc(）", max_size=60))
@example("核の「傘」")
def test_runs_say_where_they_stand(sentence):
    for run in runs(sentence):
        surface = sentence[run.start : run.end]
        if run.genitive:
            surface = surface.translate(str.maketrans("", "", "「」()）"))
        assert surface == "".join(run.pieces)
        assert len(run.pieces) == len(run.classes)


@given(st.text(max_size=200))
def test_tokens_lose_no_character(text):
    assert "".join(token.surface for token in tokenize(text)) == text


def test_text_longer_than_sudachi_takes_is_cut_and_nothing_is_lost():
    text = "核兵器の管理と検証、" * 6_000  # 180 kB without a full stop
    parts = list(portions(text))
    assert len(parts) > 1
    assert "".join(part for _, part in parts) == text
    assert all(text[offset : offset + len(part)] == part for offset, part in parts)
    assert max(len(part.encode()) for _, part in parts) < 49_149
    assert sum(run.pieces == ("核", "兵器") for run in runs(text)) == 6_000
