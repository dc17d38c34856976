const TEXTS = [
  'login',
  'email',
  'display_name',
  'status',
  'provider_status',
  'manager',
  'department',
  'credential_provider',
  'user_type',
];
const LENGTHS = TEXTS.map((column) => `coalesce(octet_length(t."${column}"), 0)`);

/**
 * Of an account that has its place in the index of what a table shows (`accounts_shown`): an entry of an index is bounded, and
 * what a provider writes is not. The statement calls the table `t`. A test compares this with the index.
 */
export const ACCOUNTS_FIT = `octet_length(t.key) + octet_length(t.search_text) + ${LENGTHS.join(' + ')} <= 2000`;
