from google import genai
from google.genai import errors, types
from google.oauth2.credentials import Credentials

from checks import GEMINI, LOCATION, NOBODY, PROJECT, TOKEN, fault, raises, run

MODEL = "gemini-2.5-flash"


def client(token=TOKEN):
    return genai.Client(
        vertexai=True,
        project=PROJECT,
        location=LOCATION,
        credentials=Credentials(token=token),
        http_options=types.HttpOptions(base_url=GEMINI, api_version="v1"),
    )


def generates():
    c = client()
    answer = c.models.generate_content(model=MODEL, contents="who calls most")
    assert "who calls most" in answer.text, answer
    assert answer.usage_metadata.total_token_count > 0


def line_1_streams_in_several_chunks():
    c = client()
    chunks = list(c.models.generate_content_stream(model=MODEL, contents="hello"))
    assert len(chunks) >= 3, chunks
    assert "hello" in "".join(chunk.text or "" for chunk in chunks)


def counts_tokens():
    c = client()
    assert c.models.count_tokens(model=MODEL, contents="one two three").total_tokens == 3


def line_4_forbidden_keeps_its_shape():
    c = client(NOBODY)
    e = raises(errors.ClientError, lambda: c.models.generate_content(model=MODEL, contents="x"))
    assert (e.code, e.status) == (403, "PERMISSION_DENIED"), e
    assert e.message and "ACCESS_DENIED" in str(e.details), e.details


def line_4_unauthenticated_keeps_its_shape():
    c = client("a.b.c")
    e = raises(errors.ClientError, lambda: c.models.generate_content(model=MODEL, contents="x"))
    assert (e.code, e.status) == (401, "UNAUTHENTICATED"), e
    assert e.message


def bad_request_names_the_field():
    c = client()
    config = types.GenerateContentConfig(candidate_count=-1)
    e = raises(errors.ClientError, lambda: c.models.generate_content(model=MODEL, contents="x", config=config))
    assert (e.code, e.status) == (400, "INVALID_ARGUMENT"), e
    assert "candidateCount" in e.message, e.message


def another_model_is_forbidden():
    c = client()
    e = raises(errors.ClientError, lambda: c.models.generate_content(model="gemini-2.5-pro", contents="x"))
    assert e.code == 403, e


def exhausted_is_a_client_error():
    c = client()
    with fault("code=RESOURCE_EXHAUSTED"):
        e = raises(errors.ClientError, lambda: c.models.generate_content(model=MODEL, contents="x"))
    assert (e.code, e.status) == (429, "RESOURCE_EXHAUSTED"), e


def unavailable_is_a_server_error():
    c = client()
    with fault("code=UNAVAILABLE"):
        e = raises(errors.ServerError, lambda: c.models.generate_content(model=MODEL, contents="x"))
    assert (e.code, e.status) == (503, "UNAVAILABLE"), e


def line_5_an_error_in_a_stream_is_raised():
    c = client()
    with fault("errorFrame=1"):
        raises(errors.APIError, lambda: list(c.models.generate_content_stream(model=MODEL, contents="x")))


def line_5_a_cut_stream_is_raised():
    c = client()
    with fault("cut=2"):
        raises(errors.APIError, lambda: list(c.models.generate_content_stream(model=MODEL, contents="x")))


run([
    generates,
    line_1_streams_in_several_chunks,
    counts_tokens,
    line_4_forbidden_keeps_its_shape,
    line_4_unauthenticated_keeps_its_shape,
    bad_request_names_the_field,
    another_model_is_forbidden,
    exhausted_is_a_client_error,
    unavailable_is_a_server_error,
    line_5_an_error_in_a_stream_is_raised,
    line_5_a_cut_stream_is_raised,
])
