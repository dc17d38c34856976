import type { LogEvent } from '../log-event.js';
import { LaterOf, WithMade } from '../sigma/later.js';
import { Enriched, SECTIONS } from './enriched.js';
import type { Known } from './known.js';
import { accountSubject, appSubject, type Memory } from './memory.js';
import type { Networks } from './networks.js';
import { appUsedIn, EVERYBODY, hourOf, type Trace, traceOf } from './trace.js';

export interface Surroundings {
  readonly known: Known;
  readonly memory: Memory;
  /** Those that the workspace calls its own. */
  readonly ownNetworks: Networks;
  readonly threats: Networks;
}

/**
 * Says of events what rules may ask for under `x`. What it says of one depends on those of up to an hour before in no way that
 * their order could change; {@link learn} comes first, for all events that came together.
 */
export class Enricher {
  constructor(private readonly around: Surroundings) {}

  /** Remembers a sign-in that has succeeded, and where it led. */
  learn(event: LogEvent): void {
    const { actor, at } = event;
    if (actor?.type !== 'User' || !event.isSuccess || !isSignIn(event.type)) return;
    const { memory, known } = this.around;
    const trace = traceOf(event);
    const app = appUsedIn(event);
    const values = seenIn(trace);
    values.push(['hour', hourOf(at)]);
    if (app !== undefined) values.push(['app', app.id]);
    memory.change(accountSubject(actor.id)).see({ at, values, place: trace.place });
    if (app === undefined) return;
    const department = known.account(actor.id)?.department;
    const departments = department === undefined ? [EVERYBODY] : [department, EVERYBODY];
    memory.change(appSubject(app.id)).see({ at, values: departments.map((one) => ['department', one]) });
  }

  /** The event with what is known of it; an `x` of its own is overwritten. What is said is said as of now, and not later. */
  enrich(event: LogEvent): WithMade {
    return new WithMade(event.raw, new LaterOf(SECTIONS, new Enriched(event, this.around)));
  }
}

function seenIn({ address, network, country, device }: Trace): [kind: string, value: string][] {
  const values: [string, string][] = [];
  if (address !== undefined) values.push(['address', address]);
  if (network !== undefined) values.push(['network', network]);
  if (country !== undefined) values.push(['country', country]);
  if (device !== undefined) values.push(['device', device]);
  return values;
}

function isSignIn(type: string): boolean {
  return type === 'user.session.start' || type.startsWith('user.authentication.');
}
