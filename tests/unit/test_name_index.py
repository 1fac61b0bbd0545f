"""An index finds the number of every name, and none for a name that it was not given."""

from itertools import islice, product

from sourcemark.model.groups import PREFIXES, Group
from sourcemark.model.name_index import NameIndex


def test_every_name_has_the_number_of_its_place_whatever_its_prefix() -> None:
    words = ["", "the", "mayor", "it rained", "été", "𝔸"]
    names = sorted(prefix + word for prefix, word in product(["", *PREFIXES], words) if prefix or word)
    index = NameIndex.of(names)
    for prefix in ("", *PREFIXES):
        group = Group(prefix, words[not prefix :])
        assert index.find([group]).tolist() == [names.index(prefix + word) for word in group.names]


def test_several_groups_are_looked_up_one_after_another_and_what_is_unknown_has_no_number() -> None:
    index = NameIndex.of(["a", "lead:a", "word:a", "word:b"])
    groups = [Group("word:", ("b", "c", "a")), Group("pair:", ("a",)), Group("", ()), Group("lead:", ("a",))]
    assert index.find(groups).tolist() == [3, -1, 2, -1, 1]
    assert index.find([]).tolist() == []
    assert NameIndex.of([]).find(groups).tolist() == [-1] * 5


def test_a_hundred_thousand_names_are_told_apart() -> None:
    names = sorted(islice(map("word:".__add__, map("".join, product("abcdefghijklmnop", repeat=5))), 100_000))
    index = NameIndex.of(names)
    words = [name.removeprefix("word:") for name in names]
    assert index.find([Group("word:", words)]).tolist() == list(range(100_000))
    assert set(index.find([Group("lead:", words), Group("", words)]).tolist()) == {-1}
