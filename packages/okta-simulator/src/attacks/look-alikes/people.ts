import { NEW_ADDRESS, NEW_DEVICE } from '../looks.js';
import { agentOfScript, atHome, atOffice, officeOf } from '../places.js';
import { lookAlike } from '../scenario.js';
import type { Session } from '../session.js';
import type { Role, Stage } from '../stage.js';

/** An administrator at the own desk, in the Admin Console. */
export function atTheConsole(stage: Stage, role: Role): Session {
  const session = stage.session(stage.administrator(role));
  session.signsIn();
  session.entersConsole();
  stage.minutes(3);
  return session;
}

/** People who come, go, and are many at once. */
export const everydayPeople = [
  lookAlike('onboarding-wave', {
    title: 'Forty people start on the first of the month',
    story:
      'An administrator creates 40 accounts in half an hour at the office, each is activated, put into two ordinary groups and given one application. No role is among it.',
    act: (stage) => {
      const session = atTheConsole(stage, 'SUPER_ADMIN');
      const groups = [stage.group(), stage.group()];
      const [app] = stage.applications(1);
      for (let number = 1; number <= 40; number += 1) {
        const login = `starter${stage.random.below(1e8)}@larkmill.example`;
        const user = session.does(
          (org) => org.addUser({ firstName: 'Starter', lastName: `Number ${number}`, login, status: 'STAGED' }),
          {
            uri: '/api/v1/users',
          },
        );
        session.does((org) => org.setStatus(user.id, 'ACTIVE'), { uri: `/api/v1/users/${user.id}/lifecycle/activate` });
        for (const { id } of groups)
          session.does((org) => org.addMember(id, user.id), { uri: `/api/v1/groups/${id}/users/${user.id}` });
        if (app !== undefined) session.does((org) => org.assignUser(app.id, user.id), { uri: `/api/v1/apps/${app.id}/users` });
        stage.pass(40);
      }
    },
  }),

  lookAlike('off-boarding-wave', {
    title: 'Twelve contracts end on the last of the month',
    story:
      'An administrator ends the sessions of twelve people, takes them out of a group and deactivates their accounts in twenty minutes at the office.',
    act: (stage) => {
      const session = atTheConsole(stage, 'ORG_ADMIN');
      const group = stage.group();
      const leavers = stage.people(12);
      stage.before(300, () => {
        for (const { id } of leavers) stage.org.addMember(group.id, id);
      });
      for (const user of leavers) {
        session.writes('user.session.clear', 'Clear user session', {
          uri: `/api/v1/users/${user.id}/sessions`,
          targets: [stage.org.userParty(user)],
        });
        session.does((org) => org.removeMember(group.id, user.id), { uri: `/api/v1/groups/${group.id}/users/${user.id}` });
        session.does((org) => org.setStatus(user.id, 'DEPROVISIONED'), {
          uri: `/api/v1/users/${user.id}/lifecycle/deactivate`,
        });
        stage.pass(95);
      }
    },
  }),

  lookAlike('contractor-first-day', {
    title: 'A contractor signs in for the first time',
    story:
      'An account that was made in the morning by an administrator is used at noon from home with a new laptop. Everything is new because the person is: they set up an authenticator and open two applications that they were given.',
    act: (stage) => {
      const session = atTheConsole(stage, 'SUPER_ADMIN');
      const login = `contractor${stage.random.below(1e8)}@larkmill.example`;
      const profile = { userType: 'Contractor', city: 'Hamburg', countryCode: 'DE' };
      const user = session.does((org) => org.addUser({ firstName: 'Cleo', lastName: 'Contractor', login, profile }), {
        uri: '/api/v1/users',
      });
      const given = stage.applications(2);
      for (const app of given) session.does((org) => org.assignUser(app.id, user.id), { uri: `/api/v1/apps/${app.id}/users` });
      stage.minutes(170);
      const own = stage.session(user, atHome(user));
      const looks = { ...NEW_DEVICE, odd: ['New Device', 'New IP'] as const };
      own.does((org) => org.changePassword(user.id), { uri: '/idp/idx/challenge/answer' });
      own.does((org) => org.enrolFactor(user.id, 'push', 'OKTA', { name: 'Phone' }), { uri: '/idp/idx/credential/enroll' });
      own.signsIn('push', looks);
      for (const app of given) own.opens(app, looks);
    },
  }),

  lookAlike('service-on-schedule', {
    title: 'A service signs in every fifteen minutes',
    story:
      'An account of a service asks from one machine of the data centre, at the minute, by one program, as it has done for a year. It only opens the application it serves.',
    act: (stage) => {
      const services = [...stage.org.directory.users.values()].filter((user) =>
        stage.org.userParty(user).alternateId.startsWith('svc-'),
      );
      const service =
        services[0] ??
        stage.before(400, () => stage.org.addUser({ login: 'svc-print@larkmill.example', profile: { userType: 'Service' } }));
      const [app] = stage.applications(1);
      const client = { place: officeOf(service), agent: agentOfScript('larkmill-print/4.2') };
      for (let run = 0; run < 12; run += 1) {
        const session = stage.session(service, client, 'print server');
        session.provesPassword();
        session.starts();
        if (app !== undefined) session.opens(app);
        stage.minutes(15);
      }
    },
  }),

  lookAlike('project-group-filled', {
    title: 'A project begins, and its group is filled',
    story:
      'An administrator puts six people of a project into its group, which holds no role, within five minutes. They have its applications from then on.',
    act: (stage) => {
      const session = atTheConsole(stage, 'ORG_ADMIN');
      const group = stage.group();
      for (const { id } of stage.people(6)) {
        session.does((org) => org.addMember(group.id, id), { uri: `/api/v1/groups/${group.id}/users/${id}` });
        stage.pass(45);
      }
    },
  }),

  lookAlike('nightly-import', {
    title: 'The directory sends what has changed over the day',
    story:
      'At night the agent of the directory starts an import, as every night. Four accounts are new, nine have another title, and the import ends as it should. Nobody is at a keyboard.',
    act: (stage) => {
      const { org } = stage;
      const app = stage.directoryApplication();
      const targets = [org.appParty(app)];
      const about = { importType: 'INCREMENTAL', importTrigger: 'SCHEDULED', AppName: 'active_directory' };
      stage.okta('system.import.start', 'Import started', { targets, debugData: about });
      stage.minutes(2);
      for (let number = 0; number < 4; number += 1) {
        const made = org.silently(() =>
          org.under({ at: stage.now }, () =>
            org.addUser({
              firstName: 'Joiner',
              lastName: `Number ${number}`,
              login: `joiner${stage.random.below(1e8)}@larkmill.example`,
            }),
          ),
        );
        stage.okta('system.import.user.create', 'Create user triggered by import process', {
          targets: [org.userParty(made), ...targets],
        });
      }
      for (const user of stage.people(9)) {
        org.silently(() => org.under({ at: stage.now }, () => org.updateUser(user.id, { title: 'Team lead' })));
        stage.okta('system.import.user.update', 'Update user triggered by import process', {
          targets: [org.userParty(user), ...targets],
        });
      }
      stage.minutes(1);
      stage.okta('system.import.complete', 'Import process complete', {
        targets,
        debugData: { ...about, addedObjects: '4', updatedObjects: '9' },
      });
    },
  }),

  lookAlike('home-and-office', {
    title: 'Somebody works at home in the morning and at the office after that',
    story: 'Two addresses of one town on one day and one laptop, an hour apart. Both have been seen a hundred times.',
    act: (stage) => {
      const user = stage.person('signed_nonce');
      const session = stage.session(user, atHome(user));
      session.signsIn('signed_nonce', NEW_ADDRESS);
      for (const app of stage.applications(2)) session.opens(app);
      stage.minutes(65);
      const there = stage.session(user, atOffice(user));
      there.signsIn();
      for (const app of stage.applications(2)) there.opens(app);
    },
  }),
];
