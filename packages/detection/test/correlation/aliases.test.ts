import { Arrivals, arrivalsOf, Hit } from '../../src/correlation/arrivals.js';
import { readRules } from '../../src/rule-book.js';
import { EventReader } from '../../src/sigma/event-reader.js';

const detection = (name: string): string =>
  `title: ${name}\nname: ${name}\nlogsource: {}\ndetection: { s: { type: ${name} }, condition: s }\n`;

test('an alias is grouped by, and counted, as each of the rules calls it', () => {
  const { linked, problems } = readRules([
    {
      name: 'own.yml',
      text: [
        detection('reset'),
        detection('enrolled'),
        `title: many
name: many
correlation:
  type: value_count
  rules: [reset, enrolled]
  group-by: [who]
  aliases:
    who: { reset: target, enrolled: actor }
    from: { reset: ip, enrolled: client.ip }
  timespan: 1h
  condition: { field: from, gte: 2 }
`,
      ].join('---\n'),
    },
  ]);
  expect(problems).toEqual([]);
  const [rule] = linked.correlations.map((one) => one.rule);
  if (rule === undefined) throw new Error('There is one.');
  const read = arrivalsOf(rule, [['reset'], ['enrolled']], new EventReader());
  const all = new Arrivals();
  read(new Hit({ target: 'ann', ip: 'a', client: { ip: 'x' } }, 'one', 1), 0, all);
  read(new Hit({ actor: 'ann', client: { ip: 'b' }, ip: 'y' }, 'two', 2), 1, all);
  expect(all.groups).toEqual(['ann', 'ann']);
  expect(all.entries.map(({ value }) => value)).toEqual(['a', 'b']);
});
