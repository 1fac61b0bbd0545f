"""Training the encoder needs torch, which using the product never does: `make test-training` installs it."""

import importlib.util

collect_ignore_glob = [] if importlib.util.find_spec("torch") else ["test_*.py"]
