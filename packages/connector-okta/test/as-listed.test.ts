import { asListed } from '../src/map/as-listed.js';

describe('a user that was read by itself', () => {
  const self = { href: 'https://example.okta.com/api/v1/users/00u1' };

  it('has the links that it has in a list', () => {
    const user = { id: '00u1', profile: {}, _links: { suspend: { href: 'x' }, self, deactivate: { href: 'y' } } };
    expect(asListed(user)).toEqual({ id: '00u1', profile: {}, _links: { self } });
  });

  it.each([null, 'text', [], { id: '00u1' }, { id: '00u1', _links: null }])('is left as it is when it is odd: %j', (odd) => {
    expect(asListed(odd)).toBe(odd);
  });
});
