/**
 * The least time that Okta's limits allow for listing an organisation, counted from its own state and not from what the
 * connector does: calls by bucket for the cheapest way, divided by what a bucket grants a minute.
 */
const pages = (rows, size) => Math.max(1, Math.ceil(rows / size));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** @param org of the simulator. @param perMinute by bucket. */
export function floorOf(org, perMinute) {
  const { directory, applications, administration, identityProviders } = org;
  const groups = [...directory.groups.values()];
  const listed = groups.filter((group) => !isEveryone(group) && directory.memberCount(group.id) > 0);
  const appIds = [...applications.apps.keys()];
  const appsOf = (group) => applications.appsOfGroup(group.id).size;
  const roles = (kind) => administration.holders(kind).length;
  const users = pages(directory.users.size, 200) + roles('user');
  const groupsAtLeast =
    pages(groups.length, 200) +
    pages(directory.rules.size, 200) +
    roles('group') +
    sum(listed.map((group) => pages(directory.memberCount(group.id), 1_000)));
  const appsAtLeast = pages(appIds.length, 200) + sum(appIds.map((id) => pages(org.effectiveAssignments(id).length, 500)));
  const byApp = sum(appIds.map((id) => pages(applications.groups(id).size, 200)));
  const byGroup = sum(groups.filter((group) => appsOf(group) > 0).map((group) => pages(appsOf(group), 200)));
  const other = pages(identityProviders.idps.size, 200) * 2 + identityProviders.idps.size;
  const ways = [
    { way: 'groups of each application', groups: groupsAtLeast, apps: appsAtLeast + byApp },
    { way: 'applications of each group', groups: groupsAtLeast + byGroup, apps: appsAtLeast },
  ].map(({ way, groups: inGroups, apps }) => {
    const calls = { '/api/v1/users': users, '/api/v1/groups': inGroups, '/api/v1/apps': apps, '/api/v1': other };
    const minutes = Object.entries(calls).map(([bucket, count]) => [bucket, count / perMinute[bucket]]);
    const [dominates, floorMinutes] = minutes.toSorted((a, b) => b[1] - a[1])[0];
    return { way, calls, dominates, floorSeconds: floorMinutes * 60 };
  });
  return ways.toSorted((a, b) => a.floorSeconds - b.floorSeconds)[0];
}

function isEveryone(group) {
  return group.type === 'BUILT_IN' && group.profile.name === 'Everyone';
}
