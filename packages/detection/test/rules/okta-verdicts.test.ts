import { type Line, line, MINUTE, over, target, user } from './log-line.js';
import { testStories } from './stories.js';
import { ADMIN, DEVICE, before, PROXY } from './strangers.js';

const ann = user('ann').id;
const system: Line = { actor: { id: 'sys', type: 'SystemPrincipal', alternateId: 'system@okta.com' } };
const threat = (result: string, reason: string, data: Line = {}): Line =>
  line('security.threat.detected', { ...system, outcome: { result, reason }, debugContext: { debugData: data } });
/** Of `ann`, as Identity Threat Protection writes it. */
const risk = (said: string, type = 'user.risk.detect'): Line =>
  line(type, { ...system, target: [user('ann')], debugContext: { debugData: { risk: said } } });
const acted = (policyAction: string | null, more: Line = {}): Line =>
  line(
    'policy.entity_risk.action',
    over({ ...system, target: [user('ann'), target('PolicyAction', 'act', { detailEntry: { policyAction } })] }, more),
  );
const proof = (result: string, more: Line = {}): Line =>
  line('user.identity_verification', over({ outcome: { result } }, more));
const support = (what: string, more: Line = {}): Line => line(`user.session.impersonation.${what}`, more);

testStories('okta/okta-verdicts.yml', {
  okta_threat_insight: {
    hits: {
      'an attack that is let through': { events: [threat('ALLOW', 'Login failures')], level: 'medium' },
      'one that is blocked': { events: [threat('DENY', 'Password Spray')], level: 'low' },
      'a strong one, as a text': {
        events: [threat('ALLOW', 'Password Spray', { threatDetections: '{"Password Spray":"HIGH"}' })],
        level: 'high',
      },
      'a strong one, as an object': {
        events: [threat('ALLOW', 'Password Spray', { threatDetections: { 'Password Spray': 'HIGH' } })],
        level: 'high',
      },
      'names that nobody has': { events: [threat('ALLOW', 'Login failures with high unknown users count')], level: 'high' },
    },
    misses: { 'a change of the settings': { events: [line('security.threat.configuration.update')] } },
  },
  okta_under_attack: {
    hits: { 'an attack begins': { events: [line('security.attack.start', system)], level: 'high' } },
    misses: { 'it ends': { events: [line('security.attack.end', system)] } },
  },
  okta_reported_by_user: {
    hits: {
      'somebody reports': { events: [line('user.account.report_suspicious_activity_by_enduser')], level: 'high' },
      'an administrator does': {
        events: [line('user.account.report_suspicious_activity_by_enduser')],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: { 'somebody changes their profile': { events: [line('user.account.update_profile')] } },
  },
  okta_support_access_granted: {
    hits: {
      'an administrator lets support in': { events: [support('grant')], level: 'low' },
      'one with a new device does': { events: [before(), support('grant', DEVICE)], level: 'high' },
    },
    misses: { 'an administrator takes it back': { events: [support('revoke')] } },
  },
  okta_support_access_used: {
    hits: { 'support comes in': { events: [support('initiate')], level: 'medium' } },
    misses: { 'support goes': { events: [support('end')] } },
  },
  okta_identity_proof_failed: {
    hits: {
      'a proof fails': { events: [proof('DENY')], level: 'low' },
      'one fails behind a proxy': { events: [proof('DENY', PROXY)], level: 'medium' },
      'one of an administrator fails': { events: [proof('DENY')], accounts: { [ann]: ADMIN }, level: 'high' },
    },
    misses: { 'a proof is good': { events: [proof('SUCCESS')] } },
  },
  okta_user_risk_high: {
    hits: {
      'a high risk': {
        events: [risk('{previousLevel=LOW, level=HIGH, detectionName=MFA brute force, issuer=OKTA}')],
        level: 'high',
      },
      'a change to a high one': { events: [risk('{level=HIGH}', 'user.risk.change')], level: 'high' },
      'that of an administrator': { events: [risk('{level=HIGH}')], accounts: { [ann]: ADMIN }, level: 'critical' },
    },
    misses: { 'a risk that was high': { events: [risk('{previousLevel=HIGH, level=LOW}', 'user.risk.change')] } },
  },
  okta_threat_intelligence: {
    hits: {
      'a place of attackers': {
        events: [risk('{level=MEDIUM, detectionName=Okta Threat Intelligence, issuer=OKTA}')],
        level: 'high',
      },
      'one that an administrator was at': {
        events: [risk('{level=MEDIUM, detectionName=Okta Threat Intelligence, issuer=OKTA}')],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: { 'another detection': { events: [risk('{level=MEDIUM, detectionName=Admin Reported User Risk}')] } },
  },
  okta_risk_policy_acted: {
    hits: {
      'sessions are ended': { events: [acted('TERMINATE_ALL_SESSIONS')], level: 'medium' },
      'those of an administrator are': {
        events: [acted('TERMINATE_ALL_SESSIONS')],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },
      'a workflow runs at a high risk': {
        events: [acted('RUN_WORKFLOW', { debugContext: { debugData: { risk: '{level=HIGH}' } } })],
        level: 'high',
      },
    },
    misses: {
      'the policy only logs': { events: [acted(null)] },
      'it is only looked at': { events: [line('policy.entity_risk.evaluate', system, MINUTE)] },
    },
  },
});
