/** The host of an address with a scheme, in small letters; `null` where there is none. */
export function hostOf(address: string): string {
  return `nullif(lower(substring(${address} from '^[A-Za-z][A-Za-z0-9+.-]*://(?:[^/@?#]*@)?(\\[[^]]*\\]|[^/:?#]*)')), '')`;
}

/** Whether a host is the machine on which the question is asked. */
export function isThisMachine(host: string): string {
  return `coalesce(${host} IN ('localhost', '127.0.0.1', '[::1]') OR ${host} LIKE '%.localhost', false)`;
}

/** Whether what is sent to an address can be read on its way. */
export function isUnencrypted(address: string): string {
  return `coalesce(${address} ILIKE 'http://%' AND NOT ${isThisMachine(hostOf(address))}, false)`;
}

/** Whether a host is one of a parameter's domains, or lies in one. */
export function isInDomains(host: string, parameter: string): string {
  return `EXISTS (SELECT 1 FROM unnest(${parameter}) AS d (domain)
    WHERE ${host} = lower(d.domain) OR right(${host}, length(d.domain) + 1) = '.' || lower(d.domain))`;
}
