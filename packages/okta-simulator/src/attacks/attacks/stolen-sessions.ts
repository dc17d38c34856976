import { NEW_ADDRESS, STRANGER, TOO_FAST, USUAL } from '../looks.js';
import { agentOfScript, atHome, hostingPlace, LINUX_FIREFOX, otherLaptopThan, windowsChrome } from '../places.js';
import { attack } from '../scenario.js';

/** Sessions and tokens that are used by somebody who did not sign in. */
export const stolenSessions = [
  attack('stolen-admin-cookie', {
    title: "A super administrator's session is used from elsewhere",
    story:
      'A file for support that holds a cookie gets into the wrong hands. The session goes on from another network with another system and browser, without any sign-in: it reads the report on password health by its address, creates an account named like a service, makes it an administrator and creates an API token.',
    act: (stage) => {
      const admin = stage.administrator('SUPER_ADMIN');
      const own = stage.session(admin);
      own.signsIn();
      own.entersConsole();
      stage.minutes(38);
      const stolen = own.through({ place: hostingPlace(stage.random), agent: otherLaptopThan(admin) });
      stolen.evaluates(stage.console, { ...STRANGER, risk: 'MEDIUM' });
      stage.minutes(1);
      stolen.exportsReport('Okta Password Health', '/reports/password-health/async_csv_download');
      stage.minutes(6);
      const made = stolen.does(
        (org) =>
          org.addUser({
            firstName: 'Network',
            lastName: 'Backup',
            login: `svc_network_backup${stage.random.below(1e4)}@larkmill.example`,
          }),
        { uri: '/api/v1/users' },
      );
      stage.minutes(1);
      stolen.does(
        (org) => org.grantRole({ kind: 'user', id: made.id }, { type: 'SUPER_ADMIN', label: 'Super Administrator' }),
        {
          uri: `/api/v1/users/${made.id}/roles`,
        },
      );
      stage.minutes(3);
      stolen.does((org) => org.addApiToken(admin.id, 'backup'), { uri: '/api/internal/tokens' });
      stage.minutes(2);
      own.writes('user.session.end', 'User logout from Okta', { uri: '/login/signout', targets: [own.party] });
    },
  }),

  attack('aitm-replay', {
    title: 'A sign-in page in between passes the session on to a script',
    story:
      'Somebody types password and code into a page that looks like their own and passes both on. Okta sees the sign-in come from the page, and seconds later the new session is used by a Python script from another address.',
    act: (stage) => {
      const victim = stage.person('token:software:totp');
      const page = stage.session(victim, { place: hostingPlace(stage.random), agent: windowsChrome() }, 'page in between');
      page.signsIn('token:software:totp', STRANGER);
      stage.pass(25);
      const script = page.through({ place: hostingPlace(stage.random), agent: agentOfScript('python-requests/2.32.3') });
      script.evaluates(stage.dashboard, STRANGER);
      for (const app of stage.applications(4)) {
        script.opens(app, STRANGER, 4);
      }
      stage.minutes(3);
      page.does((org) => org.enrolFactor(victim.id, 'token:software:totp'), { uri: '/idp/idx/credential/enroll' });
    },
  }),

  attack('session-roaming', {
    title: 'A session turns up elsewhere, and Okta takes it for stolen',
    story:
      "An ordinary employee's session is carried on from a rented machine by another browser. Okta tells that the client has changed and that the session is suspected to be hijacked; it stays usable, and three applications are opened.",
    act: (stage) => {
      const victim = stage.person('push');
      const own = stage.session(victim);
      own.signsIn('push');
      stage.minutes(70);
      const stolen = own.through({ place: hostingPlace(stage.random), agent: LINUX_FIREFOX });
      stolen.writes('security.session.detect_client_roaming', 'Roaming session detected for user', {
        targets: [stolen.party],
        severity: 'WARN',
      });
      stolen.writes('user.session.context.change', 'User session context changed', {
        targets: [stolen.party],
        debugData: {
          previousIpAddress: own.client.place.ip,
          newIpAddress: stolen.client.place.ip,
          causes: 'ipAddress.change',
          externalSessionId: own.cookies.id,
        },
      });
      stage.okta('user.risk.detect', 'User risk detected', {
        targets: [own.party],
        severity: 'WARN',
        debugData: {
          risk: '{previousLevel=LOW, level=HIGH, detectionName=Session Influenced User Risk, reasons=Associated sessionId is suspected to be hijacked, issuer=OKTA}',
        },
      });
      for (const app of stage.applications(3)) {
        stolen.opens(app, { ...STRANGER, risk: 'MEDIUM' });
        stage.pass(15);
      }
    },
  }),

  attack('refresh-token-reuse', {
    title: 'A refresh token is used a second time',
    story:
      'An application has exchanged its refresh token for a new one. Somebody offers the old one once more from a rented machine, twice, which only a copy can explain.',
    act: (stage) => {
      const victim = stage.person();
      const client = stage.clientApplication();
      const party = { ...stage.org.appParty(client), type: 'PublicClientApp' };
      const own = stage.session(victim, atHome(victim));
      own.signsIn('signed_nonce', NEW_ADDRESS);
      own.opens(client);
      const token = { id: stage.id('oar'), type: 'refresh_token', alternateId: 'unknown', displayName: 'Refresh Token' };
      stage.minutes(40);
      own.program({}).does(
        (org) =>
          org.emit({
            eventType: 'app.oauth2.token.grant.refresh_token',
            displayMessage: 'OIDC refresh token is granted',
            targets: [token],
          }),
        { uri: '/oauth2/v1/token', actor: party },
      );
      const thief = own.program({ place: hostingPlace(stage.random), agent: agentOfScript('okhttp/4.12.0') });
      const [oldHash, newHash] = [stage.hash('old token'), stage.hash('new token')];
      for (let attempt = 0; attempt < 2; attempt += 1) {
        stage.minutes(9);
        thief.does(
          (org) =>
            org.emit({
              eventType: 'app.oauth2.token.detect_reuse',
              displayMessage: 'Detect one-time refresh token attempted reuse',
              severity: 'WARN',
              result: 'FAILURE',
              reason: 'invalid_grant',
              targets: [token, thief.party],
              debugData: { oldRefreshTokenHash: oldHash, currentRefreshTokenHash: newHash },
            }),
          { uri: '/oauth2/v1/token', actor: party },
        );
      }
    },
  }),

  attack('impossible-travel', {
    title: 'The same person signs in on two continents within half an hour',
    story:
      'Somebody signs in at the office as always. Twenty-five minutes later the same account signs in with the right password and a code from a place that no aircraft reaches in that time.',
    act: (stage) => {
      const victim = stage.person('token:software:totp');
      const own = stage.session(victim);
      own.signsIn('token:software:totp');
      for (const app of stage.applications(2)) own.opens(app);
      stage.minutes(25);
      const far = stage.session(victim, { place: hostingPlace(stage.random), agent: windowsChrome() }, 'far away');
      far.signsIn('token:software:totp', TOO_FAST);
      for (const app of stage.applications(3)) far.opens(app, TOO_FAST);
      stage.minutes(3);
      own.opens(stage.applications(1)[0] ?? victim, USUAL);
    },
  }),

  attack('application-sweep', {
    title: 'A session from an anonymiser opens every application at once',
    story:
      'Signed in through an anonymiser, a session opens eighteen applications in under a minute, far faster than anybody clicks, from the dashboard on.',
    act: (stage) => {
      const victim = stage.person('push');
      const session = stage.session(victim, { place: hostingPlace(stage.random, true), agent: windowsChrome() }, 'sweeper');
      session.signsIn('push', STRANGER);
      stage.pass(20);
      for (const app of stage.applications(18)) {
        session.opens(app, STRANGER, 1.6);
      }
    },
  }),
];
