import { RuleError } from './rule-error.js';

/** By name, what `%name%` stands for. */
export type Placeholders = Readonly<Record<string, readonly string[]>>;

/** Of one value with several placeholders, each with many. */
const MOST = 10_000;

/** A value with everything that its placeholders stand for; one that nobody has said is an error, and never nothing. */
export function expanded(value: string, placeholders: Placeholders): readonly string[] {
  // Each second piece is a name.
  const pieces = value.split(/(?<!\\)%([\w-]+)%/);
  return pieces.reduce<readonly string[]>(
    (values, piece, n) => {
      const meant = n % 2 === 0 ? [piece.replaceAll('\\%', '%')] : textsOf(piece, placeholders);
      if (values.length * meant.length > MOST) throw new RuleError(`placeholders that make more than ${MOST} values`);
      return values.flatMap((before) => meant.map((text) => before + text));
    },
    [''],
  );
}

function textsOf(name: string, placeholders: Placeholders): readonly string[] {
  const meant = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
  if (meant === undefined || meant.length === 0) throw new RuleError(`nothing is set for the placeholder %${name}%`);
  return meant;
}
