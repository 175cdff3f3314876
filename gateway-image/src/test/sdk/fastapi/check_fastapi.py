"""The sample service, as its users run it, in front of the real gateway."""
import os
import subprocess
import sys
from pathlib import Path

import httpx2

from checks import GEMINI, LOCATION, NOBODY, PROJECT, TOKEN, fault, run

SAMPLE = Path(__file__).parents[5] / "samples/fastapi"
sys.path.insert(0, str(SAMPLE))

from tests.conftest import serve  # noqa: E402
from assistant.main import create_app  # noqa: E402
from assistant.settings import Settings  # noqa: E402

server = serve(create_app(Settings(gateway_url=GEMINI, project=PROJECT, location=LOCATION)))
URL = server.__enter__()
WAYS = {
    "/api/chat": {"messages": [{"role": "user", "content": "hello there"}]},
    "/api/summary": {"text": "hello there"},
}


def ask(path, body, token=TOKEN):
    headers = {"Authorization": "Bearer " + token} if token else {}
    return httpx2.post(URL + path, json=body, headers=headers, timeout=60, trust_env=False)


def answers():
    for path, body in WAYS.items():
        answer = ask(path, body)
        assert answer.status_code == 200 and "hello there" in answer.json()["text"], answer.text


def streams():
    for path, body in WAYS.items():
        answer = ask(path + "/stream", body)
        assert answer.headers["content-type"].startswith("text/event-stream"), answer.headers
        assert answer.text.count("event: text\n") >= 3 and answer.text.count("event: done\n") == 1, answer.text


def refused(token, status, code):
    for path, body in WAYS.items():
        for way in (path, path + "/stream"):
            answer = ask(way, body, token)
            assert answer.status_code == status and answer.json().get("code") == code, (way, answer.text)


def without_a_token_is_unauthenticated():
    refused(None, 401, None)


def a_wrong_token_is_unauthenticated():
    refused("a.b.c", 401, "TOKEN_INVALID")


def without_a_role_is_forbidden():
    refused(NOBODY, 403, "ACCESS_DENIED")


def exhausted_and_unavailable():
    with fault("code=RESOURCE_EXHAUSTED"):
        refused(TOKEN, 429, "UPSTREAM_EXHAUSTED")
    with fault("code=UNAVAILABLE"):
        refused(TOKEN, 503, "UPSTREAM_UNAVAILABLE")


def a_refusal_names_the_record():
    assert len(ask("/api/chat", WAYS["/api/chat"], NOBODY).json()["request_id"]) >= 32
    assert len(ask("/api/summary", WAYS["/api/summary"], NOBODY).json()["request_id"]) >= 32


def an_error_in_a_stream_is_its_last_event():
    for path, body in WAYS.items():
        with fault("errorFrame=1"):
            told = ask(path + "/stream", body).text
            assert "event: error\n" in told and "event: done\n" not in told, told


def a_cut_stream_is_never_done():
    for path, body in WAYS.items():
        with fault("cut=2"):
            told = ask(path + "/stream", body).text
            assert "event: error\n" in told and "event: done\n" not in told, told


def its_own_tests_pass():
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"],
        cwd=SAMPLE, env=os.environ | {"PYTHONPATH": ""}, capture_output=True, text=True, timeout=120)
    assert tests.returncode == 0, tests.stdout + tests.stderr


run([
    answers,
    streams,
    without_a_token_is_unauthenticated,
    a_wrong_token_is_unauthenticated,
    without_a_role_is_forbidden,
    exhausted_and_unavailable,
    a_refusal_names_the_record,
    an_error_in_a_stream_is_its_last_event,
    a_cut_stream_is_never_done,
    its_own_tests_pass,
])
