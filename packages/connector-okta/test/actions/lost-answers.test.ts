import type { FaultRule } from '@castellan/okta-simulator';
import { ConnectorError } from '@castellan/connector-sdk';
import { aMoment } from '../support/acting-host.js';
import { ActedOrg, NAMES, refusalOf } from '../support/acted-org.js';

/** Nothing else is disturbed: a look gets through. */
const onWrites = (fault: Omit<FaultRule, 'method' | 'match'>): readonly FaultRule[] =>
  ['POST', 'PUT', 'DELETE'].map((method) => ({ ...fault, method }));

/** All but one can be seen when they are done. */
const SEEN = NAMES.filter((name) => name !== 'clear-sessions');

describe('an action whose answer is lost', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start();
  });
  afterAll(() => acted.close());

  /** What Okta's log says of an action that nothing comes in between of. */
  async function undisturbed(name: string): Promise<readonly string[]> {
    const { input } = acted.trial(name);
    acted.begin();
    const before = acted.org.log.length;
    await acted.host.done(name, input);
    return acted.told(before);
  }

  describe.each<FaultRule['kind']>(['status-after', 'reset-after'])('%s', (kind) => {
    it.each(SEEN)('%s is done once', async (name) => {
      const wanted = await undisturbed(name);
      const { input, isDone } = acted.trial(name);
      acted.begin();
      const before = acted.org.log.length;
      acted.simulator.setFaults(onWrites({ kind, times: 1 }));
      const { changed } = await acted.host.done(name, input);
      expect({ changed, isDone: isDone(), told: acted.told(before) }).toEqual({ changed: true, isDone: true, told: wanted });
      acted.begin();
      expect(await acted.host.done(name, input)).toMatchObject({ changed: false });
      expect(acted.writes).toEqual([]);
    });

    // All that is sent is lost, so that a look alone can tell.
    it.each(SEEN.filter((name) => name !== 'revoke-tokens'))('%s is done once, however often it is tried', async (name) => {
      const wanted = await undisturbed(name);
      const { input, isDone } = acted.trial(name);
      acted.begin();
      const before = acted.org.log.length;
      acted.simulator.setFaults(onWrites({ kind }));
      const { changed } = await acted.host.done(name, input);
      expect({ changed, isDone: isDone(), told: acted.told(before) }).toEqual({ changed: true, isDone: true, told: wanted });
      expect(acted.host.logger.lines).toContainEqual(expect.objectContaining({ message: 'done, though the answer was lost' }));
    });

    // Nothing in Okta shows that sessions have ended, and to end them twice does no harm.
    it('clear-sessions is sent again, and not called done while every answer is lost', async () => {
      const { input } = acted.trial('clear-sessions');
      acted.begin();
      acted.simulator.setFaults(onWrites({ kind, times: 1 }));
      expect(await acted.host.done('clear-sessions', input)).toMatchObject({ changed: true });
      expect(acted.writes).toHaveLength(2);
      acted.simulator.setFaults(onWrites({ kind }));
      expect(await refusalOf(acted.host.act('clear-sessions', input))).toMatchObject({ kind: 'transient' });
    });
  });

  it.each(SEEN.filter((name) => name !== 'revoke-tokens'))(
    '%s is done once where Okta says that there was nothing to do',
    async (name) => {
      const { input, isDone } = acted.trial(name);
      const { outcome } = await acted.host.plan(name, input);
      acted.begin();
      acted.simulator.setFaults(onWrites({ kind: 'status-after', status: 409, code: 'E0000090' }));
      expect(await acted.host.done(name, input)).toMatchObject({ changed: true, message: outcome });
      expect([isDone(), acted.writes.length]).toEqual([true, 1]);
    },
  );

  it.each<[string, Omit<FaultRule, 'match' | 'method'>]>([
    ['a page of a proxy', { kind: 'html' }],
    ['a proxy that finds nothing', { kind: 'html', status: 404 }],
    ['a proxy that forbids it', { kind: 'html', status: 403 }],
    ['a path that Okta does not know', { kind: 'status', status: 404, code: 'E0000022' }],
    ['half an answer', { kind: 'truncate' }],
    ['a bad gateway', { kind: 'html', status: 502 }],
  ])('%s instead of the answer is no proof that it was done', async (_, fault) => {
    for (const name of SEEN) {
      const { input, isDone } = acted.trial(name);
      acted.begin();
      acted.simulator.setFaults(onWrites(fault));
      const refusal = await acted.host.act(name, input).then(
        () => undefined,
        (error: unknown) => ConnectorError.from(error),
      );
      const ended = refusal === undefined;
      expect([name, ended]).toEqual([name, isDone()]);
      if (!ended) expect(['upstream', 'transient']).toContain(refusal.kind);
    }
  });
});

