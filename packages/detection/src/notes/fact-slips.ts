import { TACTICS } from '../attack/techniques.js';
import { nearKey } from '../sigma/near-name.js';
import { isList, type Plain } from '../sigma/searches.js';

/** Something that may be a slip: where it stands, and what to write instead. */
export interface Slip {
  readonly path: readonly (string | number)[];
  readonly says: string;
}

type Section = { readonly [key: string]: Plain };

const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
const TACTIC_TAGS = TACTICS.map((tactic) => tactic.toLowerCase().replaceAll(' ', '-'));
const TECHNIQUE = /^t\d{4}(?:\.\d{3})?$/;

/** What a document says of itself that finds nothing more or less, and is not shown as it is meant. */
export function factSlips(content: Section): readonly Slip[] {
  return [...statusSlips(content), ...dateSlips(content, 'date'), ...dateSlips(content, 'modified'), ...tagSlips(content)];
}

function statusSlips({ status }: Section): readonly Slip[] {
  if (typeof status !== 'string' || STATUSES.includes(status.toLowerCase())) return [];
  const near = nearKey(status, STATUSES);
  const hint = near === undefined ? '' : `: is "${near}" meant?`;
  return [{ path: ['status'], says: `"${status}" is none of ${STATUSES.join(', ')}${hint === '' ? '.' : hint}` }];
}

function dateSlips(content: Section, key: string): readonly Slip[] {
  const date = content[key];
  if (date === undefined || date === null || isDate(String(date))) return [];
  return [{ path: [key], says: `"${String(date)}" is no date: write it like 2026-11-27.` }];
}

/** With the slashes of former days, too. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(text) ?? [];
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // The 31st of February is a day of March.
  return at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day);
}

function tagSlips({ tags }: Section): readonly Slip[] {
  return (isList(tags) ? tags : [tags]).flatMap((tag, n) => {
    const says = typeof tag === 'string' ? saidOfTag(tag) : undefined;
    return says === undefined ? [] : [{ path: isList(tags) ? ['tags', n] : ['tags'], says }];
  });
}

function saidOfTag(tag: string): string | undefined {
  const small = tag.toLowerCase().replaceAll('_', '-');
  if (TACTIC_TAGS.includes(small) || TECHNIQUE.test(small)) return `"${tag}" lacks its namespace: is "attack.${small}" meant?`;
  if (!small.startsWith('attack.')) return undefined;
  const name = small.slice('attack.'.length);
  // Of later versions there may be more techniques, and groups and software have ids, too.
  if (TECHNIQUE.test(name) || TACTIC_TAGS.includes(name) || /^[gsc]\d{4}$/.test(name)) return undefined;
  if (/^t\d/.test(name)) return `"${tag}" is no technique: write it like attack.t1566 or attack.t1566.002.`;
  const near = nearKey(name, TACTIC_TAGS);
  return near === undefined ? undefined : `there is no tactic "${tag}": is "attack.${near}" meant?`;
}
