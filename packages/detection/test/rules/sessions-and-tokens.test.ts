import { HOUR, type Line, line, MINUTE, over, user } from './log-line.js';
import { testStories } from './stories.js';
import { ABROAD, ADDRESS, ADMIN, all, before, HIGH_RISK, PROXY, SUPER_ADMIN } from './strangers.js';

const ann = user('ann').id;
const system: Line = { actor: { id: 'sys', type: 'SystemPrincipal', alternateId: 'system@okta.com' } };
const browser = (os: string, name = 'CHROME'): Line => ({ client: { userAgent: { os, browser: name } } });
const dt = (dtHash: string): Line => ({ debugContext: { debugData: { dtHash } } });
const session = (id: string | null): Line => ({
  authenticationContext: { rootSessionId: id, externalSessionId: id ?? 'unknown' },
});
/** As in Classic Engine, where there is no session above the one of the browser. */
const classic: Line = { authenticationContext: { rootSessionId: null } };
const signIn = (more: Line = {}, after = 0): Line => line('user.session.start', more, after);
const open = (more: Line = {}, after = 0): Line => line('user.authentication.sso', more, after);
const verify = (more: Line = {}, after = 0): Line => line('user.authentication.verify', more, after);
const evaluate = (more: Line = {}, after = 0, result = 'ALLOW'): Line =>
  line('policy.evaluate_sign_on', over({ outcome: { result } }, more), after);
const curl: Line = { client: { userAgent: { rawUserAgent: 'curl/8.7.1', os: 'Unknown', browser: 'UNKNOWN' } } };
const mac = browser('Mac OS X', 'SAFARI');
const itp = (type: string, more: Line): Line => line(type, over({ ...system, target: [user('ann')] }, more));
const risk = (said: string): Line => ({ debugContext: { debugData: { risk: said } } });
const changed = (more: Line = {}): Line => line('user.session.context.change', over({ target: [user('ann')] }, more));
const fourTokens = (place: (n: number) => Line, minutes: number): readonly Line[] =>
  [0, 1, 2, 3].map((n) => verify(over(dt(`dt-${n}`), place(n)), n * minutes * MINUTE));
const HIJACKED = 'detectionName=Session Influenced User Risk, reasons=Associated sessionId is suspected to be hijacked';

