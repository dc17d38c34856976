import type { IncidentView } from '@castellan/api';
import type { JsonObject } from '@castellan/okta-simulator';
import type { Attacked, Seen, Who } from './attack.js';

interface Party {
  readonly id: string;
  readonly type: string;
}

// What stands in an event of the provider's log is known by the simulator's own checks of its shape.
const actorOfEvent = (event: JsonObject) => event['actor'] as unknown as Party;
const targetsOfEvent = (event: JsonObject) => (event['target'] ?? []) as unknown as readonly Party[];

const ofType = ({ events }: Attacked, type: string) => events.filter(({ eventType }) => eventType === type);

/** Who has done it, the first of them. */
export const actorOf =
  (type: string): Who =>
  (attacked) =>
    ofType(attacked, type).map(actorOfEvent)[0]?.id;
/** To whom it was done, the first of them. */
export const targetOf =
  (type: string): Who =>
  (attacked) =>
    ofType(attacked, type)
      .flatMap(targetsOfEvent)
      .find((target) => target.type === 'User')?.id;

/** Whom the incident is about. */
const itself = ({ incident }: { readonly incident: IncidentView }): string => incident.subject.key;

type Somebody = (attacked: Parameters<Seen>[0]) => string | undefined;
const idOf = (who: Somebody, attacked: Parameters<Seen>[0]): string => {
  const id = who(attacked);
  if (id === undefined) throw new Error('the attack names nobody of the kind');
  return id;
};

export const statusOfAccount: Seen = (attacked) => attacked.simulator.org.directory.users.get(itself(attacked))?.['status'];

export const rolesOf =
  (who: Somebody = itself): Seen =>
  (attacked) => {
    const principal = { kind: 'user', id: idOf(who, attacked) } as const;
    const held = attacked.simulator.org.administration.assignments(principal);
    return [...held.keys()].map((id) => held.get(id)?.object['type']);
  };

export const factorsOf =
  (who: Somebody = itself): Seen =>
  (attacked) =>
    attacked.simulator.org.factorsOf(idOf(who, attacked)).map(({ factorType }) => factorType);

/** How many of those who acted have no factor. */
export const withoutFactor: Seen = ({ simulator: { org }, events }) => {
  const { users } = org.directory;
  const actors = new Set(events.map((event) => actorOfEvent(event).id).filter((id) => users.has(id)));
  return [...actors].filter((id) => org.factorsOf(id).length === 0).length;
};

export const refreshTokensOf =
  (who: Somebody): Seen =>
  (attacked) => {
    const { org } = attacked.simulator;
    const user = org.directory.users.get(idOf(who, attacked));
    return user === undefined ? undefined : org.refreshTokens.of(user).length;
  };

/** The simulator keeps no sessions: its log says that they were ended. How often. */
export const sessionsEnded: Seen = (attacked) => {
  const { log } = attacked.simulator.org;
  const all = Array.from({ length: log.length }, (_, n) => log.eventAt(n));
  const cleared = all.filter(({ eventType }) => eventType === 'user.session.clear').flatMap(targetsOfEvent);
  return cleared.filter(({ id }) => id === itself(attacked)).length;
};

/** How many addresses that the attack came from are on the blocklist. */
export const blocked: Seen = ({ simulator: { org }, events }) => {
  const zone = [...org.list('zones').values()].find(({ usage }) => usage === 'BLOCKLIST');
  const ofAttack = new Set(events.map(({ client }) => Object(client)['ipAddress']));
  // An address stands there as the range of itself.
  const gateways = (zone?.['gateways'] ?? []) as readonly { readonly value: string }[];
  return gateways.filter(({ value }) => ofAttack.has(value.split(/[-/]/)[0])).length;
};

export const hasToken =
  (name: string): Seen =>
  ({ simulator }) =>
    [...simulator.org.list('api-tokens').values()].some((token) => token['name'] === name);

export const statusOfApplication =
  (label: string): Seen =>
  ({ simulator }) =>
    [...simulator.org.applications.apps.values()].find((app) => app['label'] === label)?.['status'];

export const statusOfIdentityProvider =
  (name: string): Seen =>
  ({ simulator }) =>
    [...simulator.org.identityProviders.idps.values()].find((idp) => idp['name'] === name)?.['status'];

/** What is pushed to the application: the status of its passwords. */
export const passwordPushOf =
  (label: string): Seen =>
  ({ simulator: { org } }) => {
    const app = [...org.applications.apps.values()].find((one) => one['label'] === label);
    const features = JSON.stringify(org.list(`app-features/${String(app?.['id'])}`).get('USER_PROVISIONING'));
    return /"password":\{[^}]*"status":"([A-Z]+)"/.exec(features)?.[1];
  };
