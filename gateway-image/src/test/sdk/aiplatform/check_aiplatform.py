import requests
from google.api_core import exceptions
from google.auth.exceptions import RefreshError
from google.cloud import aiplatform
from google.cloud.aiplatform_v1 import GenerateContentRequest, PredictionServiceClient
from google.oauth2.credentials import Credentials

from checks import FRAUD, GEMINI, LOCATION, NOBODY, PROJECT, TOKEN, control, fault, raises, run

PLACE = f"projects/{PROJECT}/locations/{LOCATION}"
ENDPOINT = PLACE + "/endpoints/fraud-scores"
ASK = GenerateContentRequest(
    model=PLACE + "/publishers/google/models/gemini-2.5-flash",
    contents=[{"role": "user", "parts": [{"text": "hello there"}]}])


def client(base, token=TOKEN):
    return PredictionServiceClient(
        transport="rest", client_options={"api_endpoint": base}, credentials=Credentials(token=token))


def line_2_its_query_is_taken():
    answer = client(FRAUD).predict(endpoint=ENDPOINT, instances=[{"age": 40}])
    assert len(answer.predictions) == 1
    assert "enum-encoding" in control("/last")["path"], control("/last")


def generates():
    answer = client(GEMINI).generate_content(request=ASK)
    assert "hello there" in answer.candidates[0].content.parts[0].text


def line_1_streams_an_array():
    chunks = list(client(GEMINI).stream_generate_content(request=ASK))
    assert len(chunks) >= 3, chunks


def line_3_reads_the_endpoint_before_its_first_predict():
    aiplatform.init(
        project=PROJECT, location=LOCATION, api_endpoint=FRAUD, api_transport="rest",
        credentials=Credentials(token=TOKEN))
    endpoint = aiplatform.Endpoint("fraud-scores")
    assert len(endpoint.predict(instances=[{"age": 40}]).predictions) == 1
    assert not endpoint.dedicated_endpoint_enabled


def line_4_errors_are_its_own():
    e = raises(exceptions.Forbidden, lambda: client(FRAUD, NOBODY).predict(endpoint=ENDPOINT, instances=[{"a": 1}]))
    assert e.code == 403 and e.reason == "ACCESS_DENIED" and e.domain == "secureprediction.dev", e
    raises(RefreshError, lambda: client(FRAUD, "a.b.c").predict(endpoint=ENDPOINT, instances=[{"a": 1}]))
    e = raises(exceptions.BadRequest, lambda: client(FRAUD).predict(endpoint=ENDPOINT, instances=[]))
    assert "instances" in e.message, e
    raises(exceptions.Forbidden, lambda: client(FRAUD).predict(endpoint=PLACE + "/endpoints/other", instances=[{"a": 1}]))
    with fault("code=RESOURCE_EXHAUSTED"):
        raises(exceptions.TooManyRequests, lambda: client(FRAUD).predict(endpoint=ENDPOINT, instances=[{"a": 1}]))
    with fault("code=UNAVAILABLE"):
        raises(exceptions.ServiceUnavailable, lambda: client(FRAUD).predict(endpoint=ENDPOINT, instances=[{"a": 1}]))


def line_5_an_array_that_breaks_off_is_cut():
    with fault("errorFrame=1"):
        raises(
            (requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError),
            lambda: list(client(GEMINI).stream_generate_content(request=ASK)))
    with fault("cut=2"):
        raises(
            (requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError),
            lambda: list(client(GEMINI).stream_generate_content(request=ASK)))


run([
    line_2_its_query_is_taken,
    generates,
    line_1_streams_an_array,
    line_3_reads_the_endpoint_before_its_first_predict,
    line_4_errors_are_its_own,
    line_5_an_array_that_breaks_off_is_cut,
])
