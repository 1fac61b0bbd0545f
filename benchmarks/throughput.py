"""How many articles a second one core labels when it is given many at once.

python benchmarks/throughput.py [--peers-python PYTHON]
"""

from collections.abc import Sequence

from articles import many_articles
from bounds import ARTICLES_A_SECOND
from processes import parser, run, systems
from tables import Column, busy, table

from sourcemark.model.artifact import FAST

_FEW = 50
"""Articles for the systems that take seconds for each ten: minutes of the same work say no more."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Print articles a second through `label_many`, spaCy's `pipe`, and textacy over that."""
    given = parser(__doc__).parse_args(arguments)
    articles = many_articles(given.articles or 500)
    rates, cpu, wall = {}, [], []
    for system in systems(given.systems, given.peers_python):
        these = articles if system.name == FAST else articles[:_FEW]
        measured = run(system, these, how="many", rounds=given.rounds or 1)
        rates[system.name] = len(these) / min(measured.cpu)
        cpu += measured.cpu
        wall += measured.wall
    print(f"{len(articles)} articles of 40 sentences, all at once; {_FEW} for the slower systems")
    print("\n".join(table([Column("articles a second", rates, ARTICLES_A_SECOND, most=False)])))
    print(busy(cpu, wall))


if __name__ == "__main__":
    main()
