import pytest

from yakugo.model import Mined, SentencePair
from yakugo.termbase import Recorded, Termbase, translations

PAIRS = (
    SentencePair("前方展開は抑止を支える。", "Forward deployment supports deterrence.", "unit 7"),
    SentencePair("前方展開を続ける。", "The forward deployment continues.", "unit 9"),
)
FORWARD = Mined("前方展開", "forward deployment", 0.8, 9, 12, 10, PAIRS)
DETERRENCE = Mined("抑止", "deterrence", 0.7, 5, 6, 5, PAIRS[:1])


@pytest.fixture
def termbase(database):
    with Termbase(database) as opened:
        yield opened


def record(termbase, *found, digest="one", identity="memory.tmx"):
    return translations.record(termbase, identity, identity, digest, 20, found)


def test_what_was_mined_comes_back_with_its_pairs(termbase):
    assert record(termbase, FORWARD, DETERRENCE) is Recorded.ADDED
    assert translations.mined(termbase, ["前方展開", "抑止", "同盟"]) == {
        "前方展開": [("memory.tmx", FORWARD)],
        "抑止": [("memory.tmx", DETERRENCE)],
    }
    assert translations.files(termbase) == [("memory.tmx", 20)]


def test_the_same_file_is_stored_once_and_a_changed_one_replaces_what_it_gave(termbase):
    record(termbase, FORWARD, DETERRENCE)
    assert record(termbase, FORWARD) is Recorded.UNCHANGED
    assert record(termbase, DETERRENCE, digest="two") is Recorded.UPDATED
    assert translations.mined(termbase, ["前方展開"]) == {}
    assert translations.mined(termbase, ["抑止"]) == {"抑止": [("memory.tmx", DETERRENCE)]}


def test_the_strongest_comes_first_whatever_its_file(termbase):
    weak = Mined("抑止", "deterrent", 0.3, 1, 6, 1)
    record(termbase, weak)
    record(termbase, DETERRENCE, identity="treaty.xlf")
    found = translations.mined(termbase, ["抑止"])["抑止"]
    assert [(file, one.english) for file, one in found] == [
        ("treaty.xlf", "deterrence"),
        ("memory.tmx", "deterrent"),
    ]


def test_many_terms_are_asked_for_at_once(termbase):
    many = [Mined(f"語{n}", f"word {n}", 0.5, 1, 1, 1, PAIRS) for n in range(1_200)]
    record(termbase, *many)
    found = translations.mined(termbase, [one.term for one in many])
    assert found == {one.term: [("memory.tmx", one)] for one in many}


def test_nothing_is_stored_when_mining_breaks_off(termbase):
    def broken():
        yield FORWARD
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        translations.record(termbase, "memory.tmx", "memory.tmx", "one", 20, broken())
    assert translations.files(termbase) == []
    assert translations.mined(termbase, ["前方展開"]) == {}
