/** Words of the providers that connectors know for a password, or a whole sign-in, that another system checks. */
const ELSEWHERE = ['ACTIVE_DIRECTORY', 'LDAP', 'FEDERATION', 'SOCIAL'];

/** Whether another system says who it is; `null` where the provider does not say. `a`: what the statement calls its accounts. */
export function isCheckedElsewhere(a: string): string {
  return `upper(${a}.credential_provider) IN (${ELSEWHERE.map((word) => `'${word}'`).join(', ')})`;
}

/** Whether the sign-in goes to another system, which may ask for a second factor itself. Never `null`. */
export function isFederated(a: string): string {
  return `coalesce(upper(${a}.credential_provider) IN ('FEDERATION', 'SOCIAL'), false)`;
}
