"""Of a correction the corrected sentence alone is learnt, and never by what is measured on its article."""

from collections.abc import Callable
from itertools import compress
from pathlib import Path

import numpy as np
import pytest

from sourcemark.labels import ANONYMOUS, EYEWITNESS, NONE, OFFICIAL
from sourcemark.model.corpus import CorpusError, read_corpus
from sourcemark.model.groups import names_of
from sourcemark.training.corrected import Corrected, apart, read_corrected
from sourcemark.training.correction_files import digest, read_corrections
from sourcemark.training.passes import fit_first, fold_of
from sourcemark.training.samples import Samples, read_samples
from sourcemark.training.settling import Agreed, settle
from unit.correcting import AFTER, BEFORE, SENTENCE, correction, written
from unit.training import SEEDS


def silent(stage: str, done: int, whole: int) -> None:
    """Progress that nobody looks at."""


@pytest.fixture(scope="module")
def seeds() -> Samples:
    return read_samples(read_corpus(SEEDS), silent)


@pytest.fixture
def agreed(tmp_path: Path) -> Callable[..., tuple[Agreed, ...]]:
    """Corrections of sentences, each proposed to be the label it comes with."""

    def of(*sentences: tuple[str, str]) -> tuple[Agreed, ...]:
        lines = [
            correction(text, label, before=f"Nobody slept in street {i}.", after=None)
            for i, (text, label) in enumerate(sentences)
        ]
        return settle(read_corrections([written(tmp_path, lines)])).agreed

    return of


def test_neighbours_are_read_and_not_learnt(tmp_path: Path) -> None:
    [one] = settle(read_corrections([written(tmp_path, [correction()])])).agreed
    corrected = read_corrected([one], silent)
    assert corrected.samples.labels.tolist() == ["", EYEWITNESS, ""]
    assert corrected.to_learn().tolist() == [False, True, False]
    assert corrected.texts == ({digest(text) for text in (BEFORE, SENTENCE, AFTER)},)


def test_what_only_the_whole_article_could_tell_is_not_learnt(tmp_path: Path) -> None:
    lines = [correction("“The planks gave way,” she said.", EYEWITNESS)]
    corrected = read_corrected(settle(read_corrections([written(tmp_path, lines)])).agreed, silent)
    read, learnt = (
        set(names_of(sample)) for sample in (corrected.samples.features[1], corrected.features[1])
    )
    assert "word:said" in learnt
    assert any(name.startswith("cue:main=") for name in learnt)
    # that nobody was introduced before is true of what was cut out, not of the article
    left_out = {name.partition(":")[0] for name in read - learnt}
    assert {"link", "lead", "-1p|quote", "1p|quote"} <= left_out
    assert not any("|" in name or name.startswith(("link:", "lead:", "speaker:")) for name in learnt)


def test_a_sentence_that_is_read_as_two_is_learnt_once(agreed: Callable[..., tuple[Agreed, ...]]) -> None:
    corrected = read_corrected(agreed(("Rain fell. The river rose.", NONE)), silent)
    assert len(corrected.samples.labels) == 3
    assert corrected.to_learn().sum() == 1


def test_corrections_of_one_text_are_one_group(tmp_path: Path) -> None:
    lines = [
        correction("One fell.", NONE, before=None, after="Two fell."),
        correction("Alone.", NONE, before=None, after=None),
        correction("Two fell.", NONE, before="One fell.", after="Three fell."),
        correction("Four fell.", NONE, before="Three fell.", after=None),
    ]
    corrected = read_corrected(settle(read_corrections([written(tmp_path, lines)])).agreed, silent)
    assert corrected.groups.tolist() == [0, 1, 0, 0]


def scores_with(samples: Samples, corrected: Corrected) -> np.ndarray:
    return np.exp(fit_first(samples, silent, corrected).log_scores)


def test_a_correction_of_a_held_out_article_is_not_learnt_by_what_is_measured_on_it(
    seeds: Samples, agreed: Callable[..., tuple[Agreed, ...]]
) -> None:
    place = int(np.flatnonzero((seeds.labels == OFFICIAL) & (fold_of(seeds.articles) == 3))[0])
    article, sentence = seeds.annotated[place]
    assert sentence is not None
    [one] = agreed((article.article.text(sentence.span), ANONYMOUS))
    light, heavy = (
        scores_with(seeds, read_corrected([Agreed(one.correction, weight)], silent))
        for weight in (1.0, 10_000.0)
    )
    own = fold_of(seeds.articles) == 3
    assert np.array_equal(light[own], heavy[own])
    assert np.abs(heavy - light)[~own].max() > 0.1


def test_corrections_are_scored_by_what_did_not_learn_them(
    seeds: Samples, agreed: Callable[..., tuple[Agreed, ...]]
) -> None:
    [one] = agreed(("The water ministry said in a statement that the dam would hold.", ANONYMOUS))
    corrected = read_corrected([Agreed(one.correction, 10_000.0)], silent)
    first = fit_first(seeds, silent, corrected)
    row = corrected.to_learn()
    column = first.fitted.classes.index(ANONYMOUS)
    left_out = np.exp(first.of_corrected)[row, column]
    learnt = np.exp(first.fitted.log_scores([list(compress(corrected.features, row))]))[:, column]
    assert left_out < 0.5 < learnt


def test_a_lighter_correction_changes_less(seeds: Samples, agreed: Callable[..., tuple[Agreed, ...]]) -> None:
    [one] = agreed((SENTENCE, OFFICIAL))
    plain = np.exp(fit_first(seeds, silent).log_scores)
    moved = [
        np.abs(scores_with(seeds, read_corrected([Agreed(one.correction, weight)], silent)) - plain).mean()
        for weight in (1.0, 50.0)
    ]
    assert moved[0] < moved[1]


def test_corrections_of_kept_articles_are_left_out_of_the_training(
    agreed: Callable[..., tuple[Agreed, ...]],
) -> None:
    kept = read_corpus(SEEDS)[:1]
    theirs = kept[0].article.text(kept[0].sentences[0].span)
    both = agreed((theirs, NONE), (SENTENCE, EYEWITNESS))
    assert apart(both, kept) == [both[1]]
    with pytest.raises(CorpusError, match="stands in the articles of --dev"):
        apart(both[:1], kept)
