import { mapAppGroup, mapApplication, mapAppUser } from '../map/application.js';
import { parseFanOutCursor, parseListCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { listPages } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { partPage, segment } from './parts.js';
import { refreshAppGroupAssignments } from '../refresh/app-group-assignments.js';
import { refreshAppUserAssignments } from '../refresh/app-user-assignments.js';
import { refreshApplications } from '../refresh/applications.js';

/** Applications of every status. */
export const applications = oktaStream({
  name: 'applications',
  kind: 'application',
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'application'>(args, {
      first: { url: '/api/v1/apps', query: { limit: '200' } },
      map: (item) => mapApplication(item, args.client.drift),
    }),
  refresh: (args) => refreshApplications(args),
});

/** Accounts of each application, those who have it through a group too. */
export const appUserAssignments = oktaStream({
  name: 'app-user-assignments',
  kind: 'app_assignment',
  dependsOn: ['applications'],
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'app_assignment'>(args, {
      parents: 'application',
      list: (app, next) => {
        const first = { url: `/api/v1/apps/${segment(app.key)}/users`, query: { limit: '500' } };
        return partPage(args.client, first, next, (item) => mapAppUser(item, app.key, args.client.drift));
      },
    }),
  refresh: refreshAppUserAssignments,
});

/** Groups of each application. */
export const appGroupAssignments = oktaStream({
  name: 'app-group-assignments',
  kind: 'app_assignment',
  dependsOn: ['applications'],
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'app_assignment'>(args, {
      parents: 'application',
      list: (app, next) => {
        const first = { url: `/api/v1/apps/${segment(app.key)}/groups`, query: { limit: '200' } };
        return partPage(args.client, first, next, (item) => mapAppGroup(item, app.key, args.client.drift));
      },
    }),
  refresh: refreshAppGroupAssignments,
});
