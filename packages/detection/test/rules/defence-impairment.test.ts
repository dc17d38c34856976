import { DAY, type Line, line, MINUTE } from './log-line.js';
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
          'it is deleted': { events: [line('zone.delete')], level: 'low' },
          'it is blocked no more': { events: [line('zone.remove_blacklist')], level: 'medium' },
          'it is deactivated by a proxy': { events: [line('zone.deactivate', BY_PROXY)], level: 'high' },
        },
        misses: { 'it is blocked': { events: [line('zone.make_blacklist')] } },
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
