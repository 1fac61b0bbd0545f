"""Every command answers by itself, and what goes wrong is said in a sentence."""

from collections.abc import Iterator
import json
import os
from pathlib import Path
import socket
import subprocess
import sys

import click
from click.testing import CliRunner, Result
import msgspec
import pytest

from sourcemark.cli import main
from sourcemark.labeler import Labeler
from sourcemark.labels import LABEL_IDS, LABELS, NONE, OFFICIAL, SCORE_IDS, UNSURE
from sourcemark.resources import folder
from sourcemark.web.schemas import LabelAnswer
from sourcemark.web.server import bind
from unit.training import SEEDS, Training

COMMANDS = ["serve", "token", "workshop", "label", "archive", "train", "evaluate", "doctor"]
STATEMENT = "The water ministry said in a statement that the dam would hold."
TEXT = f"😀 {STATEMENT} Nobody\nslept.\n\nRain fell on the market."


def run(*arguments: object, stdin: bytes | str | None = None) -> Result:
    parts = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, parts, input=stdin, prog_name="sourcemark")


def said(result: Result) -> str:
    """Return the one sentence on stderr of a command that failed as it may fail."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr.removeprefix("Error: ").removesuffix("\n")


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "article"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with bind(0) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def free() -> int:
    """A port that nobody listens on."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port


