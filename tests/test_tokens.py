from hypothesis import example, given
from hypothesis import strategies as st

from yakugo.tokens import (
    classes_of,
    form_of,
    joint,
    phrases,
    pieces_of,
    portions,
    runs,
    said_of,
    tokenize,
)


def pieces(sentence):
    return ["|".join(pieces_of(run.form)) for run in runs(sentence)]


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
    assert "B|61|核|爆弾" in pieces("B61核爆弾を降ろす。")
    assert "NPT|準備|委員|会" in pieces("NPT準備委員会が開く。")


def test_a_bracket_ends_a_run_even_inside_a_word_of_the_dictionary():
    found = pieces("対共産圏輸出統制委員会(ココム)は古い。")
    assert found == ["対|共産|圏|輸出|統制|委員|会", "ココム"]


def test_katakana_words_join_over_a_middle_dot():
    assert "ニュークリア|・|シェアリング" in pieces("ニュークリア・シェアリングを論じる。")
    assert "ハブ|・|アンド|・|スポーク" in pieces("ハブ・アンド・スポークから始まる。")
    assert "キーン|・|ソード" in pieces("演習「キーン・ソード」を行う。")


def test_persons_bound_a_run():
    assert pieces("田中一郎首相は軍縮を語る。") == ["首相", "軍縮"]


def test_a_form_holds_its_pieces_and_their_classes():
    form = form_of(("New", " ", "START"), "LWL")
    assert (pieces_of(form), classes_of(form)) == (("New", " ", "START"), "LWL")


def test_a_run_knows_its_readings_and_what_its_spellings_share():
    (run,) = runs("巡航ミサイル用サーバ")
    readings, normals = said_of(run.said)
    assert readings == ("じゅんこう", "ミサイル", "よう", "サーバ")
    assert normals[-1] == "サーバー"


def test_what_was_read_before_does_not_change_what_is_found():
    alone = pieces("F-35A戦闘機")
    assert pieces("⒜　核兵器をいう。") == ["核|兵器"]
    assert pieces("F-35A戦闘機") == alone == ["F|-|35|A|戦闘|機"]


def test_a_run_knows_whether_it_is_quoted():
    assert [run.quoted for run in runs("「二重鍵」は二重鍵だ。")] == [True, False]


def test_two_runs_are_joined_by_a_particle_over_quotation_marks_or_by_a_dot():
    sentence = "核の「傘」と先制・予防攻撃"
    nuclear, umbrella, first, second = runs(sentence)
    assert joint(sentence, nuclear.end, umbrella.start) == "の"
    assert joint(sentence, first.end, second.start) == "・"
    assert joint(sentence, umbrella.end, first.start) == ""


def test_phrases_lose_nothing_and_cut_no_word():
    sentence = "我が国は核の「傘」に頼り、万が一の際の拡大抑止を取り決めている。"
    cut = phrases(sentence)
    assert "".join(phrase + behind for phrase, behind in cut) == sentence
    assert cut[:3] == [("我が国は", ""), ("核の", ""), ("「傘」", "に")]
    assert [phrase for phrase, _ in cut if "取り決め" in phrase]


def test_phrases_end_at_function_words_and_marks_so_that_they_come_again():
    sentence = "大臣から抑止力、同盟を強化していかなければならないと説明された。"
    assert phrases(sentence) == [
        ("大臣", "から"),
        ("抑止力", "、"),
        ("同盟", "を"),
        ("強化して", "いかなければならないと"),
        ("説明され", "た。"),
    ]


def test_verbs_of_one_kanji_and_hiragana_stand_behind_a_phrase():
    assert phrases("抑止力を高める。備えを固めて、") == [
        ("抑止力", "を高める。"),
        ("備えを", "固めて、"),
    ]


@given(
    st.text(
        alphabet="核抑止力防衛ミサイルをがはにのでとからまでよりしたされているた。、「」",
        max_size=80,
    )
)
def test_any_text_is_cut_into_phrases_without_loss(text):
    assert "".join(phrase + behind for phrase, behind in phrases(text)) == text


@given(st.text(alphabet="核の「傘」を第二撃約290発 New-START・ミサイル。ＡBc(）", max_size=60))
@example("核の「傘」")
def test_runs_say_where_they_stand(sentence):
    for run in runs(sentence):
        surface = sentence[run.start : run.end]
        units, classes = pieces_of(run.form), classes_of(run.form)
        assert surface == "".join(units)
        assert run.form == form_of(units, classes)
        assert len(units) == len(classes)
        assert all(len(units) == len(words) for words in said_of(run.said))


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
    assert sum(pieces_of(run.form) == ("核", "兵器") for run in runs(text)) == 6_000
