"""What the parts of a term give together, when nobody says what it is as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo import candidates
from yakugo.equivalents import composition, english, field
from yakugo.equivalents.parts import Parts
from yakugo.model import Candidate, Concept, Kind, Term
from yakugo.tokens import tokenize

PARTS = Parts()  # of the word list and the dictionary


def offers(term, parts=PARTS):
    return composition.offers([candidates.of(term)], parts).get(term, [])


def composed(term, parts=PARTS):
    return [one.english for one in offers(term, parts)]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        # a modifier and its head
        ("核軍縮", "nuclear disarmament"),
        ("早期警戒衛星", "early warning satellite"),
        ("戦略爆撃機部隊", "strategic bomber unit"),
        ("弾道ミサイル防衛能力", "ballistic missile defense capability"),
        ("危機管理能力", "crisis management capability"),
        ("核物質防護", "nuclear material protection"),
        ("米軍基地", "US military base"),
        # a head that asks for a complement
        ("核戦争防止", "prevention of nuclear wars"),
        ("防衛装備移転禁止", "prohibition of transfers of defense equipment"),
        # modifiers that are joined by a hyphen
        ("潜水艦発射弾道ミサイル", "submarine-launched ballistic missile"),
        ("地上発射型巡航ミサイル", "ground-launched cruise missile"),
        # prefixes
        ("対戦車ミサイル", "anti-tank missile"),
        ("対衛星兵器", "anti-satellite weapon"),
        ("反ロシア感情", "anti-Russian feeling"),
        ("親ロシア勢力", "pro-Russian force"),
        ("非国家主体", "non-state actor"),
        ("核燃料再処理", "nuclear fuel reprocessing"),
        ("不使用政策", "non-use policy"),
        ("元米国大使", "former US ambassador"),
        # what is numbered
        ("第7艦隊", "7th fleet"),
        ("第11旅団", "11th brigade"),
        ("第22大隊", "22nd battalion"),
        ("12式地対艦ミサイル", "Type 12 surface-to-ship missile"),
        ("火星15型", "Hwasong-15"),
        # numerals, with the plural behind them
        ("三原則", "three principles"),
        ("四本柱", "four pillars"),
        # countries
        ("日米韓防衛協力", "Japan-US-South Korea defense cooperation"),
        ("日米豪印協力", "Japan-US-Australia-India cooperation"),
        ("米ソ軍縮交渉", "US-Soviet disarmament negotiation"),
        # what の and the like join
        ("核兵器の使用", "use of nuclear weapons"),
        ("防衛力の強化", "strengthening of defense capabilities"),
        ("指揮統制の統合", "integration of command and control"),
        ("核の先制不使用政策", "no-first-use policy of nuclear weapons"),
        ("テロによる脅威", "threat by terrorism"),
        ("核実験に関する協定", "agreement on nuclear tests"),
        ("ミサイルに対する防衛", "defense against missiles"),
        ("ウクライナへの軍事支援", "military support to Ukraine"),
        ("中国からの脅威", "threat from China"),
        ("宇宙における安全保障", "security in space"),
        ("同盟国との協力", "cooperation with allies"),
        ("平和のための軍縮", "disarmament for peace"),
        ("核兵器のない世界", "world without nuclear weapons"),
        ("抑止と対話", "deterrence and dialogue"),
        ("核兵器及び化学兵器", "nuclear weapon and chemical weapon"),
        # ・ between katakana is a space, else it is "and"
        ("サイバー・セキュリティ", "cyber security"),
        ("核セキュリティ・サミット", "nuclear security summit"),
        ("外務・防衛", "foreign affairs and defense"),
        # names have capitals, what a place stands in does not
        ("相互防衛条約", "Mutual Defense Treaty"),
        ("核実験禁止条約", "Treaty on the Prohibition of Nuclear Tests"),
        ("防衛審議会", "Defense Council"),
        ("国防省", "Ministry of Defense"),
        ("旧日本軍", "former Japanese military"),
        ("新日本政策", "new Japanese policy"),
        # Latin letters stay
        ("NATO拡大", "NATO expansion"),
        ("J-15戦闘機", "J-15 fighter"),
    ],
)
def test_parts_make_a_whole(term, expected):
    assert expected in composed(term)


@pytest.mark.parametrize(
    ("term", "first"),
    [
        ("核軍縮", "nuclear disarmament"),
        ("対戦車ミサイル", "anti-tank missile"),
        ("第7艦隊", "7th fleet"),
        ("日米韓防衛協力", "Japan-US-South Korea defense cooperation"),
        ("核兵器の使用", "use of nuclear weapons"),
        ("核兵器のない世界", "world without nuclear weapons"),
    ],
)
def test_the_likeliest_comes_first(term, first):
    assert composed(term)[0] == first


@pytest.mark.parametrize(
    ("term", "wrong"),
    [
        ("海上配備型迎撃ミサイル", "sea-based-based"),
        ("脱炭素化", "decarbonizationization"),
        ("不使用政策", "unuse"),
        ("核兵器のない世界", "nuclear weapon world"),
        ("NATOの拡大", "Organizations"),
        ("NATOの拡大", "NATOs"),
        ("二正面作戦", "bifront"),
    ],
)
def test_what_is_no_english_is_not_offered(term, wrong):
    assert composed(term)
    assert not any(wrong in text for text in composed(term))


def test_what_it_is_made_of_is_the_evidence():
    best = offers("対戦車ミサイル")[0]
    assert [(e.provider, e.detail) for e in best.evidence] == [
        ("composition", "対戦車 anti-tank (word list) + ミサイル missile (word list)")
    ]
    assert not best.attested


def test_the_reviewed_glossary_is_composed_with_and_learnt_from():
    glossary = [
        Concept("dual-key", (Term("二重鍵"), Term("dual key", "en"))),
        Concept("bm", (Term("弾道ミサイル"), Term("ballistic missile", "en"))),
        Concept("bmx", (Term("弾道ミサイル潜伏艇"), Term("ballistic missile lurker", "en"))),
    ]
    parts = Parts(glossary)
    assert composed("二重鍵方式", parts)[0].startswith("dual key ")
    assert composed("巡航ミサイル潜伏艇", parts)[0] == "cruise missile lurker"
    assert not any("lurker" in text for text in composed("巡航ミサイル潜伏艇"))


@pytest.mark.parametrize(
    "term", ["ヌヘホ条約", "ペョ戦略", "抑止ヌヘホ", "抑止に対話", "核ヌヘホ兵器の使用"]
)
def test_an_unknown_part_gives_no_offer(term):
    assert offers(term) == []


@pytest.mark.parametrize("term", ["抑止", "NATO", "", "の", "核の", "の傘", "二"])
def test_what_has_no_two_parts_is_not_composed(term):
    assert offers(term) == []


def test_what_has_too_many_parts_is_not_composed():
    assert offers("核" * 9 + "兵器" * 9) == []


def test_quotation_marks_and_the_cut_of_the_tokenizer_make_no_difference():
    written = Candidate("核の「傘」", "", ("核", "の", "「", "傘", "」"), Kind.EXPRESSION)
    cut = [token.surface for token in tokenize("宇宙における安全保障")]
    pieces = Candidate("x", "", tuple(cut), Kind.EXPRESSION, classes="." * len(cut))
    found = composition.offers([written, pieces], PARTS)
    assert [one.english for one in found["核の「傘」"]] == composed("核の傘")
    assert [one.english for one in found["x"]] == composed("宇宙における安全保障")


# --- invariants

WORDS = sorted(word for word in field.words() if 1 <= len(word) <= 4)
JOINTS = ["", "", "", "の", "・", "による", "に関する", "と", "及び", "へ", "ヌ"]
TERMS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), min_size=1, max_size=4)


def spelled(parts):
    return "".join(word + joint for word, joint in parts)


@given(TERMS.map(spelled))
def test_offers_are_clean_english_on_one_scale(term):
    found = offers(term)
    texts = [one.english for one in found]
    assert all(field.SLOT not in text and text == " ".join(text.split()) for text in texts)
    assert all(0 < one.score <= 1 for one in found)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert len({english.key(text) for text in texts}) == len(texts)
    assert not any(one.attested for one in found)


@given(st.lists(TERMS.map(spelled), min_size=2, max_size=5, unique=True), st.randoms())
def test_what_is_offered_does_not_depend_on_order_and_company(terms, random):
    alone = {term: composition.offers([candidates.of(term)], Parts()).get(term) for term in terms}
    random.shuffle(terms)
    together = composition.offers([candidates.of(term) for term in terms], Parts())
    assert together == {term: found for term, found in alone.items() if found}
