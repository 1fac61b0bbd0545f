"""The benchmarks run, at a size that shows no more than that. What they measure is not asserted."""

from importlib import import_module
from pathlib import Path
import re
import sys

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
SMALL = ["--systems", "fast", "--articles", "1", "--rounds", "1"]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("cost", ["median, ms an article", "95 of 100 within, ms"]),
        ("loading", ["start, s", "memory, MB", "at most, MB"]),
        ("throughput", ["articles a second"]),
    ],
)
def test_a_comparison_prints_a_row_with_ratio_and_limit(
    name: str, headings: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    import_module(name).main(SMALL)

    lines = capsys.readouterr().out.splitlines()
    assert all(heading in lines[1] for heading in headings)
    assert re.match(r"fast +[\d.]+ +1\.00 ", lines[2])
    assert re.match(r"The machine gave \d+% of a core", lines[3])


def test_growth_prints_an_exponent_for_each_text(capsys: pytest.CaptureFixture[str]) -> None:
    growth = import_module("growth")

    growth.main(["--largest", "2", "--rounds", "1"])

    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row[:26].strip() for row in rows] == [text.__name__.replace("_", " ") for text in growth.TEXTS]
    assert all(re.search(r"\d+\.\d\d( +over 1\.3)?$", row) for row in rows)


def test_a_text_grows_with_its_share_up_to_the_limits_of_the_service() -> None:
    growth = import_module("growth")
    for text in growth.TEXTS:
        small, large = ("".join(text(share)) for share in (1 / 16, 1.0))
        assert 10 * len(small) < len(large)
        assert max(map(len, text(1.0))) <= 20_000


def test_the_exponent_is_1_for_linear_time_and_2_for_quadratic() -> None:
    exponent = import_module("growth").exponent
    sizes = [1.0, 2.0, 4.0]
    assert exponent(sizes, [0.1, 0.2, 0.4]) == pytest.approx(1)
    assert exponent(sizes, [0.1, 0.4, 1.6]) == pytest.approx(2)


def test_articles_are_cut_after_their_fortieth_sentence_and_vary_in_their_names_only() -> None:
    articles = import_module("articles")
    own = articles.articles_of_forty()

    many = articles.many_articles(len(own) + 1)

    assert len(own[0]) == len(many[0]) == len(many[-1])
    assert many[0] != many[-1]
    assert many == articles.many_articles(len(own) + 1)


def test_the_quality_is_printed_beside_the_plain_model(capsys: pytest.CaptureFixture[str]) -> None:
    import_module("labelling").main(["--systems", "fast"])

    _, _, peer, ours = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"TF-IDF, logistic regression +0\.\d{3} +1\.00", peer)
    assert re.fullmatch(r"fast +0\.\d{3} +\d\.\d\d", ours)


def test_without_the_peers_it_says_how_to_get_them(capsys: pytest.CaptureFixture[str]) -> None:
    found = import_module("processes").systems(["fast", "spacy"], None)

    assert [system.name for system in found] == ["fast"]
    assert "-r benchmarks/requirements-peers.txt" in capsys.readouterr().out


def test_an_interpreter_without_the_peers_is_told_apart_from_none() -> None:
    systems = import_module("processes").systems
    with pytest.raises(SystemExit, match="has no textacy"):
        systems(["spacy"], sys.executable)
    with pytest.raises(SystemExit, match="There is no interpreter at"):
        systems(["spacy"], "no-such-python")


def test_every_benchmark_stands_in_the_readme() -> None:
    readme = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{file.name}`" in readme for file in BENCHMARKS.glob("*.py"))


def test_a_missed_limit_is_marked_whether_it_is_one_to_keep_under_or_to_reach() -> None:
    tables = import_module("tables")
    time = tables.Column("ms", {"fast": 30.0, "careful": 500.0}, {"fast": 20.0, "careful": 600.0})
    rate = tables.Column("a second", {"fast": 90.0, "careful": 3.0}, {"fast": 150.0}, most=False)

    _, fast, careful = tables.table([time, rate])

    assert fast.split() == ["fast", "30.00", "1.00", "20!", "90.00", "1.00", "150!"]
    assert careful.split() == ["careful", "500", "16.67", "600", "3.00", "0.03"]


def test_stages_are_measured_in_time_and_memory_and_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plot = tmp_path / "stages.svg"

    import_module("stages").main(["--model", "fast", "--largest", "30", "--plot", str(plot)])

    tables = capsys.readouterr().out.split("\n\n")
    names = ["language", "sentences", "reading", "scores", "evidence", "answer"]
    for table in tables[:2]:
        assert [row.split()[0] for row in table.splitlines()[2:]] == names
    assert "<svg" in plot.read_text()


@pytest.mark.parametrize("sentences", [1, 10, 100])
def test_an_article_has_as_many_sentences_as_were_asked_for(sentences: int) -> None:
    stages = import_module("stages")
    for blocks in (stages.article_of(sentences), stages.worst_of("He said. ", sentences)):
        assert sum(len(stages.sentence_spans(block)) for block in blocks) == sentences


def test_load_prints_how_readers_wait_as_a_multiple_of_one_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    small = ["--model", "fast", "--readers", "2", "--minutes", "0.01", "--pause", "0.01", "--articles", "2"]

    import_module("load").main(small)

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:5]] == ["one", "all", "ratio"]
    assert any(re.match(r"\d+ articles were labelled whole; others: 0", line) for line in lines)
    assert any(line.startswith("Memory: ") for line in lines)


def test_archive_memory_prints_a_row_for_each_size(capsys: pytest.CaptureFixture[str]) -> None:
    # so few that what a process takes before it labels is most of it
    import_module("archive_memory").main(["--articles", "20", "--jobs", "1"])
    rows = capsys.readouterr().out.splitlines()[1:3]
    assert [int(row.split()[0]) for row in rows] == [2, 20]
    assert all(re.fullmatch(r" *[\d,]+ +1 +[\d.]+ +\d+ +\d+ +[\d.]+", row) for row in rows)
