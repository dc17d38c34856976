import { known } from '../check/unsaid.js';

/** Whether a sign-in that matches an account is linked to it without anybody's consent. `t`: what the statement calls the identity provider. */
export function linksByItself(t: string): string {
  return `coalesce(upper(${t}.account_link_action) = 'AUTO', false)`;
}

/**
 * Whether administrators are among those who are linked so; `null` where it links and the provider does not say whether they are
 * left out. Then nothing is concluded: it is neither a finding nor a step, and nobody passes (`said:links_administrators`).
 */
export function linksAdministrators(t: string): string {
  return `(${linksByItself(t)} AND NOT ${trusted(t, 'linkNotAdministrators')})`;
}

/** Whether a sign-in that matches no account gets one. */
export function makesAccounts(t: string): string {
  return `coalesce(upper(${t}.provisioning_action) = 'AUTO', false)`;
}

export function isActiveProvider(t: string): string {
  return `${t}.integration_id = $integration AND ${t}.removed_at IS NULL AND ${t}.status = 'active'`;
}

/** What sort it is; `null` where the provider does not say, or has a word for it that the connector does not know. */
export function categoryOf(t: string): string {
  return known(`${t}.trust ->> 'category'`);
}

/** For a WHERE: those that are on and sign somebody in, also where the provider does not say what they are. */
export function signsIn(t: string): string {
  return `${isActiveProvider(t)} AND ${t}.trust ->> 'category' IS DISTINCT FROM 'verification'`;
}

/** A yes or no of `trust`: `null` where the provider did not say. */
export function trusted(t: string, name: string): string {
  return `(${t}.trust ->> '${name}')::boolean`;
}

export function isCategory(t: string, category: 'federation' | 'social' | 'smart_card'): string {
  return `coalesce(${t}.trust ->> 'category' = '${category}', false)`;
}
