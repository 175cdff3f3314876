"""Service and stand-in as servers of their own, so that the real packages speak over real connections."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
import uvicorn

from assistant.main import create_app
from assistant.settings import Settings
from tests.stand_in import StandIn


@contextmanager
def serve(app) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    patience = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive() and time.monotonic() < patience, "the server did not start"
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


@pytest.fixture(scope="session")
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture(scope="session")
def gateway(stand_in: StandIn) -> Iterator[str]:
    with serve(stand_in.app) as url:
        yield url


def settings(gateway: str, **more: float) -> Settings:
    return Settings(gateway_url=gateway, project="acme-ml-qa", location="europe-west4", **more)


@pytest.fixture(scope="session")
def service(gateway: str) -> Iterator[str]:
    with serve(create_app(settings(gateway))) as url:
        yield url


@contextmanager
def browser_of(service: str) -> Iterator[httpx2.Client]:
    user = {"Authorization": "Bearer user-1"}
    with httpx2.Client(base_url=service, headers=user, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def browser(service: str) -> Iterator[httpx2.Client]:
    with browser_of(service) as client:
        yield client
