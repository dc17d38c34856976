import { AuthError, type Json, PermissionError, RateLimitError, type StreamInfo } from '../src/index.js';
import { collect, type Plan, SampleClient, sampleConnector, summary, syncContext } from './sample-connector.js';

const read = async (plans: readonly Plan[], overrides = {}) => {
  const connector = sampleConnector(plans);
  return summary(await collect(connector.sync(syncContext({ streams: plans.map((plan) => plan.name), ...overrides }))));
};

describe('order', () => {
  test('a stream starts when what it depends on is complete, whatever the order of declaration', async () => {
    const out = await read([
      { name: 'b', pages: 1, dependsOn: ['a'] },
      { name: 'a', pages: 2 },
    ]);
    expect(out).toEqual(['start a', 'page a-0', 'page a-1 end', 'start b', 'page b-0 end']);
  });

  test('independent streams are read side by side', async () => {
    const client = new SampleClient();
    const connector = sampleConnector(
      [
        { name: 'a', pages: 3 },
        { name: 'b', pages: 3 },
      ],
      () => client,
    );
    await collect(connector.sync(syncContext()));
    expect(client.mostInFlight).toBe(2);
  });

  test('a dependency that is not part of the run does not hold a stream back; one completed before the cut does not either', async () => {
    const plans = [
      { name: 'a', pages: 1 },
      { name: 'b', pages: 1, dependsOn: ['a'] },
    ];
    expect(await read(plans, { streams: ['b'] })).toEqual(['start b', 'page b-0 end']);
    expect(await read(plans, { streams: ['a', 'b'], completed: ['a'] })).toEqual(['start b', 'page b-0 end']);
  });

  test('a circle and an unknown dependency are refused with the names', () => {
    const circle = () =>
      sampleConnector([
        { name: 'a', pages: 1, dependsOn: ['b'] },
        { name: 'b', pages: 1, dependsOn: ['a'] },
      ]);
    expect(circle).toThrow('a -> b -> a');
    expect(() => sampleConnector([{ name: 'a', pages: 1, dependsOn: ['z'] }])).toThrow('depends on z');
    expect(() =>
      sampleConnector([
        { name: 'a', pages: 1 },
        { name: 'a', pages: 1 },
      ]),
    ).toThrow('named a');
  });
});