testStories('okta/sessions-and-tokens.yml', {
  okta_device_token_copied: {
    hits: {
      'another browser at another address': { events: [evaluate(), evaluate(over(ADDRESS, mac), HOUR)], level: 'medium' },
      'another browser at an address of a new network': {
        events: [before(), evaluate(), evaluate(over(ADDRESS, mac), HOUR, 'SUCCESS')],
        level: 'high',
      },
      'that of a super administrator': {
        events: [evaluate(), evaluate(over(ADDRESS, mac), HOUR)],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'into the office': { events: [evaluate(), evaluate(over(ADDRESS, mac), MINUTE)], own: ['198.51.100.0/24'] },
      'a client that Okta does not know': { events: [evaluate(), evaluate(over(ADDRESS, curl), MINUTE)] },
      'two people at two computers': { events: [evaluate(), evaluate(all(ADDRESS, mac, { actor: user('ben') }), MINUTE)] },

      'the same browser at another address': { events: [evaluate(), evaluate(ADDRESS, HOUR)] },
      'another browser at the same address': { events: [evaluate(), evaluate(mac, HOUR)] },
      'an hour and a minute later': { events: [evaluate(), evaluate(over(ADDRESS, mac), HOUR + MINUTE)] },
      'another token': { events: [evaluate(), evaluate(all(ADDRESS, mac, dt('dt-2')), MINUTE)] },
      'a refusal': { events: [evaluate(), evaluate(over(ADDRESS, mac), MINUTE, 'DENY')] },
    },
  },
  okta_session_carried_off: {
    hits: {
      'another token in another network, the same browser': {
        events: [signIn(dt('dt-1')), open(over(ADDRESS, dt('dt-2')), 40 * MINUTE)],
        level: 'medium',
      },
      'through a proxy': {
        events: [signIn(dt('dt-1')), open(all(ADDRESS, PROXY, dt('dt-2')), 2 * HOUR)],
        level: 'high',
      },
      'that of an administrator': {
        events: [signIn(dt('dt-1')), open(over(ADDRESS, dt('dt-2')), HOUR)],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },
      'into a network of the own': {
        events: [signIn(dt('dt-1')), open(over(ADDRESS, dt('dt-2')), HOUR)],
        own: ['198.51.100.0/24'],
        level: 'low',
      },
    },
    misses: {
      'the same token in another network': { events: [signIn(dt('dt-1')), open(over(ADDRESS, dt('dt-1')), HOUR)] },
      'another token in the same network': { events: [signIn(dt('dt-1')), open(dt('dt-2'), HOUR)] },
      'another session': {
        events: [signIn(over(session('one'), dt('dt-1'))), open(all(session('two'), ADDRESS, dt('dt-2')), HOUR)],
      },
      'a network first, and a token the day after': {
        events: [signIn(dt('dt-1')), open(over(ADDRESS, dt('dt-1')), HOUR), open(over(ADDRESS, dt('dt-2')), 24 * HOUR)],
      },
    },
  },
  okta_session_stolen: {
    hits: {
      'another system at another address': { events: [signIn(), open(over(ADDRESS, mac), 8 * HOUR)], level: 'high' },
      'another recovery address from another system at another address': {
        events: [signIn(), line('user.account.update_secondary_email', over(ADDRESS, mac), HOUR)],
        level: 'high',
      },
      'another system at another address the next day but one': { events: [signIn(), open(over(ADDRESS, mac), 25 * HOUR)] },
      'one of Classic Engine': { events: [signIn(classic), open(all(classic, ADDRESS, mac), HOUR)], level: 'high' },
      'that of an administrator': {
        events: [signIn(), open(over(ADDRESS, mac), HOUR)],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'a client that Okta does not know': { events: [signIn(), open(over(ADDRESS, curl), HOUR)] },
      'a refusal': { events: [signIn(), evaluate(over(ADDRESS, mac), HOUR, 'DENY')] },
      'the systems of two people': { events: [signIn(session('unknown')), open(all(ADDRESS, mac, session('unknown')), HOUR)] },
      'another system at the address of always': { events: [signIn(), open(mac, HOUR)] },

      'on the way to another network': { events: [signIn(), open(ADDRESS, HOUR)] },
      'another browser of the same system': { events: [signIn(), open(over(ADDRESS, browser('Windows 10', 'EDGE')), HOUR)] },
      'another session': { events: [signIn(), open(all(ADDRESS, mac, session('session-2')), HOUR)] },
      'no session at all': { events: [signIn(session(null)), open(all(ADDRESS, mac, session(null)), HOUR)] },
      'another system, a day and an hour after another address': {
        events: [signIn(), open(ADDRESS, HOUR), open(over(ADDRESS, mac), 26 * HOUR)],
      },
      'the same system after a week': { events: [signIn(), open(ADDRESS, 7 * 24 * HOUR), open({}, 8 * 24 * HOUR)] },
    },
  },
  okta_device_token_systems: {
    hits: {
      'another system': { events: [verify(), verify(mac, 59 * MINUTE)], level: 'high' },
      'another system, with a factor': { events: [verify(), line('user.authentication.auth_via_mfa', mac, MINUTE)] },
      'that of an administrator': { events: [verify(), verify(mac, MINUTE)], accounts: { [ann]: ADMIN }, level: 'critical' },
    },
    misses: {
      'another system, in vain': { events: [verify(), verify(over(mac, { outcome: { result: 'FAILURE' } }), MINUTE)] },

      'another browser of the same system': { events: [verify(), verify(browser('Windows 10', 'EDGE'), MINUTE)] },
      'another token': { events: [verify(), verify(over(mac, dt('dt-2')), MINUTE)] },
      'an hour and a minute later': { events: [verify(), verify(mac, 61 * MINUTE)] },
      'a system that Okta does not know': { events: [verify(), verify(browser('Unknown'), MINUTE)] },
    },
  },
  okta_session_many_devices: {
    hits: {
      'four of a super administrator': {
        events: fourTokens((n) => (n % 2 === 0 ? {} : ADDRESS), 3),
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },

      'four tokens from two addresses': { events: fourTokens((n) => (n % 2 === 0 ? {} : ADDRESS), 3), level: 'medium' },
      'four of them, through a proxy': {
        events: fourTokens((n) => (n % 2 === 0 ? {} : over(ADDRESS, PROXY)), 3),
        level: 'high',
      },
    },
    misses: {
      'four tokens from one address': { events: fourTokens(() => ({}), 3) },
      'three tokens from two addresses': { events: fourTokens((n) => (n % 2 === 0 ? {} : ADDRESS), 3).slice(1) },
      'four tokens in a quarter of an hour': { events: fourTokens((n) => (n % 2 === 0 ? {} : ADDRESS), 5) },
      'four people in no session': {
        events: fourTokens((n) => over(session(null), { ...ADDRESS, client: { ipAddress: `198.51.100.${n}` } }), 1),
      },
    },
  },
  okta_session_replayed: {
    hits: {
      'a tool goes on': { events: [signIn(), open(curl, 30 * MINUTE)], level: 'high' },
      'a tool goes on in Classic Engine': {
        events: [signIn(classic), evaluate(over(classic, curl), MINUTE, 'DENY')],
        level: 'high',
      },
      'a tool goes on for an administrator': {
        events: [signIn(), open(curl, MINUTE)],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'a tool goes on where a sign-in has failed': { events: [signIn({ outcome: { result: 'FAILURE' } }), open(curl, MINUTE)] },
      'a tool does what needs no session': { events: [signIn(), line('user.account.update_profile', curl, MINUTE)] },

      'the browser goes on': { events: [signIn(), open(mac, MINUTE)] },
      'a tool goes on after half an hour': { events: [signIn(), open(curl, 31 * MINUTE)] },
      'a tool with a session of its own': { events: [signIn(), open(over(curl, session('session-2')), MINUTE)] },
      'a tool that has signed in itself': { events: [signIn(curl), open(curl, MINUTE)] },
    },
  },
  okta_session_roaming: {
    hits: {
      'a session roams': { events: [line('security.session.detect_client_roaming')], level: 'high' },
      'that of an administrator does': {
        events: [line('security.session.detect_client_roaming')],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: { 'a session ends': { events: [line('user.session.end')] } },
  },
  okta_session_hijack_suspected: {
    hits: {
      'Okta suspects it': {
        events: [itp('user.risk.detect', risk(`{level=MEDIUM, ${HIJACKED}, issuer=OKTA}`))],
        level: 'high',
      },
      'Okta suspects it of an administrator': {
        events: [itp('user.risk.detect', risk(`{level=MEDIUM, ${HIJACKED}, issuer=OKTA}`))],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'Okta suspects something else': {
        events: [itp('user.risk.detect', risk('{level=MEDIUM, reasons=Admin reported, issuer=OKTA}'))],
      },
    },
  },
  okta_session_context_changed: {
    hits: {
      'another network': { events: [changed(ADDRESS)], level: 'informational' },
      'a proxy': { events: [changed(PROXY)], level: 'low' },
      'another country': { events: [before(), changed(ABROAD)], level: 'medium' },
      'a high risk': { events: [changed(HIGH_RISK)], level: 'medium' },
      'a high risk of an administrator': { events: [changed(HIGH_RISK)], accounts: { [ann]: ADMIN }, level: 'high' },
    },
    misses: {
      'into the office': { events: [changed(HIGH_RISK)], own: ['192.0.2.0/24'] },
      'another session': { events: [signIn(ABROAD)] },
    },
  },
  okta_session_reevaluation_failed: {
    hits: {
      'it fails': { events: [itp('policy.auth_reevaluate.fail', {})], level: 'low' },
      'it fails for an administrator': {
        events: [itp('policy.auth_reevaluate.fail', {})],
        accounts: { [ann]: ADMIN },
        level: 'medium',
      },
      'it fails at a high risk': { events: [itp('policy.auth_reevaluate.fail', HIGH_RISK)], level: 'high' },
      'it fails at a high risk of a super administrator': {
        events: [itp('policy.auth_reevaluate.fail', HIGH_RISK)],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },
    },
    misses: { 'it is enforced': { events: [itp('policy.auth_reevaluate.enforce', {})] } },
  },
});
