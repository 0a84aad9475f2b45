import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.consult.lookup import How, Lookup, english_key, japanese_key
from yakugo.model import Concept, Term, TermType, Usage


def concept(id, japanese, reading, english, *more):
    return Concept(id, (Term(japanese, reading=reading), Term(english, "en"), *more))


CONCEPTS = [
    concept(
        "extended-deterrence", "拡大抑止", "かくだいよくし", "extended deterrence",
        Term("nuclear deterrence", "en", usage=Usage.DEPRECATED),
    ),
    concept("nuclear-deterrence", "核抑止", "かくよくし", "nuclear deterrence"),
    concept("nuclear-umbrella", "核の傘", "かくのかさ", "nuclear umbrella"),
    concept("silo", "サイロ", "サイロ", "silo"),
    concept("non-proliferation", "核不拡散", "かくふかくさん", "nuclear non-proliferation"),
    concept(
        "exclusively-defensive", "専守防衛", "せんしゅぼうえい",
        "exclusively defense-oriented policy",
    ),
    concept(
        "icbm", "大陸間弾道ミサイル", "たいりくかんだんどうミサイル",
        "intercontinental ballistic missile",
        Term("ICBM", "ja", "アイシービーエム", type=TermType.ABBREVIATION, usage=Usage.ADMITTED),
        Term("ICBM", "en", type=TermType.ABBREVIATION, usage=Usage.ADMITTED),
    ),
]  # fmt: skip
LOOKUP = Lookup(CONCEPTS)


def first(query):
    match = LOOKUP.find(query)[0]
    return match.concept.id, match.how.value


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("拡大抑止", ("extended-deterrence", "exact")),
        ("核の「傘」", ("nuclear-umbrella", "exact")),
        ("かくのかさ", ("nuclear-umbrella", "exact")),
        ("カクノカサ", ("nuclear-umbrella", "exact")),
        ("kakunokasa", ("nuclear-umbrella", "exact")),
        ("kaku no kasa", ("nuclear-umbrella", "exact")),
        ("さいろ", ("silo", "exact")),
        ("nuclear umbrellas", ("nuclear-umbrella", "exact")),
        ("Nuclear Nonproliferation", ("non-proliferation", "exact")),
        ("exclusively defence oriented policy", ("exclusively-defensive", "exact")),
        ("icbm", ("icbm", "exact")),
        ("ＩＣＢＭ", ("icbm", "exact")),
        ("拡大", ("extended-deterrence", "prefix")),
        ("extended", ("extended-deterrence", "prefix")),
        ("senshu", ("exclusively-defensive", "prefix")),
        ("弾道", ("icbm", "substring")),
        ("ballistic", ("icbm", "substring")),
        ("kakudayokushi", ("extended-deterrence", "fuzzy")),
        ("拡大抑し", ("extended-deterrence", "fuzzy")),
        ("necular umbrella", ("nuclear-umbrella", "fuzzy")),
        ("umbrela", ("nuclear-umbrella", "fuzzy")),
        ("balistic misile", ("icbm", "fuzzy")),
        ("kakudaiyokush", ("extended-deterrence", "prefix")),
        ("核の\n傘\n", ("nuclear-umbrella", "exact")),
        ("extended\n deterrence", ("extended-deterrence", "exact")),
    ],
)
def test_a_term_is_found_however_it_is_asked_for(query, expected):
    assert first(query) == expected


def test_a_preferred_term_comes_before_a_deprecated_one():
    matches = LOOKUP.find("nuclear deterrence")
    assert [m.concept.id for m in matches[:2]] == ["nuclear-deterrence", "extended-deterrence"]
    assert matches[1].term.usage is Usage.DEPRECATED


def test_a_concept_answers_once():
    ids = [match.concept.id for match in LOOKUP.find("ICBM")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "query", ["", "  ", "「」", "・", "zzzzzz", "無関係", "\n", "F-35", "止\n核"]
)
def test_what_is_not_there_is_not_found(query):
    assert LOOKUP.find(query) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("arms-control treaty", "arms control treaties"),
        ("nuclear-weapon-free zone", "Nuclear Weapons Free Zone"),
        ("counterforce capability", "counterforce capabilities"),
        ("missile launch", "missile launches"),
        ("grey-zone situation", "gray zone situation"),
        ("theatre nuclear forces", "theater nuclear forces"),
        ("costly signalling", "costly signaling"),
        ("manoeuvrable", "maneuverable"),
        ("modernising", "modernizing"),
        ("détente", "detente"),
    ],
)
def test_spellings_of_an_english_term_are_one(one, other):
    assert english_key(one) == english_key(other)


