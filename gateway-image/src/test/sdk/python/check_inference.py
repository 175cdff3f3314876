import asyncio
from urllib.parse import urlparse

import httpx
import numpy
import tritonclient.http as triton
from kserve import InferenceRESTClient, RESTConfig
from tritonclient.utils import InferenceServerException

from checks import FRAUD, NOBODY, TOKEN, control, fault, raises, run

MODEL = "fraud"


def headers(token=TOKEN):
    return {"Authorization": "Bearer " + token}


def client():
    return triton.InferenceServerClient(urlparse(FRAUD).netloc)


def inputs(binary, values=((0.1, 70.35),)):
    tensor = triton.InferInput("x", [len(values), len(values[0])], "FP32")
    tensor.set_data_from_numpy(numpy.array(values, dtype=numpy.float32), binary_data=binary)
    return [tensor]


def is_alive_and_ready():
    assert client().is_server_live(headers=headers())
    assert client().is_server_ready(headers=headers())
    assert client().is_model_ready(MODEL, headers=headers())
    assert client().get_model_metadata(MODEL, headers=headers())["name"] == MODEL
    assert client().get_server_metadata(headers=headers())["name"]


def line_8_infers_json_without_a_content_type():
    outputs = [triton.InferRequestedOutput("churn_probability", binary_data=False)]
    result = client().infer(MODEL, inputs(False), outputs=outputs, headers=headers())
    assert result.as_numpy("churn_probability").shape == (1,)


def line_8_infers_binary_tensors():
    result = client().infer(MODEL, inputs(True, ((0.1, 70.35), (1.0, 2.0))), headers=headers())
    assert result.as_numpy("churn_probability").shape == (2,)
    body = control("/last")["body"]
    assert body == '{"instances":[[0.1,70.35],[1.0,2.0]]}', body


def errors_are_its_own():
    e = raises(InferenceServerException, lambda: client().infer(MODEL, inputs(False), headers=headers("a.b.c")))
    assert e.status() == "401" and "TOKEN_INVALID" in e.message(), e
    e = raises(InferenceServerException, lambda: client().infer(MODEL, inputs(False), headers=headers(NOBODY)))
    assert e.status() == "403" and "ACCESS_DENIED" in e.message(), e
    e = raises(InferenceServerException, lambda: client().infer("other", inputs(False), headers=headers()))
    assert e.status() == "403", e
    with fault("code=RESOURCE_EXHAUSTED"):
        e = raises(InferenceServerException, lambda: client().infer(MODEL, inputs(False), headers=headers()))
    assert e.status() == "429", e
    with fault("code=UNAVAILABLE"):
        e = raises(InferenceServerException, lambda: client().infer(MODEL, inputs(False), headers=headers()))
    assert e.status() == "503", e


def a_missing_output_is_named():
    outputs = [triton.InferRequestedOutput("nothing", binary_data=False)]
    e = raises(InferenceServerException, lambda: client().infer(MODEL, inputs(False), outputs=outputs, headers=headers()))
    assert e.status() == "400" and "/outputs" in e.message(), e


def kserve(protocol, data, token=TOKEN):
    async def call():
        rest = InferenceRESTClient(RESTConfig(protocol=protocol, retries=1))
        return await rest.infer(FRAUD, data, model_name=MODEL, headers=headers(token))

    return asyncio.run(call())


def kserve_v1():
    answer = kserve("v1", {"instances": [[1, 2]]})
    assert len(answer["predictions"]) == 1 and set(answer) == {"predictions"}, answer


def kserve_v1_errors():
    e = raises(httpx.HTTPStatusError, lambda: kserve("v1", {"instances": []}))
    assert e.response.status_code == 400, e
    e = raises(httpx.HTTPStatusError, lambda: kserve("v1", {"instances": [[1]]}, NOBODY))
    assert e.response.status_code == 403 and "ACCESS_DENIED" in e.response.json()["error"]


run([
    is_alive_and_ready,
    line_8_infers_json_without_a_content_type,
    line_8_infers_binary_tensors,
    errors_are_its_own,
    a_missing_output_is_named,
    kserve_v1,
    kserve_v1_errors,
])
