"""The encoder is trained in steps that can be stopped and gone on from, and ends as one ONNX file."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
import json
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
import onnx
import pytest
from safetensors.torch import save_file
import torch

from sourcemark.attribution.lexicon import load_lexicon
from sourcemark.attribution.reading import Reading, read_article
from sourcemark.labels import SCORE_IDS
from sourcemark.model.corpus import AnnotatedArticle, read_corpus
from sourcemark.model.encoder import VOCABULARY, Encoder, inputs_of
from sourcemark.resources import folder
from sourcemark.training import encoder as training
from sourcemark.training.encoder import PHASES, train_encoder
from sourcemark.training.encoder import SEEDS as NETWORKS
from sourcemark.training.examples import BATCH, Windows, batches, mixed, pools_of, read_examples
from sourcemark.training.network import INNER, LAYERS, LONGEST, WIDTH, Network
from sourcemark.training.passes import FOLDS

SEEDS = read_corpus(folder("seeds") / "articles.jsonl")
Scores: TypeAlias = NDArray[np.float32]
SPECIAL = ["[PAD]", "[unused0]", "[unused1]", "[unused2]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
FEW = tuple(replace(phase, steps=steps) for phase, steps in zip(PHASES, (3, 4, 2), strict=True))


def silent(stage: str, done: int, whole: int) -> None:
    """Progress that nobody looks at."""


@pytest.fixture(scope="module")
def pretrained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights drawn at random in the place of pretrained ones, and the words of the seeds as vocabulary."""
    place = tmp_path_factory.mktemp("pretrained")
    words = {word.lower() for article in SEEDS for block in article.article.blocks for word in block.split()}
    vocabulary = [*SPECIAL, *sorted(words)]
    numbers = {word: number for number, word in enumerate(vocabulary)}
    (place / "tokenizer.json").write_text(json.dumps({"model": {"vocab": numbers}}))
    drawn = torch.Generator().manual_seed(1)

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=drawn) * 0.05

    weights = {
        "embeddings.word_embeddings.weight": random(len(vocabulary), WIDTH),
        "embeddings.position_embeddings.weight": random(LONGEST, WIDTH),
        "embeddings.token_type_embeddings.weight": random(2, WIDTH),
    }
    linear = {"attention.output.dense": (WIDTH, WIDTH), "intermediate.dense": (INNER, WIDTH)}
    linear |= {"output.dense": (WIDTH, INNER)}
    linear |= {f"attention.self.{name}": (WIDTH, WIDTH) for name in ("query", "key", "value")}
    norms = ["embeddings.LayerNorm"]
    for number in range(LAYERS):
        prefix = f"encoder.layer.{number}."
        for name, shape in linear.items():
            weights |= {f"{prefix}{name}.weight": random(*shape), f"{prefix}{name}.bias": random(shape[0])}
        norms += [f"{prefix}attention.output.LayerNorm", f"{prefix}output.LayerNorm"]
    for name in norms:
        weights |= {f"{name}.weight": torch.ones(WIDTH), f"{name}.bias": torch.zeros(WIDTH)}
    save_file(weights, place / "model.safetensors")
    return place


def test_a_training_that_was_stopped_ends_as_one_that_was_not(
    pretrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "_SAVED_EVERY", 2)
    # several threads add up in an order that differs from run to run, in the seventh digit
    torch.set_num_threads(1)
    whole = train_encoder(SEEDS, pretrained, tmp_path / "whole", silent, phases=FEW)

    class Stopped(Exception):
        pass

    def stop(stage: str, done: int, whole: int) -> None:
        if stage == "Training the encoder, seed 1, phase second" and done == 3:
            raise Stopped

    with pytest.raises(Stopped):
        train_encoder(SEEDS, pretrained, tmp_path / "parts", stop, phases=FEW)
    parts = train_encoder(SEEDS, pretrained, tmp_path / "parts", silent, phases=FEW)

    assert parts == whole
    # all steps are done: the file comes straight from the checkpoint
    assert train_encoder(SEEDS, pretrained, tmp_path / "parts", silent, phases=FEW) == whole