def test_a_part_begins_where_a_word_or_a_syllable_does():
    lookup = Lookup(
        [
            concept("nuclear-material", "核物質", "かくぶっしつ", "nuclear material"),
            concept("nuclear-forces", "核戦力", "かくせんりょく", "nuclear forces"),
            concept("nuclear-disarmament", "核軍縮", "かくぐんしゅく", "nuclear disarmament"),
        ]
    )
    assert [m.concept.id for m in lookup.find("arms")] == ["nuclear-disarmament"]
    assert lookup.find("use") == []  # kakUSEnryoku
    assert [m.concept.id for m in lookup.find("senryoku")] == ["nuclear-forces"]


def test_the_nearest_spelling_comes_first_and_says_how_near_it_is():
    matches = LOOKUP.find("nuclear umbrelas")
    assert [(m.concept.id, m.how, m.edits) for m in matches] == [("nuclear-umbrella", How.FUZZY, 1)]


def test_no_concepts_no_answers():
    assert Lookup([]).find("核") == []


def slowly(query, level):
    """What a plain scan over all terms finds in one way."""

    def hit(key, wanted):
        if not wanted or not key:
            return False
        return {
            How.EXACT: key == wanted,
            How.PREFIX: key.startswith(wanted),
            How.SUBSTRING: wanted in key,
        }[level]

    return {
        one.id
        for one in CONCEPTS
        for term in one.terms
        if (hit(english_key(term.text), english_key(query)) and term.language == "en")
        or (hit(japanese_key(term.text), japanese_key(query)) and term.language == "ja")
        or (hit(japanese_key(term.reading), japanese_key(query)) and term.language == "ja")
    }  # fmt: skip


@given(st.text(alphabet="核抑止拡大傘のかくだいミサイルさんボ", min_size=1, max_size=4))
def test_all_that_a_plain_scan_finds_is_found(query):
    found = {m.concept.id for m in LOOKUP.find(query, limit=99) if m.how is not How.FUZZY}
    assert found == slowly(query, How.SUBSTRING)
    exact = {m.concept.id for m in LOOKUP.find(query, limit=99) if m.how is How.EXACT}
    assert exact == slowly(query, How.EXACT)
    prefix = {m.concept.id for m in LOOKUP.find(query, limit=99) if m.how is How.PREFIX}
    assert prefix | exact == slowly(query, How.PREFIX)


WORDS = ["arm", "alarm", "material", "nuclear", "rate", "strategic", "ate"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
ENGLISH_TERMS = st.lists(st.builds(Term, NAMES, st.just("en"), usage=st.sampled_from(Usage)))


def ranked_slowly(concepts, query):
    """The ids that a plain scan gives, in the order of answers."""
    part = query.replace(" ", "")

    def rank(term):
        words = term.text.split()
        key = "".join(words)
        ends = ["".join(words[i:]) for i in range(len(words))]
        if key == part:
            level = 0
        elif key.startswith(part):
            level = 1
        elif any(part in word for word in words) or any(end.startswith(part) for end in ends):
            level = 2
        else:
            return None
        return level, list(Usage).index(term.usage), len(key)

    ranks = ((min(filter(None, map(rank, c.terms)), default=None), c.id) for c in concepts)
    return [id for found, id in sorted(r for r in ranks if r[0] is not None)]


@given(
    st.lists(ENGLISH_TERMS, max_size=5),
    st.one_of(NAMES, st.sampled_from(["a", "ar", "arm", "rm", "ate", "nuclear m", "rate a"])),
    st.integers(1, 4),
)
def test_answers_come_in_the_order_of_a_plain_scan(terms, query, limit):
    concepts = [Concept(f"c{i}", tuple(some)) for i, some in enumerate(terms)]
    found = [m.concept.id for m in Lookup(concepts).find(query, limit) if m.how is not How.FUZZY]
    assert found == ranked_slowly(concepts, query)[:limit]
