import json
import logging
import time

import httpx2
import pytest

from assistant.main import create_app
from tests.conftest import browser_of, serve, settings
from tests.stand_in import REQUEST_ID, StandIn


def chat(question: str) -> dict:
    return {"messages": [{"role": "user", "content": question}]}


def document(text: str) -> dict:
    return {"text": text}


WAYS = pytest.mark.parametrize(("path", "body"), [("/api/chat", chat), ("/api/summary", document)])
ALL_WAYS = pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/chat", chat),
        ("/api/chat/stream", chat),
        ("/api/summary", document),
        ("/api/summary/stream", document),
    ],
)


def events(answer: httpx2.Response) -> list[tuple[str, dict]]:
    """Name and data of each event."""
    found = []
    for block in answer.text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        found.append((lines["event"], json.loads(lines["data"])))
    return found


@WAYS
def test_answers(browser, path, body):
    answer = browser.post(path, json=body("hello there"))

    assert answer.status_code == 200, answer.text
    assert answer.json() == {"text": "You said: hello there"}


@WAYS
def test_streams(browser, path, body):
    answer = browser.post(path + "/stream", json=body("hello there"))

    assert answer.headers["content-type"].startswith("text/event-stream")
    assert events(answer) == [("text", {"text": "hello "}), ("text", {"text": "there "}), ("done", {})]


@ALL_WAYS
def test_each_call_carries_the_token_of_its_own_user(browser, stand_in: StandIn, path, body):
    for token in ("user-7", "user-8"):
        browser.post(path, json=body("hello"), headers={"Authorization": f"Bearer {token}"})

        assert stand_in.tokens[-1] == token


@ALL_WAYS
def test_without_a_token_nothing_is_asked(browser, stand_in: StandIn, path, body):
    asked = len(stand_in.tokens)
    del browser.headers["Authorization"]

    answer = browser.post(path, json=body("hello"))

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert len(stand_in.tokens) == asked


@ALL_WAYS
@pytest.mark.parametrize(
    ("token", "question", "status", "code", "detail"),
    [
        ("old-1", "hello", 401, "TOKEN_EXPIRED", "The bearer token has expired. Get a new one."),
        ("guest-1", "hello", 403, "ACCESS_DENIED", "The caller may not do this here."),
        ("user-1", "too much", 429, "REQUESTS_EXHAUSTED", "Too many requests in a minute."),
        ("user-1", "down", 503, "UPSTREAM_UNAVAILABLE", "The model is not available at the moment. Try again."),
        ("user-1", "no model", 502, "UPSTREAM_PERMISSION_DENIED", None),
    ],
)
def test_refusals_are_clear_also_before_a_stream(browser, path, body, token, question, status, code, detail):
    answer = browser.post(path, json=body(question), headers={"Authorization": f"Bearer {token}"})

    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert (problem.get("detail"), problem["request_id"]) == (detail, REQUEST_ID)
    assert answer.headers.get("retry-after") == ("7" if status == 429 else None)
    assert ("www-authenticate" in answer.headers) == (status == 401)


@WAYS
def test_a_failure_within_a_stream_is_its_last_event(browser, path, body):
    told = events(browser.post(path + "/stream", json=body("then fail")))

    assert [name for name, _ in told] == ["text", "text", "error"]
    assert told[-1][1]["code"] == "UPSTREAM_UNAVAILABLE"


def test_who_waits_too_long_is_told(gateway):
    with serve(create_app(settings(gateway, answer_timeout=0.2))) as service, browser_of(service) as browser:
        assert browser.post("/api/chat", json=chat("slow")).status_code == 504
        assert browser.post("/api/summary", json=document("slow")).status_code == 504


def test_a_gateway_that_says_nothing_is_not_waited_for(gateway):
    with serve(create_app(settings(gateway, idle_timeout=0.2))) as service, browser_of(service) as browser:
        assert browser.post("/api/chat", json=chat("slow")).status_code == 504
        assert browser.post("/api/summary", json=document("slow")).status_code == 504


@WAYS
def test_who_leaves_ends_the_call(browser, stand_in: StandIn, path, body):
    stand_in.left.clear()

    with browser.stream("POST", path + "/stream", json=body("without end")) as answer:
        next(answer.iter_lines())

    patience = time.monotonic() + 30
    while not stand_in.left.is_set():
        assert time.monotonic() < patience, "the gateway still streams"
        time.sleep(0.01)


def test_what_is_no_question_is_not_asked(browser, stand_in: StandIn):
    asked = len(stand_in.tokens)

    assert browser.post("/api/chat", json={"messages": []}).status_code == 422
    assert browser.post("/api/chat", json=chat("x") | {"model": "another"}).status_code == 422
    assert browser.post("/api/summary", content=b" " * 300_000).status_code == 413
    assert len(stand_in.tokens) == asked


def test_is_healthy(browser):
    assert browser.get("/healthz").json() == {"status": "ok"}


@ALL_WAYS
def test_no_log_holds_a_token(browser, caplog, path, body):
    caplog.set_level(logging.DEBUG)

    for token, question in (("user-secret", "hello"), ("user-secret", "then fail"), ("guest-secret", "hello")):
        browser.post(path, json=body(question), headers={"Authorization": f"Bearer {token}"})

    assert "The gateway answered 403 ACCESS_DENIED" in caplog.text
    assert "-secret" not in caplog.text


def test_a_gateway_that_is_not_there_is_told():
    with serve(create_app(settings("http://127.0.0.1:9"))) as service, browser_of(service) as browser:
        for path, body in (("/api/chat", chat("hello")), ("/api/summary/stream", document("hello"))):
            answer = browser.post(path, json=body)

            assert (answer.status_code, answer.json()["title"]) == (503, "The assistant is not available at the moment")
