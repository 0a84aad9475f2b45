import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo import tables
from yakugo.documents import PART, Part, from_text
from yakugo.equivalents import glosses
from yakugo.equivalents.glosses import GlossKind
from yakugo.model import QUOTES
from yakugo.ranking import Ranking

DATA = Path(__file__).parents[2] / "data"


def lines(name):
    """The lines of a table; its headings begin with #."""
    table = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in table if not line.startswith("#")]


SHAPES = lines("glosses.txt")  # by shape: a text → each term with its other forms
NO_GLOSSES = lines("no-glosses.txt")


def stated(line):
    """A text, and the pairs of term and other form."""
    text, _, expected = line.partition(" → ")
    pairs, term = [], ""
    for part in expected.split("; "):
        term, _, other = part.rpartition(" = ") if " = " in part else (term, "", part)
        pairs.append((term, other))
    return text, pairs


def find(text):
    return glosses.find(from_text(text, "essay"))


def said_by_rules():
    rows = tables.table("equivalents/glosses/glosses.tsv")
    return [(row["rule"], *row["example"].split(" → ")) for row in rows]


@pytest.mark.parametrize(("rule", "text", "expected"), said_by_rules())
def test_the_example_of_each_rule_holds(rule, text, expected):
    assert pairs(text) == ([] if expected == "–" else [tuple(expected.split(" = "))])


def test_every_rule_gives_its_words_and_its_reason():
    rows = tables.table("equivalents/glosses/glosses.tsv")
    assert len({row["rule"] for row in rows}) == len(rows)
    for row in rows:
        listed = row["words"].split()
        assert len(listed) == len(set(listed))
        assert row["reason"]


def pairs(text):
    return [(gloss.term, gloss.text) for gloss in find(text)]


@pytest.mark.parametrize("line", SHAPES)
def test_a_text_says_what_the_other_form_of_a_term_is(line):
    text, expected = stated(line)
    assert pairs(text) == expected


@pytest.mark.parametrize("text", NO_GLOSSES)
def test_what_is_no_gloss(text):
    assert find(text) == []


@pytest.mark.parametrize("line", SHAPES)
def test_the_place_of_a_gloss_is_the_term_as_it_is_written(line):
    text, _ = stated(line)
    text = f"前の文。\n核の傘。{text}"
    for gloss in find(text):
        context = gloss.context
        surface = text[context.offset + context.start : context.offset + context.end]
        assert surface == context.surface
        written = unicodedata.normalize("NFKC", surface)
        if gloss.term.isascii():
            assert written.strip(QUOTES) == gloss.term
        else:
            assert "".join(c for c in written if c not in QUOTES) == gloss.term


@given(st.text(st.sampled_from("核の傘拡大抑止条約NPT deterrence、。「」ーァア12\n"), max_size=80))
def test_nothing_is_found_in_a_text_without_signs(text):
    assert glosses.find_in(Part(text), "essay") == []


@given(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=6), st.data())
def test_the_parts_of_a_text_give_what_the_whole_gives(chosen, data):
    rows = [stated(line)[0] + "\n" for line in chosen]
    cut = data.draw(st.integers(0, len(rows)))
    first, second = "".join(rows[:cut]), "".join(rows[cut:])
    parts = [Part(first), Part(second, len(first))]
    assert [gloss for part in parts for gloss in glosses.find_in(part, "essay")] == find(
        first + second
    )


@given(
    st.text(st.sampled_from("核傘のNSCa (（)）[]【】＝=、;:“”「」以下英略すなわち.\n"), max_size=60)
)
def test_no_text_is_too_odd_to_read(text):
    for gloss in glosses.find_in(Part(text), "essay"):
        assert gloss.term
        assert gloss.text


def test_a_long_text_has_the_glosses_of_all_its_parts():
    row = "拡大抑止（extended deterrence）とは。\n"
    assert len(find(row + "あ" * PART + "\n" + row)) == 2


def kinds(text):
    return {gloss.text: glosses.kind_of(gloss) for gloss in find(text)}


def test_a_gloss_is_of_a_kind():
    text = (
        "国家安全保障会議（National Security Council、NSC）。核兵器禁止条約(核禁条約)。"
        "適正評価制度（以下「新制度」という）。トリップワイヤ(引き金)。攻撃能力（いわゆる反撃能力）。"
        "ペトリオット（Patriot）。"
    )
    assert kinds(text) == {
        "National Security Council": GlossKind.ENGLISH,
        "NSC": GlossKind.ABBREVIATION,
        "核禁条約": GlossKind.SHORT_FORM,
        "新制度": GlossKind.SHORT_FORM,
        "引き金": GlossKind.OTHER_WORD,
        "反撃能力": GlossKind.OTHER_WORD,
        "Patriot": GlossKind.ENGLISH,
    }


