"""Runs one target under atheris, a fuzzer that is led by which code an input reaches.

    PYTHONPATH=tests python -m fuzz.hunt TARGET --seconds 600 --corpus FOLDER

What it finds on the way stays in FOLDER/TARGET and is where the next run begins; an input that breaks a
promise, or takes longer than the limit, is written to FOLDER/found and ends the run with an error.
https://github.com/google/atheris
"""

from argparse import ArgumentParser
from hashlib import sha1
from pathlib import Path
import sys

import atheris

_LONGEST_INPUT = 8_192
_SECONDS_AN_INPUT = 10
_MEGABYTES = 4_096

# read with the eyes of the fuzzer: the package and what it hands texts to
with atheris.instrument_imports(include=["sourcemark", "nupunkt", "trafilatura", "justext"]):
    import trafilatura  # noqa: F401  # the package imports it only when it is needed

    from fuzz.starters import dictionary, starters
    from fuzz.targets import TARGETS


def main() -> None:
    """Run the target that the command line names."""
    parser = ArgumentParser(description="Run one fuzzing target.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=600, help="How long to look. Default: 600.")
    parser.add_argument("--seed", type=int, default=0, help="Of chance; 0 draws one.")
    parser.add_argument("--corpus", type=Path, required=True, help="Folder that keeps what was found.")
    given = parser.parse_args()
    corpus, found = given.corpus / given.target, given.corpus / "found"
    for place in (corpus, found):
        place.mkdir(parents=True, exist_ok=True)
    for starter in starters(given.target):
        # libFuzzer names its own files so too
        (corpus / sha1(starter).hexdigest()).write_bytes(starter)
    words = given.corpus / f"{given.target}.dict"
    words.write_text(dictionary(given.target), encoding="ascii")
    options = [
        f"-max_total_time={given.seconds}",
        f"-seed={given.seed}",
        f"-max_len={_LONGEST_INPUT}",
        f"-timeout={_SECONDS_AN_INPUT}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-artifact_prefix={found}/{given.target}-",
        f"-dict={words}",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], TARGETS[given.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
