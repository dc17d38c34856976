import { TextField } from '@castellan/form-schema';
import {
  type AnyStream,
  connectionMemory,
  defineConnector,
  defineStream,
  type Json,
  type StreamInfo,
  type SyncContext,
  type SyncMessage,
} from '../src/index.js';

export class SampleSettings {
  @TextField({ label: 'Name' }) readonly name!: string;
}

/** The provider of these tests: numbered groups, a few a page, and a log of when each page was asked for. */
export class SampleClient {
  readonly asked: string[] = [];
  inFlight = 0;
  mostInFlight = 0;
}

const stream = defineStream<SampleClient>();

export interface Plan {
  readonly name: string;
  readonly pages: number;
  readonly dependsOn?: readonly string[];
  readonly semantics?: 'snapshot' | 'changes';
  readonly pack?: string;
  readonly requires?: readonly string[];
  /** Instead of page n, counted from 0. */
  readonly at?: Readonly<Record<number, () => unknown>>;
  readonly mistake?: 'stops-early' | 'stands-still' | 'goes-in-a-circle' | 'goes-on' | 'ignores-position';
}

const toNumber = (value: Json): number => {
  if (typeof value !== 'number') throw new TypeError('not a number');
  return value;
};

export function sampleStream(plan: Plan): AnyStream<SampleClient> {
  const { name, pages, dependsOn = [], semantics = 'snapshot' } = plan;
  return stream({
    name,
    kind: 'group',
    dependsOn,
    requires: plan.requires ?? [],
    semantics,
    ...(plan.pack !== undefined && { pack: plan.pack }),
    parseCursor: toNumber,
    async *read({ client, from, signal }) {
      for (let page = plan.mistake === 'ignores-position' ? 0 : (from ?? 0); page < pages; page += 1) {
        client.asked.push(`${name}:${page}`);
        client.inFlight += 1;
        client.mostInFlight = Math.max(client.mostInFlight, client.inFlight);
        await new Promise((resolve) => setTimeout(resolve, 1));
        client.inFlight -= 1;
        await plan.at?.[page]?.();
        if (signal.aborted) throw signal.reason;
        if (plan.mistake === 'stops-early' && page === pages - 1) return;
        const last = page === pages - 1;
        const next = last ? null : positionAfter(page, plan.mistake);
        yield { records: [groupRecord(`${name}-${page}`)], next };
        if (last && plan.mistake === 'goes-on') yield { records: [], next: null };
      }
    },
  });
}

function positionAfter(page: number, mistake: Plan['mistake']): number {
  if (mistake === 'stands-still') return 1;
  return mistake === 'goes-in-a-circle' ? page % 3 : page + 1;
}

function groupRecord(key: string) {
  const nothing = { description: null, sourceApplication: null, createdAt: null, updatedAt: null, membershipUpdatedAt: null };
  return { kind: 'group' as const, key, data: { ...nothing, name: key, origin: 'native' as const } };
}

export function sampleConnector(
  plans: readonly Plan[],
  connect = () => new SampleClient(),
  wants?: (stream: StreamInfo, config: Readonly<SampleSettings>) => boolean,
) {
  return defineConnector({
    id: 'sample',
    displayName: 'Sample',
    config: SampleSettings,
    connect,
    probe: async () => ({ tenant: { id: 't', displayName: 'T' }, checks: [] }),
    streams: plans.map(sampleStream),
    ...(wants !== undefined && { wants }),
  });
}

export function syncContext(overrides: Partial<SyncContext<SampleSettings>> = {}): SyncContext<SampleSettings> {
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  return {
    config: { name: 'x' },
    signal: new AbortController().signal,
    logger: silent,
    http: () => {
      throw new Error('no network here');
    },
    now: () => new Date(0),
    streams: ['a', 'b', 'c'],
    completed: [],
    checkpoints: {},
    synced: {
      async *entries() {},
      async get() {
        return undefined;
      },
      async *where() {},
    },
    memory: connectionMemory(),
    ...overrides,
  };
}

export async function collect(messages: AsyncIterable<SyncMessage>): Promise<SyncMessage[]> {
  const out: SyncMessage[] = [];
  for await (const message of messages) out.push(message);
  return out;
}

export function summary(messages: readonly SyncMessage[]): string[] {
  return messages.map((message) => {
    if (message.type === 'started') return `start ${message.stream}`;
    if (message.type === 'plan') return `plan ${message.plan.buckets.length}`;
    if (message.type === 'stopped') return `stop ${message.stream} ${message.status} ${message.error.kind}`;
    return `page ${message.records.map((record) => record.key).join()}${message.progress.done ? ' end' : ''}`;
  });
}