describe('an action that Okta does not do just now', () => {
  let acted: ActedOrg;
  beforeAll(async () => {
    acted = await ActedOrg.start();
  });
  afterAll(() => acted.close());

  describe.each<FaultRule['kind']>(['status', 'reset'])('%s', (kind) => {
    it.each(NAMES)('%s is not done, says so, and is done by the next try', async (name) => {
      const { input, isDone } = acted.trial(name);
      const { fingerprint } = await acted.host.plan(name, input);
      acted.begin();
      const before = acted.org.log.length;
      acted.simulator.setFaults(onWrites({ kind }));
      expect(await refusalOf(acted.host.act(name, input, fingerprint))).toMatchObject({ kind: 'transient' });
      expect([isDone(), acted.told(before)]).toEqual([false, []]);
      acted.begin();
      expect(await acted.host.act(name, input, fingerprint)).toMatchObject({ changed: true });
      expect(isDone()).toBe(true);
    });
  });

  const ONE_OF_EACH = ['suspend-account', 'add-to-group', 'remove-from-group', 'block-address'];

  it.each(ONE_OF_EACH)('%s waits for a limit that ends soon, and is done once', async (name) => {
    const { input, isDone } = acted.trial(name);
    acted.begin();
    acted.simulator.setFaults([
      ...onWrites({ kind: 'concurrency-429', times: 1 }),
      ...onWrites({ kind: 'retry-429', times: 1, delayMs: 1 }),
    ]);
    expect(await acted.host.done(name, input)).toMatchObject({ changed: true });
    expect(isDone()).toBe(true);
    expect(acted.simulator.requests.recent.map(({ method, status }) => (method === 'GET' ? 0 : status))).toEqual(
      expect.arrayContaining([429]),
    );
  });

  it.each(ONE_OF_EACH)('%s ends where the limit lasts, says until when, and is done by the next try', async (name) => {
    const { input, isDone } = acted.trial(name);
    acted.begin();
    acted.simulator.setFaults(onWrites({ kind: 'retry-429', delayMs: 60_000 }));
    const refusal = await refusalOf(acted.host.act(name, input));
    expect(refusal).toMatchObject({ kind: 'rate_limit' });
    expect(Date.parse(refusal.retryAt ?? '') - Date.now()).toBeGreaterThan(30_000);
    expect(isDone()).toBe(false);
    acted.begin();
    expect(await acted.host.done(name, input)).toMatchObject({ changed: true });
  });

  it.each(ONE_OF_EACH)('%s that nobody answers ends with the run, and is done by the next try', async (name) => {
    const { input, isDone } = acted.trial(name);
    acted.begin();
    acted.simulator.setFaults(onWrites({ kind: 'hang' }));
    const refused = refusalOf(acted.host.act(name, input));
    while (acted.writes.length === 0) await aMoment();
    acted.host.stop.abort();
    expect(await refused).toMatchObject({ kind: 'aborted' });
    acted.host.stop = new AbortController();
    expect(isDone()).toBe(false);
    acted.begin();
    expect(await acted.host.done(name, input)).toMatchObject({ changed: true });
  });
});
