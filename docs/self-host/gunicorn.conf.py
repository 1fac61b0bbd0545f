"""How gunicorn runs a public Sourcemark: `gunicorn --config gunicorn.conf.py`, see docs/self-host.md.

Two workers of about 350 MB each with the careful model; `--workers`, `--threads` and `--bind` say otherwise.
"""

import os
from pathlib import Path

bind = "127.0.0.1:8377"
workers = 2
threads = 8
# an article may take 15 seconds, and wait for 8 before
timeout = 60
wsgi_app = "sourcemark.web.app:create_app()"
# no log of requests: it would hold addresses
accesslog = None
# no second way in
control_socket_disable = True


FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
"""Where the workers count together, see docs/monitoring.md."""


def on_starting(server):
    """Begin to count at nought: what an earlier start counted is forgotten."""
    if FOLDER:
        Path(FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
        for counted in Path(FOLDER).glob("*.db"):
            counted.unlink()


def post_worker_init(worker):
    """Keep what was sent, and from which address, out of gunicorn's own log of requests it cannot read."""
    from sourcemark.web.observe import mute

    mute(worker.log.error_log)


def child_exit(server, worker):
    """Take what a worker that has ended was labelling out of the counters."""
    if FOLDER:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)
