import { NEW_ADDRESS, TRAVELLING, USUAL } from '../looks.js';
import {
  agentOfScript,
  atHome,
  atOffice,
  homeOf,
  IPHONE,
  laptopOf,
  mobileNetworkOf,
  nextOffice,
  officeOf,
  privateRelayOf,
  TESTERS_NETWORK,
  testersPlace,
  vpnOf,
  windowsChrome,
} from '../places.js';
import { lookAlike } from '../scenario.js';

/** As fast as people travel from door to door. */
const DOOR_TO_DOOR_KMH = 450;

/** Other addresses, other clients and many people behind one. */
export const everydayPlaces = [
  lookAlike('business-travel', {
    title: 'Somebody flies to another office',
    story:
      'In the morning at the own office, after the flight at the nearest other one, with the same laptop and the same security key. The time between is what the journey takes.',
    act: (stage) => {
      const user = stage.person('webauthn');
      stage.session(user).signsIn('webauthn');
      const { place, kilometres } = nextOffice(user);
      stage.minutes((kilometres / DOOR_TO_DOOR_KMH) * 60 + 150);
      const there = stage.session(user, { place, agent: laptopOf(user) });
      there.signsIn('webauthn', TRAVELLING);
      for (const app of stage.applications(2)) there.opens(app, TRAVELLING);
    },
  }),

  lookAlike('vpn-switched-on', {
    title: 'A laptop goes into the VPN in the middle of a session',
    story:
      'At home somebody signs in and then switches the VPN of the company on. The session goes on from another address and network, in the same country and the same browser.',
    act: (stage) => {
      const user = stage.person('signed_nonce');
      const session = stage.session(user, atHome(user));
      session.signsIn();
      session.opens(stage.applications(1)[0] ?? user);
      stage.minutes(12);
      const inside = session.through({ place: vpnOf(user) });
      inside.writes('user.session.context.change', 'User session context changed', {
        targets: [inside.party],
        debugData: {
          previousIpAddress: session.client.place.ip,
          newIpAddress: inside.client.place.ip,
          causes: 'ipAddress.change',
          externalSessionId: session.cookies.id,
        },
      });
      for (const app of stage.applications(3)) inside.opens(app, NEW_ADDRESS);
    },
  }),

  lookAlike('wireless-to-mobile', {
    title: 'A phone leaves the wireless network',
    story:
      'Somebody reads on the phone at home, steps out, and the same session goes on by the mobile network of the same town. Device and browser stay.',
    act: (stage) => {
      const user = stage.person('push');
      const session = stage.session(user, { place: homeOf(user), agent: IPHONE }, `phone of ${user.id}`);
      session.signsIn('push');
      stage.minutes(9);
      const outside = session.through({ place: mobileNetworkOf(user) });
      for (const app of stage.applications(2)) outside.opens(app, NEW_ADDRESS);
    },
  }),

  lookAlike('private-relay', {
    title: "Apple's Private Relay hides an address",
    story:
      'A private phone asks by iCloud Private Relay, which Okta counts among the proxies. The region is right, the device is known, and the push is approved on it.',
    act: (stage) => {
      const user = stage.person('push');
      const relay = { place: privateRelayOf(user), agent: IPHONE };
      const session = stage.session(user, relay, `phone of ${user.id}`);
      session.signsIn('push', NEW_ADDRESS);
      session.opens(stage.applications(1)[0] ?? user, NEW_ADDRESS);
    },
  }),

  lookAlike('browser-updated', {
    title: 'A browser updates itself in the middle of a session',
    story: 'Same session, device token, address and system; only the version of the browser goes up by one.',
    act: (stage) => {
      const user = stage.person('signed_nonce');
      const session = stage.session(user, { place: officeOf(user), agent: windowsChrome(141) });
      session.signsIn();
      session.opens(stage.applications(1)[0] ?? user);
      stage.minutes(95);
      const updated = session.through({ agent: windowsChrome(142) });
      updated.evaluates(stage.dashboard);
      for (const app of stage.applications(2)) updated.opens(app);
    },
  }),

  lookAlike('shared-kiosk', {
    title: 'Five people use the terminal on the shop floor',
    story:
      'One computer at one address, one after the other: each signs in with password and text message, opens the time sheet and signs out.',
    act: (stage) => {
      const [time] = stage.applications(1);
      const [first, ...others] = stage.colleagues(5, 'sms');
      if (first === undefined || time === undefined) return;
      const place = officeOf(first);
      for (const user of [first, ...others]) {
        const session = stage.session(user, { place, agent: windowsChrome() }, 'kiosk in hall 2');
        session.signsIn('sms');
        session.opens(time);
        stage.minutes(2);
        session.writes('user.session.end', 'User logout from Okta', { uri: '/login/signout', targets: [session.party] });
        stage.minutes(7);
      }
    },
  }),

  lookAlike('one-address-many-people', {
    title: 'An office comes out by one address',
    story:
      'Sixty people sign in from one address within an hour and a half, each at their own laptop. Seven of them mistype their password once and are right the second time.',
    act: (stage) => {
      const users = stage.people(60, 'push');
      const place = officeOf(users[0] ?? stage.person());
      for (const [index, user] of users.entries()) {
        const session = stage.session(user, { place, agent: laptopOf(user) });
        if (index % 9 === 4) {
          session.fails();
          stage.pass(12);
        }
        session.signsIn('push');
        stage.pass(70);
      }
    },
  }),

  lookAlike('monday-morning', {
    title: 'On Monday many people mistype their password',
    story:
      'Within two hours fifty people are wrong once and right half a minute later, half of them at the office and half at home, each with their own laptop.',
    act: (stage) => {
      for (const [index, user] of stage.people(50, 'push').entries()) {
        const session = stage.session(user, index % 2 === 0 ? atOffice(user) : atHome(user));
        session.fails();
        stage.pass(30);
        session.signsIn('push');
        stage.pass(90);
      }
    },
  }),

  lookAlike('penetration-test', {
    title: 'A test of the own defences from an announced network',
    story:
      'The testers have said when and from where. They try one password on twelve accounts and find none. The network is one that the organisation has named as known.',
    knownNetworks: [TESTERS_NETWORK],
    act: (stage) => {
      for (const user of stage.people(12)) {
        const client = { place: testersPlace(), agent: agentOfScript('python-requests/2.32.3') };
        stage.session(user, client, `test of ${user.id}`).fails('INVALID_CREDENTIALS', NEW_ADDRESS, '/api/v1/authn');
        stage.pass(45);
      }
    },
  }),

  lookAlike('morning-rush', {
    title: 'Somebody opens all they need for the day',
    story: 'Fifteen applications in twenty minutes from the own desk, one after the other as people click, some of them twice.',
    act: (stage) => {
      const user = stage.person('signed_nonce');
      const session = stage.session(user, atOffice(user));
      session.signsIn('signed_nonce', USUAL);
      for (const app of stage.applications(15)) {
        stage.pass(70);
        session.opens(app);
      }
      for (const app of stage.applications(3)) {
        stage.pass(50);
        session.opens(app);
      }
    },
  }),
];
