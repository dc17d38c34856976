import { problemCodes } from './problem-schema.js';
import { problemKind } from '../problems/problem-catalogue.js';
import { fieldRows } from './field-rows.js';
import { Html, html } from './html.js';
import { STYLE } from './docs-style.js';
import type { Answer, Content, OpenApiDocument, Operation, Parameter } from './open-api.js';
import type { Schema } from './schema.js';

/** One operation, with where it stands in the page. */
interface Entry {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The API document as a page for people. It has no script, so its policy allows none. */
export function docsPage(document: OpenApiDocument): string {
  const entries = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
  const groups = document.tags.map(({ name }) => ({
    name,
    entries: entries.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} API</title><style>${new Html(STYLE)}</style></head>
<body><div class="frame">
<nav aria-label="Routes"><strong>${document.info.title} API</strong>${groups.map(menu)}<h2><a href="#problems">Problems</a></h2></nav>
<main><h1>${document.info.title} API</h1>
${document.info.description.split('\n').map((text) => html`<p>${prose(text)}</p>`)}
<p>For programs: <a href="/api/docs/openapi.json">openapi.json</a> (OpenAPI ${document.openapi}).</p>
${groups.map(({ name, entries: own }) => html`<section id="${anchor(name)}"><h2>${name}</h2>${own.map(article)}</section>`)}
${catalogue()}
</main></div></body></html>
`;
  return page.text;
}

function menu(group: { readonly name: string; readonly entries: readonly Entry[] }): Html {
  const routes = group.entries.map(
    ({ operation }) => html`<li><a href="#${anchor(operation.operationId)}">${operation.summary}</a></li>`,
  );
  return html`<h2><a href="#${anchor(group.name)}">${group.name}</a></h2><ul class="routes">${routes}</ul>`;
}

function article({ method, path, operation }: Entry): Html {
  const [[good, answer], ...problems] = answersOf(operation);
  return html`<article id="${anchor(operation.operationId)}">
<h3><span class="method ${method}">${method.toUpperCase()}</span><code>${path}</code><span class="badge">${badge(operation)}</span></h3>
<p class="summary">${operation.summary}</p><p class="more">${prose(operation.description ?? '')}</p>
${parameterTable(operation.parameters ?? [])}
${operation.requestBody === undefined ? '' : body('Body', operation.requestBody.content)}
${answer.content === undefined ? html`<h4>Answer ${good}</h4><p class="more">${answer.description}</p>` : body(`Answer ${good}`, answer.content)}
<h4>Problems</h4><p class="problems">${problems.map(problemLinks)}</p>
</article>
`;
}

/** The good answer has the lowest status, and JavaScript keeps such keys in their order. */
function answersOf(operation: Operation): readonly [readonly [string, Answer], ...(readonly [string, Answer])[]] {
  const [good, ...problems] = Object.entries(operation.responses);
  if (good === undefined) throw new Error(`${operation.operationId} has no answer`);
  return [good, ...problems];
}

function badge({ security }: Operation): string {
  const [way] = security;
  if (way === undefined) return 'public';
  return Object.values(way).flat()[0] ?? 'signed in';
}

function parameterTable(parameters: readonly Parameter[]): Html | string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: place, required, description = '', schema }) =>
      html`<tr><td><code>${name}</code></td><td>${place}${required ? '' : ', optional'}</td><td class="text">${prose(description)} ${limits(schema)}</td></tr>`,
  );
  return html`<h4>Parameters</h4><div class="scroll"><table>${rows}</table></div>`;
}

function limits({ pattern }: Schema): Html | string {
  return pattern === undefined ? '' : html`<code>${pattern}</code>`;
}

function body(title: string, content: Content): readonly Html[] {
  return Object.entries(content).map(([type, { schema, examples = {} }]) => {
    const rows = fieldRows(schema).map(
      ({ path, form, text }) =>
        html`<tr><td><code>${path}</code></td><td>${form}</td><td class="text">${prose(text)}</td></tr>`,
    );
    const fields = html`<details><summary>Fields</summary><div class="scroll"><table>${rows}</table></div></details>`;
    const shown = Object.entries(examples).map(([name, example], index) => {
      const json = 'value' in example ? written(example.value) : '';
      return html`<details${index === 0 ? new Html(' open') : ''}><summary>${name === 'example' ? 'Example' : `Example: ${name}`}</summary><pre>${json}</pre></details>`;
    });
    return html`<h4>${title} · ${type}</h4>${shown}${rows.length === 0 ? '' : fields}`;
  });
}

/** Lists of short values on one line, which `JSON.stringify` alone gives a line each. */
function written(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(/\[\n\s+([^[\]{}]*)\n\s+\]/g, (list: string, inner: string) => {
    const line = `[${inner.replaceAll(/,\n\s+/g, ', ')}]`;
    return line.length > 90 ? list : line;
  });
}

function problemLinks([status, { content = {} }]: readonly [string, Answer]): Html {
  const codes = Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples));
  return html`<span>${status} ${codes.map((code) => html`<a href="#problem-${code}"><code>${code}</code></a> `)}</span>`;
}

function catalogue(): Html {
  const rows = problemCodes().map((code) => {
    const { status, title, meaning, remedy } = problemKind(code);
    return html`<tr id="problem-${code}"><td><code>${code}</code></td><td>${status}</td><td class="text"><strong>${title}.</strong> ${prose(meaning)} ${prose(remedy)}</td></tr>`;
  });
  return html`<section id="problems"><h2>Problems</h2><p>The <code>type</code> of each is <code>urn:castellan:problem:CODE</code>.</p>
<div class="scroll"><table><tr><th>Code</th><th>Status</th><th>What has happened, and what to do</th></tr>${rows}</table></div></section>`;
}

/** Texts mark code with backticks. */
function prose(text: string): Html {
  const parts = text.split('`').map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
  return html`${parts}`;
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
