from yakugo import tables


def test_words_are_those_of_all_rows_with_one_of_the_values():
    assert {"政務官", "大臣"} <= tables.words("nonterms.tsv", "rule", "speaker", "post")
    assert tables.words("nonterms.tsv", "rule", "no such rule") == frozenset()
