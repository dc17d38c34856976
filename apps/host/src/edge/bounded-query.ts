import { invalidRequest, Problem } from '../problems/problem.js';
import type { EdgeRule } from './edge-rule.js';

const LONGEST = 8_000;
const MOST = 50;
const OF_EVERY_OBJECT = ['__proto__', 'constructor', 'prototype'];

/** What a query may cost before anybody has looked at it. A value given twice counts twice. */
export const boundedQuery: EdgeRule = (request) => {
  const mark = request.url.indexOf('?');
  if (mark === -1) return undefined;
  const query = request.url.slice(mark + 1);
  if (query.length > LONGEST) return tooLong();
  const parts = query.split('&');
  if (parts.length > MOST) return invalidRequest([{ field: '', message: `A query takes at most ${MOST} values.` }]);
  const strange = [...new URLSearchParams(query).keys()].filter(reachesEveryObject);
  if (strange.length === 0) return undefined;
  return invalidRequest(strange.map((field) => ({ field, message: 'Is not known here.' })));
};

function reachesEveryObject(key: string): boolean {
  return key.split(/[.[\]]+/).some((part) => OF_EVERY_OBJECT.includes(part));
}

function tooLong(): Problem {
  const detail = `The query is longer than ${LONGEST} characters.`;
  return new Problem({ code: 'uri-too-long', detail });
}
