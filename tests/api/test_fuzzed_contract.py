"""A few hundred of the cases that `make fuzz` sends by the ten thousand: every answer is a described one."""

from fuzz.contract import send_cases
from sourcemark.web.server import Server

CASES = 300


def test_every_answer_to_anything_is_one_that_the_document_describes(server: Server) -> None:
    outcome = send_cases(server.address, CASES, seed=1)
    assert outcome.passed, outcome.said
    assert outcome.cases >= CASES
