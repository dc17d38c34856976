import { isDeepStrictEqual } from 'node:util';
import { edgeKey, recordFields, type RecordField, type SourceRecord } from '@castellan/connector-sdk';
import type { MemoryHost } from '../host/memory-host.js';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import { few, hold } from '../suite/verdict.js';

export const eachRecordOnce: Check = {
  title: 'a full sync gives every record of the provider, each once',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const host = await fullRun(trial);
      hold(host.rows.twice.length === 0, `Records were given more than once: ${few(host.rows.twice)}`);
      const holds = trial.upstream.holds();
      for (const stream of host.streams) judgeTruth(host, stream, holds[stream]);
      const nobody = Object.keys(holds).filter((name) => !host.streams.includes(name));
      hold(
        nobody.length === 0,
        `The upstream says that it holds records of streams that the connector does not have: ${few(nobody)}`,
      );
    }),
};

function judgeTruth(host: MemoryHost, stream: string, truth: readonly string[] | number | undefined): void {
  hold(
    truth !== undefined,
    `The upstream's holds() says nothing of stream ${stream}: the suite cannot know what should be there.`,
  );
  const keys = host.rows.keysOf(stream);
  if (typeof truth === 'number')
    return hold(keys.length === truth, `Stream ${stream} gave ${keys.length} records, the provider holds ${truth}.`);
  // Authors whose provider has numbers for ids give them as they are, where nothing checks types.
  const odd: readonly unknown[] = truth.filter((key: unknown) => typeof key !== 'string');
  hold(
    odd.length === 0,
    `The upstream's holds() names ${odd.length} records of stream ${stream} by something that is no text (${few(odd.map((key) => JSON.stringify(key)))}): the key of a record is a text, so give String(id) here as the connector does.`,
  );
  const missing = truth.filter((key) => !keys.includes(key));
  hold(missing.length === 0, `Stream ${stream} lacks ${missing.length} of ${truth.length} records: ${few(missing)}`);
  const wrong = keys.filter((key) => !truth.includes(key));
  hold(wrong.length === 0, `Stream ${stream} gave records that the provider does not hold: ${few(wrong)}`);
}

export const stableRecords: Check = {
  title: 'a second sync gives the same keys and the same data',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const first = await fullRun(trial);
      const second = await fullRun(trial);
      const steady = first.streams.filter(
        (name) => first.connector.streams.find((info) => info.name === name)?.semantics === 'snapshot',
      );
      const differences = second.rows.differencesFrom(first.rows, steady);
      hold(
        differences.length === 0,
        `Nothing has changed, and a second sync gives other records: ${few(differences)}. Keys must be the provider's ids, and data nothing that is made anew.`,
      );
    }),
};

export const recordShape: Check = {
  title: 'records keep to the vocabulary: every field, its type, keys of edges, JSON',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const host = trial.host();
      const kinds = new Map(trial.connector.streams.map(({ name, kind }) => [name, kind]));
      await host.run({
        onPage: ({ stream, records }) => {
          for (const record of records) {
            const at = `${record.kind} "${record.key}" of stream ${stream}`;
            hold(
              record.kind === kinds.get(stream),
              `Stream ${stream} is of kind ${kinds.get(stream)} and gives a record of kind ${record.kind}.`,
            );
            judgeRecord(record, at);
          }
        },
      });
    }),
};

function judgeRecord(record: SourceRecord, at: string): void {
  hold(typeof record.key === 'string' && record.key !== '', `A record of kind ${record.kind} has no key.`);
  hold(
    !/^(undefined|null|NaN|\[object Object\])$/.test(record.key),
    `${at} has a key that was made of nothing: such a row belongs into "rejected".`,
  );
  const data = new Map<string, unknown>(Object.entries(record.data));
  const fields = recordFields(record.kind);
  for (const field of fields) judgeField(field, data.get(field.name), at);
  const unknown = [...data.keys()].filter((name) => !fields.some((field) => field.name === name));
  hold(unknown.length === 0, `${at} has fields that are not in the vocabulary: ${few(unknown)}. They belong into "raw".`);
  hold(
    isDeepStrictEqual(JSON.parse(JSON.stringify(record)), plain(record)),
    `${at} does not survive JSON: an undefined, a Date or a function is in it.`,
  );
  const key = keyOfEdge(record);
  hold(key === undefined || key === record.key, `${at} is an edge: its key is edgeKey of its parts, "${key}".`);
}

function judgeField({ name, type, required, optional }: RecordField, value: unknown, at: string): void {
  if (value === undefined && optional) return;
  hold(value !== undefined, `${at} lacks the field "${name}": null where the provider does not say.`);
  if (value === null) return hold(!required, `${at}: "${name}" must not be null.`);
  const isOne = {
    text: () => typeof value === 'string',
    boolean: () => typeof value === 'boolean',
    number: () => typeof value === 'number' && Number.isFinite(value),
    instant: () => typeof value === 'string' && isInstant(value),
    texts: () => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    json: () => typeof value === 'object',
  }[type]();
  const hint = type === 'instant' ? ' (ISO 8601 in UTC with milliseconds, e.g. 2026-11-23T09:30:00.000Z)' : '';
  hold(isOne, `${at}: "${name}" is ${JSON.stringify(value)?.slice(0, 60)}, which is no ${type}${hint}.`);
}

function isInstant(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}

/** The kinds whose parts make the whole key, in the order of the vocabulary. */
function keyOfEdge(record: SourceRecord): string | undefined {
  switch (record.kind) {
    case 'membership':
      return edgeKey(record.data.group, record.data.member);
    case 'app_assignment':
      return edgeKey(record.data.application, record.data.principal);
    case 'idp_link':
      return edgeKey(record.data.identityProvider, record.data.account);
    default:
      return undefined;
  }
}

/** Class instances and the like compare as what they hold. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}
