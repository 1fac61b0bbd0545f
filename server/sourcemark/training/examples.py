"""Windows with their labels, and the order in which the encoder learns from them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
import random
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from sourcemark.attribution.function_words import CLAUSE, DETERMINERS, PREPOSITIONS
from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import read_article
from sourcemark.labels import ANONYMOUS, EYEWITNESS, SCORE_IDS
from sourcemark.model.corpus import AnnotatedArticle
from sourcemark.model.encoder import inputs_of
from sourcemark.model.names import swap_names
from sourcemark.model.windows import Pieces, Window
from sourcemark.text.tokens import tokenize
from sourcemark.training.samples import Progress, annotations_of

CLASSES = tuple(sorted(SCORE_IDS))
"""Order of the encoder's scores."""

BATCH = 6
_RARE = (CLASSES.index(ANONYMOUS), CLASSES.index(EYEWITNESS))
_SHARE_OF_RARE = 0.45
"""Share of windows with an anonymous or eyewitness sentence: twice what chance gives."""
_SHARE_RENAMED = 0.5
"""Share of windows whose people have invented names, so that roles are learnt and not names."""
_DOUBTFUL, _CONTEXT = 0.5, 0.4
"""What a sentence counts that its annotator doubted, and one that another window scores."""
_POOL = 12
"""Batches drawn together, so that each can hold windows of like length."""
_SMALL_WORDS = CLAUSE | DETERMINERS | PREPOSITIONS | {"and"}
_SWAP_SEEDS = (7, 8, 9)


@dataclass(frozen=True, slots=True)
class Example:
    """A window; the lists have one item for each of its sentences."""

    window: Window
    labels: list[int]
    """Number of the label in `CLASSES`, or -1 for unknown."""
    weights: list[float]
    speakers: list[list[int]]
    """Places of the pieces that begin a word of the annotated speaker; none where nothing is attributed."""

    @property
    def is_rare(self) -> bool:
        """Whether a sentence scored in it has a rare label."""
        return any(
            label in _RARE and scored for label, scored in zip(self.labels, self.window.scored, strict=True)
        )


Windows: TypeAlias = tuple[Example, ...]
"""A window as it is and, mostly, with the names swapped in several ways."""

Pools: TypeAlias = list[tuple[float, list[Windows]]]
"""Windows to draw from, each pool with the share of windows that come from it."""

Batch: TypeAlias = list[Example]


@dataclass(frozen=True, slots=True)
class Targets:
    """What is to be learnt of a batch."""

    labels: Tensor
    """Shape (n_windows, n_sentences), -1 for unknown."""
    weights: Tensor
    """Of the same shape."""
    speakers: Tensor
    """Shape (n_windows, n_sentences, n_pieces): 1 where a word of the sentence's speaker begins."""


def read_examples(
    articles: Sequence[AnnotatedArticle], pieces: Pieces, progress: Progress
) -> list[list[Windows]]:
    """Return the examples of each article; a tuple holds a window as it is and with the names swapped."""
    read: list[list[Windows]] = []
    for number, annotated in enumerate(articles):
        plain = _examples(annotated, pieces)
        renamed = [_examples(swap_names(annotated, seed), pieces) for seed in _SWAP_SEEDS]
        # other names may cut into other windows
        read.append([(one, *(each[i] for each in renamed if i < len(each))) for i, one in enumerate(plain)])
        progress("Reading articles for the encoder", number + 1, len(articles))
    return read


def _examples(annotated: AnnotatedArticle, pieces: Pieces) -> list[Example]:
    reading = read_article(annotated.article, load_lexicon())
    gold = list(annotations_of(reading, annotated))
    examples = []
    for window in pieces.windows(reading):
        labels, weights, speakers = [], [], []
        for number, scored in zip(window.sentences, window.scored, strict=True):
            annotation = gold[number]
            labels.append(CLASSES.index(annotation.label) if annotation is not None else -1)
            doubt = _DOUBTFUL if annotation is not None and annotation.doubtful else 1.0
            weights.append(doubt * (1.0 if scored else _CONTEXT))
            speaker = annotation.speaker if annotation is not None else None
            speakers.append(_places(speaker, window.ids, pieces) if speaker else [])
        examples.append(Example(window, labels, weights, speakers))
    return examples


