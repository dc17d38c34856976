import { checkKey, checkSlip } from './near-name.js';
import type { Placeholders } from './placeholders.js';
import {
  type Confidence,
  CONFIDENCES,
  LEVELS,
  type Level,
  type LogSource,
  type OwnFacts,
  type RaisedLevel,
  type RuleFacts,
} from './rule.js';
import { eachOf, RuleError, together, under } from './rule-error.js';
import { isList, isMap, type Plain, readSearch } from './searches.js';

type Section = { readonly [key: string]: Plain };

/** What a document says of itself. `level` is `medium` where none is given. @throws RuleError */
export function readFacts(
  content: Section,
  { file, line }: { readonly file: string; readonly line: number },
  placeholders: Placeholders,
): RuleFacts {
  const facts = together({
    id: () => nameIn(content, 'id'),
    name: () => nameIn(content, 'name'),
    title: () => titleIn(content),
    description: () => textIn(content, 'description'),
    author: () => nameIn(content, 'author'),
    status: () => textIn(content, 'status'),
    references: () => textsIn(content, 'references'),
    tags: () => textsIn(content, 'tags'),
    falsePositives: () => textsIn(content, 'falsepositives'),
    level: () => levelIn(content),
    own: () => readOwn(content, placeholders),
  });
  return { ...facts, id: facts.id ?? facts.name ?? facts.title, file, line };
}

function titleIn(content: Section): string {
  const title = nameIn(content, 'title');
  if (title === undefined) throw new RuleError('a rule needs a title', ['title']);
  return title;
}

function levelIn(content: Section): Level {
  const said = textIn(content, 'level');
  if (said === undefined) return 'medium';
  const level = LEVELS.find((one) => one === said.toLowerCase());
  if (level === undefined) throw new RuleError(`"${said}" is none of the levels ${LEVELS.join(', ')}`, ['level']);
  return level;
}

function readOwn(content: Section, placeholders: Placeholders): OwnFacts {
  if (content['castellan'] === undefined) return { confidence: 'medium', levels: [], response: [] };
  const section = sectionIn(content, 'castellan');
  return under(['castellan'], () => {
    const { keys: _checked, ...own } = together({
      keys: () => eachOf(Object.keys(section), (key) => checkKey(key, ['confidence', 'levels', 'response'])),
      confidence: () => confidenceIn(section),
      levels: () => raisedLevels(section, placeholders),
      response: () => textsIn(section, 'response'),
    });
    return own;
  });
}

function confidenceIn(section: Section): Confidence {
  const said = textIn(section, 'confidence') ?? 'medium';
  const confidence = CONFIDENCES.find((one) => one === said);
  if (confidence === undefined) throw new RuleError(`"${said}" is none of ${CONFIDENCES.join(', ')}`, ['confidence']);
  return confidence;
}

function raisedLevels(section: Section, placeholders: Placeholders): readonly RaisedLevel[] {
  const levels = section['levels'] ?? [];
  if (!isList(levels)) throw new RuleError('it is no list', ['levels']);
  return eachOf(levels.entries(), ([n, one]) =>
    under(['levels', n], () => {
      if (!isMap(one)) throw new RuleError('it is no map of "level" and "when"');
      eachOf(Object.keys(one), (key) => checkKey(key, ['level', 'when']));
      const { when } = one;
      if (when === undefined || one['level'] === undefined) throw new RuleError('it needs "level" and "when"');
      return together({
        level: () => levelIn(one),
        when: () => under(['when'], () => readSearch(when, placeholders)),
      });
    }),
  );
}

/** `definition` is for people. */
const SOURCE_KEYS = ['category', 'product', 'service', 'definition'];

export function readLogSource(content: Section): LogSource {
  const source = content['logsource'];
  if (source === undefined) throw new RuleError('a rule needs a logsource', ['logsource']);
  if (!isMap(source)) throw new RuleError('it is no map', ['logsource']);
  return under(['logsource'], () => {
    eachOf(Object.keys(source), (key) => checkSlip(key, SOURCE_KEYS));
    return {
      category: textIn(source, 'category'),
      product: textIn(source, 'product'),
      service: textIn(source, 'service'),
    };
  });
}

const LONGEST_NAME = 500;

/** What rules are called by and looked up by: an index takes no more. */
function nameIn(content: Section, key: string): string | undefined {
  const text = textIn(content, key);
  if (text !== undefined && text.length > LONGEST_NAME)
    throw new RuleError(`"${key}" has more than ${LONGEST_NAME} characters`, [key]);
  return text;
}

/** Nobody can read them, and a database cannot keep all of them. A tab and the end of a line are none. */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|\p{Surrogate}/u;

function readable(text: string, path: readonly (string | number)[]): string {
  if (UNREADABLE.test(text)) throw new RuleError('it has a character that is no text', path);
  return text;
}

export function textIn(content: Section, key: string): string | undefined {
  const value = content[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return readable(value, [key]);
  if (typeof value === 'number') return String(value);
  throw new RuleError(`"${key}" is no text`, [key]);
}

/** One text is a list of one. */
export function textsIn(content: Section, key: string): readonly string[] {
  const value = content[key];
  if (value === undefined || value === null) return [];
  return (isList(value) ? value : [value]).map((one, n) => {
    if (typeof one === 'string' || typeof one === 'number') return readable(String(one), [key, n]);
    throw new RuleError(`"${key}" is no list of texts`, [key, n]);
  });
}

export function sectionIn(content: Section, key: string): Section {
  const section = content[key];
  if (isMap(section)) return section;
  throw new RuleError(section === undefined ? `"${key}" is missing` : `"${key}" is no map`, [key]);
}
