import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakugo.learning import Example, Model, fit
from yakugo.termhood import NAMES, WEIGHTS


def numbers(**known):
    """Evidence with the bias and what is named; all else is nothing."""
    return tuple(1.0 if name == "bias" else float(known.get(name, 0)) for name in NAMES)


TERM = Example(numbers(field=1, productivity=1), ("核", "弾頭"), True)
TALK = Example(numbers(productivity=1), ("発言", "行動"), False)


def test_without_decisions_the_weights_are_those_of_termhood():
    assert fit([]) == Model(WEIGHTS, {}, 0)


def test_a_rejected_piece_lowers_what_else_holds_it():
    before, after = Model(), fit([TALK, TERM])
    other = (numbers(productivity=1), ("外交", "行動"))
    assert after.score(*other) < before.score(*other)


def test_an_accepted_head_raises_what_else_ends_in_it():
    before, after = Model(), fit([TERM])
    other = (numbers(), ("新型", "弾頭"))
    assert after.score(*other) > before.score(*other)


@pytest.mark.parametrize("accepted", [True, False])
def test_one_sided_decisions_move_the_model_a_little(accepted):
    model = fit([Example(numbers(productivity=1), ("核", "兵器"), accepted)] * 30)
    moved = [abs(w - prior) for w, prior in zip(model.weights, WEIGHTS, strict=True)]
    assert max(moved[1:]) < 1  # all but the bias, which takes up that all were decided alike


@pytest.mark.parametrize("accepted", [True, False])
def test_many_one_sided_decisions_keep_the_scores_apart(accepted):
    model = fit([Example(TERM.evidence, TERM.pieces, accepted)] * 500)
    scores = [model.score(numbers(field=share), ("核",)) for share in (0, 0.5, 1)]
    assert 0 < scores[0] < scores[1] < scores[2] < 1


def test_the_order_of_the_decisions_does_not_matter():
    assert fit([TERM, TALK, TERM]) == pytest.approx(fit([TERM, TERM, TALK]))


@given(st.lists(st.sampled_from([TERM, TALK]), max_size=30))
def test_scores_are_probabilities_and_reasons_add_up_to_them(examples):
    from yakugo.termhood import probability

    model = fit(examples)
    score = model.score(TERM.evidence, TERM.pieces)
    reasons = model.reasons(TERM.evidence, TERM.pieces)
    assert 0 <= score <= 1
    assert score == pytest.approx(probability(sum(reason.part for reason in reasons)))
    assert [abs(r.part) for r in reasons] == sorted((abs(r.part) for r in reasons), reverse=True)
