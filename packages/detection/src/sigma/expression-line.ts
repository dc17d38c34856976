import type { Expression } from './expression.js';

/** What a condition asks, as one line for people: `x.actor.isAdmin: true and not x.ip.isKnown: true`. */
export function expressionLine(expression: Expression): string {
  switch (expression.type) {
    case 'and':
    case 'or':
      return expression.of.map(bracketed).join(` ${expression.type} `);
    case 'not':
      return `not ${bracketed(expression.of)}`;
    case 'search':
      return expressionLine(expression.of);
    case 'field':
    case 'keyword':
      return expression.as;
  }
}

function bracketed(expression: Expression): string {
  if (expression.type === 'search') return bracketed(expression.of);
  const line = expressionLine(expression);
  return expression.type === 'and' || expression.type === 'or' ? `(${line})` : line;
}
