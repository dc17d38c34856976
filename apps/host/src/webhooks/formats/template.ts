import { EVENT_TYPES } from '@castellan/storage';
import { eventPayload } from '../event-payload.js';
import { eventWords, type NamedEvent, textAt } from './event-words.js';

export const LONGEST_TEMPLATE = 10_000;
const MOST_PLACEHOLDERS = 100;
const DEEPEST = 20;

/** `{{data.rule.title}}`, in a text of the document. */
const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** What placeholders can name: the body that is signed, with the event's id, and its words for people. */
function templateValues(event: NamedEvent, publicUrl: string | undefined): object {
  const { title, link } = eventWords(event, publicUrl);
  return { id: event.id, title, link, ...eventPayload(event) };
}

/**
 * The document with what happened in it. It is parsed, filled and written as JSON again: whatever a value holds stays in its text.
 * @param template one that {@link templateFault} has no fault to find with
 */
export function filledTemplate(template: string, event: NamedEvent, publicUrl: string | undefined): string {
  const values = templateValues(event, publicUrl);
  const fill = (text: string): string =>
    text.replaceAll(PLACEHOLDER, (_, path: string) => textAt(values, path.trim().split('.')));
  return JSON.stringify(mapTexts(JSON.parse(template), fill));
}

/** What is wrong with a template, as a sentence. @returns `undefined`: nothing */
export function templateFault(template: string): string | undefined {
  if (template.length > LONGEST_TEMPLATE) return `Must have at most ${LONGEST_TEMPLATE} characters.`;
  let document: unknown;
  try {
    document = JSON.parse(template);
  } catch {
    return 'Must be JSON.';
  }
  if (typeof document !== 'object' || document === null) return 'Must be an object or a list.';
  if (depthOf(document, 0) > DEEPEST) return `Must not be deeper than ${DEEPEST} levels.`;
  if (keysOf(document).some((key) => key.match(PLACEHOLDER) !== null))
    return 'Placeholders can stand in values only, not in keys.';
  const paths: string[] = [];
  mapTexts(document, (text) => {
    paths.push(...[...text.matchAll(PLACEHOLDER)].map(([, path = '']) => path.trim()));
    return text;
  });
  if (paths.length > MOST_PLACEHOLDERS) return `Must have at most ${MOST_PLACEHOLDERS} placeholders.`;
  const unknown = [...new Set(paths.filter((path) => !TEMPLATE_PATHS.has(path)))];
  return unknown.length === 0
    ? undefined
    : `No event has ${unknown.map((path) => `{{${path}}}`).join(', ')}. GET /api/event-types shows what there is.`;
}

/** All that some event has, each part and the whole of what has parts. */
const TEMPLATE_PATHS: ReadonlySet<string> = new Set(
  Object.entries(EVENT_TYPES).flatMap(([type, { example, others }]) =>
    [example, ...others].flatMap((data) => {
      const event = { id: '', type, occurredAt: new Date(0), data };
      return pathsOf(templateValues(event, undefined), []);
    }),
  ),
);

function pathsOf(value: unknown, above: readonly string[]): readonly string[] {
  const own = above.length === 0 ? [] : [above.join('.')];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return own;
  return [...own, ...Object.entries(value).flatMap(([key, below]) => pathsOf(below, [...above, key]))];
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, mapTexts(below, map)]));
}

function keysOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysOf)];
}

function depthOf(value: unknown, above: number): number {
  if (typeof value !== 'object' || value === null || above > DEEPEST) return above;
  return Math.max(above + 1, ...Object.values(value).map((below) => depthOf(below, above + 1)));
}