def test_help_names_every_command() -> None:
    for flag in ("--help", "-h"):
        result = run(flag)
        assert result.exit_code == 0
        assert all(f"\n  {command} " in result.output for command in COMMANDS)
        assert "a label says who speaks, not whether it is true" in " ".join(result.output.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_says_what_it_does_and_what_each_option_is_for(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")
    text = " ".join(result.output.split())
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help
            assert f"{parameter.opts[0]} " in text
            assert " ".join(parameter.help.split()) in text
        else:
            assert f" {parameter.human_readable_name}" in result.output.splitlines()[0]
            assert parameter.human_readable_name in text.partition("]")[2]


def test_a_command_brings_no_library_that_it_does_not_use() -> None:
    unused = (
        "alembic",
        "flask_limiter",
        "prometheus_client",
        "pyarrow",
        "sqlalchemy",
        "torch",
        "trafilatura",
    )
    script = f"import sourcemark.cli, sys; print([name for name in {unused} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_version_is_told() -> None:
    assert run("--version").output.startswith("sourcemark, version 0.")


class TestLabel:
    def test_a_text_comes_back_with_its_labels_in_letters_and_in_counts(self, tmp_path: Path) -> None:
        result = run("label", written(tmp_path, TEXT))
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert f"  O  {STATEMENT.replace('The', '😀 The', 1)}" in lines
        assert "     Rain fell on the market." in lines
        assert "  O  Official statement: 1" in lines
        assert "     no source found: 2" in lines
        assert "     A label says who speaks, not whether it is true." in lines

    def test_the_reason_stands_under_a_mark(self, tmp_path: Path) -> None:
        lines = run("label", written(tmp_path, STATEMENT)).stdout.splitlines()
        reason = lines[lines.index(f"  O  {STATEMENT}") + 1]
        assert reason.endswith(" gives these words to the water ministry.")

    def test_colour_is_left_out_where_no_terminal_reads_it(self, tmp_path: Path, training: Training) -> None:
        arguments = ["label", str(written(tmp_path, TEXT)), "--model", str(training.folder)]
        assert "\x1b[" not in run(*arguments).stdout
        coloured = CliRunner().invoke(main, arguments, color=True).stdout
        assert "\x1b[34m  O  " in coloured

    def test_a_system_that_lacks_a_character_prints_the_others(self, tmp_path: Path) -> None:
        # as where Windows writes into a file or a pipe
        done = subprocess.run(
            [sys.executable, "-m", "sourcemark", "label", "-", "--model", "fast"],
            input=TEXT.encode(),
            env=os.environ | {"PYTHONIOENCODING": "cp1252"},
            capture_output=True,
            check=True,
        )
        assert f"? {STATEMENT}" in done.stdout.decode("cp1252")

    def test_standard_input_is_read_like_a_file(self, tmp_path: Path, training: Training) -> None:
        small = ["--model", training.folder]
        of_file = run("label", written(tmp_path, TEXT), *small)
        assert run("label", "-", *small, stdin=TEXT).stdout == of_file.stdout

    def test_json_is_the_answer_of_the_service_in_code_points(self, tmp_path: Path) -> None:
        result = run("label", written(tmp_path, TEXT), "--json")
        answer = msgspec.json.decode(result.stdout, type=LabelAnswer)
        assert answer.offsets == "code-point"
        assert [(s.block, s.start, s.end) for s in answer.sentences] == [
            ("p1", 0, 65),
            ("p1", 66, 79),
            ("p2", 0, 24),
        ]
        assert answer.sentences[0].label == OFFICIAL
        assert answer.summary["sentences"] == 3
        assert answer.model.id == Labeler.load().model.id

    def test_a_request_of_the_service_is_answered_in_the_unit_it_asks_for(
        self, tmp_path: Path, training: Training
    ) -> None:
        request = {"blocks": [{"id": "a", "text": f"😀 {STATEMENT}"}], "title": "Dam"}
        ends = {}
        for unit in ("utf-16", "code-point"):
            file = written(tmp_path, "\n " + json.dumps(request | {"offsets": unit}))
            result = run("label", file, "--json", "--model", training.folder)
            answer = msgspec.json.decode(result.stdout, type=LabelAnswer)
            assert answer.offsets == unit
            ends[unit] = answer.sentences[0].end
        assert ends["utf-16"] == ends["code-point"] + 1

    def test_a_page_is_read_as_its_article(self) -> None:
        page = folder("seeds") / "pages" / "seed-border-crisis.html"
        answer = msgspec.json.decode(run("label", page, "--json").stdout, type=LabelAnswer)
        assert answer.summary["sentences"] >= 40
        assert all(answer.summary[label] for label in LABEL_IDS)

    def test_a_byte_order_mark_is_no_character_of_the_text(self, tmp_path: Path, training: Training) -> None:
        file = written(tmp_path, b"\xef\xbb\xbf" + STATEMENT.encode())
        result = run("label", file, "--json", "--model", training.folder)
        answer = msgspec.json.decode(result.stdout, type=LabelAnswer)
        assert answer.sentences[0].end == len(STATEMENT)

    def test_a_paragraph_that_is_too_long_is_counted_as_not_checked(
        self, tmp_path: Path, training: Training
    ) -> None:
        file = written(tmp_path, f"{STATEMENT}\n\n{'a' * 20_001}")
        result = run("label", file, "--model", training.folder)
        assert result.exit_code == 0
        assert "     not checked: 1 (longer than what can be read at once)" in result.stdout.splitlines()

    def test_a_paragraph_in_another_language_is_counted_as_not_checked(
        self, tmp_path: Path, training: Training
    ) -> None:
        french = "Le ministère a annoncé mardi que deux ponts sur la rivière avaient été fermés."
        file = written(tmp_path, f"{STATEMENT}\n\n{french}")
        result = run("label", file, "--model", training.folder)
        assert result.exit_code == 0
        assert "     not checked: 1 (not in English)" in result.stdout.splitlines()
        assert "fermés" not in result.stdout

    @pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
    def test_an_empty_file_is_said_to_be_empty(self, tmp_path: Path, content: str) -> None:
        assert said(run("label", written(tmp_path, content))) == "There is no text to label."

    def test_a_file_that_is_no_utf_8_is_said_with_the_place(self, tmp_path: Path) -> None:
        file = written(tmp_path, b"caf\xe9 one")
        assert said(run("label", file)) == "The file is not UTF-8 text (byte 3). Save it as UTF-8."

    def test_a_page_without_an_article_is_said_to_be_one(self, tmp_path: Path) -> None:
        message = said(run("label", written(tmp_path, "<html><body></body></html>")))
        assert message.startswith("No article was found in this page.")

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("{", "The body is not valid JSON in UTF-8"),
            ('{"blocks": []}', "The list of blocks is empty"),
            ('{"blocks": [{"id": "a"}]}', "Object missing required field `text`"),
            (
                '{"blocks": [{"id": "a", "text": ""}, {"id": "a", "text": ""}]}',
                "Two blocks have the same id.",
            ),
        ],
    )
    def test_a_request_that_is_wrong_is_said_in_the_words_of_the_service(
        self, tmp_path: Path, content: str, message: str
    ) -> None:
        assert said(run("label", written(tmp_path, content))).startswith(message)

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path: Path) -> None:
        result = run("label", tmp_path / "nowhere.txt")
        assert result.exit_code == 2
        assert "nowhere.txt': No such file or directory" in result.stderr
        assert "Traceback" not in result.stderr

    def test_a_missing_model_is_said_to_be_missing(self, tmp_path: Path) -> None:
        message = said(run("label", written(tmp_path, TEXT), "--model", tmp_path))
        assert message.startswith("There is no model at ")

    def test_a_model_of_ones_own_labels(self, tmp_path: Path, training: Training) -> None:
        result = run("label", written(tmp_path, TEXT), "--json", "--model", training.folder)
        answer = msgspec.json.decode(result.stdout, type=LabelAnswer)
        assert answer.model.id == training.manifest["sha256"][:12]


