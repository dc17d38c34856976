import { networksOf, readNetworkList } from '../../src/enrichment/networks.js';

const networks = networksOf([
  { name: 'offices', entries: ['192.0.2.0/28', '2001:db8:1::/48'] },
  { name: 'bad', entries: ['192.0.2.7', '2001:DB8:0:0:0:0:0:9', '198.51.100.0/24', '198.51.100.128/25'] },
  { name: 'all', entries: ['0.0.0.0/0'] },
]);

test.each([
  ['192.0.2.7', ['all', 'bad', 'offices']],
  ['192.0.2.15', ['all', 'offices']],
  ['192.0.2.16', ['all']],
  ['198.51.100.200', ['all', 'bad']],
  ['2001:db8::9', ['bad']],
  ['2001:0db8:0001:ffff::1', ['offices']],
  ['2001:db8:2::1', []],
  // The same address, as some programs write it.
  ['::ffff:192.0.2.16', ['all']],
  ['192.0.2', []],
  ['192.0.2.0/28', []],
  ['nobody', []],
  ['', []],
])('%j is in %j', (address, lists) => {
  expect([...networks.listsOf(address)].toSorted()).toEqual(lists);
});

test('lines of a list that are neither an address nor a range are named', () => {
  const { list, odd } = readNetworkList('own', '# offices\n\n192.0.2.0/28 ; Berlin\n10.1\n192.0.2.1/33\n 2001:db8::1 \nfoo\n');
  expect(list).toEqual({ name: 'own', entries: ['192.0.2.0/28', '2001:db8::1'] });
  expect(odd).toEqual([
    { line: 4, text: '10.1' },
    { line: 5, text: '192.0.2.1/33' },
    { line: 7, text: 'foo' },
  ]);
});
