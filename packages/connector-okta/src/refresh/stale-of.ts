import type { SourceRecord, Stale } from '@castellan/connector-sdk';
import { EventParties } from './event-parties.js';
import { EVENT_RULES } from './event-rules.js';

/** Nothing was changed by what was refused, failed, or is only planned. */
const EFFECTIVE: ReadonlySet<string> = new Set(['SUCCESS', 'ALLOW']);

/** Parts of streams that an event of the System Log says have changed. Pure. */
export function staleOf({ data }: SourceRecord<'activity'>): readonly Stale[] {
  if (data.outcome !== null && !EFFECTIVE.has(data.outcome)) return [];
  const rule = ruleFor(data.type);
  if (rule === undefined) return [];
  return rule(new EventParties(data)).map((touched) => ({ ...touched, at: data.published }));
}

/**
 * All that events say, each part once: by the latest event, and low only where every event says so. The whole of a stream
 * and its delta are two parts: a later delta cannot see what is gone, so that it must not take the place of the whole.
 */
export function staleOfAll(events: readonly SourceRecord<'activity'>[]): readonly Stale[] {
  const found = new Map<string, Stale>();
  for (const stale of events.flatMap(staleOf)) {
    const key = JSON.stringify([stale.stream, stale.scope?.field, stale.scope?.value, stale.delta === true]);
    const known = found.get(key);
    found.set(key, known === undefined ? stale : merged(known, stale));
  }
  return [...found.values()];
}

function merged(one: Stale, other: Stale): Stale {
  const later = other.at > one.at ? other : one;
  const { low: _low, ...rest } = later;
  return one.low === true && other.low === true ? later : rest;
}

function ruleFor(type: string): (typeof EVENT_RULES)[string] | undefined {
  if (Object.hasOwn(EVENT_RULES, type)) return EVENT_RULES[type];
  const words = type.split('.');
  for (let length = words.length - 1; length > 0; length -= 1) {
    const name = `${words.slice(0, length).join('.')}.*`;
    if (Object.hasOwn(EVENT_RULES, name)) return EVENT_RULES[name];
  }
  return undefined;
}
