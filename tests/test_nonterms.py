"""The examples in nonterms.tsv hold: text → what is found in it; what is cut is not found."""

import pytest

from yakugo.candidates import collect
from yakugo.documents import from_text
from yakugo.nonterms import rules

EXAMPLES = [(rule.rule, *rule.example.split(" → ")) for rule in rules()]


@pytest.mark.parametrize(("rule", "text", "expected"), EXAMPLES)
def test_the_example_of_each_rule_holds(rule, text, expected):
    found = {candidate.term for candidate in collect(from_text(text, "example"))}
    if expected == "–":
        assert found == set()
    else:
        assert set(expected.split("; ")) <= found
        assert text not in found or text in expected


def test_no_word_is_listed_twice_for_a_rule():
    for name in {rule.rule for rule in rules()}:
        listed = [word for rule in rules() if rule.rule == name for word in rule.words]
        assert len(listed) == len(set(listed))


def test_every_rule_gives_its_words_and_its_reason():
    assert {rule.rule for rule in rules()} == {
        "cut", "front", "back", "person", "post", "alone", "general", "named", "between",
        "furniture", "body", "instrument", "speaker", "country", "qualifier", "holder",
    }  # fmt: skip
    for rule in rules():
        assert rule.words
        assert rule.reason
