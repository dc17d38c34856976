/** Markup that may stand in a page as it is. Only `html` makes it. */
export class Html {
  constructor(readonly text: string) {}
}
type Value = Html | readonly Html[] | string | number;

/** A template whose values are escaped, unless they are markup already. */
export function html({ raw }: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(raw.map((text, index) => `${text}${written(values[index] ?? '')}`).join(''));
}

function written(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
