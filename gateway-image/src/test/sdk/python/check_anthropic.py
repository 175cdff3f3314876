import time

import anthropic
from anthropic import AnthropicVertex

from checks import CLAUDE, LOCATION, NOBODY, PROJECT, TOKEN, control, fault, raises, run

MODEL = "claude-sonnet-4-5@20250929"
ASK = {"model": MODEL, "max_tokens": 64, "messages": [{"role": "user", "content": "hello there"}]}


def client(token=TOKEN, retries=0):
    return AnthropicVertex(
        region=LOCATION, project_id=PROJECT, access_token=token, base_url=CLAUDE + "/v1", max_retries=retries)


def line_7_the_version_stands_in_the_path_and_the_body_goes_on_as_it_is():
    answer = client().messages.create(**ASK)
    assert "hello there" in answer.content[0].text
    received = control("/last")
    assert "models/claude-sonnet-4-5@20250929:rawPredict" in received["path"], received
    assert "anthropic_version" in received["body"], received


def streams():
    with client().messages.stream(**ASK) as stream:
        pieces = list(stream.text_stream)
    assert len(pieces) >= 3 and "hello there" in "".join(pieces)


def counts_tokens():
    count = client().messages.count_tokens(model=MODEL, messages=ASK["messages"])
    assert count.input_tokens == 2, count


def bad_request():
    e = raises(anthropic.BadRequestError, lambda: client().messages.create(**{**ASK, "messages": []}))
    assert e.body["error"]["type"] == "invalid_request_error" and e.body["type"] == "error", e.body
    assert e.body["request_id"]


def unauthenticated():
    e = raises(anthropic.AuthenticationError, lambda: client("a.b.c").messages.create(**ASK))
    assert e.body["error"]["type"] == "authentication_error", e.body


def forbidden():
    e = raises(anthropic.PermissionDeniedError, lambda: client(NOBODY).messages.create(**ASK))
    assert e.body["error"]["type"] == "permission_error", e.body


def another_model_is_forbidden():
    raises(anthropic.PermissionDeniedError, lambda: client().messages.create(**{**ASK, "model": "claude-opus-5@1"}))


def exhausted():
    with fault("code=RESOURCE_EXHAUSTED"):
        e = raises(anthropic.RateLimitError, lambda: client().messages.create(**ASK))
    assert e.body["error"]["type"] == "rate_limit_error", e.body


def unavailable():
    with fault("code=UNAVAILABLE"):
        raises(anthropic.InternalServerError, lambda: client().messages.create(**ASK))


def line_6_a_long_wait_is_not_obeyed():
    with fault("code=RESOURCE_EXHAUSTED&retry=1800"):
        began = time.monotonic()
        raises(anthropic.RateLimitError, lambda: client(retries=2).messages.create(**ASK))
    assert time.monotonic() - began < 10


def an_error_in_a_stream_is_raised():
    def read():
        with client().messages.stream(**ASK) as stream:
            list(stream.text_stream)

    with fault("cut=2"):
        raises(anthropic.APIError, read)


run([
    line_7_the_version_stands_in_the_path_and_the_body_goes_on_as_it_is,
    streams,
    counts_tokens,
    bad_request,
    unauthenticated,
    forbidden,
    another_model_is_forbidden,
    exhausted,
    unavailable,
    line_6_a_long_wait_is_not_obeyed,
    an_error_in_a_stream_is_raised,
])
