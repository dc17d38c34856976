import { USUAL } from '../looks.js';
import { atHome, atOffice, hostingPlace } from '../places.js';
import { attack } from '../scenario.js';

/** What is carried out of the organisation by people who may be there. */
export const collections = [
  attack('passwords-revealed', {
    title: "An administrator looks at other people's application passwords",
    story:
      'Late in the day an administrator has Okta show the stored passwords of 14 people in one application after the other. They are not theirs, and nobody has asked for help.',
    act: (stage) => {
      const admin = stage.administrator('SUPER_ADMIN');
      const session = stage.session(admin, atHome(admin));
      session.signsIn();
      session.entersConsole();
      const app = stage.passwordApplication();
      for (const victim of stage.people(14)) {
        const user = stage.org.userParty(victim);
        session.writes('application.user_membership.show_password', "Show user's password for application", {
          uri: `/api/v1/apps/${app.id}/users/${victim.id}/credentials`,
          targets: [{ ...user, type: 'AppUser', id: stage.id('0ua') }, stage.org.appParty(app), user],
        });
        stage.pass(28);
      }
    },
  }),

  attack('data-exported', {
    title: 'Reports, flows and events leave through the front door',
    story:
      'An administrator session from abroad fetches three reports about people and their rights, exports the flows of Workflows, and creates an event hook that sends every event of the organisation to an address outside.',
    act: (stage) => {
      const admin = stage.administrator('ORG_ADMIN', 'push');
      const session = stage.session(admin, { ...atOffice(admin), place: hostingPlace(stage.random) }, 'collector');
      session.signsIn('push', { ...USUAL, odd: ['New IP', 'New Country', 'New Device'], risk: 'MEDIUM' });
      session.entersConsole({ ...USUAL, odd: ['New IP', 'New Country', 'New Device'], risk: 'MEDIUM' });
      for (const name of ['User Accounts', 'User App Access', 'Admin Role Assignments']) {
        session.exportsReport(name, `/reports/${name.toLowerCase().replaceAll(' ', '-')}/csv`);
        stage.minutes(1);
      }
      session.writes('workflows.user.flow.export', 'Workflows flow exported', {
        uri: '/app/workflows',
        targets: [{ id: stage.id('flo'), type: 'Flow', alternateId: 'Joiners', displayName: 'Joiners' }],
      });
      stage.minutes(4);
      const hook = { id: stage.id('who'), type: 'Hook', alternateId: 'Mirror', displayName: 'Mirror' };
      session.writes('event_hook.created', 'Event hook created', { uri: '/api/v1/eventHooks', targets: [hook] });
      session.writes('event_hook.verified', 'Event hook verified', {
        uri: `/api/v1/eventHooks/${hook.id}/lifecycle/verify`,
        targets: [hook],
      });
    },
  }),
];
