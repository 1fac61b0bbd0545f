"""Run the command line as `python -m sourcemark`."""

from sourcemark.cli import main

main()
