import { mapEvent } from '../src/map/activity.js';
import { mapFactor } from '../src/map/authenticator.js';
import { Drift } from '../src/map/drift.js';
import { RecordingLogger } from './support/recording-logger.js';

const ANNA = '00uanna4711';
const BEN = '00uben4711';
const APP = '0oaledger4711';
const TOKEN = '00T94e3cn9kSEO3c51s5';

const party = (type: string, id: string | null): object => ({ id, type, alternateId: 'unknown', displayName: null });
const user = (id: string): object => party('User', id);
const enrolment = party('AuthenticatorEnrollment', 'opfphone4711');
const withToken = { transaction: { type: 'WEB', id: 't', detail: { requestApiTokenId: TOKEN } } };

/** An event by Anna in the form that Okta documents (`LogEvent`), with other parts in place of its own. */
function event(eventType: string, targets: readonly object[] | null = null, parts: object = {}): object {
  return {
    uuid: '3d2f1a10-7b1c-11ee-a2c4-0242ac120002',
    published: '2026-11-23T09:30:00.000Z',
    eventType,
    version: '0',
    severity: 'INFO',
    actor: { ...user(ANNA), detailEntry: null },
    outcome: { result: 'SUCCESS', reason: null },
    target: targets,
    transaction: { type: 'WEB', id: 't', detail: {} },
    ...parts,
  };
}

const drift = new Drift(new RecordingLogger());

function used(eventType: string, targets?: readonly object[] | null, parts?: object): readonly unknown[] {
  const data = mapEvent(event(eventType, targets, parts), drift)?.data;
  return [data?.use, data?.used];
}

const NOTHING = [null, null];
const ADMINISTRATION = ['administration', null];

describe('what a person does for themselves', () => {
  it('is a sign-in, once: what led to it is part of it', () => {
    expect(used('user.session.start', [enrolment, party('AppInstance', APP)])).toEqual(['sign_in', null]);
    expect(used('user.session.start', null)).toEqual(['sign_in', null]);
    for (const part of ['auth_via_IDP', 'auth_via_inbound_SAML', 'auth_via_social', 'auth_via_AD_agent', 'auth', 'verify']) {
      expect([part, ...used(`user.authentication.${part}`, [user(ANNA)])]).toEqual([part, ...NOTHING]);
    }
    expect(used('policy.evaluate_sign_on', null, { outcome: { result: 'ALLOW', reason: null } })).toEqual(NOTHING);
    expect(used('user.session.end', [user(ANNA)])).toEqual(NOTHING);
  });

  it('is the use of an application where the event names it', () => {
    const sso = 'user.authentication.sso';
    expect(used(sso, [party('AppUser', '0ua1'), party('AppInstance', APP)])).toEqual(['application', APP]);
    expect(used(sso, [party('AppInstance', null), party('AppInstance', APP)])).toEqual(['application', APP]);
    expect(used('user.authentication.auth_via_radius', [party('AppInstance', APP)])).toEqual(['application', APP]);
    for (const targets of [null, [], [party('AppUser', '0ua1')], [party('AppInstance', 'unknown')]]) {
      expect(used(sso, targets)).toEqual(NOTHING);
    }
  });

  it('is the use of the authenticator that the enrolment is', () => {
    const mfa = 'user.authentication.auth_via_mfa';
    const record = mapFactor({ id: 'opfphone4711', factorType: 'push' }, ANNA, drift);
    expect(used(mfa, [user(ANNA), enrolment])).toEqual(['authenticator', record?.key]);
    // Classic names the factor in `debugData` only.
    expect(used(mfa, [user(ANNA)])).toEqual(['authenticator', null]);
    expect(used(mfa, null)).toEqual(['authenticator', null]);
  });

  it('stays theirs where a program carries it out with its token', () => {
    expect(used('user.session.start', null, withToken)).toEqual(['sign_in', null]);
    expect(used('user.authentication.sso', [party('AppInstance', APP)], withToken)).toEqual(['application', APP]);
  });
});

