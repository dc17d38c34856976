import type { ContentRedactor } from '@castellan/http-client';
import { parsedJson } from '../exchanges/parsed-json.js';

/** Of a list, so many items are shown: the others look alike. */
const MOST_ITEMS = 20;
const MOST_CHARACTERS = 64_000;
const MOST_PROSE = 2_000;

/** A body without its secrets, and short enough that thousands of them can be looked at. */
export interface BoundedBody {
  readonly text: string;
  /** What was left out. */
  readonly comment?: string;
}

export function boundedBody(text: string, isTokenAnswer: boolean, redactor: ContentRedactor): BoundedBody {
  const parsed = parsedJson(text);
  if (parsed === undefined) return boundedProse(text, isTokenAnswer, redactor);
  const clean = isTokenAnswer ? redactor.tokenAnswer(parsed.value) : redactor.json(parsed.value);
  const shown = JSON.stringify(shortened(clean));
  if (shown.length <= MOST_CHARACTERS) return { text: shown };
  return { text: shown.slice(0, MOST_CHARACTERS), comment: `the first ${MOST_CHARACTERS} of ${shown.length} characters` };
}

function boundedProse(text: string, isTokenAnswer: boolean, redactor: ContentRedactor): BoundedBody {
  // Nothing can be found by its name in half of a document, or in an answer that may be a token as it is.
  if (isTokenAnswer || /^\s*[[{"]/.test(text)) return { text: '', comment: 'left out: it is no JSON, and may hold a secret' };
  const clean = redactor.prose(text).replace(/\s+/g, ' ').trim();
  return { text: clean.slice(0, MOST_PROSE), comment: 'what people read of it' };
}

function shortened(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shortened(item)]));
  const items = value.slice(0, MOST_ITEMS).map(shortened);
  return value.length > MOST_ITEMS ? [...items, `[${value.length - MOST_ITEMS} more]`] : items;
}
