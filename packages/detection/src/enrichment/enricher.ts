import type { LogEvent } from '../log-event.js';
import { LaterOf, WithMade } from '../sigma/later.js';
import { Enriched, SECTIONS } from './enriched.js';
import type { History } from './history.js';
import type { Known } from './known.js';
import type { Memory, SubjectKind } from './memory.js';
import type { Networks } from './networks.js';
import { appUsedIn, EVERYBODY, hourOf, traceOf } from './trace.js';

export interface Surroundings {
  readonly known: Known;
  readonly memory: Memory;
  /** Those that the workspace calls its own. */
  readonly ownNetworks: Networks;
  readonly threats: Networks;
}

/**
 * Says of events what rules may ask for under `x`. What it says of one depends on those of up to an hour before in no way that
 * their order could change, nor on how many came together; {@link learn} comes first.
 */
export class Enricher {
  /** Histories that have grown. */
  readonly #grown = new Set<History>();

  constructor(private readonly around: Surroundings) {}

  /** Remembers sign-ins that have succeeded, and where they led. What is asked of the events before has to be asked by then. */
  learn(events: readonly LogEvent[]): void {
    for (const history of this.#grown) history.trim();
    this.#grown.clear();
    for (const event of events) this.#learn(event);
  }

  #learn(event: LogEvent): void {
    const { actor, at } = event;
    if (actor?.type !== 'User' || !event.isSuccess || !isSignIn(event.type)) return;
    const { known } = this.around;
    const { address, network, country, device, place } = traceOf(event);
    const app = appUsedIn(event);
    const history = this.#growing('account', actor.id);
    history.use(at);
    history.see('address', address, at);
    history.see('network', network, at);
    history.see('country', country, at);
    history.see('device', device, at);
    history.see('hour', hourOf(at), at);
    history.see('app', app?.id, at);
    if (place !== undefined) history.visit(place);
    if (app === undefined) return;
    const ofApp = this.#growing('app', app.id);
    ofApp.use(at);
    ofApp.see('department', known.account(actor.id, at)?.department, at);
    ofApp.see('department', EVERYBODY, at);
  }

  #growing(kind: SubjectKind, id: string): History {
    const history = this.around.memory.change(kind, id);
    this.#grown.add(history);
    return history;
  }

  /** The event with what is known of it; an `x` of its own is overwritten. What is said is said as of now, and not later. */
  enrich(event: LogEvent): WithMade {
    return new WithMade(event.raw, new LaterOf(SECTIONS, new Enriched(event, this.around)));
  }
}

function isSignIn(type: string): boolean {
  return type === 'user.session.start' || type.startsWith('user.authentication.');
}
