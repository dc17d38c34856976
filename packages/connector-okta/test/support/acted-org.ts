import { ConnectorError, type ErrorView } from '@castellan/connector-sdk';
import { DEFAULT_SCOPES, type Simulator, type SimulatorOptions, startSimulator } from '@castellan/okta-simulator';
import { ACTION_SCOPES, POSTURE_SCOPES } from '../../src/config/scopes.js';
import { ActingHost } from './acting-host.js';
import { type OktaTrial, TRIALS } from './action-trials.js';

export const ALL_SCOPES: readonly string[] = [...DEFAULT_SCOPES, ...POSTURE_SCOPES, ...ACTION_SCOPES];

/** Every action that there is a trial for, which the conformance suite holds to be all. */
export const NAMES: readonly string[] = Object.keys(TRIALS);

/** An organisation in which something is done, and what came of it. */
export class ActedOrg {
  private constructor(
    readonly simulator: Simulator,
    /** By OAuth, as customers connect. */
    readonly host: ActingHost,
  ) {}

  static async start(options: SimulatorOptions = {}): Promise<ActedOrg> {
    const size = { users: 4, groups: 3, apps: 2, events: 0, seed: 5, grantedScopes: ALL_SCOPES };
    const simulator = await startSimulator({ ...size, ...options });
    return new ActedOrg(simulator, await ActingHost.of(simulator.config));
  }

  get org(): Simulator['org'] {
    return this.simulator.org;
  }

  /** Something to try an action on. @throws where there is none of that name */
  trial(name: string): OktaTrial {
    const make = TRIALS[name];
    if (make === undefined) throw new Error(`There is no trial of ${name}.`);
    return make(this.org);
  }

  hostBy(auth: object): Promise<ActingHost> {
    return ActingHost.of({ domain: this.simulator.url, auth });
  }

  /** With all rights, by the token of an administrator. */
  byToken(): Promise<ActingHost> {
    return this.hostBy(this.simulator.credentials.apiToken);
  }

  /** What was asked of Okta since that could change something. */
  get writes(): readonly string[] {
    return this.simulator.requests.recent
      .filter(({ method, path }) => method !== 'GET' && path !== '/oauth2/v1/token')
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** From here on. */
  begin(): void {
    this.simulator.setFaults([]);
    this.simulator.requests.reset();
  }

  /** The types of events since the log had so many. */
  told(since: number): readonly string[] {
    return Array.from({ length: this.org.log.length - since }, (_, n) =>
      String(this.org.log.eventAt(since + n)?.['eventType']),
    );
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}

/** The error that it ends with. @throws where it does not fail, or not in a way that a connector may */
export async function refusalOf(work: Promise<unknown>): Promise<ErrorView & Pick<ConnectorError, 'detail'>> {
  const error: unknown = await work.then(
    (result) => {
      throw new Error(`Was not refused: ${JSON.stringify(result)}`);
    },
    (reason: unknown) => reason,
  );
  if (!ConnectorError.is(error)) throw error;
  return { ...error.view(), detail: error.detail };
}
