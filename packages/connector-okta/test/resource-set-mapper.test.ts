import { edgeKey, recordFields } from '@castellan/connector-sdk';
import { Drift } from '../src/map/drift.js';
import { mapResourceSet, mapResourceSetMember } from '../src/map/resource-set-member.js';
import { RecordingLogger } from './support/recording-logger.js';

const SET = { key: 'iam1', label: 'Head office' };
const read = (resource: object) => {
  const logger = new RecordingLogger();
  const record = mapResourceSetMember({ id: 'ire1', ...resource }, SET, new Drift(logger));
  return { record, found: `${record?.data.resourceKind} ${record?.data.resource}`, noticed: logger.notUnderstood() };
};
const linked = (href: string): object => ({ _links: { self: { href } } });

describe('what is in a resource set', () => {
  it.each([
    ['orn:okta:directory:00o1:users', 'account null'],
    ['orn:okta:directory:00o1:users:00u1', 'account 00u1'],
    ['orn:okta:directory:00o1:groups', 'group null'],
    ['orn:oktapreview:directory:00o1:groups:00g1', 'group 00g1'],
    ['orn:okta:directory:00o1:groups:00g1:contained_resources', 'accounts_of_group 00g1'],
    ['orn:okta:idp:00o1:apps', 'application null'],
    ['orn:okta:idp:00o1:apps:slack', 'application slack'],
    ['orn:okta:idp:00o1:apps:workday:0oa1', 'application 0oa1'],
    ['orn:okta:idp:00o1:apps:0oa1', 'application 0oa1'],
    ['orn:okta:00o1:groups:00g1', 'group 00g1'],
    ['orn:okta:iam:00o1:contained_resources', 'role null'],
  ])('%s: %s', (orn, expected) => {
    const { found, noticed } = read({ orn });
    expect([found, noticed]).toEqual([expected, []]);
  });

  it.each([
    ['https://acme.okta.com/api/v1/users', 'account null'],
    ['https://acme.okta.com/api/v1/groups', 'group null'],
    ['https://acme-admin.okta.com/api/v1/groups/00g1', 'group 00g1'],
    ['https://acme.okta.com/api/v1/groups/00g1/users', 'accounts_of_group 00g1'],
    ['https://acme.okta.com/api/v1/apps/0oa1', 'application 0oa1'],
    ['https://acme.okta.com/api/v1/apps?filter=name+eq+%22slack%22', 'application slack'],
    ['https://acme.okta.com/api/v1/apps', 'application null'],
    ['https://acme.okta.com/api/v1/idps/0oa2', 'identity_provider 0oa2'],
    ['https://acme.okta.com/api/v1/policies/rst1', 'policy rst1'],
    ['https://acme.okta.com/api/v1/iam/roles', 'role null'],
    ['https://acme.okta.com/api/v1/devices', 'device null'],
  ])('%s: %s', (href, expected) => expect(read(linked(href)).found).toBe(expected));

  it.each(['orn:okta:workflow:00o1:flows:12', 'orn:okta:support:00o1:cases', 'nonsense'])(
    '%s has no word of ours: it is named as Okta does, and noticed',
    (orn) => {
      const { found, noticed } = read({ orn });
      expect(found).toBe(`unknown ${orn}`);
      expect(noticed).toHaveLength(1);
    },
  );

  it('the name counts before the link, and a name that says nothing leaves it to the link', () => {
    const href = linked('https://acme.okta.com/api/v1/users');
    expect(read({ orn: 'orn:okta:directory:00o1:groups', ...href }).found).toBe('group null');
    expect(read({ orn: 'orn:okta:new:00o1:things', ...href }).found).toBe('account null');
  });

  it('is a row of the set, by the id of the membership: a group and its members are two', () => {
    const orn = 'orn:okta:directory:00o1:groups:00g1';
    const { record } = read({ orn, created: '2021-02-06T16:20:57.000Z' });
    expect(record).toMatchObject({ kind: 'resource_set_member', key: edgeKey('iam1', 'ire1'), partition: 'iam1' });
    expect(record?.data).toEqual({
      resourceSet: 'iam1',
      setName: 'Head office',
      resourceKind: 'group',
      resource: '00g1',
      createdAt: '2021-02-06T16:20:57.000Z',
      updatedAt: null,
    });
    const fields = recordFields('resource_set_member').map(({ name }) => name);
    expect(Object.keys(record?.data ?? {}).toSorted()).toEqual(fields.toSorted());
  });

  it('needs an id, as the set does', () => {
    const drift = new Drift(new RecordingLogger());
    expect(mapResourceSetMember({ orn: 'orn:okta:directory:00o1:users' }, SET, drift)).toBeNull();
    expect(mapResourceSet({ label: 'x' }, drift)).toBeNull();
    expect(mapResourceSet({ id: 'iam1', label: 'Head office' }, drift)).toEqual(SET);
  });
});
