import { AnthropicVertex } from '@anthropic-ai/vertex-sdk';
import { ApiError, GoogleGenAI } from '@google/genai';
import { OAuth2Client } from 'google-auth-library';
import OpenAI from 'openai';

const { SDK_GEMINI_URL, SDK_CLAUDE_URL, SDK_EMBEDDING_URL, SDK_CONTROL_URL, SDK_TOKEN, SDK_NOBODY_TOKEN } = process.env;
const PROJECT = 'acme-ml-qa';
const LOCATION = 'europe-west4';
const GEMINI = 'gemini-2.5-flash';
const CLAUDE = 'claude-sonnet-4-5@20250929';
const ASK = [{ role: 'user', content: 'hello there' }];

const control = async (path) => (await fetch(SDK_CONTROL_URL + path)).json();

function authClient(token) {
  const client = new OAuth2Client();
  client.setCredentials({ access_token: token, expiry_date: Date.now() + 3_600_000 });
  return client;
}

const genai = (token = SDK_TOKEN) => new GoogleGenAI({
  vertexai: true,
  project: PROJECT,
  location: LOCATION,
  apiVersion: 'v1',
  googleAuthOptions: { authClient: authClient(token) },
  httpOptions: { baseUrl: SDK_GEMINI_URL },
});
const openai = (token = SDK_TOKEN, base = SDK_GEMINI_URL) =>
  new OpenAI({ baseURL: base + '/openai/v1', apiKey: token, maxRetries: 0 });
const anthropic = (token = SDK_TOKEN, maxRetries = 0) => new AnthropicVertex({
  region: LOCATION, projectId: PROJECT, baseURL: SDK_CLAUDE_URL + '/v1', authClient: authClient(token), maxRetries,
});

function check(condition, what) {
  if (!condition) {
    throw new Error('expected ' + what);
  }
}

async function raises(kind, status, call) {
  try {
    await call();
  } catch (e) {
    check(e instanceof kind, `${kind.name}, got ${e.constructor.name}: ${e.message}`);
    check(status === undefined || e.status === status, `status ${status}, got ${e.status}: ${e.message}`);
    return e;
  }
  throw new Error(`expected ${kind.name}, nothing was raised`);
}

async function all(stream) {
  const items = [];
  for await (const item of stream) {
    items.push(item);
  }
  return items;
}

const checks = {
  async genai_generates() {
    const answer = await genai().models.generateContent({ model: GEMINI, contents: 'hello there' });
    check(answer.text.includes('hello there'), 'the prompt in ' + answer.text);
  },
  async line_1_genai_streams_in_several_chunks() {
    const chunks = await all(await genai().models.generateContentStream({ model: GEMINI, contents: 'hello' }));
    check(chunks.length >= 3, 'several chunks, got ' + chunks.length);
  },
  async line_4_genai_errors_keep_their_shape() {
    const ask = { model: GEMINI, contents: 'x' };
    const denied = await raises(ApiError, 403, () => genai(SDK_NOBODY_TOKEN).models.generateContent(ask));
    check(denied.message.includes('ACCESS_DENIED'), 'the reason in ' + denied.message);
    await raises(ApiError, 401, () => genai('a.b.c').models.generateContent(ask));
    await control('/every?code=RESOURCE_EXHAUSTED');
    await raises(ApiError, 429, () => genai().models.generateContent(ask));
    await control('/every?code=UNAVAILABLE');
    await raises(ApiError, 503, () => genai().models.generateContent(ask));
  },
  async line_5_genai_raises_an_error_in_a_stream() {
    await control('/every?errorFrame=1');
    await raises(Error, undefined, async () =>
      all(await genai().models.generateContentStream({ model: GEMINI, contents: 'x' })));
  },
  async openai_chats_and_streams() {
    const answer = await openai().chat.completions.create({ model: GEMINI, messages: ASK });
    check(answer.choices[0].message.content.includes('hello there'), 'the prompt');
    const chunks = await all(await openai().chat.completions.create({ model: GEMINI, messages: ASK, stream: true }));
    check(chunks.length >= 3, 'several chunks');
  },
  async line_9_openai_embeds() {
    const answer = await openai(SDK_TOKEN, SDK_EMBEDDING_URL).embeddings.create({
      model: 'text-embedding-005', input: ['a', 'b'],
    });
    check(answer.data.length === 2 && typeof answer.data[0].embedding[0] === 'number', 'numbers');
  },
  async openai_errors_are_its_own() {
    const ask = { model: GEMINI, messages: ASK };
    await raises(OpenAI.BadRequestError, 400, () => openai().chat.completions.create({ ...ask, messages: [] }));
    await raises(OpenAI.AuthenticationError, 401, () => openai('a.b.c').chat.completions.create(ask));
    const denied = await raises(
      OpenAI.PermissionDeniedError, 403, () => openai(SDK_NOBODY_TOKEN).chat.completions.create(ask));
    check(denied.code === 'ACCESS_DENIED', 'the code, got ' + denied.code);
    await raises(OpenAI.NotFoundError, 404, () => openai().completions.create({ model: GEMINI, prompt: 'x' }));
    await control('/every?code=RESOURCE_EXHAUSTED');
    await raises(OpenAI.RateLimitError, 429, () => openai().chat.completions.create(ask));
    await control('/every?code=UNAVAILABLE');
    await raises(OpenAI.InternalServerError, 503, () => openai().chat.completions.create(ask));
  },
  async line_7_anthropic_has_its_version_in_the_path() {
    const answer = await anthropic().messages.create({ model: CLAUDE, max_tokens: 64, messages: ASK });
    check(answer.content[0].text.includes('hello there'), 'the prompt');
    check((await control('/last')).path.includes(CLAUDE + ':rawPredict'), 'the model as it is');
  },
  async anthropic_streams() {
    const events = await all(
      await anthropic().messages.create({ model: CLAUDE, max_tokens: 64, messages: ASK, stream: true }));
    check(events.length >= 5, 'several events');
  },
  async anthropic_errors_are_its_own() {
    const ask = { model: CLAUDE, max_tokens: 64, messages: ASK };
    await raises(AnthropicVertex.BadRequestError ?? Error, 400, () =>
      anthropic().messages.create({ ...ask, messages: [] }));
    await raises(Error, 401, () => anthropic('a.b.c').messages.create(ask));
    await raises(Error, 403, () => anthropic(SDK_NOBODY_TOKEN).messages.create(ask));
    await control('/every?code=UNAVAILABLE');
    await raises(Error, 503, () => anthropic().messages.create(ask));
  },
  async line_6_anthropic_does_not_wait_for_long() {
    await control('/every?code=RESOURCE_EXHAUSTED&retry=1800');
    const began = Date.now();
    await raises(Error, 429, () => anthropic(SDK_TOKEN, 2).messages.create(
      { model: CLAUDE, max_tokens: 64, messages: ASK }));
    check(Date.now() - began < 10_000, 'an answer within seconds');
  },
};

for (const [name, run] of Object.entries(checks)) {
  const result = { check: name, failure: '' };
  try {
    await run();
  } catch (e) {
    result.failure = String(e.stack ?? e);
  }
  await control('/reset');
  console.log('RESULT ' + JSON.stringify(result));
}
process.exit(0);
