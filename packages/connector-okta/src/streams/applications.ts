import { BUCKETS } from '../client/buckets.js';
import { mapApplication, mapAppUser } from '../map/application.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { parseFanOutCursor, parseListCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { listPages } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { partPage, segment } from './parts.js';
import { refreshAppUserAssignments } from '../refresh/app-user-assignments.js';
import { refreshApplications } from '../refresh/applications.js';

/** Enough for a scarce bucket (240 a minute at 2 s each), and few enough for memory: the pages are the largest of all. */
const AHEAD = 8;

/** Applications of every status. */
export const applications = oktaStream({
  name: 'applications',
  kind: 'application',
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  parseCursor: parseListCursor,
  read: (args) =>
    listPages<'application'>(args, {
      first: { url: '/api/v1/apps', query: { limit: String(PAGE_SIZE.applications) } },
      map: (item) => mapApplication(item, args.client.drift),
      selection: { what: 'application', keeps: ({ data }) => args.client.selection.application(data.label) },
      cost: { stream: 'applications', bucket: BUCKETS.apps },
    }),
  refresh: (args) => refreshApplications(args, ({ data }) => args.client.selection.application(data.label)),
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
      ahead: AHEAD,
      list: (app, next) => {
        const first = { url: `/api/v1/apps/${segment(app.key)}/users`, query: { limit: String(PAGE_SIZE.appUsers) } };
        return partPage(args.client, first, next, (item) => mapAppUser(item, app.key, args.client.drift));
      },
      cost: { stream: 'app-user-assignments', bucket: BUCKETS.apps },
    }),
  refresh: refreshAppUserAssignments,
});
