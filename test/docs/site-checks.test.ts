import { BuiltSite } from '../../docs/.vitepress/checks/links.js';
import { differingFiles } from '../../docs/.vitepress/checks/shown-files.js';
import { sidebarProblems } from '../../docs/.vitepress/checks/sidebar-pages.js';
import { slugOf } from '../../docs/.vitepress/markdown/slug.js';
import { folderOf } from './temporary-folder.js';

const page = (...links: readonly string[]): string =>
  `<h1 id="top">A <em>page</em></h1><h2 id="größe-1">Größe</h2>${links.join('')}<pre>&lt;a href="/not/a/link.html"&gt;</pre>`;
const to = (href: string): string => `<a class="x" href="${href}">x</a>`;

describe('links of the built site', () => {
  test('what leads somewhere is let through', () => {
    const folder = folderOf({
      'index.html': page(to('/a/b.html'), to('/a/b.html#top'), to('#top'), to('/a/'), to('https://example.com/x#y')),
      'a/b.html': page(to('../index.html#gr%C3%B6%C3%9Fe-1'), to('./index.html'), to('/'), '<img src="/picture.svg" alt="">'),
      'a/index.html': page(to('b.html?x=1#top'), '<link rel="stylesheet" href="/assets/style.css">'),
      'assets/style.css': '',
      'picture.svg': '',
    });
    const site = new BuiltSite(folder);
    expect(site.deadLinks()).toEqual([]);
    expect(site.outsideResources()).toEqual([]);
  });

  test.each([
    ['a page that is not there', to('/a/c.html')],
    ['an anchor that is not there', to('/a/b.html#bottom')],
    ['an anchor of its own page', to('#bottom')],
    ['a folder without a page', to('/b/')],
    ['a file of the repository that is no page', to('../packages/storage/src/index.ts')],
    ['a picture', '<img alt="" src="/missing.svg">'],
    ['a script', '<script type="module" src="/assets/app.js"></script>'],
  ])('%s is found', (_, link) => {
    const site = new BuiltSite(folderOf({ 'index.html': page(link), 'a/b.html': page() }));
    expect(site.deadLinks()).toHaveLength(1);
    expect(site.deadLinks()[0]).toMatch(/^index\.html: /);
  });

  test.each([
    ['a script', '<script src="https://cdn.example.com/x.js"></script>'],
    ['a font', '<link rel="preload" href="//fonts.example.com/x.woff2" as="font">'],
    ['a picture', '<img src="https://example.com/x.png" alt="">'],
  ])('%s from elsewhere is found, a link to elsewhere is not', (_, resource) => {
    const site = new BuiltSite(folderOf({ 'index.html': page(resource, to('https://example.com')) }));
    expect(site.outsideResources()).toHaveLength(1);
  });
});

describe('the sidebar', () => {
  const sidebar = [{ text: 'Start', items: [{ link: '/' }, { link: '/a' }] }, { items: [{ items: [{ link: '/adr/' }] }] }];

  test('names every page once', () => {
    expect(sidebarProblems(['index.md', 'a.md', 'adr/index.md'], sidebar)).toEqual([]);
  });

  test('a page that it lacks, one that is not there and one that comes twice are found', () => {
    expect(sidebarProblems(['index.md', 'a.md', 'b.md', 'adr/index.md'], sidebar)).toEqual(['b.md is not in the sidebar']);
    expect(sidebarProblems(['index.md', 'adr/index.md'], sidebar)).toEqual(['the sidebar names a.md, which is no page']);
    const twice = [...sidebar, { link: '/a' }];
    expect(sidebarProblems(['index.md', 'a.md', 'adr/index.md'], twice)).toEqual(['a.md is in the sidebar twice']);
  });
});

describe('a code block that shows a file', () => {
  const shown = (info: string, code: string): string => `Text.\n\n\`\`\`${info}\n${code}\n\`\`\`\n`;
  const base = '{ "extends": "./tsconfig.base.json",';
  const region = 'docs/examples/acme/acme-streams.ts#parse';
  const parse = [
    'function toText(saved: Json): string {',
    "  if (typeof saved !== 'string') throw new TypeError('not a position of this stream');",
    '  return saved;',
    '}',
    '',
    'function toPlace(saved: Json): Place {',
    '  const { done, group, token } = Object(saved);',
    '  return { done: toText(done), group: toText(group), token: toText(token) };',
    '}',
  ].join('\n');

  test('is as the file, or the region of it', () => {
    expect(differingFiles('a.md', shown(`ts file:${region}`, parse))).toEqual([]);
    expect(differingFiles('a.md', shown('json file:packages/form-schema/turbo.json', 'x'))).toHaveLength(1);
    expect(differingFiles('a.md', shown('ts', 'anything'))).toEqual([]);
  });

  test.each([
    ['another word', `ts file:${region}`, parse.replace('saved;', 'saved ;')],
    ['a line less', `ts file:${region}`, parse.split('\n').slice(1).join('\n')],
    ['a part of a whole file', 'json file:tsconfig.json', base],
    ['a file that is gone', 'ts file:docs/examples/gone.ts', parse],
  ])('%s is found', (_, info, code) => {
    expect(differingFiles('a.md', shown(info, code))).toHaveLength(1);
  });

  test('a region that is gone is an error with its name', () => {
    expect(() => differingFiles('a.md', shown('ts file:docs/examples/acme/acme-streams.ts#gone', parse))).toThrow('"gone"');
  });
});

// As the web view of a repository makes them.
test.each([
  ['What is odd, and what is secret', 'what-is-odd-and-what-is-secret'],
  ['1. API service integration', '1-api-service-integration'],
  ['rate_limit', 'rate_limit'],
  ['API, below `/api`', 'api-below-api'],
  ['Größe – und mehr', 'größe--und-mehr'],
])('the anchor of "%s"', (heading, slug) => {
  expect(slugOf(heading)).toBe(slug);
});
