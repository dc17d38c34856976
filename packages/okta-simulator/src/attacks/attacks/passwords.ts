import type { OktaObject } from '../../json/json.js';
import { STRANGER } from '../looks.js';
import { agentOfScript, hostingPlace, LINUX_FIREFOX, residentialPlace, windowsChrome } from '../places.js';
import { attack } from '../scenario.js';
import type { Session } from '../session.js';
import type { Stage } from '../stage.js';

const AUTHN = '/api/v1/authn';

/** Somebody the org does not know: Okta writes down what was typed. */
function failsAsStranger(session: Session, login: string): void {
  const actor = { id: 'unknown', type: 'User', alternateId: login, displayName: 'unknown' };
  session.does(
    (org) =>
      org.emit({
        eventType: 'user.session.start',
        displayMessage: 'User login to Okta',
        severity: 'WARN',
        result: 'FAILURE',
        reason: 'VERIFICATION_ERROR',
      }),
    { actor, uri: AUTHN },
  );
}

/** ThreatInsight only watches where it is set to `audit`: the request goes on. */
function threatSeen(stage: Stage, session: Session, what: 'Password Spray' | 'Login Failures'): void {
  const action = [...stage.org.list('threat-insight').values()].at(-1)?.['action'];
  if (action === 'none' || action === undefined) return;
  const actor = { id: 'unknown', type: 'User', alternateId: 'unknown', displayName: 'unknown' };
  session.does(
    (org) =>
      org.emit({
        eventType: 'security.threat.detected',
        displayMessage: 'Request from suspicious actor',
        result: action === 'block' ? 'DENY' : 'ALLOW',
        reason: what,
        severity: 'WARN',
        debugData: { threatSuspected: 'true', threatDetections: JSON.stringify({ [what]: 'HIGH' }) },
      }),
    { actor, uri: AUTHN },
  );
}

