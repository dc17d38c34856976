import { STRANGER, USUAL } from '../looks.js';
import { atHome, atOffice, hostingPlace, LINUX_FIREFOX, OKTA_VERIFY, otherLaptopThan, windowsChrome } from '../places.js';
import { attack } from '../scenario.js';

/** Accounts that change hands because somebody lets them: a help desk, a recovery channel, another administrator. */
export const takeovers = [
  attack('help-desk-takeover', {
    title: 'A help desk lets a stranger in as super administrator',
    story:
      'Somebody calls the service desk in the name of a super administrator, and has all factors and the password of the account reset, which only another super administrator can do. The stranger sets a password and an authenticator of their own, signs in through an anonymiser with a device nobody has seen, gives a second account the same role, lets one policy ask for a password only, creates an identity provider of their own and comes back through it as somebody else.',
    act: (stage) => {
      const [victim, desk] = [stage.administrator('SUPER_ADMIN'), stage.administrator('SUPER_ADMIN')];
      const [accomplice, impersonated] = stage.people(2);
      if (accomplice === undefined || impersonated === undefined) return;
      const deskSession = stage.session(desk);
      deskSession.signsIn();
      deskSession.entersConsole();
      stage.minutes(6);
      deskSession.does((org) => org.resetFactors(victim.id), { uri: `/api/v1/users/${victim.id}/lifecycle/reset_factors` });
      stage.pass(40);
      deskSession.does((org) => org.setStatus(victim.id, 'RECOVERY'), {
        uri: `/api/v1/users/${victim.id}/lifecycle/reset_password`,
      });
      stage.minutes(7);
      const stranger = stage.session(victim, { place: hostingPlace(stage.random, true), agent: LINUX_FIREFOX }, 'stranger');
      stranger.does((org) => org.changePassword(victim.id), { uri: '/idp/idx/challenge/answer' });
      stranger.does((org) => org.enrolFactor(victim.id, 'token:software:totp'), { uri: '/idp/idx/credential/enroll' });
      stranger.signsIn('token:software:totp', STRANGER);
      stage.minutes(2);
      stranger.entersConsole(STRANGER);
      stage.minutes(4);
      stranger.does(
        (org) => org.grantRole({ kind: 'user', id: accomplice.id }, { type: 'SUPER_ADMIN', label: 'Super Administrator' }),
        {
          uri: `/api/v1/users/${accomplice.id}/roles`,
        },
      );
      stage.minutes(5);
      const { policyId, ruleId, weakened } = stage.strictRule;
      stranger.does((org) => org.updatePolicyRule(policyId, ruleId, weakened), {
        uri: `/api/v1/policies/${policyId}/rules/${ruleId}`,
      });
      stage.minutes(11);
      const idp = stranger.does(
        (org) => org.addIdp({ name: 'Workforce sign-in', type: 'SAML2', protocol: { type: 'SAML2' } }),
        {
          uri: '/api/v1/idps',
          debugData: { protocol: 'SAML', type: 'THIRD_PARTY', idpName: 'Workforce sign-in' },
        },
      );
      stage.minutes(9);
      const asOther = stage.session(impersonated, stranger.client, 'stranger');
      asOther.does((org) => org.linkIdpUser(idp.id, impersonated.id), { uri: '/sso/saml2/' });
      asOther.starts(STRANGER);
      for (const app of stage.applications(3)) asOther.opens(app, STRANGER);
    },
  }),

  attack('recovery-channel-changed', {
    title: 'A recovery address is changed, and then the password recovered',
    story:
      'Somebody sits down at an open session from a rented machine, sets another recovery address, lets Okta send the mail that resets the password there, signs in anew and enrols an authenticator of their own.',
    act: (stage) => {
      const victim = stage.person();
      const own = stage.session(victim);
      own.signsIn();
      stage.minutes(50);
      const client = { place: hostingPlace(stage.random), agent: otherLaptopThan(victim) };
      const stolen = own.through(client);
      stolen.does((org) => org.changeSecondEmail(victim.id, 'keyholder.4711@mail.example'), {
        uri: '/api/internal/enduser/settings',
      });
      stage.minutes(6);
      const stranger = stage.session(victim, client, 'keyholder');
      stranger.writes('system.email.password_reset.sent_message', 'Send self-service password reset email', {
        uri: '/idp/idx/recover',
        targets: [stranger.party],
      });
      stage.minutes(3);
      stranger.does((org) => org.changePassword(victim.id), { uri: '/idp/idx/challenge/answer' });
      stranger.signsIn(null, STRANGER);
      stranger.does((org) => org.enrolFactor(victim.id, 'push'), { uri: '/idp/idx/credential/enroll' });
      stage.minutes(2);
      for (const app of stage.applications(4)) stranger.opens(app, STRANGER);
    },
  }),

  attack('weak-factor-by-another', {
    title: 'An administrator swaps a security key for a text message',
    story:
      "An administrator's session takes the security key from somebody who runs the payroll, enrols a telephone for them that is not theirs, and signs in as them by the code that is sent to it.",
    act: (stage) => {
      const [admin, victim] = [stage.administrator('ORG_ADMIN'), stage.person('webauthn')];
      const session = stage.session(admin);
      session.signsIn();
      session.entersConsole();
      stage.minutes(8);
      const key = stage.org.factorsOf(victim.id).find((one) => one['factorType'] === 'webauthn');
      if (key === undefined) return;
      session.does((org) => org.removeFactor(victim.id, key.id), { uri: `/api/v1/users/${victim.id}/factors/${key.id}` });
      stage.minutes(2);
      session.does((org) => org.enrolFactor(victim.id, 'sms', 'OKTA', { phoneNumber: '+15550000999' }), {
        uri: `/api/v1/users/${victim.id}/factors`,
      });
      stage.minutes(4);
      session.does((org) => org.setStatus(victim.id, 'RECOVERY'), {
        uri: `/api/v1/users/${victim.id}/lifecycle/reset_password`,
      });
      stage.minutes(5);
      const other = stage.session(victim, { place: hostingPlace(stage.random), agent: LINUX_FIREFOX }, 'swapped');
      other.does((org) => org.changePassword(victim.id), { uri: '/idp/idx/challenge/answer' });
      other.signsIn('sms', STRANGER);
      for (const app of stage.applications(2)) other.opens(app, STRANGER);
    },
  }),

  attack('dormant-account', {
    title: 'An account that nobody has used for months signs in from abroad',
    story:
      'Somebody left, and the account stayed. Eight months later it signs in from a country where nobody of the company works, by its password alone, and opens what it still has.',
    act: (stage) => {
      const sleeper = stage.before(240, () => {
        const user = stage.org.addUser({
          firstName: 'Ilka',
          lastName: 'Sleeper',
          login: `ilka.sleeper${stage.random.below(1e6)}@larkmill.example`,
        });
        stage.org.signIn(user.id);
        for (const app of stage.applications(5)) stage.org.assignUser(app.id, user.id);
        return user;
      });
      const session = stage.session(sleeper, { place: hostingPlace(stage.random), agent: windowsChrome() }, 'awake');
      session.signsIn(null, STRANGER);
      stage.minutes(2);
      for (const app of stage.applications(5)) {
        session.opens(app, STRANGER);
        stage.pass(50);
      }
    },
  }),

  attack('device-on-several-accounts', {
    title: 'One device is enrolled on several accounts',
    story:
      'Whoever has the passwords of three people enrols one and the same phone for each of them, within an hour and a half and from rented machines, so that it will answer for all of them.',
    act: (stage) => {
      const phone = { displayName: 'Pixel of nobody', platform: 'ANDROID', model: 'Pocket 3', registered: true };
      let device: string | undefined;
      for (const victim of stage.people(3)) {
        const client = { place: hostingPlace(stage.random), agent: LINUX_FIREFOX };
        const session = stage.session(victim, client, 'enroller');
        session.signsIn(null, STRANGER);
        stage.minutes(2);
        const known = device;
        device = session.program({ agent: OKTA_VERIFY }).does((org) => org.enrolDevice(victim.id, phone, known), {
          uri: '/idp/authenticators',
        });
        session.does((org) => org.enrolFactor(victim.id, 'signed_nonce'), { uri: '/idp/idx/credential/enroll' });
        stage.minutes(25);
      }
    },
  }),

  attack('phone-on-several-accounts', {
    title: 'One telephone number is enrolled on several accounts',
    story:
      'The same number is set up for text messages on four accounts of an afternoon. Okta sends its codes to one telephone, whoever signs in.',
    act: (stage) => {
      const number = '+15550000777';
      const phone = { id: stage.id('mbl'), type: 'MobilePhone', alternateId: number, displayName: number };
      for (const victim of stage.people(4)) {
        const session = stage.session(
          victim,
          { place: hostingPlace(stage.random), agent: LINUX_FIREFOX },
          `caller ${victim.id}`,
        );
        session.signsIn(null, STRANGER);
        session.does((org) => org.enrolFactor(victim.id, 'sms', 'OKTA', { phoneNumber: number }), {
          uri: '/idp/idx/credential/enroll',
        });
        session.writes('system.sms.send_phone_verification_message', 'Send phone verification SMS message', {
          uri: '/idp/idx/challenge',
          targets: [session.party, phone],
          debugData: { phoneNumber: number, countryCallingCode: '1' },
        });
        stage.minutes(35);
      }
    },
  }),

  attack('support-impersonation', {
    title: 'Okta Support is let in and acts as an administrator',
    story:
      'From a session at home a super administrator lets Okta Support into the organisation, which nobody has asked for. Within half an hour somebody of Support views the organisation and resets the factors of an administrator.',
    act: (stage) => {
      const [admin, victim] = [stage.administrator('SUPER_ADMIN'), stage.administrator('ORG_ADMIN')];
      const session = stage.session(admin, atHome(admin));
      session.signsIn();
      session.entersConsole();
      session.writes('user.session.impersonation.grant', 'Enable impersonation grant', {
        uri: '/admin/settings/support',
        targets: [session.party],
      });
      stage.minutes(14);
      const support = { id: stage.id('00u'), type: 'User', alternateId: 'support.case@okta.com', displayName: 'Okta Support' };
      const place = hostingPlace(stage.random);
      const supported = { at: stage.now, actor: support, place, agent: windowsChrome() };
      stage.org.under({ ...supported, debugData: { caseNumber: '10010110' } }, () =>
        stage.org.emit({
          eventType: 'user.session.impersonation.initiate',
          displayMessage: 'Initiate impersonation session',
          targets: [session.party],
        }),
      );
      stage.minutes(2);
      const supportAction = JSON.stringify({
        type: 'view_org_overview',
        reason: { type: 'customer_initiated_support', detail: '' },
      });
      stage.org.under({ ...supported, at: stage.now, debugData: { supportAction } }, () =>
        stage.org.emit({ eventType: 'support.org.view', displayMessage: 'Okta has viewed a page with customer data' }),
      );
      stage.minutes(5);
      stage.org.under({ ...supported, at: stage.now }, () => stage.org.resetFactors(victim.id));
      stage.minutes(12);
      stage.org.under({ ...supported, at: stage.now, debugData: { caseNumber: '10010110' } }, () =>
        stage.org.emit({
          eventType: 'user.session.impersonation.end',
          displayMessage: 'End impersonation session',
          targets: [session.party],
        }),
      );
      stage.pass(1);
    },
  }),

  attack('mass-password-resets', {
    title: 'One administrator resets the passwords of two dozen people',
    story:
      'In a quarter of an hour a help desk account resets the passwords of 24 people, one after the other. For three of them it is then somebody else who sets a new one.',
    act: (stage) => {
      const desk = stage.administrator('HELP_DESK_ADMIN');
      const victims = stage.people(24);
      const session = stage.session(desk, { ...atOffice(desk), place: hostingPlace(stage.random) }, 'unknown desk');
      session.signsIn('push', STRANGER);
      session.entersConsole(STRANGER);
      for (const victim of victims) {
        session.does((org) => org.setStatus(victim.id, 'RECOVERY'), {
          uri: `/api/v1/users/${victim.id}/lifecycle/reset_password`,
        });
        stage.pass(35);
      }
      for (const victim of victims.slice(0, 3)) {
        const other = stage.session(victim, session.client, 'unknown desk');
        other.does((org) => org.changePassword(victim.id), { uri: '/idp/idx/challenge/answer' });
        other.signsIn(null, { ...STRANGER, risk: USUAL.risk, reasons: '' });
        stage.minutes(1);
      }
    },
  }),

  attack('help-desk-account-misused', {
    title: 'Somebody is at the help desk who does not work there',
    story:
      'The session of a help desk account, in a network where nobody of the company works, resets all factors of an ordinary employee. Five minutes later the account has a factor of a stranger, and is signed in to from the same place.',
    act: (stage) => {
      const [desk, victim] = [stage.administrator('HELP_DESK_ADMIN'), stage.person('push')];
      const client = { place: hostingPlace(stage.random), agent: LINUX_FIREFOX };
      const session = stage.session(desk, client, 'unknown desk');
      session.signsIn('push', STRANGER);
      session.entersConsole(STRANGER);
      stage.minutes(3);
      session.does((org) => org.resetFactors(victim.id), { uri: `/api/v1/users/${victim.id}/lifecycle/reset_factors` });
      stage.minutes(5);
      const other = stage.session(victim, client, 'unknown desk');
      other.does((org) => org.enrolFactor(victim.id, 'token:software:totp'), { uri: '/idp/idx/credential/enroll' });
      other.signsIn('token:software:totp', STRANGER);
      for (const app of stage.applications(2)) other.opens(app, STRANGER);
    },
  }),
];
