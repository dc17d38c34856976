import { Problem } from '../problems/problem.js';
import { type EdgeRule, isChange } from './edge-rule.js';

/** A form of another site can send the other types without asking first. */
export const jsonOnly: EdgeRule = (request) => {
  if (!isChange(request)) return undefined;
  const type = request.headers['content-type'];
  const length = request.headers['content-length'] ?? '0';
  const hasBody = length !== '0' || request.headers['transfer-encoding'] !== undefined;
  if (type === undefined ? !hasBody : /^application\/json\s*(;|$)/i.test(type)) return undefined;
  const detail = 'The body must be JSON in UTF-8 (content-type: application/json).';
  return new Problem({ code: 'unsupported-media-type', detail });
};
