from yakugo.parallel.strength import NAMES, WEIGHTS, Finding, evidence, strength, with_parts


def finding(english, together=8, **known):
    words = len(english.split())
    given = {
        "term": 0, "units": 1, "key": hash(english), "english": english, "words": words,
        "inner": 0, "sampled": 10, "fit": 0.5, "best": 0.9, "kin": 0.5, "rival": 0.2,
        "expected": False, "hinted": 0.0, "offered": False, "examples": (),
        "together": together, "term_pairs": 10, "phrase_pairs": 10,
    }  # fmt: skip
    return Finding(**(given | known))


def test_every_piece_of_evidence_has_a_name_and_a_weight():
    assert len(evidence(finding("treaty"))) == len(NAMES) == len(WEIGHTS)


def test_more_of_the_term_is_stronger():
    assert strength(finding("treaty", fit=0.9)) > strength(finding("treaty", fit=0.3))
    assert strength(finding("treaty", rival=0.1)) > strength(finding("treaty", rival=0.6))


def test_what_is_expected_is_stronger_and_what_is_not_weaker():
    expected = strength(finding("treaty", expected=True, hinted=1.0, offered=True))
    unexpected = strength(finding("treaty", offered=True))
    assert expected > strength(finding("treaty")) > unexpected


def test_prime_is_no_word_where_it_never_stands_without_minister():
    prime = finding("prime", phrase_pairs=10)
    minister = finding("Minister", phrase_pairs=20)
    both = finding("Prime Minister", phrase_pairs=10)
    prime, minister, both = with_parts([prime, minister, both])
    assert prime.bound > minister.bound > both.bound == 0
    assert both.glued == prime.bound
    assert strength(both) > strength(prime)


def test_a_part_of_a_word_is_no_part():
    sub, whole = with_parts([finding("sub"), finding("nuclear submarine")])
    assert (sub.bound, whole.glued) == (0, 0)
