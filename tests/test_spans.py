from yakugo.model import Kind
from yakugo.spans import cut_of, inside, is_term, spans
from yakugo.tokens import runs


def found(text, known=()):
    """The spans of all runs of a text with how they were found; `known` are known from outside."""
    cuts = [cut_of(run.form) for run in runs(text)]
    standing = {cut.core() for cut in cuts if is_term(cut, cut.begin, cut.end)}
    return {
        cut.span(span.i, span.j): span.kind for cut in cuts for span in spans(cut, standing, known)
    }


def test_the_core_of_a_run_is_without_what_only_stands_at_its_ends():
    (run,) = runs("元国防長官ら")
    assert cut_of(run.form).core() == "国防長官"


def test_a_run_is_a_word_or_a_compound():
    assert found("抑止を論じる。") == {"抑止": Kind.WORD}
    assert found("抑止戦略を論じる。")["抑止戦略"] == Kind.COMPOUND


def test_what_an_action_at_the_end_is_about_is_nested():
    terms = found("弾道ミサイル発射実験のあと、軍備管理協議が止まった。")
    assert terms["弾道ミサイル"] == terms["軍備管理"] == Kind.NESTED
    assert {"領域警備法案", "領域警備"} <= set(found("領域警備法案を出す。"))
    assert "対艦誘導弾" in found("対艦誘導弾部隊を置く。")


def test_a_compound_with_a_place_is_found_with_and_without_it():
    terms = found("米国同盟国は米連邦捜査局に聞いた。")
    assert terms["米国同盟国"] == terms["米連邦捜査局"] == Kind.PLACED
    assert terms["同盟国"] == terms["連邦捜査局"] == Kind.COMPOUND


def test_an_organisation_and_its_part_are_two_terms():
    assert {"防衛省", "防衛政策局"} <= set(found("防衛省防衛政策局が答えた。"))


def test_what_stands_by_itself_or_is_known_is_a_unit_that_nothing_cuts_through():
    text = "自衛隊サイバー防衛隊を置く。"
    assert "サイバー防衛隊" in found(text + "自衛隊は増える。")
    assert "隊サイバー" not in found(text, known={"隊サイバー", "自衛隊"})
    assert "核保有" not in found("核保有国が増える。", known={"核保有"})  # 国 belongs to it


def test_models_and_calibres_keep_their_numerals():
    terms = set(found("155ミリ榴弾砲とA2/AD、6カ国協議、決議1718号、新型ICBM。"))
    assert {"155ミリ榴弾砲", "榴弾砲", "A2/AD", "6カ国協議", "決議1718号", "ICBM"} <= terms


def test_a_word_of_the_field_bounds_what_is_nested():
    assert "弾道ミサイル" in found("弾道ミサイル市場を調べる。")
    assert "大学図書" not in found("大学図書館長に会う。")


def test_the_post_of_a_speaker_is_cut_off_a_term_that_stands_elsewhere():
    terms = found("国務大臣専守防衛についてお答えする。専守防衛は変わらない。")
    assert "専守防衛" in terms
    assert "国務大臣専守防衛" not in terms


def test_all_proper_spans_of_two_pieces_or_more_lie_inside():
    assert list(inside(0, 3)) == [(0, 2), (1, 3)]
    assert list(inside(0, 2)) == []
