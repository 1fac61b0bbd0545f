"""How long it takes from the command to the first labelled article, and how much memory it takes to stay.

python benchmarks/loading.py [--peers-python PYTHON]
"""

from collections.abc import Sequence
from statistics import median

from articles import articles_of_forty
from bounds import MEMORY_MB, START_S
from processes import parser, run, systems
from tables import Column, busy, table

FIFTY = 50


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the start, the memory after it, and the most memory after fifty articles, as medians."""
    given = parser(__doc__).parse_args(arguments)
    articles = articles_of_forty(given.articles)
    rounds = -(-FIFTY // len(articles)) if given.articles is None else 1
    starts, held, peaks, cpu, wall = {}, {}, {}, [], []
    for system in systems(given.systems, given.peers_python):
        fresh = [run(system, articles[:1], rounds=0) for _ in range(given.rounds or 5)]
        starts[system.name] = median(each.start_cpu for each in fresh)
        held[system.name] = median(each.held for each in fresh)
        peaks[system.name] = run(system, articles, rounds=rounds).peak
        cpu += [each.start_cpu for each in fresh]
        wall += [each.start for each in fresh]
    print("A fresh process: imports, model, first article; then fifty articles")
    columns = [
        Column("start, s", starts, START_S),
        Column("memory, MB", held, MEMORY_MB),
        Column("at most, MB", peaks, MEMORY_MB),
    ]
    print("\n".join(table(columns)))
    print(busy(cpu, wall))


if __name__ == "__main__":
    main()
