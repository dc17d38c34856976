import { edgeKey } from '@castellan/connector-sdk';
import type { ActionTrial } from '@castellan/connector-testkit';
import type { Org, Principal, UserStatus } from '@castellan/okta-simulator';

export interface OktaTrial extends ActionTrial {
  readonly input: Readonly<Record<string, string>>;
  isDone(): boolean;
}

/** For each action something to try it on; what has happened is asked of the organisation itself. */
export type MakeTrial = (org: Org) => OktaTrial;

const statusOf = (org: Org, user: string): unknown => org.directory.users.get(user)?.['status'];

function ofStatus(from: UserStatus, to: readonly UserStatus[]): MakeTrial {
  return (org) => {
    const { id } = org.addUser();
    if (from !== 'ACTIVE') org.setStatus(id, from);
    return { input: { account: id }, isDone: () => to.some((status) => status === statusOf(org, id)) };
  };
}

export const oauthClient = (org: Org): string =>
  org.addApp({ label: 'Client', name: 'oidc_client', signOnMode: 'OPENID_CONNECT', settings: { oauthClient: {} } }).id;

export function withTokens(org: Org): string {
  const [user, clientId] = [org.addUser().id, oauthClient(org)];
  const one = { status: 'ACTIVE', clientId, userId: user, scopeId: 'profile' };
  org.consents.replace(user, [{ id: `oag${user.slice(3)}`, ...one }]);
  org.refreshTokens.replace(user, [{ id: `oar${user.slice(3)}`, ...one }]);
  return user;
}

const eventsOf = (org: Org, type: string, user: string): number =>
  Array.from({ length: org.log.length }, (_, n) => JSON.stringify(org.log.eventAt(n))).filter(
    (event) => event.includes(`"${type}"`) && event.includes(user),
  ).length;

const isMember = (isWanted: boolean): MakeTrial => {
  return (org) => {
    const [group, member] = [org.addGroup({ name: 'Ledger writers' }).id, org.addUser().id];
    if (!isWanted) org.addMember(group, member);
    return { input: { group, member }, isDone: () => org.directory.members(group).has(member) === isWanted };
  };
};

const assigned = (isWanted: boolean): MakeTrial => {
  return (org) => {
    const [application, principal] = [org.addApp({ label: 'Ledger' }).id, org.addUser().id];
    if (!isWanted) org.assignUser(application, principal);
    return {
      input: { application, principalKind: 'account', principal },
      isDone: () => org.applications.direct(application).has(principal) === isWanted,
    };
  };
};

function switched(
  to: 'ACTIVE' | 'INACTIVE',
  make: (org: Org, from: 'ACTIVE' | 'INACTIVE') => { readonly input: OktaTrial['input']; readonly status: () => unknown },
): MakeTrial {
  return (org) => {
    const { input, status } = make(org, to === 'ACTIVE' ? 'INACTIVE' : 'ACTIVE');
    return { input, isDone: () => status() === to };
  };
}

const application = (to: 'ACTIVE' | 'INACTIVE'): MakeTrial =>
  switched(to, (org, from) => {
    const { id } = org.addApp({ label: 'Ledger' });
    if (from === 'INACTIVE') org.setAppStatus(id, from);
    return { input: { application: id }, status: () => org.applications.apps.get(id)?.['status'] };
  });

const identityProvider = (to: 'ACTIVE' | 'INACTIVE'): MakeTrial =>
  switched(to, (org, from) => {
    const { id } = org.addIdp({ name: 'Partner' });
    if (from === 'INACTIVE') org.updateIdp(id, { status: from });
    return { input: { identityProvider: id }, status: () => org.identityProviders.idps.get(id)?.['status'] };
  });

const clientSecret = (to: 'ACTIVE' | 'INACTIVE'): MakeTrial =>
  switched(to, (org, from) => {
    const app = oauthClient(org);
    // One of them has to stay.
    org.addClientSecret(app);
    const { id } = org.addClientSecret(app);
    org.setClientSecretStatus(app, id, from);
    const status = (): unknown => org.list(`app-secrets/${app}`).get(id)?.['status'];
    return { input: { clientSecret: edgeKey(app, id) }, status };
  });

