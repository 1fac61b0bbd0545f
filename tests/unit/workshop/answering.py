"""Answers without end, and says so after each: a service to be killed. Run with the file and a secret."""

from itertools import cycle
from pathlib import Path
import sys

from sourcemark.workshop.choices import CHOICE_IDS
from sourcemark.workshop.store import Store

store = Store(Path(sys.argv[1]))
for turn, choice in enumerate(cycle(CHOICE_IDS)):
    sentence = turn % 5 + 1
    store.answer(sys.argv[2], sentence, [choice])
    print(turn, sentence, choice, flush=True)
