import type { PipeTransform } from '@nestjs/common';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { type FieldProblem, invalidRequest } from '../problems/problem.js';

type InputClass<T extends object> = new () => T;

/**
 * Checks a body or a query against a class with class-validator's decorators. Nest's own ValidationPipe is not used: it
 * drops `__proto__` without a word and deep-copies `config`, which connectors must judge exactly as it was sent.
 */
export class InputPipe<T extends object> implements PipeTransform<unknown, Promise<T>> {
  /** The API document shows its rules. */
  readonly type: InputClass<T>;

  constructor(type: InputClass<T>) {
    this.type = type;
  }

  /**
   * @param value `undefined`: nothing was sent, which is as good as an empty object. What was sent as another type than
   * JSON does not come here (see `json-only`).
   * @throws Problem (400) that names each wrong key.
   */
  async transform(value: unknown = {}): Promise<T> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalidRequest([{ field: '', message: 'The body must be a JSON object (content-type application/json).' }]);
    }
    const known = keysOf(this.type);
    const entries = Object.entries(value);
    const unknown = entries.filter(([key]) => !known.includes(key));
    if (unknown.length > 0) throw invalidRequest(unknown.map(([key]) => unknownKey(key, known)));
    const input = Object.assign(new this.type(), Object.fromEntries(entries));
    const errors = await validate(input, { whitelist: true, forbidNonWhitelisted: true });
    if (errors.length > 0) throw invalidRequest(errors.flatMap(problemsOf));
    return input;
  }
}

/** The properties that carry a decorator. */
function keysOf(type: InputClass<object>): readonly string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rules.map((rule) => rule.propertyName))];
}

function unknownKey(key: string, known: readonly string[]): FieldProblem {
  return { field: key, message: known.length === 0 ? 'Is not known here.' : `Is not known here. Known: ${known.join(', ')}.` };
}

function problemsOf(error: ValidationError): readonly FieldProblem[] {
  return Object.values(error.constraints ?? {}).map((message) => ({ field: error.property, message }));
}
