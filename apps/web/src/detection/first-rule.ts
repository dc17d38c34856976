/**
 * Where somebody begins with an empty page: a rule that can be tried as it is. Its event and its answer are called alike in each
 * log that connectors read so far.
 *
 * @param product id of the connector whose log it looks at; `undefined`: of each
 * @param id of the rule, a UUID: what is set of a rule and what it has found hang on it
 */
export function firstRule(product: string | undefined, id: string): string {
  return `title: Somebody was given an administrator role
id: ${id}
status: experimental
description: Say why it matters, for whoever reads the incident.
author: Your name
logsource:
${product === undefined ? '  category: identity # of every log; product: the id of a connector' : `  product: ${product}`}
detection:
  granted:
    eventType: user.account.privilege.grant
    outcome.result: SUCCESS
  condition: granted
falsepositives:
  - Say when it is no attack.
level: low
castellan:
  response:
    - Ask whoever gave the role what it is for.
`;
}

/** A random UUID; the browser's own is there over https only. */
export function newRuleId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  // Version 4 of variant 8, as RFC 9562 has it.
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}
