"""Run the command line as `python -m sourcemark`."""

import io
import sys

# an older Python would stop at the first newer line, in words that help nobody
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Sourcemark needs Python 3.11 or newer, and this is {}.{}. Install a newer one and start Sourcemark "
        "with it, as in: python3.12 -m sourcemark".format(*sys.version_info)
    )

try:
    from sourcemark.cli import main
    from sourcemark.forgetting import overwrite_what_is_let_go_of
except ModuleNotFoundError as error:
    sys.exit(
        f"Sourcemark's libraries are not installed for this Python ({error}). Use `make run` in a checkout, "
        "or install it with: pip install sourcemark"
    )


def run() -> None:
    """Run the command line. The service, which is sent what others write, forgets it at once."""
    # what goes into a file or a pipe is in the encoding of the system: on Windows that lacks most characters
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.argv[1:2] in (["serve"], ["workshop"]):
        overwrite_what_is_let_go_of()
    main()


if __name__ == "__main__":
    run()
