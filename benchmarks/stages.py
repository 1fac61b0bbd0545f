"""What every stage of labelling takes, in time and memory, from 10 to 10,000 sentences; and a plot of it.

python benchmarks/stages.py [--model careful] [--largest 10000] [--plot benchmarks/stages.svg]
"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import process_time
import tracemalloc

from articles import Blocks, many_articles
from bounds import EXPONENT
from growth import exponent
from matplotlib.figure import Figure
from matplotlib.style import context
import msgspec

from sourcemark.article import Article, LabelledArticle
from sourcemark.attribution.reading import read_article
from sourcemark.figure_style import STYLE
from sourcemark.labeler import Labeler
from sourcemark.text.language import are_english
from sourcemark.text.segment import sentence_spans
from sourcemark.web.answer import label_answer
from sourcemark.web.schemas import Block, LabelRequest, Model

SIZES = (10, 30, 100, 300, 1_000, 3_000, 10_000)
"""Sentences of an article."""

WORST = {
    "quotations": "“a.” ",
    "short sentences": "He said. ",
    "initials": "A. B. ",
    "questions": "?! ",
}
"""What a fuzzer found to take longest for its length: as many sentences as fit into few characters."""

_OVERHEAD = 30
"""Sentences below which what every article costs is most of it, and says nothing on growth."""


@dataclass
class Stages:
    """Seconds of the processor and peak bytes, by stage, in the order in which they come."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak: dict[str, int] = field(default_factory=dict)
    traced: bool = False

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage: its time, or its memory, since tracing one changes the other."""
        if self.traced:
            tracemalloc.start()
        began = process_time()
        yield
        self.seconds[name] = process_time() - began
        if self.traced:
            self.peak[name] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()


def article_of(sentences: int) -> Blocks:
    """Return an article of so many sentences: the project's own, one after another, with other names."""
    blocks: Blocks = []
    wanted = sentences
    for number in count():
        for block in many_articles(number + 1)[number]:
            spans = sentence_spans(block)[:wanted]
            blocks.append(block[: spans[-1][1]])
            wanted -= len(spans)
            if not wanted:
                return blocks
    raise AssertionError


def worst_of(text: str, sentences: int) -> Blocks:
    """Return paragraphs of one of the worst texts, up to as long as an article may be."""
    longest = 2_000
    line = text * (longest // len(text))
    whole, rest = divmod(sentences * len(text), len(line))
    return [each for each in [line] * whole + [line[:rest]] if each]


def stages_of(labeler: Labeler, blocks: Blocks, traced: bool = False) -> Stages:
    """Label an article stage by stage, as sourcemark.labeler and sourcemark.web do, and measure each."""
    stages = Stages(traced=traced)
    pipeline = labeler.model.pipeline
    with stages.stage("language"):
        are_english(blocks)
    with stages.stage("sentences"):
        for block in blocks:
            sentence_spans(block)
    with stages.stage("reading"):
        reading = read_article(Article(tuple(blocks)), labeler.lexicon)
    with stages.stage("encoder"):
        encoded = pipeline.encoded([reading])
    if pipeline.encoder is None:
        # there was nothing to do
        stages.seconds.pop("encoder")
        stages.peak.pop("encoder", None)
    with stages.stage("scores"):
        scores = pipeline.scores([reading], encoded).tolist()
    with stages.stage("evidence"):
        article = LabelledArticle(labeler.sentences(reading, scores))
    with stages.stage("answer"):
        request = LabelRequest([Block(str(number), text) for number, text in enumerate(blocks)])
        model = labeler.model
        answer = label_answer(request, article, Model(model.name, model.version, model.id))
        msgspec.json.encode(answer)
    return stages


def table(heading: str, sizes: Sequence[int], measured: Sequence[dict[str, float]], unit: str) -> list[str]:
    """Return a row for each stage: what it takes for a sentence at each size, and how it grows."""
    lines = [f"{heading}, {unit} a sentence", f"{'sentences':12}" + "".join(f"{size:>9,}" for size in sizes)]
    for name in measured[0]:
        values = [each[name] for each in measured]
        row = "".join(f"{value / size:9.3g}" for value, size in zip(values, sizes, strict=True))
        lines.append(f"{name:12}{row}{grown(sizes, values):>24}")
    return lines


def grown(sizes: Sequence[int], values: Sequence[float]) -> str:
    """Return the exponent of the growth in words, from where it is more than what every article costs."""
    pairs = [
        (size, value) for size, value in zip(sizes, values, strict=True) if size >= _OVERHEAD and value > 0
    ]
    if len(pairs) < 2:
        return ""
    found = exponent(*zip(*pairs, strict=True))
    return f"exponent {found:.2f}{f', over {EXPONENT}' if found > EXPONENT else ''}"


def plot(path: Path, drawn: Sequence[tuple[str, Sequence[int], Sequence[dict[str, float]], str]]) -> None:
    """Draw each measurement beside the others, over axes on which what is linear is straight."""
    with context(STYLE, after_reset=True):
        figure = Figure(figsize=(12, 4.2))
        axes = figure.subplots(1, len(drawn))
        for place, (title, sizes, measured, unit) in zip(axes, drawn, strict=True):
            for number, name in enumerate(measured[0]):
                values = [each[name] for each in measured]
                # told apart by the marker too
                place.plot(
                    sizes, values, marker="osD^vP*"[number % 7], markersize=4, linewidth=1.2, label=name
                )
            place.set(xscale="log", yscale="log", title=title, xlabel="sentences", ylabel=unit)
            place.grid(True)
            place.legend(fontsize=8)
        figure.savefig(path, metadata={"Date": None})


def main(arguments: Sequence[str] | None = None) -> None:
    """Print three tables: time and memory of each stage, and time of the worst texts; draw them if asked."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", default="careful", help="fast, careful, or a path")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="sentences of the largest article")
    parser.add_argument("--plot", type=Path, help="where to draw them, as SVG")
    given = parser.parse_args(arguments)
    labeler = Labeler.load(given.model)
    sizes = [size for size in SIZES if size <= given.largest]
    stages_of(labeler, article_of(sizes[0]))
    articles = [article_of(size) for size in sizes]
    seconds = [stages_of(labeler, article).seconds for article in articles]
    memory = [stages_of(labeler, article, traced=True).peak for article in articles]
    worst = [
        {name: sum(stages_of(labeler, worst_of(text, size)).seconds.values()) for name, text in WORST.items()}
        for size in sizes
    ]
    drawn = [
        (f"Time of each stage, {given.model} model", sizes, seconds, "seconds"),
        ("Python's memory at its peak", sizes, memory, "bytes"),
        ("Time of the worst texts", sizes, worst, "seconds"),
    ]
    print("\n\n".join("\n".join(table(*each)) for each in drawn))
    if given.plot:
        plot(given.plot, drawn)


if __name__ == "__main__":
    main()
