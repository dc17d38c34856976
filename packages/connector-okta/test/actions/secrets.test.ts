import { ConnectorError } from '@castellan/connector-sdk';
import { ActedOrg, NAMES, refusalOf } from '../support/acted-org.js';
import type { ActingHost } from '../support/acting-host.js';

describe('secrets of an organisation', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start();
  });
  afterAll(() => acted.close());

  /** All that comes out of it, the details for the operator too. */
  async function said(work: Promise<unknown>): Promise<string> {
    return JSON.stringify(
      await work.catch((error: unknown) => {
        if (!ConnectorError.is(error)) throw error;
        return [error.message, error.detail, error.stack, error.view()];
      }),
    );
  }

  /** What must not be told: as it is known to the organisation, and as it went over the wire. */
  function secretsOf(host: ActingHost): readonly string[] {
    const { clientSecret, apiToken } = acted.simulator.credentials;
    const issued = host.wire.flatMap(({ outcome }) =>
      outcome?.kind === 'answer' ? (/"access_token":"([^"]+)"/.exec(outcome.text)?.[1] ?? []) : [],
    );
    return ['simulated-', clientSecret.clientSecret, apiToken.token, ...issued];
  }

  it.each(NAMES)('%s tells none, whatever becomes of it', async (name) => {
    for (const host of [acted.host, await acted.byToken()]) {
      const { input } = acted.trial(name);
      acted.begin();
      const texts = [await said(host.plan(name, input))];
      for (const kind of ['truncate', 'html', 'status'] as const) {
        acted.simulator.setFaults([{ kind, method: 'GET', match: /^\/(api|oauth2\/v1\/clients)/, after: 1 }]);
        texts.push(await said(host.plan(name, input)));
      }
      acted.simulator.setFaults(['POST', 'PUT', 'DELETE'].map((method) => ({ kind: 'status', status: 400, method })));
      texts.push(await said(host.act(name, input)));
      acted.begin();
      const { undo } = await host.plan(name, input);
      texts.push(JSON.stringify(undo), await said(host.act(name, input)), await said(host.act(name, input)));
      if (undo !== null) texts.push(await said(host.act(undo.action, undo.input)));
      const all = [...texts, host.logger.text].join('\n');
      const secrets = secretsOf(host);
      expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
    }
  });

  it('are read where a client secret is looked at, so that the test above means something', async () => {
    const { input } = acted.trial('deactivate-client-secret');
    await acted.host.plan('deactivate-client-secret', input);
    expect(acted.host.wire.some(({ outcome }) => outcome?.kind === 'answer' && outcome.text.includes('simulated-'))).toBe(true);
    expect(secretsOf(acted.host).length).toBeGreaterThan(3);
  });

  it('stay with whoever pastes a token in place of its id', async () => {
    const { token } = acted.simulator.credentials.apiToken;
    acted.begin();
    const { message, detail, ...view } = await refusalOf(acted.host.act('revoke-api-token', { apiToken: token }));
    expect(view).toMatchObject({ kind: 'config', field: 'apiToken' });
    expect([message, detail, acted.host.logger.text].join('\n')).not.toContain(token);
    expect(acted.simulator.requests.recent.map(({ path }) => path).join('\n')).not.toContain(token);
  });
});
