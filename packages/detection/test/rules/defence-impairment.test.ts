import { DAY, type Line, line, MINUTE, target } from './log-line.js';
import { orRefused } from './refused.js';
import { testStories } from './stories.js';
import { BY_LISTED, BY_PROXY, changed, LISTED } from './suspicious.js';

const rule = (from: Line, to: Line, more: Line = {}, type = 'policy.rule.update'): Line =>
  line(type, { target: [changed('PolicyRule', 'Catch-all', from, to)], ...more });
const written = (text: string): Line => ({ policyRuleActionJson: text });
const factors = (mode: string): Line => written(`{"appSignOn":{"verificationMethod":{"factorMode":"${mode}"}}}`);
const parsed = (factorMode: string): Line => ({ policyRuleActionJson: { appSignOn: { verificationMethod: { factorMode } } } });
const requires = (isSo: boolean): Line => written(`{"signon":{"requireFactor":${isSo},"access":"ALLOW"}}`);
const access = (what: string): Line => written(`{"appSignOn":{"access":"${what}"}}`);
const constraint = (what: string): Line => written(`{"constraints":[{"possession":{${what}}}]}`);
const overwrite = (newValue: string): Line =>
  line('policy.lifecycle.overwrite', {
    debugContext: { debugData: { overwrittenProperty: 'password.lockout.maxAttempts', oldValue: '10', newValue } },
  });
/** Okta's own example of what the debug data say. */
const requirements = (which: 'old' | 'new', more: string): Line => ({
  [`${which}PolicyRuleRequirementsJson`]: `{"verificationMethod":{"factorMode":"2FA","type":"ASSURANCE",${more}}}`,
});
const inDebugData = (from: string, to: string): Line =>
  line('policy.rule.update', {
    debugContext: { debugData: { ...requirements('old', from), ...requirements('new', to) } },
  });
const again = (from: string, to: string): Line =>
  rule(written(`{"reauthenticateIn":"${from}"}`), written(`{"reauthenticateIn": "${to}"}`));
/** A rule as Okta writes all of it: what a verification asks for, whose keys stand in this order. */
const whole = (method: Line, more: Line = {}): Line =>
  written(
    JSON.stringify({
      appSignOn: { access: 'ALLOW', verificationMethod: { type: 'ASSURANCE', factorMode: '2FA', ...method }, ...more },
    }),
  );
const PASSWORD_EACH_TIME: Line = {
  knowledge: { types: ['password'], reauthenticateIn: 'PT0S' },
  possession: { deviceBound: 'REQUIRED' },
};
const RESISTANT: Line = {
  possession: { authenticationMethods: [{ key: 'webauthn', method: 'webauthn' }], phishingResistant: 'REQUIRED' },
};
const PASSWORD: Line = { knowledge: { types: ['password'] } };
/** The constraints before and behind it have a time of their own. */
const mixed = (reauthenticateIn: string, isBehind = false): Line =>
  whole(
    isBehind
      ? { constraints: [PASSWORD_EACH_TIME], reauthenticateIn }
      : { reauthenticateIn, constraints: [PASSWORD_EACH_TIME] },
  );
const constraints = (...all: readonly Line[]): Line => whole({ reauthenticateIn: 'PT2H', constraints: all });
const DENIED: Line = { access: 'DENY' };
const network = (from: string, to: string, more: Line = {}): Line =>
  rule(
    { policyRuleConditionsJson: `{"network":{"connection":"${from}"}}` },
    { policyRuleConditionsJson: `{"network":{"connection":"${to}"}}`, ...more },
  );
const zone = (gateways: string): Line =>
  line('zone.update', { debugContext: { debugData: { zoneData: `{"type":"IP","gateways":[${gateways}],"proxies":[]}` } } });
const refused: Line = { outcome: { result: 'FAILURE' } };
const removals = (times: readonly number[]): readonly Line[] =>
  times.map((minute) => line('policy.rule.delete', {}, minute * MINUTE));
const habits = [-30, -20, -10].map((days) => line('user.session.start', {}, days * DAY));
const newDevice: Line = { debugContext: { debugData: { dtHash: 'dt-other' } }, securityContext: { asNumber: 64999 } };

