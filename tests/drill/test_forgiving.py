from yakugo.drill.forgiving import Forgiven, forgiven

FOLDS = [(Forgiven.CASE, str.casefold), (Forgiven.HYPHEN, lambda text: text.replace("-", ""))]


def test_only_what_a_comparison_needed_is_forgiven():
    assert forgiven("dual-key", "dual-key", FOLDS) == ()
    assert forgiven("Dual-key", "dual-key", FOLDS) == (Forgiven.CASE,)
    assert forgiven("Dual-Key", "dualkey", FOLDS) == (Forgiven.CASE, Forgiven.HYPHEN)


def test_what_all_folds_together_do_not_make_the_same_is_not():
    assert forgiven("dual", "dual-key", FOLDS) is None
