"""What clients ask of the service until it is killed, and what must be true of it afterwards.

Whatever else the service learns to acknowledge comes here as a deed of its own.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
import json
from random import Random
from typing import Generic, Protocol, TypeVar

from api.wire import article
from soak.service import Service
from sourcemark.corrections.store import Store as Corrections
from sourcemark.labels import LABEL_IDS, UNSURE
from sourcemark.workshop.choices import CHOICE_IDS
from sourcemark.workshop.state import WorkshopState
from sourcemark.workshop.store import Store

SENTENCES = range(1, 6)
MOST_PEOPLE = 40

Value = TypeVar("Value")


@dataclass
class Kept(Generic[Value]):
    """One value that the service keeps: the last one that it acknowledged, and what was sent after that."""

    acknowledged: Value
    under_way: list[Value] = field(default_factory=list)

    def send(self, value: Value) -> None:
        """Note that a value is on its way: from now on it may be kept."""
        self.under_way = [value]

    def acknowledge(self) -> None:
        """Note that it arrived: from now on it must be kept."""
        (self.acknowledged,) = self.under_way
        self.under_way = []

    def check(self, found: Value, what: str) -> None:
        """Assert that nothing else is found than may be, and take that as what is kept."""
        assert found == self.acknowledged or found in self.under_way, (
            f"{what}: {self.acknowledged} was acknowledged, {self.under_way} under way, and {found} is there"
        )
        self.acknowledged, self.under_way = found, []


@dataclass
class Found:
    """A workshop as it is found after a start."""

    store: Store
    state: WorkshopState
    corrections: Corrections


class Deed(Protocol):
    """One client's part."""

    acknowledged: int
    """How often it was told that something is done."""

    def once(self, service: Service, chance: Random) -> None:
        """Ask for one thing, and remember it as acknowledged once the whole answer is there."""

    def check(self, found: Found) -> None:
        """Assert that everything acknowledged is there, and nothing but that and what was under way."""


class Reading:
    """Has articles labelled: an answer is whole, and the same whatever the service went through."""

    def __init__(self) -> None:
        self.acknowledged = 0
        self._request = article()
        self._answer = b""

    def once(self, service: Service, chance: Random) -> None:
        reply = service.label(self._request)
        assert reply.status == 200, reply
        self._answer = self._answer or reply.body
        assert reply.body == self._answer
        self.acknowledged += 1

    def check(self, found: Found) -> None:
        """Nothing of an article is kept."""


class Answering:
    """Somebody who takes part, and changes their mind all the time."""

    def __init__(self, service: Service, code: str) -> None:
        self.acknowledged = 0
        self.secret = join(service, code)
        self.round = 1
        self.answers = {(round, n): Kept[tuple[str, ...]](()) for round in (1, 2) for n in SENTENCES}

    def once(self, service: Service, chance: Random) -> None:
        sentence = chance.choice(SENTENCES)
        ticked = tuple(sorted(chance.sample(CHOICE_IDS, chance.choice((1, 2))), key=CHOICE_IDS.index))
        answer = self.answers[self.round, sentence]
        answer.send(ticked)
        reply = service.post(f"/w/{self.secret}/answer", {"sentence": str(sentence), "choice": ticked})
        assert reply.status == 303, reply
        answer.acknowledge()
        self.acknowledged += 1

    def check(self, found: Found) -> None:
        there = found.store.answers(self.secret)
        for (round, sentence), answer in self.answers.items():
            answer.check(there[round].get(sentence, ()), f"answer to {sentence} in round {round}")


class Joining:
    """Lets people in who answer nothing."""

    def __init__(self, code: str, others: int) -> None:
        self.acknowledged = 0
        self._code = code
        self._secrets: list[str] = []
        self._joined = Kept(others)

    def once(self, service: Service, chance: Random) -> None:
        if self._joined.acknowledged >= MOST_PEOPLE:
            assert service.get("/w").status == 200
            return
        self._joined.send(self._joined.acknowledged + 1)
        self._secrets.append(join(service, self._code))
        self._joined.acknowledge()
        self.acknowledged += 1

    def check(self, found: Found) -> None:
        for secret in self._secrets:
            found.store.check(secret)
        self._joined.check(found.state.joined, "people")