testStories(
  'okta/defence-impairment.yml',
  orRefused(
    {
      okta_policy_downgraded_to_one_factor: {
        hits: {
          'as a text': { events: [rule(factors('2FA'), factors('1FA'))], level: 'high' },
          'as an object': { events: [rule(parsed('2FA'), parsed('1FA'))] },
          'in a branch, by a proxy': {
            events: [rule(factors('2FA'), factors('1FA'), BY_PROXY, 'policy.branch.rule.update')],
            level: 'critical',
          },
          'in the debug data': {
            events: [
              line('policy.rule.update', {
                debugContext: {
                  debugData: {
                    oldPolicyRuleRequirementsJson: '{"verificationMethod":{"factorMode":"2FA"}}',
                    newPolicyRuleRequirementsJson: '{"verificationMethod":{"factorMode":"1FA"}}',
                  },
                },
              }),
            ],
          },
        },
        misses: {
          'the other way round': { events: [rule(factors('1FA'), factors('2FA'))] },
          'two factors, still': { events: [rule(factors('2FA'), factors('2FA')), rule(parsed('2FA'), parsed('2FA'))] },
          'one factor, still': { events: [rule(factors('1FA'), factors('1FA')), rule(parsed('1FA'), parsed('1FA'))] },
          'it was refused': { events: [rule(factors('2FA'), factors('1FA'), refused)] },
          'nobody is let in': {
            events: [
              rule(whole({}), whole({ factorMode: '1FA' }, DENIED)),
              rule(parsed('2FA'), {
                policyRuleActionJson: { appSignOn: { ...DENIED, verificationMethod: { factorMode: '1FA' } } },
              }),
            ],
          },
        },
      },
      okta_policy_weakened: {
        hits: {
          'no factor any more': { events: [rule(requires(true), requires(false))], level: 'medium' },
          'let in': { events: [rule(access('DENY'), access('ALLOW'))] },
          'nothing that resists phishing': {
            events: [rule(constraint('"phishingResistant":"REQUIRED"'), constraint('"deviceBound":"REQUIRED"'), BY_PROXY)],
            level: 'high',
          },
          'an application of Classic Engine': {
            events: [rule({ ruleAction: 'REQUIRE_FACTOR' }, { ruleAction: 'ALLOW' }, {}, 'application.policy.sign_on.update')],
          },
          'no lock': { events: [overwrite('0')] },
          'nothing that is bound to a device': {
            events: [rule(constraint('"deviceBound":"REQUIRED"'), constraint('"deviceBound":"OPTIONAL"'))],
            level: 'medium',
          },
          'nothing that is protected by hardware, in the debug data': {
            events: [inDebugData('"hardwareProtection":"REQUIRED"', '"hardwareProtection":"OPTIONAL"')],
          },
          'no check of the person': {
            events: [rule(constraint('"userVerification": "REQUIRED"'), constraint('"deviceBound":"REQUIRED"'))],
          },
          'after two hours instead of each time': { events: [again('PT0S', 'PT2H')], level: 'medium' },
          'after a day instead of two hours': { events: [again('PT2H', 'PT24H')] },
          'after days instead of half an hour': { events: [again('PT30M', 'P7D')] },
          'after twelve hours instead of one': { events: [again('PT1H', 'PT12H')], level: 'medium' },
          'after weeks instead of a day': { events: [again('P1D', 'P41D')] },
          'after a day instead of some hours and minutes': { events: [again('PT2H30M', 'P1D')] },
          'after four hours, in minutes, instead of an hour and a half': { events: [again('PT90M', 'PT240M')] },
          'after a month instead of a week, beside constraints with times of their own': {
            events: [rule(mixed('P1W'), mixed('P1M'))],
          },
          'the same, where it stands behind them': { events: [rule(mixed('P1W', true), mixed('P1M', true))] },
          'the same, where there are none': {
            events: [
              rule(whole({ constraints: [], reauthenticateIn: 'PT4H' }), whole({ constraints: [], reauthenticateIn: 'PT12H' })),
            ],
          },
          'a way in that does not resist phishing, beside one that does': {
            events: [rule(constraints(RESISTANT), constraints(RESISTANT, PASSWORD))],
            level: 'medium',
          },
          'the same, before it': { events: [rule(constraints(RESISTANT), constraints(PASSWORD, RESISTANT))] },
          'no constraints any more': { events: [rule(constraints(RESISTANT), constraints())] },
          'never instead of after a week': { events: [again('PT168H', 'PT43800H')] },
          'never instead of after half a day, in the debug data': {
            events: [inDebugData('"reauthenticateIn":"PT12H"', '"reauthenticateIn":"PT43800H"')],
            level: 'medium',
          },
          'a factor once a session instead of each time': {
            events: [rule(written('{"factorPromptMode":"ALWAYS"}'), written('{"factorPromptMode":"SESSION"}'))],
          },
          'sessions that outlive the browser': {
            events: [rule(written('{"usePersistentCookie":false}'), written('{"usePersistentCookie":true}'))],
          },
          'sessions without an end': {
            events: [rule(written('{"maxSessionLifetimeMinutes":720}'), written('{"maxSessionLifetimeMinutes":0}'))],
          },
          'from anywhere': { events: [network('ZONE', 'ANYWHERE')], level: 'medium' },
          'an application from anywhere': {
            events: [
              rule(
                { ruleLocationSetting: 'ON_NETWORK' },
                { ruleLocationSetting: 'ANYWHERE' },
                {},
                'application.policy.sign_on.update',
              ),
            ],
          },
        },
        misses: {
          'a factor from now on': { events: [rule(requires(false), requires(true))] },
          'refused from now on': { events: [rule(access('ALLOW'), access('DENY'))] },
          'something that resists phishing, still': {
            events: [rule(constraint('"phishingResistant":"REQUIRED"'), constraint('"phishingResistant": "REQUIRED"'))],
          },
          'another name alone': {
            events: [rule({ ...access('DENY'), policyRuleName: 'a' }, { policyRuleName: 'b' })],
          },
          'a lock after five': { events: [overwrite('5')] },
          'bound to a device from now on': {
            events: [rule(constraint('"deviceBound":"OPTIONAL"'), constraint('"deviceBound":"REQUIRED"'))],
          },
          'bound to a device, still': {
            events: [inDebugData('"deviceBound":"REQUIRED"', '"deviceBound": "REQUIRED"')],
          },
          'each time instead of after two hours': { events: [again('PT2H', 'PT0S')] },
          'after two hours instead of never': { events: [again('PT43800H', 'PT2H'), again('PT24H', 'PT12H')] },
          'another priority, and times that are different ones': {
            events: [rule(mixed('PT2H'), { ...mixed('PT2H'), priority: 2 }), rule(mixed('PT2H', true), mixed('PT2H', true))],
          },
          'sooner, and a password each time, still': {
            events: [rule(mixed('PT12H'), mixed('PT2H')), rule(mixed('PT12H', true), mixed('PT2H', true))],
          },
          'the keys in another order': {
            events: [rule(mixed('PT2H'), mixed('PT2H', true)), rule(mixed('PT2H', true), mixed('PT2H'))],
          },
          'as long, in other words': {
            events: [again('P7D', 'PT168H'), again('PT168H', 'P1W'), again('PT60M', 'PT1H'), again('PT24H', 'P1D')],
          },
          'sooner, in other words': { events: [again('P1D', 'PT90M'), again('PT12H', 'PT240M'), again('P0DT12H', 'PT2H')] },
          'a little later': { events: [again('PT2H', 'PT3H')] },
          'refused, whatever it would ask for': {
            events: [
              rule(constraints(RESISTANT), whole({ reauthenticateIn: 'P41D' }, DENIED)),
              rule(requires(true), written('{"signon":{"requireFactor":false,"access":"DENY"}}')),
              rule(
                written('{"factorPromptMode":"ALWAYS","usePersistentCookie":false,"maxSessionLifetimeMinutes":720}'),
                written(
                  '{"access":"DENY","factorPromptMode":"DEVICE","usePersistentCookie":true,"maxSessionLifetimeMinutes":0}',
                ),
              ),
            ],
          },
          'two ways in that resist phishing instead of one': {
            events: [rule(constraints(RESISTANT), constraints(RESISTANT, { ...PASSWORD, ...RESISTANT }))],
          },
          'one way that resists phishing, of two, is gone': {
            events: [rule(constraints(RESISTANT, PASSWORD), constraints(PASSWORD))],
          },
          'a chain of factors instead': {
            events: [
              rule(
                constraints(RESISTANT),
                whole({ type: 'AUTH_METHOD_CHAIN', chains: [{ authenticationMethods: [{ key: 'webauthn' }] }] }),
              ),
            ],
          },
          'never, still': { events: [again('PT43800H', 'PT43800H'), again('PT0S', 'PT0S')] },
          'sessions of half a day instead of a whole one': {
            events: [rule(written('{"maxSessionLifetimeMinutes":1440}'), written('{"maxSessionLifetimeMinutes":720}'))],
          },
          'from the office only': { events: [network('ANYWHERE', 'ZONE')] },
          'refused from anywhere': { events: [network('ZONE', 'ANYWHERE', access('DENY'))] },
        },
      },
      okta_policy_rule_changed: {
        hits: {
          'nothing is said of it': { events: [line('policy.rule.update')], level: 'low' },
          'an application of Classic Engine': { events: [line('application.policy.sign_on.update')], level: 'low' },
        },
        misses: {
          'it is added': { events: [line('policy.rule.add')] },
          'a rule of a group': { events: [line('policy.rule.update', { target: [target('GroupRule', 'Sales')] })] },
          'one of a group, as a policy': {
            events: [
              line('policy.rule.update', {
                target: [target('PolicyEntity', 'Groups', { detailEntry: { policyType: 'group_rule' } })],
              }),
            ],
          },
          'by Okta': { events: [line('policy.rule.update', { actor: { type: 'SystemPrincipal' } })] },
        },
      },
      okta_policy_or_rule_removed: {
        hits: {
          'a rule is deleted': { events: [line('policy.rule.delete')], level: 'low' },
          'a policy is deactivated by a proxy': { events: [line('policy.lifecycle.deactivate', BY_PROXY)], level: 'high' },
          'a rule of a branch': { events: [line('policy.branch.rule.delete')] },
          'a rule of an application': { events: [line('application.policy.sign_on.rule.delete')] },
        },
        misses: {
          'a rule is added': { events: [line('policy.rule.add')] },
          'by Okta': { events: [line('policy.rule.delete', { actor: { type: 'SystemPrincipal' } })] },
        },
      },
      okta_policy_changed_from_suspicious_place: {
        hits: {
          'by a proxy': { events: [line('policy.rule.update', BY_PROXY)], level: 'medium' },
          'from a new device in another network': { events: [...habits, line('policy.lifecycle.update', newDevice)] },
          'from a listed address': { events: [line('policy.rule.add', BY_LISTED)], threats: [LISTED], level: 'high' },
        },
        misses: {
          'as always': { events: [...habits, line('policy.lifecycle.update')] },
          'by the own proxy': { events: [line('policy.rule.update', BY_PROXY)], own: ['192.0.2.0/24'] },
        },
      },
      okta_policies_removed_in_series: {
        hits: { 'five within the hour': { events: removals([0, 15, 30, 45, 60]), level: 'medium' } },
        misses: {
          four: { events: removals([0, 15, 30, 45]) },
          'five within 61 minutes': { events: removals([0, 15, 30, 45, 61]) },
        },
      },
      okta_policy_branch_put_live: {
        hits: {
          'it is promoted': { events: [line('policy.branch.lifecycle.promote')], level: 'low' },
          'it is rolled back by a proxy': { events: [line('policy.branch.lifecycle.rollback', BY_PROXY)], level: 'high' },
        },
        misses: { 'it is staged': { events: [line('policy.branch.lifecycle.stage')] } },
      },
      okta_network_zone_weakened: {
        hits: {
          'it is deleted, in the office': { events: [line('zone.delete')], level: 'medium' },
          'it is deactivated, in the office': { events: [line('zone.deactivate')], level: 'medium' },
          'it is blocked no more': { events: [line('zone.remove_blacklist')], level: 'medium' },
          'it is deactivated by a proxy': { events: [line('zone.deactivate', BY_PROXY)], level: 'high' },
        },
        misses: { 'it is blocked': { events: [line('zone.make_blacklist')] } },
      },
      okta_network_zone_changed: {
        hits: {
          'in the office': { events: [line('zone.update')], level: 'low' },
          'a network is in it': { events: [zone('{"type":"CIDR","value":"10.0.0.0/24"}')], level: 'low' },
          'a name that looks like a part of a network is in it': {
            events: [
              line('zone.update', {
                debugContext: {
                  debugData: {
                    zoneData: '{"name":"Visitors 3/4 floor","gateways":[{"type":"CIDR","value":"203.0.113.0/24"}]}',
                  },
                },
              }),
            ],
            level: 'low',
          },
          'all addresses of version 6 are in it': { events: [zone('{"type":"CIDR","value":"::/0"}')], level: 'medium' },
          'a small network of version 6 is in it': { events: [zone('{"type":"CIDR","value":"2001:db8::/48"}')], level: 'low' },
          'half of all addresses are in it': { events: [zone('{"type":"CIDR","value":"128.0.0.0/1"}')], level: 'medium' },
          'all addresses are in it': { events: [zone('{"type":"RANGE","value":"0.0.0.0-255.255.255.255"}')], level: 'medium' },
        },
        misses: {
          'it is made': { events: [line('zone.create')] },
          'by Okta': { events: [line('zone.update', { actor: { type: 'SystemPrincipal' } })] },
        },
      },
      okta_network_zone_changed_from_suspicious_place: {
        hits: { 'by a proxy': { events: [line('zone.update', BY_PROXY)], level: 'medium' } },
        misses: { 'in the office': { events: [line('zone.update')] } },
      },
      okta_admin_console_through_proxy: {
        hits: {
          'by a proxy': { events: [line('user.session.access_admin_app', BY_PROXY)], level: 'medium' },
          'by a proxy, with a new device': {
            events: [...habits, line('user.session.access_admin_app', { ...newDevice, ...BY_PROXY })],
            level: 'high',
          },
        },
        misses: {
          'without one': { events: [line('user.session.access_admin_app')] },
          'by the own': { events: [line('user.session.access_admin_app', BY_PROXY)], own: ['192.0.2.0/24'] },
        },
      },
      okta_server_password_changed_elsewhere: {
        hits: {
          'it was set on the server': { events: [line('pam.server_account.password_change.out_of_band')], level: 'medium' },
        },
        misses: { 'it was rotated': { events: [line('pam.server_account.password_change.update')] } },
      },
    },
    ['okta_server_password_changed_elsewhere'],
  ),
);
