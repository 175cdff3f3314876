"""LangChain's packages for Google, the client made of the protocol's own OpenAPI, and a validator of ours."""
import json
import urllib.request

import anthropic
import httpx
from google.api_core.exceptions import Forbidden, TooManyRequests
from google.oauth2.credentials import Credentials
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_google_genai.chat_models import ChatGoogleGenerativeAIError
from langchain_google_vertexai import ChatVertexAI
from langchain_google_vertexai.model_garden import ChatAnthropicVertex
from open_inference.openapi.client import OpenInferenceClient
from open_inference.openapi.core.api_error import ApiError
from open_inference.openapi.types.inference_request import InferenceRequest
from open_inference.openapi.types.request_input import RequestInput
from open_inference.openapi.types.tensor_data import TensorData
from openapi_spec_validator import OpenAPIV31SpecValidator

from checks import CLAUDE, EMBEDDING, FRAUD, GEMINI, LOCATION, NOBODY, PROJECT, TOKEN, fault, raises, run

ASK = "hello there"


def gemini(token=TOKEN):
    return ChatGoogleGenerativeAI(
        model="gemini-2.5-flash", vertexai=True, project=PROJECT, location=LOCATION, base_url=GEMINI,
        credentials=Credentials(token=token), max_retries=1)


def generative_ai_chats():
    answer = gemini().invoke(ASK)
    assert ASK in answer.text and answer.usage_metadata["total_tokens"] > 0, answer


def generative_ai_streams():
    chunks = list(gemini().stream(ASK))
    assert len(chunks) >= 3 and ASK in "".join(chunk.text for chunk in chunks), chunks


def generative_ai_errors_name_what_is_wrong():
    e = raises(ChatGoogleGenerativeAIError, lambda: gemini(NOBODY).invoke(ASK))
    assert "403" in str(e) and "PERMISSION_DENIED" in str(e), e


def vertex(token=TOKEN):
    return ChatVertexAI(
        model="gemini-2.5-flash", project=PROJECT, location=LOCATION, api_endpoint=GEMINI, api_transport="rest",
        credentials=Credentials(token=token), max_retries=1)


def vertex_ai_chats():
    assert ASK in vertex().invoke(ASK).text


def line_1_vertex_ai_streams_an_array():
    chunks = list(vertex().stream(ASK))
    assert len(chunks) >= 3 and ASK in "".join(chunk.text for chunk in chunks), chunks


def vertex_ai_errors():
    raises(Forbidden, lambda: vertex(NOBODY).invoke(ASK))
    with fault("code=RESOURCE_EXHAUSTED"):
        raises(TooManyRequests, lambda: vertex().invoke(ASK))


def claude(token=TOKEN):
    return ChatAnthropicVertex(
        model_name="claude-sonnet-4-5@20250929", project=PROJECT, location=LOCATION, base_url=CLAUDE + "/v1",
        access_token=token, max_tokens=64, max_retries=1)


def anthropic_vertex_chats():
    assert ASK in claude().invoke(ASK).text


def anthropic_vertex_streams():
    chunks = list(claude().stream(ASK))
    assert ASK in "".join(chunk.text for chunk in chunks), chunks


def anthropic_vertex_errors():
    raises(anthropic.PermissionDeniedError, lambda: claude(NOBODY).invoke(ASK))


def inference(token=TOKEN):
    return OpenInferenceClient(
        base_url=FRAUD, httpx_client=httpx.Client(headers={"Authorization": "Bearer " + token}))


def open_inference_is_alive_and_ready():
    inference().check_server_liveness()
    inference().check_server_readiness()
    inference().check_model_readiness("fraud")
    assert inference().read_model_metadata("fraud").name == "fraud"


def open_inference_infers():
    tensor = RequestInput(name="x", shape=[1, 2], datatype="FP32", data=TensorData(__root__=[0.1, 70.35]))
    answer = inference().model_infer("fraud", request=InferenceRequest(inputs=[tensor]))
    assert answer.outputs[0].name, answer


def open_inference_errors():
    e = raises(ApiError, lambda: inference(NOBODY).check_server_liveness())
    assert e.status_code == 403 and e.body["error"].startswith("ACCESS_DENIED"), e


def read(base):
    request = urllib.request.Request(base + "/openapi.json", headers={"Authorization": "Bearer " + TOKEN})
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())


def the_document_of_each_endpoint_is_valid_openapi():
    for base in (GEMINI, CLAUDE, EMBEDDING, FRAUD):
        document = read(base)
        assert document["openapi"].startswith("3.1") and document["paths"], document
        problems = [f"{list(e.absolute_path)}: {e.message}" for e in OpenAPIV31SpecValidator(document).iter_errors()]
        assert not problems, problems[:5]


run([
    generative_ai_chats,
    generative_ai_streams,
    generative_ai_errors_name_what_is_wrong,
    vertex_ai_chats,
    line_1_vertex_ai_streams_an_array,
    vertex_ai_errors,
    anthropic_vertex_chats,
    anthropic_vertex_streams,
    anthropic_vertex_errors,
    open_inference_is_alive_and_ready,
    open_inference_infers,
    open_inference_errors,
    the_document_of_each_endpoint_is_valid_openapi,
])
