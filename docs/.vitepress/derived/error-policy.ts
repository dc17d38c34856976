import { ERROR_POLICY, type ErrorPolicy } from '@castellan/connector-sdk';

/** How the words of the policy are read. */
const RETRY = {
  never: 'no',
  backoff: 'yes, after growing pauses',
  at: 'yes, from `retryAt` on',
} as const satisfies Record<ErrorPolicy['retry'], string>;
const TURN = {
  customer: 'the customer',
  provider: 'the provider',
  connector: 'whoever maintains the connector',
  nobody: 'nobody',
} as const satisfies Record<ErrorPolicy['blame'], string>;

export function errorPolicy(): string {
  // `satisfies` on the table says that its keys are the kinds.
  const kinds = Object.keys(ERROR_POLICY) as (keyof typeof ERROR_POLICY)[];
  const rows = kinds.map((kind) => {
    const { retry, ends, blame } = ERROR_POLICY[kind];
    return `| [\`${kind}\`](#${kind}) | the ${ends} | ${RETRY[retry]} | ${TURN[blame]} |`;
  });
  return ['| kind | ends | tried again by itself | whose turn it is |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
