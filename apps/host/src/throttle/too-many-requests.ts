import { Problem } from '../problems/problem.js';

export function tooManyRequests(detail: string, seconds: number): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil(seconds));
  const text = `${detail} Try again in ${retryAfterSeconds} s.`;
  return new Problem({ code: 'too-many-requests', detail: text, retryAfterSeconds });
}
