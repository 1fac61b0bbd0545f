"""Who may read the counters of a service for others: a program on its computer, asked by no proxy."""

from pathlib import Path
import re
import sys

import pytest

from api.others.asking import articles, asking
from api.others.commands import SOURCEMARK, environment, new_token, started
from api.others.proxy import HOST, ORIGIN, proxy
from api.wire import running
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings
from sourcemark.web import metrics
from sourcemark.web.app import create_app
from sourcemark.web.others import app_for_others
from sourcemark.web.tokens import Tokens


def test_a_public_service_tells_its_own_computer_and_nobody_through_the_proxy(
    fast: Labeler, tmp_path: Path
) -> None:
    settings = Settings(
        public=True, origin=ORIGIN, proxies=1, anonymous_limit=1000, state_folder=str(tmp_path)
    )
    app = create_app(settings, fast, one_process=True)
    with running(app, behind_proxy=True) as server, proxy(server.address) as outside:
        named = {"Host": HOST}
        through, here = asking(outside), asking(server.address)
        assert through(headers=named).status == 200
        for forged in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}):
            assert through("GET", "/metrics", headers=named | forged).problem() == "not-found"
        assert here("GET", "/metrics").problem() == "host-not-allowed"
        assert articles(here("GET", "/metrics", headers=named)) == 1
        # as Prometheus asks where `proxy_url` names the service
        assert articles(here("GET", f"http://{HOST}/metrics", headers=named)) == 1
        # a reader's token opens nothing more
        assert through("GET", "/metrics", "sm_a.1.b", named).problem() == "token-not-valid"


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 is there without being set up")
def test_the_network_s_requests_are_counted_and_told_to_this_computer_only(tmp_path: Path) -> None:
    token = new_token(tmp_path)
    known = environment(tmp_path, lan_address="127.0.0.2", share_port=0)
    with started([*SOURCEMARK, "serve", "--port", "0", "--share"], known, "ready at") as said:
        there, here = re.findall(r"http://127[.:0-9]+", said)
        network, computer = asking(there), asking(here)
        assert network(token=token).status == 200
        assert network("GET", "/metrics", token).problem() == "not-found"
        assert computer().status == 200
        assert articles(computer("GET", "/metrics")) == 2


def test_workers_that_count_apart_say_so(fast: Labeler, tokens: Tokens) -> None:
    app = app_for_others(Settings(), fast, tokens, ["127.0.0.1"])
    metrics.init_app(app, one_process=False)
    with running(app) as server:
        assert asking(server.address)("GET", "/metrics").problem() == "metrics-apart"
