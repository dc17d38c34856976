/** Of the documentation page: no script, no picture, no font from anywhere; the browser's own light or dark. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2330; --soft: #5a6577; --line: #dfe4ec; --sheet: #f5f7fa; --accent: #2456b8;
  --get: #0b6b45; --post: #1f4fb0; --patch: #8a5300; --delete: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161d; --ink: #e3e8f0; --soft: #9aa6b8; --line: #2b3341; --sheet: #1a202a;
  --accent: #8ab0ff; --get: #5fd3a3; --post: #8ab0ff; --patch: #f0b35e; --delete: #ff8f86; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif; }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.frame { display: grid; grid-template-columns: 19rem minmax(0, 1fr); max-width: 82rem; margin: 0 auto; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem 2rem 1.5rem; border-right: 1px solid var(--line); }
nav strong { display: block; }
nav h2 { margin: 1.1rem 0 .3rem; font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .15rem .4rem; margin-left: -.4rem; border-radius: 4px; color: var(--ink); text-decoration: none; font-size: .9rem; }
nav a:hover { background: var(--sheet); }
main { padding: 2rem 2.5rem 6rem; min-width: 0; }
h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; }
main > section > h2 { margin: 3rem 0 1rem; font-size: 1.4rem; }
article { margin: 0 0 1.5rem; padding: 1.1rem 1.3rem; border: 1px solid var(--line); border-radius: 8px; }
article h3 { display: flex; flex-wrap: wrap; align-items: baseline; gap: .4rem .7rem; margin: 0; font-weight: 600; font-size: 1rem; }
article h3 code { font-size: .95rem; overflow-wrap: anywhere; }
h4 { margin: 1.1rem 0 .4rem; font-size: .8rem; letter-spacing: .05em; text-transform: uppercase; color: var(--soft); }
.method { font: 700 .8rem/1.4 ui-monospace, monospace; padding: .1rem .45rem; border: 1px solid currentColor; border-radius: 4px; }
.get { color: var(--get); } .post { color: var(--post); } .patch, .put { color: var(--patch); } .delete { color: var(--delete); }
.badge { margin-left: auto; font-size: .8rem; font-weight: 500; padding: .1rem .55rem; border-radius: 999px; background: var(--sheet); border: 1px solid var(--line); color: var(--soft); white-space: nowrap; }
.summary { margin: .5rem 0 0; font-weight: 500; } .more { margin: .2rem 0 0; color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 500; }
td:first-child { white-space: nowrap; } td.text { min-width: 14rem; }
pre { margin: .4rem 0 0; padding: .8rem 1rem; max-height: 28rem; overflow: auto; background: var(--sheet); border-radius: 6px; }
details { margin-top: .5rem; } summary { cursor: pointer; color: var(--accent); }
.problems { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0; }
:target { border-color: var(--accent); }
@media (max-width: 60rem) { .frame { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 1rem; }
  main { padding: 1.2rem 1rem 4rem; } article { padding: .9rem 1rem; } .badge { margin-left: 0; } nav .routes { display: none; } nav h2 { display: inline-block; margin: .2rem .7rem .2rem 0; } }
@media (max-width: 40rem) { tr, td { display: block; } td { padding: .1rem 0; border: 0; } tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td.text { min-width: 0; } tr:has(th) { display: none; } }
`;
