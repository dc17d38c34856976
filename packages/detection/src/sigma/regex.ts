import { RE2JS } from 're2js';
import { RuleError } from './rule-error.js';

/** By the modifiers behind `re`. */
export const REGEX_FLAGS: Readonly<Record<string, number>> = { i: RE2JS.CASE_INSENSITIVE, m: RE2JS.MULTILINE, s: RE2JS.DOTALL };

const LONGEST_REGEX = 2_000;
/** Steps of an expression, each of which may be gone through for each character: `a{1000}` has a thousand. */
const MOST_STEPS = 2_000;

/**
 * In time that grows with the text, whatever the expression: what cannot be done so (looking around, back) is refused.
 * @throws RuleError
 */
export function regexOf(source: string, flags: string): RE2JS {
  if (source.length > LONGEST_REGEX) throw new RuleError(`a regular expression of more than ${LONGEST_REGEX} characters`);
  // Before it is compiled, which takes as long.
  const repeated = [...source.matchAll(/\{(?:\d+,)?(\d+),?\}/g)].reduce((sum, [, most]) => sum + Number(most), 0);
  if (repeated > MOST_STEPS) throw new RuleError(`a regular expression that repeats its parts more than ${MOST_STEPS} times`);
  const regex = compiled(source, flags);
  if (regex.programSize() > MOST_STEPS) throw new RuleError(`a regular expression of more than ${MOST_STEPS} steps`);
  return regex;
}

function compiled(source: string, flags: string): RE2JS {
  try {
    return RE2JS.compile(
      source,
      [...flags].reduce((sum, flag) => sum | (REGEX_FLAGS[flag] ?? 0), 0),
    );
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
    throw new RuleError(`this is no regular expression that can be used here: ${wayOutOf(source) ?? why}`);
  }
}

/** What can be done in others, and how it is said here. */
function wayOutOf(source: string): string | undefined {
  // What a backslash takes the meaning from, and classes, are none of it.
  const bare = source.replaceAll(/\\[^1-9k]|\[(?:\\.|[^\]\\])*\]/g, '');
  const [ahead] = /\(\?<?[!=]/.exec(bare) ?? [];
  if (ahead !== undefined)
    return `it cannot look ahead or behind ("${ahead}"): ask for that in a search of its own, and write "not" before it in the condition where it must not be there`;
  const [back] = /\\(?:[1-9]|k[<{'])/.exec(bare) ?? [];
  if (back !== undefined) return `it cannot repeat what a group has found ("${back}"): write out what it may be`;
  const [greedy] = /\(\?>|[*+?}]\+/.exec(bare) ?? [];
  if (greedy !== undefined) return `"${greedy}" is not known, nor needed: all are found in linear time without it`;
  return undefined;
}
