export * from './http-factory.js';
export type { Wait } from './governor/governor.js';
export type { OriginProgress } from './governor/governors.js';
export type { BucketProgress, BucketWait } from './governor/lane.js';
export { isSpecialAddress } from './guard/special-address.js';
export type { ResolveAll } from './guard/guarded-lookup.js';
export type { Limits } from './limits.js';
export * from './redaction/redacting.js';
export { Redactor } from './redaction/redactor.js';