/** Passwords that are tried until one is right. */
export const passwords = [
  attack('spray-one-source', {
    title: 'One machine tries two passwords on two dozen accounts',
    story:
      'From one rented machine two common passwords are tried on 24 accounts, slowly, so that none is locked. ThreatInsight, where it is on, calls it a spray. One password is right.',
    act: (stage) => {
      const victims = stage.people(24);
      const client = { place: hostingPlace(stage.random), agent: agentOfScript('Go-http-client/1.1') };
      const sessions = victims.map((victim) => stage.session(victim, client, `sprayed ${victim.id}`));
      for (let round = 0; round < 2; round += 1) {
        for (const session of sessions) {
          session.fails('INVALID_CREDENTIALS', STRANGER, AUTHN);
          stage.pass(22);
        }
      }
      const [first] = sessions;
      if (first === undefined) return;
      threatSeen(stage, first, 'Password Spray');
      stage.minutes(3);
      first.signsIn(null, STRANGER);
    },
  }),

  attack('spray-many-sources', {
    title: 'Thirty lent connections try one password on thirty accounts',
    story:
      'Within ten minutes each of 30 accounts has one wrong password, and each comes from another household. Nothing happens to one account or from one address that would be noticed.',
    act: (stage) => {
      for (const victim of stage.people(30)) {
        const client = { place: residentialPlace(stage.random), agent: windowsChrome(stage.random.between(128, 142)) };
        stage.session(victim, client, `household of ${victim.id}`).fails('INVALID_CREDENTIALS', STRANGER, AUTHN);
        stage.pass(19);
      }
    },
  }),

  attack('spray-slow-few-sources', {
    title: 'Four machines take turns with passwords for half a day',
    story:
      'Four rented machines try common passwords on 28 accounts, one attempt every seven minutes. No account is tried more than twice, and no machine more than three times an hour. None is right.',
    act: (stage) => {
      const clients = Array.from({ length: 4 }, () => ({ place: hostingPlace(stage.random), agent: windowsChrome() }));
      const victims = stage.people(28);
      for (let round = 0; round < 2; round += 1) {
        for (const [index, victim] of victims.entries()) {
          const client = clients[(index + round) % clients.length];
          stage.session(victim, client, `turn ${index % clients.length}`).fails('INVALID_CREDENTIALS', STRANGER, AUTHN);
          stage.minutes(7);
        }
      }
    },
  }),

  attack('credential-stuffing', {
    title: 'A list of leaked passwords is played through, and one fits',
    story:
      'One address tries a leaked list: 40 logins once each within five minutes, half of which do not exist here. For one account the password is right, and it has no second factor.',
    act: (stage) => {
      const client = { place: hostingPlace(stage.random), agent: agentOfScript('python-requests/2.31.0') };
      const victims = stage.people(20);
      for (const [index, victim] of victims.entries()) {
        const session = stage.session(victim, client, `list ${index}`);
        failsAsStranger(session, `person${index}.${stage.random.below(1e4)}@larkmill.example`);
        stage.pass(6);
        if (index < victims.length - 1) session.fails('INVALID_CREDENTIALS', STRANGER, AUTHN);
        else session.signsIn(null, STRANGER);
        stage.pass(7);
      }
      threatSeen(stage, stage.session(victims[0] ?? stage.person(), client, 'list'), 'Login Failures');
    },
  }),

  attack('brute-force-many-sources', {
    title: 'One account is tried from a dozen places until it is locked',
    story:
      'Twelve machines in several networks try passwords of one account, each with a device token of its own and another browser, 24 attempts in ten minutes. Okta locks the account, which keeps its owner out as well.',
    act: (stage) => {
      const victim = stage.person();
      const agents = [windowsChrome(), windowsChrome(131), LINUX_FIREFOX, agentOfScript('curl/8.9.1')];
      const sessions = Array.from({ length: 12 }, (_, index) =>
        stage.session(
          victim,
          { place: hostingPlace(stage.random), agent: agents[index % agents.length] ?? LINUX_FIREFOX },
          `force ${index}`,
        ),
      );
      for (const session of [...sessions, ...sessions]) {
        session.fails('INVALID_CREDENTIALS', STRANGER, AUTHN);
        stage.pass(25);
      }
      sessions[0]?.isLocked(STRANGER);
      stage.session(victim).fails('LOCKED_OUT');
    },
  }),

  attack('one-device-many-accounts', {
    title: 'One device token tries 26 accounts through proxies',
    story:
      'The address changes with every attempt, behind anonymisers. The device token does not: 26 accounts are tried with it in eight minutes.',
    act: (stage) => {
      for (const victim of stage.people(26)) {
        const client = { place: hostingPlace(stage.random, true), agent: windowsChrome() };
        stage.session(victim, client, 'one browser').fails('INVALID_CREDENTIALS', STRANGER, AUTHN);
        stage.pass(18);
      }
    },
  }),

  attack('ldap-reconnaissance', {
    title: 'The LDAP interface is used to look for accounts',
    story:
      'From a rented machine the LDAP interface is asked over and over. It says who may not bind and what may not be searched: within a quarter of an hour 30 accounts are bound with wrong passwords, and 12 searches of one reader are refused.',
    act: (stage) => {
      const reader = stage.person();
      const client = { place: hostingPlace(stage.random), agent: agentOfScript('Okta LDAP Interface') };
      const session = stage.session(reader, client).program({});
      const bindDN = (user: OktaObject): string =>
        `uid=${session.stage.org.userParty(user).alternateId},ou=users,dc=larkmill,dc=okta,dc=com`;
      const asked = (user: OktaObject, eventType: string, displayMessage: string, reason: string): void => {
        const actor = { ...stage.org.userParty(user), detailEntry: { bindDN: bindDN(user) } };
        const debugData = { connectionId: stage.id('con'), operationId: String(stage.random.below(1e6)) };
        session.does((org) => org.emit({ eventType, displayMessage, result: 'FAILURE', reason, severity: 'WARN', debugData }), {
          actor,
          uri: '/ldap',
        });
        stage.pass(18);
      };
      for (const user of stage.people(30)) asked(user, 'system.ldapi.bind', 'LDAP bind', 'INVALID_CREDENTIALS');
      for (let search = 0; search < 12; search += 1)
        asked(reader, 'system.ldapi.search', 'LDAP search', 'INSUFFICIENT_ACCESS_RIGHTS');
    },
  }),
];
