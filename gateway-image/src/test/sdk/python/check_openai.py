import openai
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from openai import OpenAI

from checks import EMBEDDING, GEMINI, NOBODY, TOKEN, control, fault, raises, run

MODEL = "gemini-2.5-flash"
ASK = [{"role": "user", "content": "hello there"}]


def client(token=TOKEN, base=GEMINI, **more):
    return OpenAI(base_url=base + "/openai/v1", api_key=token, max_retries=0, **more)


def chats():
    answer = client().chat.completions.create(model=MODEL, messages=ASK)
    assert "hello there" in answer.choices[0].message.content
    assert answer.usage.total_tokens > 0


def streams():
    chunks = list(client().chat.completions.create(model=MODEL, messages=ASK, stream=True))
    assert len(chunks) >= 3, chunks
    assert "hello there" in "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def calls_tools():
    tool = {"type": "function", "function": {"name": "shout", "parameters": {"type": "object"}}}
    answer = client().chat.completions.create(model=MODEL, messages=ASK, tools=[tool])
    assert answer.choices[0].message.tool_calls[0].function.name == "shout"


def lists_models():
    models = client().models.list().data
    assert [model.id for model in models] == [MODEL], models
    assert client().models.retrieve(MODEL).id == MODEL


def line_9_embeds_in_base64_unless_told_otherwise():
    answer = client(base=EMBEDDING).embeddings.create(model="text-embedding-005", input=["a", "b"])
    assert control("/last")["body"].find("encoding_format") < 0  # the model's API knows nothing of it
    assert len(answer.data) == 2 and isinstance(answer.data[0].embedding[0], float), answer
    plain = client(base=EMBEDDING).embeddings.create(
        model="text-embedding-005", input=["a", "b"], encoding_format="float")
    for one, other in zip(answer.data, plain.data):
        assert all(abs(a - b) < 1e-6 for a, b in zip(one.embedding, other.embedding))


def bad_request():
    e = raises(openai.BadRequestError, lambda: client().chat.completions.create(
        model=MODEL, messages=ASK, logit_bias={"1": 1}))
    assert e.code == "BODY_INVALID" and e.param == "/logit_bias" and e.type == "invalid_request_error", e


def unauthenticated():
    e = raises(openai.AuthenticationError, lambda: client("a.b.c").chat.completions.create(model=MODEL, messages=ASK))
    assert e.code == "TOKEN_INVALID", e


def forbidden():
    e = raises(openai.PermissionDeniedError, lambda: client(NOBODY).chat.completions.create(model=MODEL, messages=ASK))
    assert e.code == "ACCESS_DENIED", e


def another_model_is_forbidden():
    raises(openai.PermissionDeniedError, lambda: client().chat.completions.create(model="gpt-5", messages=ASK))


def nothing_there():
    e = raises(openai.NotFoundError, lambda: client().completions.create(model=MODEL, prompt="x"))
    assert e.code == "ROUTE_UNKNOWN", e


def exhausted():
    with fault("code=RESOURCE_EXHAUSTED"):
        e = raises(openai.RateLimitError, lambda: client().chat.completions.create(model=MODEL, messages=ASK))
    assert e.code == "UPSTREAM_EXHAUSTED", e


def unavailable():
    with fault("code=UNAVAILABLE"):
        e = raises(openai.InternalServerError, lambda: client().chat.completions.create(model=MODEL, messages=ASK))
    assert e.status_code == 503 and e.code == "UPSTREAM_UNAVAILABLE", e


def a_cut_stream_is_raised():
    with fault("cut=2"):
        raises(openai.APIError, lambda: list(client().chat.completions.create(model=MODEL, messages=ASK, stream=True)))


def an_error_in_a_stream_is_raised():
    with fault("errorFrame=1"):
        raises(openai.APIError, lambda: list(client().chat.completions.create(model=MODEL, messages=ASK, stream=True)))


def langchain_chats():
    chat = ChatOpenAI(base_url=GEMINI + "/openai/v1", api_key=TOKEN, model=MODEL, max_retries=0)
    assert "hello there" in chat.invoke("hello there").content
    assert len(list(chat.stream("hello there"))) >= 3


def langchain_embeds():
    embeddings = OpenAIEmbeddings(
        base_url=EMBEDDING + "/openai/v1", api_key=TOKEN, model="text-embedding-005", check_embedding_ctx_length=False)
    assert len(embeddings.embed_documents(["a", "b"])) == 2


run([
    chats,
    streams,
    calls_tools,
    lists_models,
    line_9_embeds_in_base64_unless_told_otherwise,
    bad_request,
    unauthenticated,
    forbidden,
    another_model_is_forbidden,
    nothing_there,
    exhausted,
    unavailable,
    a_cut_stream_is_raised,
    an_error_in_a_stream_is_raised,
    langchain_chats,
    langchain_embeds,
])