class TestEvaluate:
    def test_json_has_every_figure(self, labeler: Labeler) -> None:
        result = run("evaluate", SEEDS, "--json")
        assert result.exit_code == 0
        figures = json.loads(result.stdout)
        assert figures["model"] == labeler.model.id
        assert figures["corpus"] == "articles.jsonl"
        assert 0 < figures["macro_f1"] <= 1
        assert set(figures["labels"]) == set(LABEL_IDS)
        assert all({"precision", "recall", "f1"} <= set(figures["labels"][label]) for label in LABEL_IDS)
        assert list(figures["confusion"]) == list(SCORE_IDS)
        assert all(list(row) == [*SCORE_IDS, UNSURE] for row in figures["confusion"].values())
        assert sum(sum(row.values()) for row in figures["confusion"].values()) == figures["sentences"]
        assert 0 <= figures["calibration_error"] <= 1
        assert 0 < figures["coverage"] <= 1

    def test_the_table_has_a_row_for_each_label(self, training: Training) -> None:
        result = run("evaluate", training.folder.parent / "few.jsonl", "--model", training.folder)
        assert result.exit_code == 0
        figures = training.manifest["metrics"]["few"]
        assert f"**{figures['macro_f1']:.3f}**" in result.stdout
        assert all(f"| {label.name} | " in result.stdout for label in LABELS)
        assert f"| None of them | {figures['confusion'][NONE][OFFICIAL]} | " in result.stdout

    def test_figures_with_names_swapped_are_told_beside_the_others(self, training: Training) -> None:
        few = training.folder.parent / "few.jsonl"
        arguments = ["evaluate", few, "--model", training.folder, "--names-swapped"]
        figures = json.loads(run(*arguments, "--json").stdout)
        assert figures["macro_f1"] == training.manifest["metrics"]["few"]["macro_f1"]
        swapped = figures["names_swapped"]
        assert swapped["sentences"] == figures["sentences"]
        assert 0 <= swapped["flips"] <= 1
        told = run(*arguments).stdout
        assert (
            f"With invented names for the people of 2 of 2 articles, {100 * swapped['flips']:.1f} %" in told
        )
        assert told.count("| label | precision | recall |") == 2

    def test_a_missing_or_broken_corpus_is_said_to_be_so(self, tmp_path: Path, training: Training) -> None:
        small = ["--model", training.folder]
        assert said(run("evaluate", tmp_path / "nowhere", *small)).startswith("There is no corpus at ")
        assert said(run("evaluate", written(tmp_path, "{}"), *small)).startswith("Line 1 of ")


