import { keyMeaningOf } from './examples.js';
import type { Schema } from './schema.js';

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The form that all these examples of one place have together. No example: nothing is known. */
export function exampleSchema(values: readonly unknown[]): Schema {
  const shown = values.map((value) => (value instanceof Date ? value.toISOString() : value));
  const forms = [
    stringSchema(shown.filter((value) => typeof value === 'string')),
    numberSchema(shown.filter((value) => typeof value === 'number')),
    shown.some((value) => typeof value === 'boolean') ? { type: 'boolean' } : undefined,
    arraySchema(shown.filter((value) => Array.isArray(value))),
    objectSchema(shown.filter(isObject)),
  ].filter((form) => form !== undefined);
  if (shown.includes(null)) return orNull(forms);
  const [only = {}, ...others] = forms;
  return others.length === 0 ? only : { anyOf: forms };
}

function orNull(forms: readonly Schema[]): Schema {
  const [only, ...others] = forms;
  if (only === undefined) return { type: 'null' };
  if (others.length === 0 && typeof only.type === 'string') return { ...only, type: [only.type, 'null'] };
  return { anyOf: [...forms, { type: 'null' }] };
}

function stringSchema(texts: readonly string[]): Schema | undefined {
  if (texts.length === 0) return undefined;
  if (texts.every((text) => DATE_TIME.test(text))) return { type: 'string', format: 'date-time' };
  return texts.every((text) => UUID.test(text)) ? { type: 'string', format: 'uuid' } : { type: 'string' };
}

function numberSchema(numbers: readonly number[]): Schema | undefined {
  if (numbers.length === 0) return undefined;
  return { type: numbers.every((number) => Number.isInteger(number)) ? 'integer' : 'number' };
}

function arraySchema(arrays: readonly (readonly unknown[])[]): Schema | undefined {
  return arrays.length === 0 ? undefined : { type: 'array', items: exampleSchema(arrays.flat()) };
}

function objectSchema(objects: readonly Readonly<Record<string, unknown>>[]): Schema | undefined {
  if (objects.length === 0) return undefined;
  if (objects.some((object) => keyMeaningOf(object) === 'anything')) return { type: 'object', additionalProperties: true };
  if (objects.some((object) => keyMeaningOf(object) === 'data'))
    return { type: 'object', additionalProperties: exampleSchema(objects.flatMap((object) => Object.values(object))) };
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const given = (key: string): readonly unknown[] =>
    objects.flatMap(({ [key]: value }) => (value === undefined ? [] : [value]));
  const properties = Object.fromEntries(keys.map((key) => [key, exampleSchema(given(key))]));
  return { type: 'object', properties, required: keys.filter((key) => given(key).length === objects.length) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