describe('administration', () => {
  it.each<[string, readonly object[] | null]>([
    ['user.session.access_admin_app', [party('AppUser', ANNA)]],
    ['application.lifecycle.update', [party('AppInstance', APP)]],
    ['application.user_membership.add', [party('AppUser', '0ua1'), party('AppInstance', APP), user(BEN)]],
    ['group.user_membership.add', [user(BEN), party('UserGroup', '00g1')]],
    ['group.lifecycle.create', [party('UserGroup', '00g1')]],
    ['policy.rule.update', null],
    ['user.lifecycle.suspend', [user(BEN)]],
    ['user.account.reset_password', [user(BEN)]],
    ['user.mfa.factor.reset_all', [user(BEN)]],
    ['user.account.privilege.grant', [user(ANNA)]],
    ['user.lifecycle.password_mass_expiry', null],
    ['system.api_token.create', [party('Token', TOKEN)]],
    ['iam.role.create', null],
    ['zone.update', null],
  ])('is %s', (type, targets) => {
    expect(used(type, targets)).toEqual(ADMINISTRATION);
    // The same without success, and by Okta itself.
    for (const result of ['FAILURE', 'SKIPPED', 'DENY', 'CHALLENGE', 'SCHEDULED', 'UNKNOWN', 'null', null]) {
      expect([result, ...used(type, targets, { outcome: { result } })]).toEqual([result, ...NOTHING]);
    }
    expect(used(type, targets, { actor: party('SystemPrincipal', '00usystem') })).toEqual(NOTHING);
    expect(used(type, targets, { outcome: null })).toEqual(NOTHING);
  });

  it.each([
    'application.user_membership.add',
    'group.user_membership.add',
    'user.account.update_profile',
    'user.account.update_password',
    'user.mfa.factor.activate',
    'user.lifecycle.create',
    'user.session.clear',
  ])('is not %s of oneself, nor of nobody who is named', (type) => {
    expect(used(type, [user(ANNA), enrolment])).toEqual(NOTHING);
    // The id of an assignment is nobody's.
    expect(used(type, [party('AppUser', '0ua1'), party('AppInstance', APP)])).toEqual(NOTHING);
    expect(used(type, [user('unknown')])).toEqual(NOTHING);
    expect(used(type, null)).toEqual(NOTHING);
  });

  it('is not known of a family that Okta has added since', () => {
    expect(used('telepathy.lifecycle.update', [user(BEN)])).toEqual(NOTHING);
    expect(used('iamgroot.role.create', [user(BEN)])).toEqual(NOTHING);
  });
});

describe('a call of the API', () => {
  const client = { actor: party('PublicClientApp', APP) };

  it('is what an OAuth client does, whatever it changes', () => {
    for (const type of ['app.oauth2.token.grant.access_token', 'user.lifecycle.create', 'something.new']) {
      expect(used(type, [user(BEN)], client)).toEqual(['api', null]);
    }
    expect(used('app.oauth2.token.grant', null, { ...client, outcome: { result: 'FAILURE' } })).toEqual(NOTHING);
  });

  it('is not what the browser of a person brings along, nor a token that was stolen', () => {
    for (const type of ['as.authorize.code', 'authorize', 'as.token.detect_reuse', 'token.detect_reuse']) {
      expect(used(`app.oauth2.${type}`, [user(BEN)], client)).toEqual(NOTHING);
    }
  });

  it('is what a script does with a token, and the token is what was used', () => {
    expect(used('group.user_membership.add', [user(BEN)], withToken)).toEqual(['api', TOKEN]);
    expect(used('user.account.update_profile', [user(ANNA)], withToken)).toEqual(['api', TOKEN]);
    expect(used('zone.update', null, { ...withToken, outcome: { result: 'FAILURE' } })).toEqual(NOTHING);
  });

  it('is none without the token', () => {
    for (const transaction of [null, {}, { detail: null }, { detail: { requestApiTokenId: null } }, { detail: 'x' }]) {
      expect(used('zone.update', null, { transaction })).toEqual(ADMINISTRATION);
    }
  });
});

it('is nothing where nobody is named who did it', () => {
  for (const actor of [null, {}, user('unknown'), party('User', null), party('PublicClientApp', '')]) {
    expect(used('user.session.start', null, { actor })).toEqual(NOTHING);
  }
});