describe('packs', () => {
  const withPack = (wants?: (stream: StreamInfo, config: { readonly name: string }) => boolean) => {
    const connector = sampleConnector(
      [
        { name: 'a', pages: 1 },
        { name: 'b', pages: 1, pack: 'more' },
      ],
      undefined,
      wants,
    );
    return { connector, names: (name: string) => connector.streamsOf({ name }).map((stream) => stream.name) };
  };

  test('a stream says which pack it belongs to', () => {
    expect(withPack().connector.streams.map(({ pack }) => pack)).toEqual([undefined, 'more']);
    expect(withPack().connector.streams[0]).not.toHaveProperty('pack');
  });

  test('the settings decide which streams are read; without a rule all are', () => {
    expect(withPack().names('x')).toEqual(['a', 'b']);
    const { names, connector } = withPack((stream, config) => stream.pack === undefined || config.name === 'all');
    expect(names('x')).toEqual(['a']);
    expect(names('all')).toEqual(['a', 'b']);
    expect(connector.streams.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('back-pressure', () => {
  test('the next page of a stream is made only after the consumer has come back', async () => {
    const client = new SampleClient();
    const messages = sampleConnector([{ name: 'a', pages: 5 }], () => client).sync(syncContext());
    const pages = messages[Symbol.asyncIterator]();
    await pages.next();
    await pages.next();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(client.asked).toEqual(['a:0']);
    await pages.next();
    expect(client.asked).toEqual(['a:0', 'a:1']);
    await pages.return?.();
  });
});

describe('resume', () => {
  test('cut after every page, and cut again on every resume: each record once', async () => {
    const plans: Plan[] = [
      { name: 'a', pages: 3 },
      { name: 'b', pages: 4, dependsOn: ['a'] },
      { name: 'c', pages: 2 },
    ];
    for (let first = 1; first < 9; first += 1) {
      const seen: string[] = [];
      const completed: string[] = [];
      const checkpoints: Record<string, Json> = {};
      for (let runs = 0; completed.length < 3; runs += 1) {
        expect(runs).toBeLessThan(20);
        let pages = 0;
        for await (const message of sampleConnector(plans).sync(
          syncContext({ completed: [...completed], checkpoints: { ...checkpoints } }),
        )) {
          if (message.type !== 'page') continue;
          seen.push(...message.records.map((record) => record.key));
          if (message.progress.done) completed.push(message.stream);
          else checkpoints[message.stream] = message.progress.cursor;
          pages += 1;
          if (pages === (runs === 0 ? first : 1)) break;
        }
      }
      expect(seen.toSorted()).toEqual(['a-0', 'a-1', 'a-2', 'b-0', 'b-1', 'b-2', 'b-3', 'c-0', 'c-1']);
    }
  });

  test('a position that is not understood starts the stream afresh and says so', async () => {
    const warnings: unknown[] = [];
    const logger = { debug() {}, info() {}, error() {}, warn: (...line: unknown[]) => void warnings.push(line) };
    expect(await read([{ name: 'a', pages: 2 }], { checkpoints: { a: 'from another version' }, logger })).toEqual([
      'start a',
      'page a-0',
      'page a-1 end',
    ]);
    expect(warnings).toHaveLength(1);
  });
});

describe('mistakes of a connector', () => {
  test.each([
    ['stops-early', 'internal', 'ended without saying that it is complete'],
    ['stands-still', 'upstream', 'its position stays the same'],
    ['goes-in-a-circle', 'upstream', 'its pages go in a circle'],
    ['goes-on', 'internal', 'went on after its last page'],
  ] as const)('%s', async (mistake, kind, message) => {
    const connector = sampleConnector([{ name: 'a', pages: mistake === 'goes-in-a-circle' ? 100 : 3, mistake }]);
    const last = (await collect(connector.sync(syncContext()))).at(-1);
    expect(last).toMatchObject({ type: 'stopped', stream: 'a', status: 'incomplete', error: { kind } });
    expect(JSON.stringify(last)).toContain(message);
  });

  test('an exception that is no ConnectorError is internal, and its text is not shown to the customer', async () => {
    const connector = sampleConnector([
      {
        name: 'a',
        pages: 1,
        at: {
          0: () => {
            throw new Error('boom at line 7');
          },
        },
      },
    ]);
    const last = (await collect(connector.sync(syncContext()))).at(-1);
    expect(last).toMatchObject({
      type: 'stopped',
      error: { kind: 'internal' },
      detail: expect.stringContaining('boom at line 7'),
    });
    expect(JSON.stringify(last?.type === 'stopped' && last.error)).not.toContain('boom');
  });
});

describe('errors', () => {
  const forbidden = () => {
    throw new PermissionError({ message: 'No groups.', missing: ['groups.read'] });
  };

  test('a forbidden stream is skipped with its dependants, the others are read', async () => {
    const out = await read([
      { name: 'a', pages: 1, at: { 0: forbidden } },
      { name: 'b', pages: 1, dependsOn: ['a'] },
      { name: 'd', pages: 1, dependsOn: ['b'] },
      { name: 'c', pages: 2 },
    ]);
    expect(out.filter((line) => line.startsWith('stop'))).toEqual([
      'stop a skipped permission',
      'stop b skipped permission',
      'stop d skipped permission',
    ]);
    expect(out).toContain('page c-1 end');
  });

  test('a refusal that names nothing is told with what the stream needs', async () => {
    const refused = () => {
      throw new PermissionError({ message: 'Acme refuses.', missing: [], detail: 'GET /groups -> 403' });
    };
    const connector = sampleConnector([{ name: 'a', pages: 1, requires: ['groups:read'], at: { 0: refused } }]);
    expect((await collect(connector.sync(syncContext()))).at(-1)).toMatchObject({
      error: { kind: 'permission', missing: ['groups:read'], message: 'Acme refuses. Needed: groups:read.' },
      detail: 'GET /groups -> 403',
    });
  });

  test.each([
    ['auth', () => new AuthError({ message: 'no' })],
    ['rate_limit', () => new RateLimitError({ message: 'later', retryAt: new Date(1) })],
  ])('%s ends the run', async (kind, make) => {
    const out = await read([
      {
        name: 'a',
        pages: 1,
        at: {
          0: () => {
            throw make();
          },
        },
      },
      { name: 'c', pages: 50 },
    ]);
    expect(out.at(-1)).toBe(`stop a incomplete ${kind}`);
    expect(out).not.toContain('page c-49 end');
  });

  test('connect that fails stops every stream with its reason', async () => {
    const connect = () => {
      throw new AuthError({ message: 'The token is refused.' });
    };
    const connector = sampleConnector(
      [
        { name: 'a', pages: 1 },
        { name: 'b', pages: 1 },
      ],
      connect,
    );
    expect(summary(await collect(connector.sync(syncContext())))).toEqual(['stop a incomplete auth', 'stop b incomplete auth']);
  });
});

describe('abort', () => {
  test('settles at once although a stream hangs and ignores its signal', async () => {
    const run = new AbortController();
    const connector = sampleConnector([{ name: 'a', pages: 3, at: { 1: () => new Promise(() => undefined) } }]);
    setTimeout(() => run.abort(), 20);
    const started = performance.now();
    const out = summary(await collect(connector.sync(syncContext({ signal: run.signal }))));
    expect(out.at(-1)).toBe('stop a incomplete aborted');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('no page is handed out after the abort', async () => {
    const run = new AbortController();
    const out: string[] = [];
    for await (const message of sampleConnector([{ name: 'a', pages: 9 }]).sync(syncContext({ signal: run.signal }))) {
      out.push(...summary([message]));
      if (message.type === 'page') run.abort();
    }
    expect(out).toEqual(['start a', 'page a-0', 'stop a incomplete aborted']);
  });

  test('nor one of another stream that was there already', async () => {
    const run = new AbortController();
    const out: string[] = [];
    const two = sampleConnector([
      { name: 'a', pages: 9 },
      { name: 'b', pages: 9 },
    ]);
    for await (const message of two.sync(syncContext({ signal: run.signal }))) {
      out.push(...summary([message]));
      if (message.type !== 'page') continue;
      // While this page is being committed the other stream's comes in.
      await new Promise((resolve) => setTimeout(resolve, 30));
      run.abort();
    }
    expect(out.filter((line) => line.startsWith('page'))).toHaveLength(1);
  });
});
