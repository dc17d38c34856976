import type { AccessChain, AccessLink, AccessNode } from '@castellan/api';
import { dateWords, dayWords } from '../states/time-words.js';
import { nodeId } from './node-looks.js';

/** Names of all that an answer speaks of, by `kind:key`. */
export type Names = ReadonlyMap<string, AccessNode>;

export function namesOf(...nodes: readonly (readonly AccessNode[])[]): Names {
  return new Map(nodes.flat().map((node) => [nodeId(node), node]));
}

/** What a chain names, even if its answer has forgotten to. */
export function namedNode(names: Names, ref: AccessLink['from']): AccessNode {
  return names.get(nodeId(ref)) ?? { ...ref, label: ref.key, detail: null, status: null, present: true };
}

interface Age {
  readonly since: string;
  readonly orBefore: boolean;
}

/** `since 3 Nov`, `since before 3 Nov`. */
export function sinceWords({ since, orBefore }: Age, now: number): string {
  return `since ${orBefore ? 'before ' : ''}${dayWords(Date.parse(since), now)}`;
}

/** Said beside the end of a link: `rule: dept=eng`, `only: Payroll`. */
export function linkNote({ rules, targets, byUnknownGroup }: AccessLink): string | undefined {
  const parts = [
    ...(rules.length > 0 ? [`rule: ${some(rules.map(({ label }) => label))}`] : []),
    ...(targets.length > 0 ? [`only: ${some(targets.map(({ label }) => label))}`] : []),
    ...(byUnknownGroup ? ['through a group'] : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

function some(labels: readonly string[]): string {
  const [first = '', ...rest] = labels;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** All of a link, in sentences. */
export function linkSentence(link: AccessLink, names: Names): string {
  const [from, to] = [namedNode(names, link.from).label, namedNode(names, link.to).label];
  const what = link.relation === 'membership' ? `${from} is in ${to}` : `${from} was given ${to}`;
  const through = link.byUnknownGroup ? ' through a group that the provider does not name' : '';
  const since = `since ${link.orBefore ? 'before ' : ''}${dateWords(Date.parse(link.since))}`;
  const rules = link.rules.map(({ label }) => `“${label}”`).join(', ');
  const by = rules === '' ? '' : ` The rule ${rules} may have put them there.`;
  const targets = link.targets.map(({ label }) => label).join(', ');
  return `${what}${through}, ${since}.${by}${targets === '' ? '' : ` Only for: ${targets}.`}`;
}

/** For who hears it, and for the file of a screen reader: `Ana, Engineering, AWS`. */
export function chainWords({ links }: AccessChain, names: Names): string {
  const [first] = links;
  if (first === undefined) return '';
  return [first.from, ...links.map(({ to }) => to)].map((ref) => namedNode(names, ref).label).join(', then ');
}
