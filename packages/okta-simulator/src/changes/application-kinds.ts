import { textAt } from '../json/json.js';
import type { ChangeKind } from './change-kind.js';
import { any, apps, changeOne, groups, inStatus, isOktaGroup, users } from './change-kind.js';

const appKinds: readonly ChangeKind[] = [
  {
    name: 'app created',
    apply: (org, random) => {
      org.addApp({ label: `New app ${random.below(1_000_000_000)}` });
      return true;
    },
  },
  changeOne('app updated', apps, any, (org, app, random) =>
    org.updateApp(app.id, { label: `${textAt(app, 'label') ?? 'App'} ${random.below(1000)}` }),
  ),
  changeOne('app deactivated', apps, inStatus('ACTIVE'), (org, app) => org.setAppStatus(app.id, 'INACTIVE')),
  changeOne('app activated', apps, inStatus('INACTIVE'), (org, app) => org.setAppStatus(app.id, 'ACTIVE')),
  changeOne('app deleted', apps, inStatus('INACTIVE'), (org, app) => org.deleteApp(app.id)),
];

const assignmentKinds: readonly ChangeKind[] = [
  changeOne('app assigned to user', apps, inStatus('ACTIVE'), (org, app, random) => {
    const assigned = org.applications.direct(app.id);
    const user = users(org).drawn(random.next(), ({ id, status }) => status === 'ACTIVE' && !assigned.has(id));
    if (!user) return false;
    org.assignUser(app.id, user.id);
    return true;
  }),
  changeOne('app assigned to group', apps, inStatus('ACTIVE'), (org, app, random) => {
    const assigned = org.applications.groups(app.id);
    const group = groups(org).drawn(random.next(), (one) => isOktaGroup(one) && !assigned.has(one.id));
    if (!group) return false;
    org.assignGroup(app.id, group.id);
    return true;
  }),
  {
    name: 'app unassigned from user',
    apply: (org, random) => {
      const app = apps(org).drawn(random.next(), ({ id }) => org.applications.direct(id).size > 0);
      if (!app) return false;
      const people = [...org.applications.direct(app.id).keys()];
      org.unassignUser(app.id, random.pick(people));
      return true;
    },
  },
  {
    name: 'app unassigned from group',
    apply: (org, random) => {
      const app = apps(org).drawn(random.next(), ({ id }) => org.applications.groups(id).size > 0);
      const assignment = app && org.applications.groups(app.id).drawn(random.next());
      if (!app || !assignment) return false;
      org.unassignGroup(app.id, assignment.id);
      return true;
    },
  },
  {
    name: 'app user updated',
    apply: (org, random) => {
      const app = apps(org).drawn(random.next(), ({ id }) => org.effectiveAssignments(id).length > 0);
      if (!app) return false;
      const { userId } = random.pick(org.effectiveAssignments(app.id));
      org.updateAppUser(app.id, userId, { profile: { role: `role ${random.below(1000)}` } });
      return true;
    },
  },
  {
    name: 'priority of group assignment changed',
    apply: (org, random) => {
      const app = apps(org).drawn(random.next(), ({ id }) => org.applications.groups(id).size > 0);
      const assignment = app && org.applications.groups(app.id).drawn(random.next());
      if (!app || !assignment) return false;
      org.updateGroupAssignment(app.id, assignment.id, { priority: 1 + random.below(100) });
      return true;
    },
  },
];

export const applicationKinds: readonly ChangeKind[] = [...appKinds, ...assignmentKinds];
