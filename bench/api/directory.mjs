/** An integration as it looks after two months with a large organisation, written through the storage package's own page commit. */
import { DEFAULT_WORKSPACE_ID } from '@castellan/storage';
import { account, id, message } from '../../packages/storage/bench/ingest.mjs';
import { note } from '../stack.mjs';

const LEASE_MS = 3_600_000;
const PAGE = 500;
const NIGHTS = 30;
const APPS = 300;
const GROUPS = 2_000;

const streamOf = (name, kind, semantics = 'snapshot') => ({ name, kind, dependsOn: [], requires: [], semantics });
const ACCOUNTS = streamOf('accounts', 'account');
const GROUPS_STREAM = streamOf('groups', 'group');
const MEMBERSHIPS = streamOf('memberships', 'membership');
const APPLICATIONS = streamOf('applications', 'application');
const ACTIVITY = streamOf('activity', 'activity', 'changes');
const STREAMS = [ACCOUNTS, GROUPS_STREAM, MEMBERSHIPS, APPLICATIONS, ACTIVITY];

/** @returns the integration's id. Its settings are those of a connection whose secret is kept elsewhere: it is only read here. */
export async function fillDirectory(storage, { accounts, memberships, events }) {
  const { id: integrationId } = await storage.integrations.create(DEFAULT_WORKSPACE_ID, {
    connectorId: 'okta',
    name: 'Okta',
    config: { domain: 'https://bench.okta.com', auth: { method: 'client_secret', clientId: '0oabench' } },
    secrets: {},
    tenantId: '00obench',
  });
  await inRun(storage, integrationId, async (commit) => {
    await fill(commit, ACCOUNTS, accounts, account);
    await fill(commit, GROUPS_STREAM, GROUPS, group);
    await fill(commit, MEMBERSHIPS, memberships, (number) => membership(number, accounts));
    await fill(commit, APPLICATIONS, APPS, application);
    await fill(commit, ACTIVITY, events, (number) => event(number, events, accounts));
  });
  // Each night every application is missing, and a person is asked about it.
  for (let night = 0; night < NIGHTS; night += 1) {
    await inRun(storage, integrationId, async (commit) => {
      await commit(message(APPLICATIONS, [], { done: true }));
    });
  }
  return integrationId;
}

async function inRun(storage, integrationId, work) {
  const { runId } = await storage.runs.enqueue(DEFAULT_WORKSPACE_ID, integrationId, 'scheduled');
  const lease = await storage.runStore.claim(runId, 'bench', LEASE_MS);
  await storage.runStore.openStreams(lease, STREAMS);
  await work((page) => storage.runStore.commitPage(lease, page, () => 'hold'));
  await storage.runStore.finish(lease, { state: 'complete' });
}

async function fill(commit, stream, count, make) {
  const began = performance.now();
  for (let from = 0; from < count; from += PAGE) {
    const records = Array.from({ length: Math.min(PAGE, count - from) }, (_, index) => make(from + index));
    await commit(message(stream, records, { done: false, cursor: from }));
  }
  await commit(message(stream, [], { done: true }));
  note(`${stream.name}: ${count} rows in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function group(number) {
  const key = id('00g', number);
  const at = new Date(1_500_000_000_000 + number * 7_919_000).toISOString();
  const data = {
    name: `Group ${number}`,
    description: `People of department ${number % 50}`,
    origin: 'native',
    sourceApplication: null,
    createdAt: at,
    updatedAt: at,
    membershipUpdatedAt: at,
  };
  return { kind: 'group', key, data, raw: { id: key, type: 'OKTA_GROUP', profile: { name: data.name } } };
}

/** Person after person, each in another group than before; as often as there are memberships for everybody. */
function membership(number, accounts) {
  const person = number % accounts;
  const key = id('00g', (person * 7 + Math.floor(number / accounts) * 13) % GROUPS);
  const member = id('00u', person);
  return { kind: 'membership', key: `${key}|${member}`, data: { group: key, memberKind: 'account', member }, partition: key };
}

function application(number) {
  const key = id('0oa', number);
  const at = new Date(1_600_000_000_000 + number * 7_919_000).toISOString();
  const data = {
    label: `Application ${number}`,
    name: `app_${number}`,
    status: 'active',
    providerStatus: 'ACTIVE',
    signOnMode: 'SAML_2_0',
    features: ['PUSH_NEW_USERS'],
    createdAt: at,
    updatedAt: at,
  };
  return { kind: 'application', key, data, raw: { id: key, label: data.label, settings: { app: {} } } };
}

/** Spread over the last 90 days, the oldest first. */
function event(number, events, accounts) {
  const key = id('evt', number);
  const published = new Date(Date.now() - ((events - number) / events) * 90 * 86_400_000).toISOString();
  const person = id('00u', (number * 31) % accounts);
  const actor = { id: person, type: 'User', login: `person.${(number * 31) % accounts}@example.com`, displayName: 'Person' };
  const client = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0', zone: null, device: 'Computer', geo: null };
  const data = {
    published,
    type: 'user.session.start',
    severity: 'INFO',
    message: 'User login to Okta',
    outcome: 'SUCCESS',
    outcomeReason: null,
    actor,
    targets: [{ id: id('0oa', number % APPS), type: 'AppInstance', login: null, displayName: 'Application' }],
    client,
    session: `ses${number}`,
    transaction: `trs${number}`,
  };
  return { kind: 'activity', key, data, raw: { uuid: key, published, eventType: data.type, actor, client } };
}
