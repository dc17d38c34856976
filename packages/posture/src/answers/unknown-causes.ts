import type { UnknownCause } from '@castellan/api';
import type { Reason } from '../evaluation/data-state.js';
import { granted, sentence, switchOf, switchWords } from './reason-messages.js';
import type { Provider, Standing, StandingResult } from './standing.js';
import { thingWords } from './thing-words.js';

/** Causes that a page shows; others concern a check or two. */
const MOST_CAUSES = 8;

interface Cause {
  readonly result: StandingResult;
  /** One of its reasons: what they have in common is in each. */
  readonly reason: Reason;
  readonly things: Set<string>;
  readonly scopes: Set<string>;
  checks: number;
  alone: number;
}

/** What keeps checks from saying anything: those first without which most would be known. */
export function unknownCauses(
  { results }: Pick<Standing, 'results'>,
  providers: ReadonlyMap<string, Provider>,
): readonly UnknownCause[] {
  const causes = new Map<string, Cause>();
  for (const result of [...results.values()].flat()) if (result.status === 'unknown') gather(causes, result, providers);
  return [...causes.values()]
    .toSorted((one, other) => other.alone - one.alone || other.checks - one.checks)
    .slice(0, MOST_CAUSES)
    .map((cause) => causeView(cause, providers.get(cause.result.integration.connectorId)));
}

function gather(causes: Map<string, Cause>, result: StandingResult, providers: ReadonlyMap<string, Provider>): void {
  const provider = providers.get(result.integration.connectorId);
  const own = new Set<Cause>();
  for (const reason of result.reasons) {
    const mended = switchOf(reason, provider)?.setting ?? '';
    // What one click at the provider mends stands together, too.
    const asked = reason.code === 'refused' ? [...(reason.scopes ?? [])].toSorted().join(' ') : '';
    const id = JSON.stringify([result.integration.id, reason.code, mended, asked]);
    const cause = causes.get(id) ?? { result, reason, things: new Set(), scopes: new Set(), checks: 0, alone: 0 };
    causes.set(id, cause);
    cause.things.add(thingWords(reason.about));
    for (const scope of reason.scopes ?? []) cause.scopes.add(scope);
    own.add(cause);
  }
  for (const cause of own) {
    cause.checks += 1;
    if (own.size === 1) cause.alone += 1;
  }
}

function causeView({ result, reason, things, scopes, checks, alone }: Cause, provider: Provider | undefined): UnknownCause {
  const { integration } = result;
  const mends = switchOf(reason, provider);
  const told: Told = {
    provider: provider?.displayName ?? 'The provider',
    things: someOf([...things]),
    grant: (verb) => granted({ scopes: [...scopes].toSorted() }, verb),
    mends: mends === undefined ? undefined : switchWords(mends),
  };
  return {
    integration: { id: integration.id, name: integration.name },
    code: reason.code,
    message: sentence(MESSAGES[reason.code](told)),
    scopes: [...scopes].toSorted(),
    setting: mends?.setting ?? null,
    checks,
    alone,
  };
}

interface Told {
  readonly provider: string;
  readonly things: string;
  readonly grant: (verb: string) => string;
  readonly mends: string | undefined;
}

const MESSAGES: Readonly<Record<Reason['code'], (told: Told) => string>> = {
  switched_off: ({ things, mends, grant }) => `${mends ?? `switch on what reads ${things}`}${grant(' and grant')}`,
  refused: ({ things, grant }) => grant('grant') || `give the credential of the integration the right to see ${things}`,
  not_read: ({ things }) => `wait for the next sync, or start one: ${things} have not been read to the end yet`,
  stale: ({ things }) => `start a sync, and see why runs have failed: ${things} were read too long ago`,
  failed: ({ things }) => `see what the last run says: ${things} could not be read`,
  partial: ({ things }) => `see what could not be listed of ${things}`,
  not_said: ({ provider, things }) =>
    `see whether the credential may see more: ${provider} leaves out what these checks need of ${things}`,
  not_observed: () => 'wait until the log shows enough days of use, or let the checks look at fewer',
  not_counted: () => 'wait for the next sync, or start one: it is counted after each who reaches and uses which application',
  not_offered: ({ provider, things }) => `nobody has to act: ${provider} does not list ${things}`,
  broken: () => 'see the log of the host: these checks have failed themselves',
};

/** The first three, and how many there are besides. */
function someOf(things: readonly string[]): string {
  const shown = things.slice(0, 3);
  const others = things.length - shown.length;
  if (others > 0) return `${shown.join(', ')} and ${others} more`;
  const [last = '', before] = [shown.at(-1), shown.slice(0, -1)];
  return before.length === 0 ? last : `${before.join(', ')} and ${last}`;
}