def _places(speaker: str, ids: Sequence[int], pieces: Pieces) -> list[int]:
    """Return where in a window a word of the speaker's name or description begins."""
    places = []
    for word in {token.lower for token in tokenize(speaker) if token.text[0].isalnum()} - _SMALL_WORDS:
        numbers = pieces.of(word)
        places += [
            place
            for place, number in enumerate(ids)
            if number == numbers[0] and list(ids[place : place + len(numbers)]) == numbers
        ]
    return sorted(places)


def pools_of(articles: Sequence[Sequence[Windows]]) -> Pools:
    """Return the windows of articles in two pools with their shares: with a rare label, and without."""
    windows = [window for article in articles for window in article]
    rare = [window for window in windows if window[0].is_rare]
    others = [window for window in windows if not window[0].is_rare]
    if rare and others:
        return [(_SHARE_OF_RARE, rare), (1 - _SHARE_OF_RARE, others)]
    return [(1.0, pool) for pool in (rare, others) if pool]


def mixed(some: Pools, share: float, others: Pools) -> Pools:
    """Return pools that have a share of their windows from some, and the rest from others."""
    return [
        *((of_these * share, pool) for of_these, pool in some),
        *((of_these * (1 - share), pool) for of_these, pool in others),
    ]


def batches(pools: Pools, count: int, seed: int) -> Iterator[Batch]:
    """Yield `count` batches, drawn from the pools by their shares.

    A window of a pool comes again only when all of that pool have come.
    """
    drawing = random.Random(seed)
    shares = [share for share, _ in pools]
    sources = [_endless(pool, drawing) for _, pool in pools]
    given = 0
    while given < count:
        drawn = [next(source) for source in drawing.choices(sources, shares, k=BATCH * _POOL)]
        examples = [
            drawing.choice(window[1:] or window) if drawing.random() < _SHARE_RENAMED else window[0]
            for window in drawn
        ]
        examples.sort(key=lambda example: len(example.window.ids))
        of_like_length = [examples[i : i + BATCH] for i in range(0, len(examples), BATCH)]
        drawing.shuffle(of_like_length)
        yield from of_like_length[: count - given]
        given += len(of_like_length)


def _endless(windows: Sequence[Windows], drawing: random.Random) -> Iterator[Windows]:
    while True:
        yield from drawing.sample(windows, len(windows))


def tensors_of(batch: Batch) -> tuple[dict[str, Tensor], Targets]:
    """Return the network's inputs and what it should make of them, padded to the batch's longest window."""
    pieces = max(len(example.window.ids) for example in batch)
    sentences = max(len(example.labels) for example in batch)
    inputs = {
        "ids": torch.zeros(len(batch), pieces, dtype=torch.long),
        "shapes": torch.zeros(len(batch), pieces, dtype=torch.long),
        "marks": torch.zeros(len(batch), sentences, dtype=torch.long),
        "shares": torch.zeros(len(batch), sentences, pieces),
        "mask": torch.zeros(len(batch), 1, 1, pieces),
    }
    targets = Targets(
        torch.full((len(batch), sentences), -1),
        torch.zeros(len(batch), sentences),
        torch.zeros(len(batch), sentences, pieces),
    )
    for row, example in enumerate(batch):
        for name, values in inputs_of(example.window).items():
            place = tuple(slice(0, size) for size in np.shape(values))
            inputs[name][row][place] = torch.from_numpy(values)
        inputs["mask"][row, 0, 0, len(example.window.ids) :] = -1e4
        targets.labels[row, : len(example.labels)] = torch.tensor(example.labels)
        targets.weights[row, : len(example.labels)] = torch.tensor(example.weights)
        for sentence, places in enumerate(example.speakers):
            targets.speakers[row, sentence, places] = 1
    return inputs, targets
