import { DETECTION_LISTS, type DetectionListInput } from '@castellan/api';
import { readListEntries } from '@castellan/incidents';
import type { ListName } from '@castellan/storage';
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';
import { invalidRequest, notFound } from '../problems/problem.js';

const MOST = 100_000;
/** Whoever sends the wrong file need not be told of each line. */
const MOST_TOLD = 20;

export class DetectionListBody implements DetectionListInput {
  @IsArray({ message: 'Must be a list of texts, a line each.' })
  @ArrayMaxSize(MOST, { message: `Must have at most ${MOST} entries.` })
  @IsString({ each: true, message: 'Must be a list of texts, a line each.' })
  readonly entries!: readonly string[];
}

/** A name that is none is as absent as an unknown one. @throws Problem (404, 400) */
export function readListName(kindText: string, nameText: string): ListName {
  const kind = DETECTION_LISTS.find((one) => one === kindText);
  if (kind === undefined) throw notFound('kind', `kind of list with this name. Kinds: ${DETECTION_LISTS.join(', ')}`);
  const name = nameText.trim();
  // As rules name what stands for it.
  if (kind === 'placeholder' && !/^[\w-]{1,100}$/.test(name))
    throw invalidRequest([{ field: 'name', message: 'Must be letters, digits, _ and -, as between the % in a rule.' }]);
  if (!/^(?=.*\S)[^\p{Cc}\p{Cs}]{1,100}$/u.test(name))
    throw invalidRequest([{ field: 'name', message: 'Must have 1 to 100 characters, and no control characters.' }]);
  return { kind, name };
}

/** @throws Problem (400) that names the lines */
export function readEntries({ kind }: ListName, lines: readonly string[]): readonly string[] {
  const broken = lines.flatMap((line, n) =>
    /^(?:[^\p{Cc}\p{Cs}]|\t)*$/u.test(line) ? [] : [{ line: n + 1, message: 'It has control characters.' }],
  );
  const { entries, odd } = broken.length > 0 ? { entries: [], odd: broken } : readListEntries(kind, lines);
  if (odd.length === 0) return entries;
  const errors = odd
    .slice(0, MOST_TOLD)
    .map(({ line, message }) => ({ field: 'entries', message: `Line ${line}: ${message}` }));
  throw invalidRequest(errors);
}
