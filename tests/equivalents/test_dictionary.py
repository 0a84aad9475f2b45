from yakugo.equivalents import dictionary


def english(word):
    return [offer.english for offer in dictionary.offers([word], {}).get(word, [])]


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


def test_kana_words_and_latin_of_any_width_are_found():
    assert english("サイロ") == ["silo"]
    assert "NATO" in english("NATO")
    assert english("NATO") == english("ＮＡＴＯ")


def test_only_headwords_are_known():
    assert dictionary.known(["軍備管理", "管理軍備", "NATO"]) == {"軍備管理", "NATO"}


def test_many_words_at_once():
    words = [f"無い語{i}" for i in range(2_000)] + ["抑止"]
    assert dictionary.known(words) == {"抑止"}
