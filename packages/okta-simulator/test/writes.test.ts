import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject, Org, Simulator } from '../src/index.js';
import { startSimulator } from '../src/index.js';
import { bearer, get, json, write } from './client.js';
import type { ErrorBody } from './client.js';
import { Description, descriptionIsPresent, shared } from './description.js';
import type { WriteCase } from './write-case.js';
import { nameOf, writeCases, writes } from './write-cases.js';

const catalogue = join(shared, 'okta-events', 'okta-event-types-2026.08.1.json');
const MEMBER = 'DELETE /api/v1/iam/resource-sets/{resourceSetIdOrLabel}/bindings/{roleIdOrLabel}/members/{memberId}';

const eventsSince = (org: Org, before: number): readonly JsonObject[] =>
  Array.from({ length: org.log.length - before }, (_, index) => org.log.eventAt(before + index));

/** Type of the event with the types of its targets. */
function told(event: JsonObject): string {
  const targets = (event['target'] ?? []) as readonly JsonObject[]; // events of the simulator have a list or null there
  return `${String(event['eventType'])} ${targets.map((target) => String(target['type'])).join('+')}`.trim();
}

const methodIn = (name: string): string => name.split(' ')[0] ?? '';
const templateIn = (name: string): string => name.split(' ')[1] ?? '';
const byName = (one: WriteCase): [string, WriteCase] => [one.name, one];
const paramless = (template: string): string => template.replaceAll(/\{\w+\}/g, 'nobody');

