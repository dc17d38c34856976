import { namePattern } from './name-pattern.js';
import type { OktaConfig } from './okta-config.js';

export type SelectionConfig = Pick<
  OktaConfig,
  'includeGroups' | 'excludeGroups' | 'includeApplications' | 'excludeApplications' | 'skipAppGroups' | 'skipFactors'
>;

/** What of the organisation is read. Compiled once for a run. */
export interface Selection {
  /** @param type Okta's `type` of the group (`OKTA_GROUP`, `APP_GROUP`, `BUILT_IN`); `null` when it does not say. */
  group(name: string | null, type: string | null): boolean;
  application(label: string | null): boolean;
  /** One plain sentence for each thing that is left out; empty when nothing is. */
  describe(): readonly string[];
}

/** Okta's type of a group that an application masters. Source: Okta API reference, "Groups", `type`. */
const APP_GROUP = 'APP_GROUP';
/** Patterns that a sentence shows; the rest is counted. */
const SHOWN = 5;

/** "Without" counts before "only". Something without a name is taken as one with an empty name: only `*` means it. */
export function selectionOf(config: Readonly<SelectionConfig>): Selection {
  const group = chosen(config.includeGroups, config.excludeGroups);
  const application = chosen(config.includeApplications, config.excludeApplications);
  return {
    group: (name, type) => !(config.skipAppGroups && type === APP_GROUP) && group(name ?? ''),
    application: (label) => application(label ?? ''),
    describe: () => [
      ...sentences('groups whose name', config.includeGroups, config.excludeGroups),
      ...(config.skipAppGroups ? ['Groups that an application masters are left out.'] : []),
      ...sentences('applications whose label', config.includeApplications, config.excludeApplications),
      ...(config.skipFactors ? ["People's factors are left out."] : []),
    ],
  };
}

function chosen(include: readonly string[], exclude: readonly string[]): (name: string) => boolean {
  const isIn = include.length === 0 ? () => true : namePattern(include);
  const isOut = namePattern(exclude);
  return (name) => isIn(name) && !isOut(name);
}

function sentences(what: string, include: readonly string[], exclude: readonly string[]): readonly string[] {
  const only = include.length === 0 ? [] : [`Only ${what} matches ${listed(include)} are read.`];
  const without = exclude.length === 0 ? [] : [`The ${what} matches ${listed(exclude)} are left out.`];
  return [...only, ...without];
}

function listed(patterns: readonly string[]): string {
  const shown = patterns.slice(0, SHOWN).map((pattern) => `"${pattern}"`);
  const more = patterns.length - SHOWN;
  if (more > 0) return `${shown.join(', ')} or ${more} more ${more === 1 ? 'pattern' : 'patterns'}`;
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((part) => part !== '').join(' or ');
}