class TestTrain:
    def test_a_missing_corpus_is_said_to_be_missing_and_nothing_is_written(self, tmp_path: Path) -> None:
        result = run("train", "--corpus", tmp_path / "nowhere", "--out", tmp_path / "out")
        assert said(result).startswith("There is no corpus at ")
        assert not (tmp_path / "out").exists()

    def test_a_wrong_dev_corpus_is_said_before_the_training(self, tmp_path: Path) -> None:
        result = run("train", "--corpus", SEEDS, "--out", tmp_path / "out", "--dev", tmp_path / "nowhere")
        assert said(result).startswith("There is no corpus at ")
        assert "Reading articles" not in result.stderr

    def test_a_corpus_that_lacks_labels_is_said_to_lack_them(self, tmp_path: Path) -> None:
        corpus = written(tmp_path, '{"id": "a", "paragraphs": [], "sentences": []}')
        result = run("train", "--corpus", corpus, "--out", tmp_path / "out")
        assert result.exit_code == 1
        assert "Error: The corpus" in result.stderr
        assert "has no sentence labelled anonymous_claim, eyewitness_quote" in result.stderr

    @pytest.mark.parametrize("option", ["--corpus", "--out"])
    def test_what_it_needs_is_asked_for(self, option: str) -> None:
        given = {"--corpus": "a", "--out": "b"}
        del given[option]
        result = run("train", *[part for pair in given.items() for part in pair])
        assert result.exit_code == 2
        assert f"Missing option '{option}'" in result.stderr


class TestDoctor:
    def test_an_installation_that_works_is_fine(self, free: int, labeler: Labeler) -> None:
        result = run("doctor", "--port", free)
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert all(line.startswith("fine     ") for line in lines)
        assert f"fine     port {free} on 127.0.0.1 is free" in lines
        assert any(labeler.model.id in line for line in lines)
        assert lines[-1] == "fine     a sample sentence comes back as official_statement"

    def test_a_taken_port_is_a_problem_and_the_rest_is_looked_at(self, taken: int) -> None:
        result = run("doctor", "--port", taken)
        assert result.exit_code == 1
        assert f"problem  Port {taken} is in use" in result.stdout
        assert "fine     a sample sentence comes back as official_statement" in result.stdout

    def test_a_missing_model_is_a_problem(self, free: int, tmp_path: Path) -> None:
        result = run("doctor", "--port", free, "--model", tmp_path)
        assert result.exit_code == 1
        assert f"problem  There is no model at {tmp_path}" in result.stdout
        assert "Traceback" not in result.output

    def test_a_setting_that_does_not_fit_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCEMARK_PORT", "eighty")
        assert said(run("doctor")).startswith("SOURCEMARK_PORT is “eighty”, which cannot be used")

    def test_every_command_takes_the_model_from_the_environment(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SOURCEMARK_MODEL", str(tmp_path))
        for command in (["doctor"], ["label", written(tmp_path, TEXT)], ["evaluate", SEEDS]):
            assert f"There is no model at {tmp_path}" in run(*command).output


def test_a_place_that_the_system_refuses_is_said_with_its_reason() -> None:
    name = "x" * 5_000
    message = said(run("label", "-", "--model", name, stdin=TEXT))
    assert message == (
        f"“{name}” cannot be read or written (File name too long). Choose another place, or make room there."
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is always full")
def test_an_answer_that_finds_no_room_is_no_success() -> None:
    command = [sys.executable, "-m", "sourcemark", "label", "-", "--model", "fast"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, input=TEXT.encode(), stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "Error: What is asked for cannot be read or written (No space left on device). "
        "Choose another place, or make room there.\n"
    )


def test_serve_says_that_a_port_is_taken_and_what_to_do(taken: int) -> None:
    result = run("serve", "--port", taken)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: Port {taken} is in use")
    assert f"choose another port, such as --port {taken + 1}." in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_port_that_no_computer_has_is_refused() -> None:
    for command in ("serve", "doctor"):
        result = run(command, "--port", 70_000)
        assert result.exit_code != 0
        assert "65535" in result.stderr
        assert "Traceback" not in result.stderr
