import { CHECK_NAMES, checkConnector, type ConformanceOptions } from '../src/index.js';
import { acme } from './acme/acme-connector.js';
import { acmeProvider, tokenOf } from './acme/acme-provider.js';
import { CONNECTING } from './mistakes/connecting.js';
import { KEEPING_FRESH } from './mistakes/keeping-fresh.js';
import { READING } from './mistakes/reading.js';
import { UPSTREAM_TROUBLES } from './mistakes/upstream-troubles.js';
import { WHAT_STAYS_INSIDE } from './mistakes/what-stays-inside.js';

const options: ConformanceOptions = {
  upstream: acmeProvider,
  config: ({ url, tenant }) => ({ address: url, token: tokenOf(tenant) }),
};

/** All that there are: what follows holds every check to one of them. */
const MISTAKES = [...CONNECTING, ...READING, ...UPSTREAM_TROUBLES, ...WHAT_STAYS_INSIDE, ...KEEPING_FRESH];

describe('a mistake is caught and named', () => {
  it.each(MISTAKES)(
    '%s',
    async (_, check, says, make) => {
      const verdict = await checkConnector(make(), options, check);
      expect(verdict).toMatchObject({ result: 'broken', reason: expect.stringMatching(says) });
    },
    120_000,
  );

  it('and every check has a mistake that it catches', () => {
    const without = CHECK_NAMES.filter((name) => !MISTAKES.some(([, check]) => check === name));
    expect(without).toEqual([]);
  });
});

describe('what is left out', () => {
  it('says why, in words of the author', async () => {
    const verdict = await checkConnector(
      acme(),
      { ...options, leaveOut: { flatMemory: 'Acme has ten people.' } },
      'flatMemory',
    );
    expect(verdict).toMatchObject({ result: 'left out', reason: 'Acme has ten people.' });
  });

  it('or in words of the suite, where there is nothing to look at', async () => {
    expect(await checkConnector(acme({ actions: [] }), options, 'actionsOnce')).toMatchObject({
      result: 'left out',
      reason: 'the connector has no action',
    });
  });

  it('but not where the upstream could do it and does not', async () => {
    const mute: ConformanceOptions = {
      ...options,
      upstream: {
        start: async (start) => {
          const { url, tenant, holds, secrets, close } = await acmeProvider.start(start);
          return { url, tenant, holds, secrets, close };
        },
      },
    };
    expect(await checkConnector(acme(), mute, 'changesEqualListing')).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining('the upstream needs change()'),
    });
    expect(await checkConnector(acme(), mute, 'actionsOnce')).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining('The upstream has nothing to try action deactivate-account on'),
    });
  });
});
