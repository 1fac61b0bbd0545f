"""Train with and without corrections, and compare the two on the same articles, held out from both.

Of a training, the second pass's perceptrons alone start at random. So the first pass is fitted once with
corrections and once without, and on each the second pass `STARTS` times: what other starts alone make is
seen, and is in the intervals.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sourcemark.labels import LABEL_IDS, SCORE_IDS
from sourcemark.model.artifact import CAREFUL, FAST
from sourcemark.model.metrics import ScoredSentence
from sourcemark.model.paired import Change, Changes, changes, mean_change
from sourcemark.model.pipeline import scores_of
from sourcemark.model.second_pass import with_context
from sourcemark.training.corrected import Corrected, read_corrected, sentence_digests
from sourcemark.training.correction_files import read_corrections
from sourcemark.training.held_out import as_shown, thresholds_for
from sourcemark.training.models import SECOND_PASS, samples_of
from sourcemark.training.passes import fit_first, fit_second, fold_of
from sourcemark.training.samples import Progress, Samples, encode
from sourcemark.training.settling import Settled, settle

if TYPE_CHECKING:
    # onnxruntime is needed for the careful model alone
    from sourcemark.model.encoder import Encoder

STARTS: Final = 5
"""Trainings with corrections, and as many without."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one training makes of what it has not seen."""

    samples: Samples
    scores: NDArray[np.float64]
    """Of each sentence with its article held out."""
    corrected: Samples
    of_corrected: NDArray[np.float64]
    """Of each sentence read of the corrections, by a training that left the correction out."""
    thresholds: dict[str, float]

    def shown(self, thresholds: dict[str, float]) -> list[ScoredSentence]:
        """Return what would be shown of the annotated sentences."""
        return as_shown(self.samples, self.scores, thresholds)

    def follows(self, thresholds: dict[str, float]) -> NDArray[np.float64]:
        """Return 1 for each correction of which what is proposed would be shown, and 0 for the others."""
        sentences = as_shown(self.corrected, self.of_corrected, thresholds)
        return np.array([float(sentence.shown == sentence.gold) for sentence in sentences])


@dataclass(frozen=True, slots=True)
class Comparison:
    """What corrections change."""

    model: str
    settled: Settled
    in_corpus: int
    """How many agreed corrections have a sentence in common with the corpus; they are left out with it."""
    changes: Changes
    """With the same thresholds for all trainings."""
    own_thresholds: Change
    """The mean F1 of the three labels, with the thresholds that each training would choose by itself."""
    articles: int
    support: dict[str, int]
    """How many held-out sentences are annotated with each label id."""
    followed: Change | None
    """Share of left-out corrections of which what is proposed is shown; None where all are in the corpus."""
    followed_of: int
    """How many corrections that is of: those that have no sentence in common with the corpus."""


def compare(
    corpus: Path, corrections: Sequence[Path], progress: Progress, encoder: bytes | None = None
) -> Comparison:
    """Train with and without corrections, on the same folds and from the same starts, `STARTS` times each.

    Given a trained encoder (an ONNX file's content), the careful model is compared, on the articles that the
    encoder has not seen. It is the same encoder in all, never trained on corrections. The articles measured
    on are the corpus's, each held out from every training together with every correction that has a sentence
    in common with it. Raises CorpusError.
    """
    settled = settle(read_corrections(corrections))
    samples = samples_of(corpus, progress)
    corrected = read_corrected(settled.agreed, progress)
    opened = None
    if encoder is not None:
        # the fast model is compared without onnxruntime
        from sourcemark.model.encoder import Encoder

        opened = Encoder.of(encoder)
    reading = _Reading.of(samples, corrected, opened, progress)
    without, with_them = (
        reading.trials(replace(corrected, learnt=learnt), progress) for learnt in (False, True)
    )
    thresholds = _mean_thresholds([*without, *with_them])
    before, after = ([trial.shown(thresholds) for trial in trials] for trials in (without, with_them))
    own = ([trial.shown(trial.thresholds) for trial in trials] for trials in (without, with_them))
    apart = corrected.apart_from(sentence_digests(samples, samples.usable))
    followed = (
        [trial.follows(thresholds)[apart].tolist() for trial in trials] for trials in (without, with_them)
    )
    return Comparison(
        model=FAST if encoder is None else CAREFUL,
        settled=settled,
        in_corpus=int((~apart).sum()),
        changes=changes(before, after),
        own_thresholds=changes(*own).macro_f1,
        articles=len({sentence.article for sentence in before[0]}),
        support={label: sum(sentence.gold == label for sentence in before[0]) for label in LABEL_IDS},
        followed=mean_change(corrected.groups[apart].tolist(), *followed) if apart.any() else None,
        followed_of=int(apart.sum()),
    )


def _mean_thresholds(trials: Sequence[Trial]) -> dict[str, float]:
    """Return thresholds in the middle of those of all trainings.

    Each chosen anew, thresholds often move marks from one label to another whatever was learnt; of trainings
    with their own, that is most of what would be seen.
    """
    return {name: sum(trial.thresholds[name] for trial in trials) / len(trials) for name in SCORE_IDS}


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all trainings read: a corpus, and what the encoder says of it and of the corrections."""

    samples: Samples
    encoded: NDArray[np.float32]
    """Shape (n_sentences, 4), or (n_sentences, 0) without an encoder; of the measured sentences alone."""
    encoded_corrections: NDArray[np.float32]
    measured: NDArray[np.bool_]
    """The sentences to fit the second pass on and to measure on."""
    model: str

    @classmethod
    def of(
        cls, samples: Samples, corrected: Corrected, encoder: "Encoder | None", progress: Progress
    ) -> "_Reading":
        if encoder is None:
            every = np.ones(len(samples.labels), dtype=np.bool_)
            none, theirs = (
                np.zeros((len(each.labels), 0), dtype=np.float32) for each in (samples, corrected.samples)
            )
            return cls(samples, none, theirs, every, FAST)
        unseen = fold_of(samples.articles) == 0
        encoded = encode(samples.of(unseen), encoder, progress)
        return cls(samples, encoded, encode(corrected.samples, encoder, progress), unseen, CAREFUL)

    def trials(self, corrected: Corrected, progress: Progress) -> list[Trial]:
        """Train from every start and say what is shown of what was held out."""
        first = fit_first(self.samples, progress, corrected)
        samples = self.samples.of(self.measured)
        log_scores = np.hstack([first.log_scores[self.measured], self.encoded])
        seen = with_context(
            np.hstack([first.of_corrected, self.encoded_corrections]), corrected.samples.context
        )
        trials = []
        for start in range(STARTS):
            how = replace(SECOND_PASS[self.model], start=start)
            second, scores = fit_second(samples, log_scores, progress, how)
            chosen = thresholds_for(samples, scores)
            trials.append(Trial(samples, scores, corrected.samples, scores_of(second, seen), chosen))
        return trials
