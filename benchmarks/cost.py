"""What an article of forty sentences costs, warm, on one core, beside what peers take for it.

python benchmarks/cost.py [--peers-python PYTHON]
"""

from collections.abc import Sequence
from statistics import median, quantiles

from articles import articles_of_forty
from bounds import ARTICLE_MS
from processes import parser, run, systems
from tables import Column, busy, table


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the median and the 95th percentile of the milliseconds an article takes."""
    given = parser(__doc__).parse_args(arguments)
    articles = articles_of_forty(given.articles)
    measured = {
        s.name: run(s, articles, rounds=given.rounds or 5) for s in systems(given.systems, given.peers_python)
    }
    half, most = {}, {}
    for name, of in measured.items():
        half[name] = 1000 * median(of.cpu)
        most[name] = 1000 * (quantiles(of.cpu, n=20)[-1] if len(of.cpu) > 1 else of.cpu[0])
    print(f"{len(articles)} articles of 40 sentences, one at a time")
    print(
        "\n".join(
            table(
                [Column("median, ms an article", half, ARTICLE_MS), Column("95 of 100 within, ms", most, {})]
            )
        )
    )
    print(
        busy(
            [t for of in measured.values() for t in of.cpu], [t for of in measured.values() for t in of.wall]
        )
    )


if __name__ == "__main__":
    main()
