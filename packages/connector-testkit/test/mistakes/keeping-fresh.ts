import { type ActionPlan, type SeenPlan, type SourceRecord, UpstreamError } from '@castellan/connector-sdk';
import { accounts, acme, activate, deactivate, groups, memberships } from '../acme/acme-connector.js';
import { type Mistake, withAccounts } from './mistake.js';

/** Mistakes between two listings: parts, deltas, actions. */
export const KEEPING_FRESH: readonly Mistake[] = [
  [
    'reads a part otherwise than the list',
    'refreshEqualsListing',
    /Parts of stream accounts, read again by themselves \(by key\), differ from the listing/,
    () =>
      withAccounts((args) => accounts.read(args), {
        async *refresh(args) {
          for await (const page of accounts.refresh?.(args) ?? []) yield { ...page, records: page.records.map(withoutRaw) };
        },
      }),
  ],
  [
    'asks for changes since now and not since the last listing',
    'changesEqualListing',
    /stream accounts differs from a fresh listing/,
    () =>
      withAccounts((args) => accounts.read(args), {
        async *delta(args) {
          yield* accounts.delta?.({ ...args, since: new Date(Date.now() + 60_000).toISOString() }) ?? [];
        },
      }),
  ],
  [
    'forgets that members change with a group',
    'changesEqualListing',
    /stream memberships differs from a fresh listing/,
    () =>
      acme({
        streams: [
          accounts,
          {
            ...groups,
            async *delta(args) {
              for await (const page of groups.delta?.(args) ?? []) yield { ...page, stale: [] };
            },
          },
          memberships,
        ],
      }),
  ],
  [
    'does an action again when it is done',
    'actionsOnce',
    /looked at when it is done, says that it is not/,
    () => withPlan((plan) => ({ ...plan, state: 'open' })),
  ],
  [
    'does not see that it is done',
    'actionsOnce',
    /fails when asked twice: upstream, It is inactive/,
    () => {
      let times = 0;
      return acme({
        actions: [
          {
            ...deactivate,
            plan: async (args) => ({ ...(await deactivate.plan(args)), state: 'unseen' }),
            run: (args) => {
              times += 1;
              if (times > 1) throw new UpstreamError({ message: 'It is inactive.' });
              return deactivate.run(args);
            },
          },
          activate,
        ],
      });
    },
  ],
  [
    'says that it is done without doing it',
    'actionsOnce',
    /says that it is done, and the provider says that it is not/,
    () => acme({ actions: [{ ...deactivate, run: async () => undefined }, activate] }),
  ],
  [
    'does not say what an action has changed',
    'actionsOnce',
    /the parts that it calls stale do not show all that it did/,
    () => withPlan((plan) => ({ ...plan, stale: [] })),
  ],
  [
    'does not say what an action would send',
    'actionsOnce',
    /does not say what it would send/,
    () => withPlan((plan) => ({ ...plan, calls: [] })),
  ],
  [
    'sends something else than it has said',
    'actionsOnce',
    /sends something else than it has planned: PATCH .* instead of DELETE/,
    () =>
      acme({
        actions: [
          {
            ...deactivate,
            plan: async (args) => {
              const plan = await deactivate.plan(args);
              return { ...plan, calls: plan.calls.map((call) => ({ ...call, method: 'DELETE' as const })) };
            },
            run: (args) =>
              deactivate.run({
                ...args,
                plan: { ...args.plan, calls: args.plan.calls.map((call) => ({ ...call, method: 'PATCH' as const })) },
              }),
          },
          activate,
        ],
      }),
  ],
  [
    'sends another body than it has said',
    'actionsOnce',
    /sends something else than it has planned: .*"active":false.* instead of .*"active":"no"/,
    () =>
      acme({
        actions: [
          {
            ...deactivate,
            plan: async (args) => {
              const plan = await deactivate.plan(args);
              return { ...plan, calls: plan.calls.map((call) => ({ ...call, body: { active: 'no' } })) };
            },
            run: (args) =>
              deactivate.run({
                ...args,
                plan: { ...args.plan, calls: args.plan.calls.map((call) => ({ ...call, body: { active: false } })) },
              }),
          },
          activate,
        ],
      }),
  ],
  [
    'promises that it can be taken back, and does not say how',
    'actionsOnce',
    /is said to be taken back by activate-account, and its plan names nothing/,
    () => withPlan((plan) => ({ ...plan, undo: null })),
  ],
  [
    'writes while it looks',
    'actionsOnce',
    /writes while it looks|is done by a look/,
    () =>
      acme({
        actions: [
          {
            ...deactivate,
            plan: async (args) => {
              const plan = await deactivate.plan(args);
              for (const { path, body = {} } of plan.calls)
                await args.client.http.send({ method: 'PATCH', url: path, json: { ...body, active: true } });
              return plan;
            },
          },
          activate,
        ],
      }),
  ],
  [
    'makes a new plan each time',
    'actionsOnce',
    /differ although nothing has changed/,
    () => {
      let times = 0;
      return withPlan((plan) => ({ ...plan, seen: (times += 1) }));
    },
  ],
  [
    'is not taken back by what is said to do so',
    'actionsOnce',
    /activate-account does not take back what deactivate-account did/,
    () => acme({ actions: [deactivate, { ...activate, run: async () => undefined }] }),
  ],
];

function withPlan(change: (plan: ActionPlan) => SeenPlan): ReturnType<typeof acme> {
  return acme({ actions: [{ ...deactivate, plan: async (args) => change(await deactivate.plan(args)) }, activate] });
}

function withoutRaw(record: SourceRecord): SourceRecord {
  const copy = { ...record };
  Reflect.deleteProperty(copy, 'raw');
  return copy;
}