def test_the_files_score_as_their_networks_do(pretrained: Path, tmp_path: Path) -> None:
    """Those held out from fold 0 are of the second checkpoint, the others halfway from there to the last."""
    encoders = train_encoder(SEEDS, pretrained, tmp_path, silent, phases=FEW)
    held_out, whole = Encoder.of(encoders.held_out), Encoder.of(encoders.whole)
    reading = read_article(SEEDS[0].article, load_lexicon())
    assert whole.log_scores(reading).shape == (len(reading.sentences), len(NETWORKS) * len(SCORE_IDS))

    # words of 4 bits and matrices of 8 leave the scores near those of the networks
    near = partial(np.testing.assert_allclose, atol=0.05)
    second, last = (
        [torch.load(tmp_path / f"seed-{seed}" / name, weights_only=True)["network"] for seed in NETWORKS]
        for name in ("second.pt", "whole.pt")
    )
    between = [
        {name: (weights + after[name]) / 2 for name, weights in before.items()}
        for before, after in zip(second, last, strict=True)
    ]
    near(held_out.log_scores(reading), scores_of(second, reading, pretrained))
    near(whole.log_scores(reading), scores_of(between, reading, pretrained))
    assert not np.array_equal(held_out.log_scores(reading), whole.log_scores(reading))


def scores_of(states: list[dict[str, torch.Tensor]], reading: Reading, pretrained: Path) -> Scores:
    """Return the scores of networks with these weights, side by side, in full precision."""
    vocabulary = training.read_vocabulary(pretrained / "tokenizer.json")
    networks = [Network(len(vocabulary)).eval() for _ in states]
    for network, state in zip(networks, states, strict=True):
        network.load_state_dict(state)
    rows = []
    for window in training.Pieces(vocabulary).windows(reading):
        inputs = {name: torch.from_numpy(values)[None] for name, values in inputs_of(window).items()}
        with torch.no_grad():
            each = [network(**inputs, mask=None)[0][0].log_softmax(-1) for network in networks]
        rows.append(torch.cat(each, -1)[torch.tensor(window.scored)])
    return torch.cat(rows).numpy()


def test_the_last_phase_alone_learns_from_what_was_held_out(
    pretrained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt: dict[str, set[str]] = {}
    read = training.read_examples

    def noting(articles: Sequence[AnnotatedArticle], *rest: Any) -> list[list[Windows]]:
        learnt[stages[-1] if stages else "before all"] = {article.id for article in articles}
        return read(articles, *rest)

    stages: list[str] = []
    monkeypatch.setattr(training, "read_examples", noting)
    train_encoder(SEEDS, pretrained, tmp_path, lambda stage, *_: stages.append(stage), phases=FEW, seeds=[0])
    first_fifth = {article.id for number, article in enumerate(SEEDS) if number % FOLDS == 0}
    assert learnt == {
        "before all": {article.id for article in SEEDS} - first_fifth,
        "Training the encoder, seed 0, phase second": first_fifth,
    }


def test_pieces_that_no_english_text_has_are_left_out(pretrained: Path, tmp_path: Path) -> None:
    """The markers stay, and so do letters with accents and typographic signs."""
    numbers = json.loads((pretrained / "tokenizer.json").read_text())["model"]["vocab"]
    place = tmp_path / "pretrained"
    place.mkdir()
    more = ["é", "“", "€", "##ing", "[unused3]", "д", "##語"]
    taken = [*numbers][: len(numbers) - len(more)]
    vocabulary = {piece: number for number, piece in enumerate([*taken, *more])}
    (place / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}))
    (place / "model.safetensors").write_bytes((pretrained / "model.safetensors").read_bytes())
    content = train_encoder(SEEDS, place, tmp_path / "work", silent, phases=FEW, seeds=[0]).whole
    metadata = {entry.key: entry.value for entry in onnx.load_from_string(content).metadata_props}
    kept = metadata[VOCABULARY].split("\n")
    assert kept[:4] == SPECIAL[:4]
    assert {"[MASK]", "é", "“", "€", "##ing"} <= {*kept}
    assert not {"[unused3]", "д", "##語"} & {*kept}


def test_windows_with_rare_labels_come_more_often_and_none_is_forgotten(pretrained: Path) -> None:
    encoder_pieces = training.Pieces(training.read_vocabulary(pretrained / "tokenizer.json"))
    articles = read_examples(SEEDS, encoder_pieces, silent)
    windows = [pair for article in articles for pair in article]
    given = [example for batch in batches(pools_of(articles), 40, seed=0) for example in batch]

    assert len(given) == 40 * BATCH
    known = {id(example) for pair in windows for example in pair}
    assert {id(example) for example in given} <= known
    assert all(any(id(example) in map(id, given) for example in pair) for pair in windows)


def test_mixed_pools_have_their_share_of_the_windows(pretrained: Path) -> None:
    pieces = training.Pieces(training.read_vocabulary(pretrained / "tokenizer.json"))
    some, others = (pools_of(read_examples(part, pieces, silent)) for part in (SEEDS[:3], SEEDS[3:]))
    together = mixed(some, 0.25, others)
    assert [pool for _, pool in together] == [pool for _, pool in [*some, *others]]
    assert sum(share for share, _ in together[: len(some)]) == pytest.approx(0.25)
    assert sum(share for share, _ in together) == pytest.approx(1)