class Facilitating:
    """Writes notes, and counts of raised hands."""

    def __init__(self, secret: str) -> None:
        self.acknowledged = 0
        self._desk = f"/workshop/f/{secret}"
        self._notes = {sentence: Kept("") for sentence in SENTENCES}
        self.counts = {sentence: Kept[Mapping[str, int]]({}) for sentence in SENTENCES}

    def once(self, service: Service, chance: Random) -> None:
        if chance.random() < 0.5:
            sentence, words = chance.choice(SENTENCES), f"Note {chance.randrange(1000)}. " * 20
            changed: list[Kept[str] | Kept[Mapping[str, int]]] = [self._notes[sentence]]
            self._notes[sentence].send(words.strip())
            reply = service.post(f"{self._desk}/note", {"sentence": str(sentence), "note": words})
        else:
            fields = {"round": "1"}
            for sentence, count in self.counts.items():
                hands = {choice: chance.randrange(1, 30) for choice in CHOICE_IDS}
                count.send(hands)
                fields |= {f"{sentence}-{choice}": str(number) for choice, number in hands.items()}
            changed = list(self.counts.values())
            reply = service.post(f"{self._desk}/count", fields)
        assert reply.status == 303, reply
        for each in changed:
            each.acknowledge()
        self.acknowledged += 1

    def check(self, found: Found) -> None:
        for sentence in SENTENCES:
            self._notes[sentence].check(found.state.notes.get(sentence, ""), f"note on {sentence}")
            tally = found.state.tallies.get((1, sentence))
            self.counts[sentence].check(dict(tally.counts) if tally else {}, f"hands for {sentence}")


class Correcting:
    """A reader who gives corrections, changes them and takes them back."""

    def __init__(self, name: str) -> None:
        self.acknowledged = 0
        self._corrections = {f"{name} saw the planks give way, no. {n}.": Kept("") for n in SENTENCES}
        """What is proposed for each sentence; nothing where it is not corrected."""
        self._ids: dict[str, str] = {}

    def once(self, service: Service, chance: Random) -> None:
        sentence = chance.choice([*self._corrections])
        correction = self._corrections[sentence]
        if correction.acknowledged and chance.random() < 0.3:
            correction.send("")
            assert service.take_back(self._ids[sentence]).status == 204
        else:
            # another one than before: the same again would be kept as it is
            correction.send(chance.choice([each for each in LABEL_IDS if each != correction.acknowledged]))
            reply = service.correct(_correction(sentence, correction.under_way[0]))
            assert reply.status == 201, reply
            self._ids[sentence] = json.loads(reply.body)["id"]
        correction.acknowledge()
        self.acknowledged += 1

    def check(self, found: Found) -> None:
        there = {each.sentence: each for each in found.corrections.corrections()}
        for sentence, correction in self._corrections.items():
            known = there.get(sentence)
            correction.check(known.proposed or "" if known else "", f"correction of “{sentence}”")
            if known:
                self._ids[sentence] = known.id


def _correction(sentence: str, proposed: str) -> bytes:
    fields = {"model": "9f2c61d0a7b4", "consent": True, "sentence": sentence, "proposed": proposed}
    return json.dumps({**fields, "given": None, "given_state": UNSURE}).encode()


def join(service: Service, code: str) -> str:
    """Come in with the code; return the secret."""
    reply = service.post("/w", {"code": code})
    assert reply.status == 303, reply
    return reply.location.rpartition("/")[2]


def take_over(people: list[Answering]) -> None:
    """Let first answers stand in the second round where nobody changed them, if anybody changed one."""
    if any(person.answers[2, sentence].acknowledged for person in people for sentence in SENTENCES):
        for person in people:
            for sentence in SENTENCES:
                second = person.answers[2, sentence]
                second.acknowledged = second.acknowledged or person.answers[1, sentence].acknowledged


def counted(
    people: list[Answering], facilitating: Facilitating, round: int, sentence: int
) -> tuple[int, dict[str, int]]:
    """Return how many must have answered a sentence, and how often each choice must have been ticked."""
    answers = [person.answers[round, sentence].acknowledged for person in people]
    hands = facilitating.counts[sentence].acknowledged if round == 1 else {}
    counts = Counter(choice for answer in answers for choice in answer) + Counter(hands)
    n = sum(map(bool, answers)) + sum(hands.values())
    return n, {choice: counts[choice] for choice in CHOICE_IDS}
