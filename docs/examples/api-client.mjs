/**
 * A product on top of Castellan: makes itself an API key, connects an organisation, follows the first sync, reads the accounts
 * and receives signed events. Node 20 or newer, nothing to install.
 *
 *   EMAIL=ana@acme.example PASSWORD=... node docs/examples/api-client.mjs < okta.json
 *
 * stdin: the settings of the Okta connector, or the line that `castellan simulate okta` prints.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGenuine } from './webhook-signature.mjs';

const { CASTELLAN_URL = 'http://127.0.0.1:4400', EMAIL, PASSWORD, RECEIVER_PORT = '0' } = process.env;

// #region call
/** One request. What the host refuses becomes an error with the host's own words, which name the way out. */
async function call(method, path, { headers = {}, body } = {}) {
  const response = await fetch(`${CASTELLAN_URL}/api${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = response.status === 204 ? undefined : await response.json();
  if (response.ok) return { response, answer };
  const fields = (answer.errors ?? []).map(({ field, message }) => `\n  ${field}: ${message}`);
  throw new Error(`${response.status} ${answer.title}: ${answer.detail}${fields.join('')}`);
}
// #endregion

// #region key
/** Signs in as a person, once, and makes the key with which the program goes on. */
async function makeKey() {
  const { response } = await call('POST', '/session', { body: { email: EMAIL, password: PASSWORD } });
  const [cookie] = response.headers.getSetCookie()[0].split(';');
  const session = { cookie, origin: CASTELLAN_URL }; // a change with a cookie must name its origin
  const scopes = ['integrations:read', 'integrations:manage', 'records:read', 'webhooks:manage'];
  const { answer } = await call('POST', '/api-keys', {
    headers: session,
    body: { name: 'api client', scopes, expiresInDays: 30 },
  });
  await call('DELETE', '/session', { headers: session });
  return answer.key; // shown this once: keep it as you keep a password
}
// #endregion

// #region follow
/** Events of a live stream; connects again where it broke off. Ends when the host says that it is over for good. */
async function* follow(path, headers) {
  for (let last = ''; ; await sleep(2_000)) {
    const stop = new AbortController();
    const resume = last === '' ? {} : { 'last-event-id': last };
    try {
      const response = await fetch(`${CASTELLAN_URL}/api${path}`, { headers: { ...headers, ...resume }, signal: stop.signal });
      if (response.status < 500 && response.status !== 429 && !response.ok) throw new Error(`not shown: ${response.status}`);
      if (!response.ok) continue;
      for await (const event of eventsIn(response.body)) {
        last = event.id || last;
        if (event.event === 'end') return;
        yield event;
      }
    } catch (error) {
      if (error.cause === undefined) throw error; // no broken connection
    } finally {
      stop.abort();
    }
  }
}

async function* eventsIn(body) {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)));
      if (fields.data !== undefined) yield { ...fields, data: JSON.parse(fields.data) };
    }
  }
}

/** Tells how the first sync gets on, and how it ended. Each event is the whole state: to miss some costs nothing. */
async function untilSynced(id, headers) {
  for await (const { event, data } of follow(`/integrations/${id}/progress`, headers)) {
    if (event !== 'integration') continue;
    const { run, status } = data;
    if (run === null && status.state !== 'syncing') return status;
    const rows = (run?.streams ?? []).reduce((sum, stream) => sum + stream.rows, 0);
    const left = run?.secondsLeft ? `, ${run.secondsLeft} s left` : ''; // null: nobody knows
    console.log(`${status.state}: ${rows} rows${left}`);
  }
  throw new Error('the integration was removed');
}
// #endregion

// #region page
/** All records of a kind, a page at a time. `next` goes back as it came; `null` is the end. */
async function* records(id, kind, headers) {
  let after = '';
  do {
    const { answer } = await call('GET', `/integrations/${id}/records/${kind}?limit=200${after}`, { headers });
    yield* answer.items;
    after = answer.next === null ? undefined : `&cursor=${encodeURIComponent(answer.next)}`;
  } while (after !== undefined);
}
// #endregion

/** Takes events in. `onEvent` sees each once, though a delivery may come twice. */
async function startReceiver(onEvent) {
  const seen = new Set();
  const receiver = { secret: undefined, server: undefined };
  receiver.server = createServer(async (request, response) => {
    const body = await text(request);
    if (receiver.secret === undefined || !isGenuine(receiver.secret, request.headers, body)) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(204).end(); // first the receipt, then the work
    const id = request.headers['webhook-id'];
    if (!seen.has(id)) onEvent(JSON.parse(body));
    seen.add(id);
  });
  receiver.server.listen(Number(RECEIVER_PORT), '127.0.0.1');
  await once(receiver.server, 'listening');
  return receiver;
}

const input = await json(process.stdin);
const headers = { authorization: `Bearer ${await makeKey()}` };

let finished;
const runFinished = new Promise((resolve) => (finished = resolve));
const receiver = await startReceiver((event) => event.type === 'run.finished' && finished(event.data));
const url = `http://127.0.0.1:${receiver.server.address().port}/castellan`;
const webhook = await call('POST', '/webhooks', { headers, body: { url, eventTypes: ['run.finished'] } });
receiver.secret = webhook.answer.signingSecret;
console.log(`events are received at ${url}`);

const { answer: integration } = await call('POST', '/integrations', {
  headers,
  body: { connector: 'okta', config: input.config ?? input },
});
const status = await untilSynced(integration.id, headers);
console.log(`${status.state}: ${status.message}`);

let active = 0;
let all = 0;
for await (const { data } of records(integration.id, 'account', headers)) {
  all += 1;
  if (data.status === 'active') active += 1;
}
console.log(`${all} accounts, ${active} of them active`);

const run = await runFinished;
console.log(`told by a signed event: the run is ${run.state}, ${run.counts.created} rows are new`);
receiver.server.close();
