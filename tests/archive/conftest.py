from pathlib import Path

import pytest

from archive.labelled import Row, outlets, seed_articles, varied, write
from sourcemark.labeler import Labeler

OUTLETS = outlets(34)


@pytest.fixture(scope="session")
def seeds(fast: Labeler) -> list[list[Row]]:
    """The sentences of the project's own articles, labelled with the fast model."""
    return seed_articles(fast)


@pytest.fixture(scope="session")
def articles(seeds: list[list[Row]]) -> list[list[Row]]:
    """Some hundred articles of three years and many outlets."""
    return list(varied(seeds, 400, OUTLETS))


@pytest.fixture(scope="session")
def archive(articles: list[list[Row]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished archive of them in two parts, with two kept columns. Nobody may write into it."""
    shards = [articles[:250], articles[250:]]
    return write(tmp_path_factory.mktemp("archive") / "out", shards, ["outlet", "published"])