describe('writes', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 20, groups: 12, apps: 5, events: 0 });
  });
  afterAll(() => simulator.close());
  afterEach(() => simulator.setFaults([]));

  it('have a case for each endpoint', () => {
    expect(writeCases.map(({ name }) => name).toSorted()).toEqual(
      writes
        .map(nameOf)
        .filter((name) => name !== MEMBER)
        .toSorted(),
    );
  });

  it.each(writeCases.map(byName))('%s answers and tells', async (_name, one) => {
    const { org } = simulator;
    const { path, body } = one.prepare(org);
    const before = org.log.length;
    const answer = await write(simulator, methodIn(one.name), path, body);
    const isEmpty = one.status === 204 || one.empty === true;
    expect([answer.text, answer.status]).toEqual([isEmpty ? '' : expect.stringMatching(/^\{/), one.status]);
    expect(eventsSince(org, before).map(told)).toEqual(one.events);
  });

  it.each(writes.map((endpoint): [string, readonly string[]] => [nameOf(endpoint), endpoint.scopes]))(
    '%s wants its scope, and says so in the header alone',
    async (name, scopes) => {
      const [scope = ''] = scopes;
      const held = await bearer(simulator, [scope.replace('.manage', '.read'), 'okta.logs.read']);
      const refused = await write(simulator, methodIn(name), paramless(templateIn(name)), undefined, held);
      expect([refused.status, refused.text]).toEqual([403, '']);
      expect(refused.headers['www-authenticate']).toContain(`scope="${scope}", error="insufficient_scope"`);
    },
  );

  it.each(writes.map(nameOf).filter((name) => name.includes('{')))('%s does not find what is not there', async (name) => {
    const method = methodIn(name);
    const answer = await write(simulator, method, paramless(templateIn(name)), method === 'DELETE' ? undefined : {});
    expect([answer.status, json<ErrorBody>(answer).errorCode]).toEqual([404, 'E0000007']);
  });

  it.each(writeCases.filter(({ prepare }) => prepare.toString().includes('body')).map(byName))(
    '%s takes no body that is not JSON',
    async (_name, one) => {
      const { org } = simulator;
      const { path } = one.prepare(org);
      const before = org.log.length;
      for (const body of ['{"type":', '[]', '"text"']) {
        const answer = await write(simulator, methodIn(one.name), path, body);
        expect([body, answer.status, json<ErrorBody>(answer)]).toEqual([
          body,
          400,
          expect.objectContaining({ errorCode: 'E0000003', errorSummary: 'The request body was not well-formed.' }),
        ]);
      }
      expect(org.log.length).toBe(before);
    },
  );

  it('are refused without a role, and by another method on a path that is known', async () => {
    simulator.setAdminRole(false);
    const { path } = writeCases[0]?.prepare(simulator.org) ?? { path: '' };
    const refused = await write(simulator, 'POST', path);
    simulator.setAdminRole(true);
    expect([refused.status, json<ErrorBody>(refused).errorCode]).toEqual([403, 'E0000006']);
    for (const [method, known] of [
      ['GET', path],
      ['POST', '/api/v1/users'],
      ['GET', '/api/v1/groups/nobody/users/nobody'],
      ['PATCH', '/api/v1/zones'],
    ] as const) {
      const answer = await write(simulator, method, known);
      expect([method, known, answer.status, json<ErrorBody>(answer).errorCode]).toEqual([method, known, 405, 'E0000022']);
    }
    expect((await write(simulator, 'POST', '/api/v1/nothing')).status).toBe(404);
  });

  it('are the doing of the client, or of whose token it is', async () => {
    const { org } = simulator;
    const one = writeCases[0];
    if (one === undefined) throw new Error('there are no cases');
    const held = await bearer(simulator, ['okta.users.manage']);
    const asClient = await write(simulator, 'POST', one.prepare(org).path, undefined, { ...held, 'user-agent': 'castellan/1' });
    const requestId = asClient.headers['x-okta-request-id'];
    expect(org.log.eventAt(org.log.length - 1)).toMatchObject({
      eventType: 'user.lifecycle.suspend',
      actor: { id: simulator.config.auth.clientId, type: 'PublicClientApp' },
      client: { userAgent: { rawUserAgent: 'castellan/1' } },
      transaction: { type: 'WEB', id: requestId, detail: {} },
      debugContext: { debugData: { requestId, requestUri: expect.stringMatching(/\/lifecycle\/suspend$/) } },
    });
    const me = '/api/v1/users/me';
    expect((await get(simulator, me, await bearer(simulator, ['okta.users.read']))).status).toBe(404);
    const owner = json(await get(simulator, me));
    const roles = json<JsonObject[]>(await get(simulator, `/api/v1/users/${String(owner['id'])}/roles`));
    expect(roles.map((role) => role['type'])).toContain('SUPER_ADMIN');
    await write(simulator, 'POST', one.prepare(org).path);
    expect(org.log.eventAt(org.log.length - 1)).toMatchObject({
      actor: { type: 'User', id: owner['id'] },
      transaction: { detail: { requestApiTokenId: expect.stringMatching(/^00T/) } },
    });
  });

  (existsSync(catalogue) ? it : it.skip)('tell by names that stand in the catalogue', () => {
    // The file is Okta's own; a wrong shape fails in the look-up.
    const { versions } = JSON.parse(readFileSync(catalogue, 'utf8')) as { versions: { eventTypes: { id: string }[] }[] };
    const known = new Set(versions.flatMap(({ eventTypes }) => eventTypes.map(({ id }) => id)));
    const names = writeCases.flatMap(({ events }) => events.map((text) => text.split(' ')[0] ?? ''));
    const others = ['group.user_membership.rule.add_exclusion', 'zone.remove_blacklist'];
    expect([...names, ...others].filter((name) => !known.has(name))).toEqual([]);
  });

  (descriptionIsPresent ? it : it.skip)("answer what Okta's description says", async () => {
    const asked = new Set(writes.map(({ template }) => template));
    const [management, oauth] = ['management-minimal.yaml', 'oauth-minimal.yaml'].map((file) => new Description(file, asked));
    const complaints: string[] = [];
    for (const one of writeCases) {
      const [method, template] = [methodIn(one.name).toLowerCase(), templateIn(one.name)];
      const description = [management, oauth].find((source) => source?.operation(template, method) !== undefined);
      const { path, body } = one.prepare(simulator.org);
      const answer = await write(simulator, method.toUpperCase(), path, body);
      if (!(String(answer.status) in (description?.responses(template, method) ?? {}))) {
        complaints.push(`${one.name} answers ${answer.status}`);
      }
      if (answer.text === '') continue;
      complaints.push(...(description?.complaints(template, json<Json>(answer), method, answer.status) ?? ['not described']));
    }
    expect(complaints).toEqual([]);
  });
});