def test_an_abbreviation_has_the_full_form_that_is_said_most_often():
    text = "国防脅威削減局(DTRA)は動いた。国防脅威削減局(DTRA)である。脅威削減部(DTRA)ともいう。"
    text += "拡大抑止(extended deterrence)。核兵器禁止条約(核禁条約)。トリップワイヤ(引き金)。"
    assert glosses.short_forms(find(text)) == {
        "DTRA": "国防脅威削減局",
        "核禁条約": "核兵器禁止条約",
    }


def test_a_japanese_full_form_comes_before_an_english_one():
    found = find("国家安全保障会議（NSC）は、米国のNational Security Council (NSC) に倣った。")
    assert glosses.short_forms(found) == {"NSC": "国家安全保障会議"}


@pytest.mark.parametrize(
    "text",
    [
        "国家安全保障会議（National Security Council、NSC）は",
        "国家安全保障会議（NSC）は動いた。国家安全保障会議（National Security Council）は",
        "米国のNational Security Council (NSC) は",
        "米国のNSC (National Security Council) は",
    ],
)
def test_the_english_behind_an_abbreviation_is_known_from_the_text(text):
    assert glosses.expansions(find(text))["NSC"].english == "National Security Council"


def test_english_without_its_letters_is_not_behind_an_abbreviation():
    text = "緊急事態対処（EMR）は重い。緊急事態対処（crisis response）は重い。"
    assert glosses.expansions(find(text)) == {}


def test_a_word_that_explains_a_term_is_not_itself_a_glossed_term():
    found = find("トリップワイヤ(引き金)。核兵器禁止条約(核禁条約)。")
    assert glosses.named(found) == {"トリップワイヤ", "核兵器禁止条約", "核禁条約"}
    Ranking([], found=found)


def offered(words, text):
    found = glosses.offers(words, find(text))
    return {word: [offer.english for offer in listed] for word, listed in found.items()}


def test_an_abbreviation_ranks_behind_words():
    text = "核兵器不拡散条約（NPT）。拡大抑止（extended deterrence）。"
    offers = glosses.offers(["核兵器不拡散条約", "拡大抑止"], find(text))
    assert offers["核兵器不拡散条約"][0].score < offers["拡大抑止"][0].score


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("今の拡大抑止（extended deterrence）とは", "拡大抑止（extended deterrence）"),
        ("「拡大抑止（extended deterrence）」とは", "拡大抑止（extended deterrence）"),
        ("「拡大抑止」（extended deterrence）とは", "「拡大抑止」（extended deterrence）"),
        ("extended deterrence（拡大抑止）とは", "extended deterrence（拡大抑止）"),
        ("拡大抑止（英：“extended deterrence”）と", "拡大抑止（英：“extended deterrence”）"),
        (
            "拡大抑止（extended deterrence、核抑止も参照）",
            "拡大抑止（extended deterrence、核抑止も参照）",
        ),
        ("拡大抑止＝extended deterrenceは", "拡大抑止＝extended deterrence"),
    ],
)
def test_the_evidence_quotes_the_gloss_and_names_the_document(text, quoted):
    (offer,) = glosses.offers(["拡大抑止"], find(text))["拡大抑止"]
    assert offer.evidence[0].detail == f"{quoted} in essay"


def test_what_one_document_says_twice_is_offered_once():
    text = "拡大抑止（extended deterrence）とは。拡大抑止（extended deterrence）を。"
    assert offered(["拡大抑止"], text) == {"拡大抑止": ["extended deterrence"]}


def test_an_abbreviation_brings_the_english_behind_it():
    text = "国家安全保障会議（NSC）は、米国のNational Security Council (NSC) に倣った。"
    assert offered(["国家安全保障会議", "NSC"], text) == {
        "国家安全保障会議": ["National Security Council", "NSC"],
        "NSC": ["National Security Council", "NSC"],
    }


def test_an_abbreviation_of_two_terms_does_not_lend_the_english_of_one_to_the_other():
    text = "国家安全保障会議（NSC）と原子力安全委員会（NSC）。National Security Council (NSC)。"
    assert offered(["原子力安全委員会"], text) == {"原子力安全委員会": ["NSC"]}


def test_a_japanese_word_is_no_equivalent():
    assert offered(["トリップワイヤ"], "トリップワイヤ(引き金)としての部隊") == {}


def test_latin_terms_offer_themselves():
    assert [o.english for o in glosses.offers(["New START"], [])["New START"]] == ["New START"]
