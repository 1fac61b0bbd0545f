"""A token of a service for others: what is made holds, until its end or until it is taken back."""

from collections.abc import Callable
import os
from pathlib import Path
import sqlite3

from hypothesis import given, strategies
import pytest

from sourcemark.web.problems import URN, ProblemError
from sourcemark.web.tokens import TokenError, Tokens

DAY = 86_400
NOW = 1_800_000_000


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = float(NOW)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(tmp_path: Path, clock: Clock) -> Tokens:
    return Tokens(tmp_path / "state", clock)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Tokens, str]:
    """Tokens that no test changes, and one of them."""
    tokens = Tokens(tmp_path_factory.mktemp("state"))
    return tokens, tokens.new(1, "standing")


def refused(check: Callable[[], object]) -> str:
    """Return the kind of problem that `check` meets."""
    with pytest.raises(ProblemError) as caught:
        check()
    assert caught.value.problem.status == 401
    return caught.value.problem.type.removeprefix(URN)


def test_a_token_holds_from_its_making_to_its_end(tokens: Tokens, clock: Clock) -> None:
    token = tokens.new(30, "reading club")
    (issued,) = tokens.all()
    assert tokens.check(token) == issued.id
    assert (issued.note, issued.ends, issued.revoked) == ("reading club", NOW + 30 * DAY, False)

    clock.now = NOW + 30 * DAY - 1
    assert tokens.check(token) == issued.id
    assert tokens.holds(issued)

    clock.now = NOW + 30 * DAY
    assert refused(lambda: tokens.check(token)) == "token-expired"
    assert not tokens.holds(issued)


def test_a_revoked_token_holds_no_longer_in_any_process(tokens: Tokens) -> None:
    kept, taken = tokens.new(1, "kept"), tokens.new(1, "taken")
    others = Tokens(tokens.path.parent, lambda: NOW)
    others.revoke(others.check(taken))

    assert refused(lambda: tokens.check(taken)) == "token-revoked"
    assert tokens.check(kept)
    assert [(each.note, each.revoked) for each in sorted(tokens.all(), key=lambda each: each.note)] == [
        ("kept", False),
        ("taken", True),
    ]


def test_a_token_of_another_service_does_not_hold(tokens: Tokens, tmp_path: Path) -> None:
    tokens.new(1, "ours")
    theirs = Tokens(tmp_path / "theirs").new(1, "theirs")
    assert refused(lambda: tokens.check(theirs)) == "token-not-valid"


def test_a_signed_token_that_the_file_does_not_know_does_not_hold(tokens: Tokens) -> None:
    tokens.new(1, "before")
    older = tokens.path.read_bytes()
    token = tokens.new(1, "after")
    tokens.path.write_bytes(older)
    assert refused(lambda: tokens.check(token)) == "token-not-valid"


@pytest.mark.parametrize(
    "change",
    [
        lambda token: "",
        lambda token: token.removeprefix("sm_"),
        lambda token: token.replace("sm_", "xx_"),
        lambda token: token.upper(),
        lambda token: token + " ",
        lambda token: token + "\n",
        lambda token: token + "=",
        lambda token: token[:-1],
        lambda token: token * 2,
        lambda token: token.rpartition(".")[0],
        lambda token: token.rpartition(".")[0] + ".",
        lambda token: f"{token.split('.')[0]}.9999999999.{token.split('.')[2]}",
        lambda token: f"sm_{'0' * 12}.{token.split('.', 1)[1]}",
    ],
)
def test_a_token_that_was_changed_does_not_hold(
    standing: tuple[Tokens, str], change: Callable[[str], str]
) -> None:
    tokens, token = standing
    assert refused(lambda: tokens.check(change(token))) == "token-not-valid"


@given(place=strategies.integers(0, 69), other=strategies.characters())
def test_no_single_character_can_be_another(standing: tuple[Tokens, str], place: int, other: str) -> None:
    tokens, token = standing
    changed = token[:place] + other + token[place + 1 :]
    if changed != token:
        assert refused(lambda: tokens.check(changed)) == "token-not-valid"
    else:
        assert tokens.check(changed)


@given(text=strategies.text() | strategies.from_regex(r"sm_[0-9a-f]{12}\.\d{10}\.[\w-]{43}", fullmatch=True))
def test_no_guess_holds(standing: tuple[Tokens, str], text: str) -> None:
    tokens, _ = standing
    assert refused(lambda: tokens.check(text)) == "token-not-valid"


def test_before_the_first_token_none_holds_and_nothing_is_written(tokens: Tokens) -> None:
    assert refused(lambda: tokens.check(f"sm_{'0' * 12}.{NOW}.{'A' * 43}")) == "token-not-valid"
    assert tokens.all() == []
    assert not tokens.path.exists()


def test_the_file_holds_no_token(tokens: Tokens) -> None:
    token = tokens.new(1, "secret")
    content = tokens.path.read_bytes()
    assert b"secret" in content
    assert token.rpartition(".")[2].encode() not in content


@pytest.mark.skipif(os.name != "posix", reason="other systems keep the user's folders apart")
def test_the_file_is_for_its_owner_alone_and_another_is_refused(tokens: Tokens) -> None:
    tokens.new(1, "first")
    assert tokens.path.stat().st_mode & 0o777 == 0o600
    assert tokens.path.parent.stat().st_mode & 0o777 == 0o700
    tokens.check_file()

    tokens.path.chmod(0o640)
    with pytest.raises(TokenError, match=r"Other users .* Run: chmod 600 "):
        tokens.check_file()


def test_a_damaged_file_is_told_in_a_sentence(tokens: Tokens) -> None:
    token = tokens.new(1, "first")
    tokens.path.write_bytes(b"no database at all" * 100)
    for use in (
        lambda: tokens.check(token),
        tokens.all,
        lambda: tokens.new(1, "x"),
        lambda: tokens.revoke("x"),
    ):
        with pytest.raises(
            TokenError, match=r"cannot be read or written .* delete it and make new tokens\.$"
        ):
            use()


def test_a_making_that_was_cut_short_is_made_good_by_the_next(tokens: Tokens) -> None:
    tokens.path.parent.mkdir()
    tokens.path.touch(0o600)
    assert tokens.check(tokens.new(1, "next"))


def test_one_key_signs_all(tokens: Tokens) -> None:
    first = tokens.new(1, "first")
    tokens.new(1, "second")
    assert tokens.check(first)
    with sqlite3.connect(tokens.path) as file:
        assert [len(key) for (key,) in file.execute("SELECT key FROM key")] == [32]
    file.close()


@pytest.mark.parametrize("note", ["", "  ", "two\nlines", "a\x1b[31mred", "x" * 201])
def test_a_note_is_one_line_for_people(tokens: Tokens, note: str) -> None:
    with pytest.raises(TokenError, match="The note is one line"):
        tokens.new(1, note)


def test_an_id_that_is_none_is_told(tokens: Tokens) -> None:
    with pytest.raises(TokenError, match="There is no token with the id “nothing”"):
        tokens.revoke("nothing")
