import type { FieldProblem } from '@castellan/api';
import type { PipeTransform } from '@nestjs/common';
import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import { invalidRequest, type Problem } from '../problems/problem.js';

type InputClass<T extends object> = new () => T;

/**
 * Checks a body or a query against a class with class-validator's decorators. Nest's own ValidationPipe is not used: it
 * drops `__proto__` without a word and deep-copies `config`, which connectors must judge exactly as it was sent.
 */
export class InputPipe<T extends object> implements PipeTransform<unknown, Promise<T>> {
  /** The API document shows its rules. */
  readonly type: InputClass<T>;
  readonly #path: string;

  /** @param path of an object inside the body: its keys are named with it (`schedule.everySeconds`) */
  constructor(type: InputClass<T>, path = '') {
    this.type = type;
    this.#path = path;
  }

  /**
   * @param value `undefined`: nothing was sent, which is as good as an empty object. What was sent as another type than
   * JSON does not come here (see `json-only`).
   * @throws Problem (400) that names each wrong key.
   */
  async transform(value: unknown = {}): Promise<T> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const what = this.#path === '' ? 'The body must be a JSON object (content-type application/json).' : 'Must be an object.';
      throw this.#invalid([{ field: '', message: what }]);
    }
    const known = keysOf(this.type);
    const entries = Object.entries(value);
    const unknown = entries.filter(([key]) => !known.includes(key));
    if (unknown.length > 0) throw this.#invalid(unknown.map(([key]) => unknownKey(key, known)));
    const input = Object.assign(new this.type(), Object.fromEntries(entries));
    const errors = await validate(input, { whitelist: true, forbidNonWhitelisted: true });
    if (errors.length > 0) throw this.#invalid(errors.flatMap(problemsOf));
    return input;
  }

  #invalid(problems: readonly FieldProblem[]): Problem {
    if (this.#path === '') return invalidRequest(problems);
    return invalidRequest(problems.map(({ field, message }) => ({ field: below(this.#path, field), message })));
  }
}

function below(path: string, field: string): string {
  return field === '' ? path : `${path}.${field}`;
}

/** The properties that carry a decorator. */
function keysOf(type: InputClass<object>): readonly string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rules.map((rule) => rule.propertyName))];
}

function unknownKey(key: string, known: readonly string[]): FieldProblem {
  return { field: key, message: known.length === 0 ? 'Is not known here.' : `Is not known here. Known: ${known.join(', ')}.` };
}

/** Rules that say what a value is at all. Where one is broken the others have nothing to judge, and say what is untrue. */
const KINDS = ['isDefined', 'isString', 'isArray', 'isObject', 'isBoolean', 'isInt', 'isNumber'];

function problemsOf({ property, value, constraints = {} }: ValidationError): readonly FieldProblem[] {
  const messages = Object.values(constraints);
  const said = (message: string): readonly FieldProblem[] => [{ field: property, message }];
  if (value === undefined) return said(messages.find((message) => message.startsWith('Is required')) ?? 'Is required.');
  const kind = KINDS.map((rule) => constraints[rule]).find((message) => message !== undefined);
  return kind === undefined ? messages.flatMap(said) : said(kind);
}
