import sqlite3

import pytest
from jamdict_data import JAMDICT_DB_PATH

from yakugo.equivalents import dictionary
from yakugo.tables import table


def english(word, usual=()):
    return [offer.english for offer in dictionary.offers([word], dict(usual)).get(word, [])]


def test_the_first_sense_comes_first():
    assert english("核の傘") == ["nuclear umbrella"]
    offers = dictionary.offers(["二重"], {})["二重"]
    assert offers[0].english == "double"
    assert [o.score for o in offers] == sorted((o.score for o in offers), reverse=True)


def test_notes_in_brackets_are_not_part_of_the_equivalent_but_of_the_evidence():
    (offer,) = [
        o for o in dictionary.offers(["国防総省"], {})["国防総省"] if "Defense" in o.english
    ]
    assert offer.english == "Department of Defense"
    assert offer.evidence[0].provider == "dictionary"
    assert "(U.S.)" in offer.evidence[0].detail
    assert dictionary.without_notes("umbrella (nuclear) of (the) US") == "umbrella of US"
    assert dictionary.without_notes("(see note)") == ""


def test_kana_words_and_latin_of_any_width_are_found():
    assert english("サイロ") == ["silo"]
    assert "NATO" in english("NATO")
    assert english("NATO") == english("ＮＡＴＯ")


def test_a_word_asked_for_in_both_widths_or_twice_is_the_same_word_alone():
    asked = ["NATO", "ＮＡＴＯ", "NATO", "抑止"]
    assert dictionary.known(asked) == set(asked)
    together = dictionary.senses(asked)
    assert together == {word: dictionary.senses([word])[word] for word in asked}


def test_only_headwords_are_known():
    assert dictionary.known(["軍備管理", "管理軍備", "NATO"]) == {"軍備管理", "NATO"}


def test_many_words_at_once():
    words = [f"無い語{i}" for i in range(2_000)] + ["抑止"]
    assert dictionary.known(words) == {"抑止"}


def test_an_unknown_word_has_no_senses_and_no_offers():
    assert dictionary.senses(["無い語", ""]) == {}
    assert dictionary.offers(["無い語"], {}) == {}


# --- which sense, which gloss


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("弾幕", "barrage", "bullet hell"),  # video games
        ("歩兵", "infantry", "pawn"),  # shogi
        ("先行", "going ahead", "stalker"),  # horse-racing
        ("年", "year", "period of an apprentice's contract"),  # archaic
        ("作戦", "military operation", "tactics"),
    ],
)
def test_senses_of_another_time_or_field_come_later(word, first, last):
    senses = dictionary.senses([word])[word]
    places = [sense.place for sense in senses]
    assert places == sorted(places)
    order = [dictionary.without_notes(gloss) for sense in senses for gloss in sense.glosses]
    assert order.index(first) < order.index(last)


def test_a_sense_of_another_field_is_further_down_than_it_stands():
    senses = dictionary.senses(["歩兵"])["歩兵"]
    pawn = next(sense for sense in senses if "pawn" in sense.glosses)
    assert pawn.place > senses.index(pawn)


def test_what_is_usual_in_the_field_comes_first_among_the_glosses():
    assert english("拡散")[0] == "scattering"
    assert english("拡散", {"diffusion": 30})[0] == "diffusion"
    assert english("使用")[0] == "use"
    assert english("使用", {"use": 30, "application": 30})[0] == "use"


def test_small_words_are_not_what_makes_a_gloss_usual():
    assert english("二重", {"of": 999, "the": 999, "to": 999}) == english("二重")


# --- the table of tags


@pytest.fixture(scope="module")
def jmdict():
    connection = sqlite3.connect(f"file:{JAMDICT_DB_PATH}?mode=ro&immutable=1", uri=True)
    yield connection
    connection.close()


TAGS = table("equivalents/tags.tsv")


@pytest.mark.parametrize("row", TAGS, ids=lambda row: f"{row['table']} {row['tag']}")
def test_the_example_of_each_tag_has_a_sense_with_it(jmdict, row):
    assert row["table"] in {"misc", "field", "pos"}
    tagged = jmdict.execute(
        f"select 1 from Kanji w join Sense s on s.idseq = w.idseq join {row['table']} t "
        "on t.sid = s.ID where w.text = ? and t.text = ? limit 1",
        [row["example"], row["tag"]],
    ).fetchone()
    assert tagged
    assert int(row["places"]) != 0
    assert row["reason"]


def test_no_tag_is_listed_twice():
    listed = [(row["table"], row["tag"]) for row in TAGS]
    assert len(listed) == len(set(listed))


# --- attestation and names


def test_english_is_attested_when_it_is_a_whole_gloss_of_any_word():
    asked = {"nuclear umbrella", "umbrella of the nuclear", "arms control", ""}
    assert dictionary.attested(asked) == {"nuclear umbrella", "arms control"}
    assert dictionary.attested(set()) == set()


def test_places_are_names_and_persons_are_not():
    assert dictionary.names(["横須賀"])["横須賀"][0] == "Yokosuka"
    assert dictionary.names(["一郎", "核抑止"]) == {}
