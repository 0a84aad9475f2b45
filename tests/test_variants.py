import pytest

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.variants import grouped


def groups(text):
    return {one.term: one for one in grouped(collect(from_text(text, "essay")))}


@pytest.mark.parametrize(
    ("text", "usual", "others"),
    [
        ("攻撃サーバーを守る。攻撃サーバーだ。攻撃サーバもある。", "攻撃サーバー", ("攻撃サーバ",)),
        ("覚え書きを交わす。覚書と覚書。", "覚書", ("覚え書き",)),
        (
            "核不拡散の会議。「核の不拡散」を論じる。核不拡散を望む。",
            "核不拡散",
            ("核の不拡散",),
        ),
    ],
)
def test_spellings_of_one_term_are_one_candidate_the_most_usual_first(text, usual, others):
    one = groups(text)[usual]
    assert one.variants == others
    assert one.frequency == 3
    assert not set(others) & set(groups(text))
    assert {context.surface.strip("「」") for context in one.contexts} == {usual, *others}


def test_different_terms_stay_apart():
    assert {"核抑止", "拡大抑止"} <= set(groups("核抑止と拡大抑止を論じる。"))


def test_documents_are_counted_once_however_many_spellings_stand_in_them():
    found = collect(from_text("覚書と覚え書き。", "essay"))
    (one,) = grouped(found, {found[0].key: 1})
    assert (one.documents, one.frequency) == (1, 2)
