import type { CheckReason } from '@castellan/api';
import { RECORD_KINDS } from '@castellan/connector-sdk';
import { pluralOf } from '@castellan/storage';
import type { Reason } from '../evaluation/data-state.js';
import type { AskedIntegration, Provider } from './standing.js';

type Providers = ReadonlyMap<string, Provider>;

/** Reasons as people read them: what is in the way, and the way out. */
export function reasonViews(
  reasons: readonly Reason[],
  { connectorId }: AskedIntegration,
  providers: Providers,
): readonly CheckReason[] {
  const provider = providers.get(connectorId)?.displayName ?? 'The provider';
  return reasons.map((reason) => ({
    code: reason.code,
    about: reason.about,
    message: sentence(MESSAGES[reason.code]({ ...reason, provider, thing: thingOf(reason.about) })),
    scopes: reason.scopes ?? [],
  }));
}

interface Told extends Reason {
  /** `Acme` */
  readonly provider: string;
  /** `api tokens` */
  readonly thing: string;
}

const stream = ({ stream: name }: Told): string =>
  name === undefined ? 'the streams of the integration' : `the stream ${name}`;
const day = ({ at = '' }: Told): string => at.slice(0, 10);

const MESSAGES: Readonly<Record<Reason['code'], (told: Told) => string>> = {
  not_offered: ({ provider, thing }) =>
    `${provider} does not list ${thing}, or its connector does not read them: nobody has to act, this cannot be known here`,
  switched_off: (told) =>
    `the settings of the integration leave out ${told.thing}: switch on what reads them (${stream(told)})${granted(told, ' and grant')}`,
  not_read: ({ thing }) => `${thing} have not been read to the end yet: wait for the next sync, or start one`,
  refused: (told) =>
    `${told.provider} refuses to list ${told.thing}: ${granted(told, 'grant') || 'give the credential of the integration the right to see them'}`,
  failed: (told) => `${told.thing} could not be read: see what the last run of the integration says of ${stream(told)}`,
  stale: (told) =>
    `${told.thing} were read to the end on ${day(told)} for the last time: start a sync, and see why the runs since then have failed`,
  partial: (told) =>
    `some ${told.thing} could not be listed: see what the integration says of ${stream(told)}; what was found is shown`,
  not_said: ({ provider, thing, count }) =>
    `${provider} does not say ${thing}${count === undefined ? '' : ` (${count} of those that are looked at)`}: nothing is concluded from that; see whether the credential of the integration may see it`,
  not_observed: (told) =>
    told.at === undefined
      ? `no ${told.thing} was seen in the log: let the integration read it, and wait until some was`
      : `${told.thing} is watched since ${day(told)} only: wait until that is long enough, or look at fewer days`,
  not_counted: () =>
    `who reaches and uses which application has not been counted yet: that is done after each sync, so wait for the next one, or start one`,
  broken: () => `the check itself failed: the log of the host says how, and the next look tries again`,
};

function granted({ scopes = [] }: Told, verb: string): string {
  if (scopes.length === 0) return '';
  return `${verb} the scope${scopes.length === 1 ? '' : 's'} ${scopes.join(' and ')}`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** `api_token` is `api tokens`, `policy.password.history` is `"password.history" of policies`, `setting:threat_insight` is `the setting threat insight`. */
function thingOf(about: string): string {
  const kind = RECORD_KINDS.find((candidate) => candidate === about);
  if (kind !== undefined) return words(pluralOf(kind));
  const [path = '', named] = about.split(' of ');
  const [head = '', field, name] = path.split('.');
  const owner = RECORD_KINDS.find((candidate) => candidate === head);
  if (owner !== undefined && field !== undefined) {
    const said = name === undefined ? `"${field}"` : `"${field}.${name}"`;
    return `${said} of ${named === undefined ? '' : 'the named '}${words(pluralOf(owner))}`;
  }
  if (about.startsWith('setting:')) {
    const [area = '', value] = about.slice('setting:'.length).split('.');
    return `${value === undefined ? '' : `"${value}" of `}the setting ${words(area)}`;
  }
  if (about.startsWith('use:')) return `use of the kind ${words(about.slice('use:'.length))}`;
  return about;
}

function words(name: string): string {
  return name.replaceAll('_', ' ');
}
