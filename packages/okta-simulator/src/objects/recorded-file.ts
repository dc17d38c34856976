import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Json, JsonObject } from '../json/json.js';
import { isJsonObject, textAt, timeOf } from '../json/json.js';

export interface RecordedRow {
  /** Id in the path that the object was read from; empty for objects that stand alone. */
  readonly parent: string;
  readonly key: string;
  readonly object: JsonObject;
}

export interface Skipped {
  readonly file: string;
  readonly line: number;
  readonly because: string;
}

export interface RecordedFile {
  /** Distinct rows in the order of their first appearance. */
  readonly rows: readonly RecordedRow[];
  readonly skipped: readonly Skipped[];
}

export interface FileForm {
  /** Field that tells one object from another; `none` when there is one object only. */
  readonly key: 'id' | 'kid' | 'label' | 'uuid' | 'none';
  readonly parent: boolean;
}

/** Reads one file of JSON Lines. A line that is not JSON ends the start: a folder that is broken is better said than half served. */
export async function readRecordedFile(path: string, file: string, form: FileForm): Promise<RecordedFile> {
  const rows = new Map<string, RecordedRow>();
  const skipped: Skipped[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1;
    if (text.trim() === '') continue;
    const because = takeLine(parseLine(text, file, line), form, rows);
    if (because !== undefined) skipped.push({ file, line, because });
  }
  return { rows: [...rows.values()], skipped };
}

function parseLine(text: string, file: string, line: number): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${file}, line ${line}: not JSON`);
  }
  if (!isJsonObject(value)) throw new Error(`${file}, line ${line}: not a JSON object`);
  return value;
}

/** Stores what the line holds, or says why it holds nothing. */
function takeLine(record: JsonObject, form: FileForm, rows: Map<string, RecordedRow>): string | undefined {
  const object = record['object'] ?? record['event'];
  if (!isJsonObject(object)) return "neither 'object' nor 'event'";
  const parent = form.parent ? textAt(record, 'parent') : '';
  if (parent === undefined) return "no 'parent'";
  if (keyOf(object, form) !== undefined) return keep(object, parent, form, rows);
  const list = listIn(object);
  if (!list) return `no '${form.key}'`;
  // A whole answer was recorded: its rows are the objects, and an empty list has none.
  for (const one of list) if (isJsonObject(one)) keep(one, parent, form, rows);
  return list.length === 0 ? 'an empty list, not an object' : undefined;
}

function keyOf(object: JsonObject, form: FileForm): string | undefined {
  return form.key === 'none' ? 'the only one' : textAt(object, form.key);
}

function listIn(object: JsonObject): readonly Json[] | undefined {
  const lists = Object.values(object).filter((value): value is readonly Json[] => Array.isArray(value));
  return lists.length === 1 ? lists[0] : undefined;
}

/** Of two recordings of one object the later line counts, unless it says itself that it is older. */
function keep(object: JsonObject, parent: string, form: FileForm, rows: Map<string, RecordedRow>): string | undefined {
  const key = keyOf(object, form);
  if (key === undefined) return `no '${form.key}'`;
  const place = `${parent}\u0000${key}`;
  const before = rows.get(place);
  if (before && isOlder(object, before.object)) return undefined;
  rows.set(place, { parent, key, object });
  return undefined;
}

function isOlder(left: JsonObject, right: JsonObject): boolean {
  const [leftTime, rightTime] = [timeOf(left['lastUpdated']), timeOf(right['lastUpdated'])];
  return leftTime !== undefined && rightTime !== undefined && leftTime < rightTime;
}
