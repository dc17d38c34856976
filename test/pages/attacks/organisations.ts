import type { IncidentView, IntegrationDetail, Page as ListPage } from '@castellan/api';
import type { Caller } from '../caller.js';
import type { House } from '../house.js';
import type { Attack, Attacked } from './attack.js';

// Nothing is checked here: the type names the module beside it.
const simulation = (await loadOnce('@castellan/okta-simulator')) as typeof import('@castellan/okta-simulator');

const HOUR = 3_600_000;
const READ = ['policies', 'authenticators', 'networkZones', 'apiTokens', 'logStreams', 'threatInsights', 'orgs', 'appGrants'];
const MANAGE = ['users', 'groups', 'apps', 'roles', 'idps', 'networkZones', 'apiTokens'];
const SCOPES = [...READ.map((noun) => `okta.${noun}.read`), ...MANAGE.map((noun) => `okta.${noun}.manage`)];
export const SIZE = { users: 60, groups: 6, apps: 5, events: 40, seed: 8 };
/** Of how many the organisations are connected before it is their turn. */
const AHEAD = 2;

interface Connected extends Attacked {
  readonly integration: string;
}

export interface Found extends Attacked {
  readonly incident: IncidentView;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** An organisation for each attack. While the pages of one are looked at the next ones are read. */
export class Organisations {
  readonly #house: House;
  readonly #caller: Caller;
  readonly #attacks: readonly Attack[];
  readonly #begun = new Map<string, Promise<Connected>>();
  /** A workspace tries few connections at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(house: House, caller: Caller, attacks: readonly Attack[]) {
    this.#house = house;
    this.#caller = caller;
    this.#attacks = attacks;
  }

  /** What was found of it. */
  async found(attack: Attack): Promise<Found> {
    const attacked = await this.#playedAhead(attack);
    const { about } = attack;
    const isIt = ({ subject: { kind, key } }: IncidentView): boolean =>
      typeof about === 'string' ? kind === about : kind === 'account' && key === about(attacked);
    for (let tries = 0; tries < 300; tries += 1) {
      const path = `/incidents?integration=${attacked.integration}&limit=200`;
      const incident = (await this.#caller.get<ListPage<IncidentView>>(path)).items.find(isIt);
      if (incident !== undefined) return { ...attacked, incident };
      await pause(200);
    }
    throw new Error('no such incident within a minute');
  }

  #playedAhead(attack: Attack): Promise<Connected> {
    const from = this.#attacks.indexOf(attack);
    for (const next of this.#attacks.slice(from, from + 1 + AHEAD)) this.#played(next);
    return this.#played(attack);
  }

  #played(attack: Attack): Promise<Connected> {
    const known = this.#begun.get(attack.name);
    if (known !== undefined) return known;
    const playing = this.#last.then(() => this.#play(attack));
    this.#begun.set(attack.name, playing);
    // Whoever waits for it is told.
    this.#last = playing.catch(() => undefined);
    return playing;
  }

  async #play({ name }: Attack): Promise<Connected> {
    const simulator = await this.#house.simulate({
      ...SIZE,
      // The longest takes half a day.
      epoch: new Date(Date.now() - 20 * HOUR),
      grantedScopes: [...simulation.DEFAULT_SCOPES, ...SCOPES],
    });
    const { log } = simulator.org;
    const before = log.length;
    simulation.playScenario(simulator.org, name, { at: new Date(Date.now() - 18 * HOUR) });
    const events = Array.from({ length: log.length - before }, (_, n) => log.eventAt(before + n));
    const integration = await this.#connect(name, { ...simulator.config, actions: true, posture: true });
    return { simulator, events, integration };
  }

  async #connect(name: string, config: object): Promise<string> {
    for (;;) {
      const response = await this.#caller.send('POST', '/integrations', { connector: 'okta', name, config });
      // So many a minute, and no more.
      if (response.status === 429) {
        await pause(Number(response.headers.get('retry-after') ?? 1) * 1_000);
        continue;
      }
      if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
      // The shape that the API has.
      return ((await response.json()) as IntegrationDetail).id;
    }
  }
}
