import { DEFAULT_SCOPES, type Org, type Principal, type Simulator, startSimulator } from '@castellan/okta-simulator';
import { ACTION_SCOPES, POSTURE_SCOPES } from '../../src/config/scopes.js';
import { ActingHost } from './acting-host.js';

const SCOPES = [...DEFAULT_SCOPES, ...POSTURE_SCOPES, ...ACTION_SCOPES];

/** An organisation in which nobody is an administrator yet, and two that act in it. */
export class GuardedOrg {
  private constructor(
    readonly simulator: Simulator,
    /** By OAuth: it is no account. */
    readonly host: ActingHost,
  ) {}

  static async start(): Promise<GuardedOrg> {
    const simulator = await startSimulator({ users: 3, groups: 2, apps: 2, events: 0, seed: 9, grantedScopes: SCOPES });
    const { administration } = simulator.org;
    for (const kind of ['user', 'group', 'client'] as const)
      for (const id of administration.holders(kind)) administration.forget({ kind, id });
    return new GuardedOrg(simulator, await ActingHost.of({ domain: simulator.url, auth: simulator.credentials.clientSecret }));
  }

  get org(): Org {
    return this.simulator.org;
  }

  /** By a token, and whose it is: the first Super Administrator, so call it before there is another one. */
  async byToken(): Promise<{ readonly host: ActingHost; readonly owner: string }> {
    const owner = this.administrator();
    this.org.addApiToken(owner, 'For Castellan');
    return { host: await ActingHost.of({ domain: this.simulator.url, auth: this.simulator.credentials.apiToken }), owner };
  }

  administrator(type = 'SUPER_ADMIN'): string {
    const principal: Principal = { kind: 'user', id: this.org.addUser().id };
    this.org.grantRole(principal, { type });
    return principal.id;
  }

  /** Whose password is kept there, and not in Okta. */
  signsInBy(account: string, type: string): void {
    const { users } = this.org.directory;
    const user = users.get(account);
    if (user === undefined) throw new Error('There is no such account.');
    users.set(account, { ...user, credentials: { provider: { type, name: type } } });
  }

  /** @throws where it is not refused with this field and reason, or where it changes something all the same */
  async expectRefused(name: string, input: object, field: string, why: RegExp, host = this.host): Promise<void> {
    const before = this.org.log.length;
    for (const work of [() => host.plan(name, input), () => host.act(name, input)])
      await expect(work()).rejects.toMatchObject({ kind: 'config', field, message: expect.stringMatching(why) });
    expect(this.org.log.length).toBe(before);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}
