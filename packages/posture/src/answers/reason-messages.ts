import type { CheckReason } from '@castellan/api';
import type { StreamSwitch } from '@castellan/connector-sdk';
import type { Reason } from '../evaluation/data-state.js';
import type { AskedIntegration, Provider } from './standing.js';
import { missingWords, thingWords } from './thing-words.js';

type Providers = ReadonlyMap<string, Provider>;

/** Reasons as people read them: what is in the way, and the way out. */
export function reasonViews(
  reasons: readonly Reason[],
  { connectorId }: AskedIntegration,
  providers: Providers,
): readonly CheckReason[] {
  const known = providers.get(connectorId);
  const provider = known?.displayName ?? 'The provider';
  return reasons.map((reason) => {
    const mends = switchOf(reason, known);
    const told = { ...reason, provider, thing: thingWords(reason.about), mends };
    return {
      code: reason.code,
      about: reason.about,
      message: sentence(MESSAGES[reason.code](told)),
      scopes: reason.scopes ?? [],
      setting: mends?.setting ?? null,
    };
  });
}

/** The setting that has it read; only where that is in the way. */
export function switchOf({ code, stream: name }: Reason, provider: Provider | undefined): StreamSwitch | undefined {
  return code === 'switched_off' && name !== undefined ? provider?.switches.get(name) : undefined;
}

/** `switch on "Policies" in the part "More data"`. */
export function switchWords({ title, group, on }: StreamSwitch): string {
  return `switch ${on ? 'on' : 'off'} "${title}"${group === null ? '' : ` in the part "${group}"`}`;
}

interface Told extends Reason {
  /** `Acme` */
  readonly provider: string;
  /** `API tokens` */
  readonly thing: string;
  readonly mends: StreamSwitch | undefined;
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

const stream = ({ stream: name }: Told): string =>
  name === undefined ? 'the streams of the integration' : `the stream ${name}`;
const day = ({ at }: Told): string => (at === undefined ? 'a day that is not known' : DATE.format(Date.parse(at)));

const MESSAGES: Readonly<Record<Reason['code'], (told: Told) => string>> = {
  not_offered: ({ provider, thing }) =>
    `${provider} does not list ${thing}, or its connector does not read them: nobody has to act, this cannot be known here`,
  switched_off: (told) =>
    `the integration is set not to read ${told.thing}: ${told.mends === undefined ? `switch on what reads them (${stream(told)})` : switchWords(told.mends)}${granted(told, ' and grant')}`,
  not_read: ({ thing }) => `${thing} have not been read to the end yet: wait for the next sync, or start one`,
  refused: (told) =>
    `${told.provider} refuses to list ${told.thing}: ${granted(told, 'grant') || 'give the credential of the integration the right to see them'}`,
  failed: (told) => `${told.thing} could not be read: see what the last run of the integration says of ${stream(told)}`,
  stale: (told) =>
    `${told.thing} were read to the end on ${day(told)} for the last time: start a sync, and see why the runs since then have failed`,
  partial: (told) =>
    `some ${told.thing} could not be listed: see what the integration says of ${stream(told)}; what was found is shown`,
  not_said: ({ provider, about, count }) =>
    `${provider} does not ${missingWords(about)}${count === undefined ? '' : ` (${count} of those that are looked at)`}: nothing is concluded from that; see whether the credential of the integration may see it`,
  not_observed: (told) =>
    told.at === undefined
      ? `the log shows no ${told.thing} yet: let the integration read it, and wait until it does`
      : `the log has been read since ${day(told)} only: wait until it shows enough days of ${told.thing}, or set the check to look at fewer`,
  not_counted: () =>
    `who reaches and uses which application has not been counted yet: that is done after each sync, so wait for the next one, or start one`,
  broken: () => `the check itself failed: the log of the host says how, and the next look tries again`,
};

/** `grant the scopes a and b`; `''` where none is needed. */
export function granted({ scopes = [] }: Pick<Told, 'scopes'>, verb: string): string {
  if (scopes.length === 0) return '';
  return `${verb} the scope${scopes.length === 1 ? '' : 's'} ${scopes.join(' and ')}`;
}

export function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