const pushed = (org: Org, app: string): boolean =>
  /"password":\{[^{}]*"status":"ENABLED"/.test(JSON.stringify(org.list(`app-features/${app}`).get('USER_PROVISIONING') ?? {}));

const passwords = (isWanted: boolean): MakeTrial => {
  return (org) => {
    const { id } = org.addApp({ label: 'Payroll' });
    org.switchProvisioningOn(id, 'https://accounts.example.com');
    org.setPasswordPush(id, { status: isWanted ? 'DISABLED' : 'ENABLED', seed: 'OKTA', change: 'CHANGE' });
    return {
      input: { application: id },
      isDone: () => pushed(org, id) === isWanted,
    };
  };
};

const roleOf = (isWanted: boolean): MakeTrial => {
  return (org) => {
    const principal: Principal = { kind: 'user', id: org.addUser().id };
    const named = { role: 'REPORT_ADMIN', principalKind: 'account', principal: principal.id };
    const isDone = (): boolean => org.administration.holdsRole(principal) === isWanted;
    if (isWanted) return { input: named, isDone };
    return { input: { ...named, assignment: org.grantRole(principal, { type: 'REPORT_ADMIN' }) }, isDone };
  };
};

const linked = (isWanted: boolean): MakeTrial => {
  return (org) => {
    const [idp, account] = [org.addIdp({ name: 'Partner' }).id, org.addUser().id];
    if (!isWanted) org.linkIdpUser(idp, account);
    const link = isWanted ? { externalId: 'somebody@partner.example' } : {};
    return {
      input: { identityProvider: idp, account, ...link },
      isDone: () => org.identityProviders.users(idp).has(account) === isWanted,
    };
  };
};

const ADDRESS = '198.51.100.23';

const blocked = (isWanted: boolean): MakeTrial => {
  return (org) => {
    const gateways = [
      { type: 'CIDR', value: '203.0.113.0/24' },
      ...(isWanted ? [] : [{ type: 'RANGE', value: `${ADDRESS}-${ADDRESS}` }]),
    ];
    const { id } = org.addZone({
      name: 'Turned away',
      type: 'IP',
      usage: 'BLOCKLIST',
      status: 'ACTIVE',
      system: false,
      gateways,
    });
    const zone = (): string => JSON.stringify(org.list('zones').get(id) ?? {});
    return { input: { address: ADDRESS, networkZone: id }, isDone: () => zone().includes(ADDRESS) === isWanted };
  };
};

export const TRIALS: Readonly<Record<string, MakeTrial>> = {
  'clear-sessions': (org) => {
    const account = withTokens(org);
    return { input: { account }, isDone: () => eventsOf(org, 'user.session.clear', account) > 0 };
  },
  'revoke-tokens': (org) => {
    const account = withTokens(org);
    const user = org.directory.users.get(account);
    return {
      input: { account },
      isDone: () => user !== undefined && org.refreshTokens.of(user).length + org.consents.of(user).length === 0,
    };
  },
  'suspend-account': ofStatus('ACTIVE', ['SUSPENDED']),
  'unsuspend-account': ofStatus('SUSPENDED', ['ACTIVE']),
  'deactivate-account': ofStatus('ACTIVE', ['DEPROVISIONED']),
  'expire-password': ofStatus('ACTIVE', ['PASSWORD_EXPIRED']),
  'reset-password': ofStatus('ACTIVE', ['RECOVERY']),
  'unlock-account': ofStatus('LOCKED_OUT', ['ACTIVE']),
  'remove-factor': (org) => {
    const { id } = org.addUser();
    const factor = org.enrolFactor(id, 'sms').id;
    return {
      input: { authenticator: edgeKey(id, factor) },
      isDone: () => !org.factorsOf(id).some((one) => one.id === factor),
    };
  },
  'reset-factors': (org) => {
    const { id } = org.addUser();
    org.enrolFactor(id, 'sms');
    return { input: { account: id }, isDone: () => org.factorsOf(id).length === 0 };
  },
  'remove-from-group': isMember(false),
  'add-to-group': isMember(true),
  'unassign-application': assigned(false),
  'assign-application': assigned(true),
  'remove-role': roleOf(false),
  'assign-role': roleOf(true),
  'unlink-account': linked(false),
  'link-account': linked(true),
  'deactivate-application': application('INACTIVE'),
  'activate-application': application('ACTIVE'),
  'deactivate-identity-provider': identityProvider('INACTIVE'),
  'activate-identity-provider': identityProvider('ACTIVE'),
  'deactivate-client-secret': clientSecret('INACTIVE'),
  'activate-client-secret': clientSecret('ACTIVE'),
  'stop-password-push': passwords(false),
  'resume-password-push': passwords(true),
  'revoke-api-token': (org) => {
    const { id } = org.addApiToken(org.addUser().id, 'Old script');
    return { input: { apiToken: id }, isDone: () => !org.list('api-tokens').has(id) };
  },
  'block-address': blocked(true),
  'unblock-address': blocked(false),
};

/** Made when somebody asks: an organisation that has all of it at once is large. */
export function trialsIn(org: Org): Readonly<Record<string, OktaTrial>> {
  const made = new Map<string, OktaTrial>();
  const all = {};
  for (const [name, make] of Object.entries(TRIALS))
    Object.defineProperty(all, name, {
      enumerable: true,
      get: () => {
        const known = made.get(name) ?? make(org);
        made.set(name, known);
        return known;
      },
    });
  return all;
}
