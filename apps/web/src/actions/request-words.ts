import type { ActionRequestView } from '@castellan/api';

/** Shorter ones stand in a sentence by chance. */
const SHORTEST = 3;

/** What is done to whom, with what it was told beside: `Block the address: 203.0.113.9 (Blocklist)`. */
export function requestTitle(request: Pick<ActionRequestView, 'title' | 'subject' | 'input' | 'plan'>): string {
  const { title, subject } = request;
  const told = toldBeside(request);
  return told.length === 0 ? `${title}: ${subject.name}` : `${title}: ${told.join(', ')} (${subject.name})`;
}

/**
 * What of the input is for people: ids are not. The words of what is so afterwards say it; whom it is done to is said already, and
 * what kinds of records there are says nothing.
 */
function toldBeside({ subject, input, plan }: Pick<ActionRequestView, 'subject' | 'input' | 'plan'>): readonly string[] {
  const words = new Set(plan.outcome.split(/\s+/).map((word) => word.replace(/^[“"'(]+|[”"'),.;:]+$/g, '')));
  const kinds = new Set<string>(plan.touches.map(({ kind }) => kind));
  return Object.values(input).filter(
    (value): value is string =>
      typeof value === 'string' &&
      value.length >= SHORTEST &&
      words.has(value) &&
      !kinds.has(value) &&
      !subject.name.includes(value) &&
      !subject.key.includes(value),
  );
}
