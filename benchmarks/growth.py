"""How the time grows with the text, for texts that a careless program takes quadratic time for.

python benchmarks/growth.py [--model fast] [--rounds 2] [--largest 16]
"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from time import process_time

from articles import Blocks, articles_of_forty
from bounds import EXPONENT
import numpy as np

from sourcemark.labeler import LONGEST_BLOCK, Labeler

SIXTEENTHS = (1, 2, 4, 8, 16)
"""Sizes, in sixteenths of the largest text."""

_SEVERAL = 5_000
_PEOPLE = 1_000


def paragraphs(share: float) -> Blocks:
    """Ordinary news, one article after another."""
    blocks = [block for article in articles_of_forty() for block in article]
    whole = round(_PEOPLE * share)
    return (blocks * (1 + whole // len(blocks)))[:whole]


def short_paragraphs(share: float) -> Blocks:
    """Five thousand short paragraphs."""
    return ["The mayor said the bridge was closed.", "It rained."] * round(_SEVERAL / 2 * share)


def one_sentence(share: float) -> Blocks:
    """A sentence of 20,000 characters: clauses, commas, cues, and no full stop."""
    return [_filled("the mayor, who had said that the bridge was closed, said the river rose and ", share)]


def one_run_of_names(share: float) -> Blocks:
    """20,000 characters of capitalised words, which could all be one name."""
    return [_filled("Jane Hollis ", share)]


def brackets(share: float) -> Blocks:
    """20,000 characters of brackets that close and never open, each beside a cue."""
    return [_filled("Hollis 34) said ", share)]


def quotations_never_closed(share: float) -> Blocks:
    """Quotation marks that open and never close, to the end of the article."""
    return ["“We saw the water come, and then ‘the wall went, Hollis said. I ran."] * round(_PEOPLE * share)


def marks_in_a_row(share: float) -> Blocks:
    """20,000 characters of quotation marks of all kinds, none of which pairs up."""
    return [_filled("“ ‘ \" '' `` „ ran ", share)]


def apostrophes(share: float) -> Blocks:
    """20,000 characters of words with apostrophes, each of which could open a quotation."""
    return [_filled("'tis the miners' dog's o'clock, ", share)]


def people(share: float) -> Blocks:
    """Five thousand people, each named once and speaking once."""
    return [f"“I ran,” said {_name(n)}, a neighbour." for n in range(round(_SEVERAL * share))]


def people_who_return(share: float) -> Blocks:
    """Fifty people who speak by turns, a thousand times in all."""
    return [f"“I ran,” said {_name(n % 50)}, a neighbour." for n in range(round(_PEOPLE * share))]


def pronouns(share: float) -> Blocks:
    """A thousand paragraphs in which "he" speaks, one person having been named."""
    return ["Tom Reed left early.", *["“I ran,” he said. She said it rained."] * round(_PEOPLE * share)]


TEXTS: tuple[Callable[[float], Blocks], ...] = (
    paragraphs,
    short_paragraphs,
    one_sentence,
    one_run_of_names,
    brackets,
    quotations_never_closed,
    marks_in_a_row,
    apostrophes,
    people,
    people_who_return,
    pronouns,
)


def _filled(text: str, share: float) -> str:
    whole = round(LONGEST_BLOCK * share)
    return (text * (1 + whole // len(text)))[:whole]


def _name(number: int) -> str:
    """Return a name of two words, another for each number."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return f"Tom Reed{letters}"


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the slope of the time over the size, both as logarithms: 1 is linear, 2 quadratic."""
    slope, _ = np.polyfit(np.log(sizes), np.log(seconds), 1)
    return float(slope)


def seconds_for(labeler: Labeler, blocks: Blocks, rounds: int) -> float:
    """Return the least processor time of several rounds."""
    times = []
    for _ in range(rounds):
        start = process_time()
        labeler.label(blocks)
        times.append(process_time() - start)
    return min(times)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one row a text: time per 1,000 characters at each size; return 1 where one grows too fast."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="fast", help="fast, careful, or a path")
    parser.add_argument("--rounds", type=int, default=2, help="how often everything is measured")
    parser.add_argument(
        "--largest", type=int, default=16, choices=SIXTEENTHS, help="in sixteenths of the limits"
    )
    given = parser.parse_args(arguments)
    labeler = Labeler.load(given.model)
    sizes = [size for size in SIXTEENTHS if size <= given.largest]
    labeler.label(paragraphs(1 / 16))
    too_fast = False
    print("ms per 1,000 characters, at so many times the smallest size; a flat row is linear")
    print(f"{'':26}" + "".join(f"{size:7}x" for size in sizes) + "  characters  exponent")
    for text in TEXTS:
        blocks = [text(size / 16) for size in sizes]
        lengths = [sum(map(len, each)) for each in blocks]
        seconds = [seconds_for(labeler, each, given.rounds) for each in blocks]
        grown = exponent(lengths, seconds) if len(sizes) > 1 else 1.0
        too_fast |= grown > EXPONENT
        row = "".join(f"{1e6 * time / length:8.2f}" for time, length in zip(seconds, lengths, strict=True))
        flag = f"   over {EXPONENT}" if grown > EXPONENT else ""
        print(f"{text.__name__.replace('_', ' '):26}{row}{lengths[-1]:12,}{grown:10.2f}{flag}", flush=True)
    return int(too_fast)


if __name__ == "__main__":
    raise SystemExit(main())
