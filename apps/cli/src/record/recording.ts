import type { Exchange, ObservedExchange } from '@castellan/http-client';
import { Redactor } from '@castellan/http-client';
import {
  type Fixture,
  type FixtureAnswer,
  type FixtureRequest,
  fileNameOf,
  IN_A_MINUTE,
  keyOf,
  requestOf,
} from '@castellan/connector-testkit/replay';
import { parsedJson } from '../exchanges/parsed-json.js';
import { tokensIn } from '../exchanges/tokens-in.js';
import { UsageError } from '../exit-code.js';
import { Addresses } from './addresses.js';
import { Content } from './content.js';
import { Pseudonyms } from './pseudonyms.js';

type Answer = Extract<Exchange, { readonly kind: 'answer' }>;
interface Answered extends ObservedExchange {
  readonly outcome: Answer;
}

/** Kept in memory until the end, when it is known what stands for what. */
const MOST_CHARACTERS = 256 * 1024 * 1024;

/** Headers that connectors read. */
const HEADERS =
  /^(content-type|dpop-nonce|x-rate-limit-(limit|remaining|reset)|link|www-authenticate|x-(total|next|prev|page|per-page)[a-z-]*)$/;

/** As of somebody who is in no hurry: without any a connector would ask for them, and those of the recording would slow the replay. */
const REPLACED: ReadonlyMap<string, string> = new Map([
  ['dpop-nonce', 'replayed-nonce'],
  ['x-rate-limit-limit', '1000000'],
  ['x-rate-limit-remaining', '1000000'],
  ['x-rate-limit-reset', IN_A_MINUTE],
]);

/** The answers of a run, and in the end the files of a recording: without secrets and without people. */
export class Recording {
  readonly #secrets: readonly string[];
  readonly #keep: ReadonlySet<string>;
  readonly #aliases: readonly string[];
  readonly #seen: Answered[] = [];
  #characters = 0;

  /**
   * @param secrets of the settings
   * @param keep names of fields whose values stay as they are
   * @param aliases origins of the provider that its answers may name, though nothing was asked there
   */
  constructor(secrets: readonly string[], keep: ReadonlySet<string>, aliases: readonly string[]) {
    this.#secrets = secrets;
    this.#keep = keep;
    this.#aliases = aliases;
  }

  see(exchange: ObservedExchange): void {
    const { outcome } = exchange;
    if (outcome?.kind !== 'answer') return;
    this.#characters += outcome.text.length;
    if (this.isFull) this.#seen.length = 0;
    else this.#seen.push({ ...exchange, outcome });
  }

  get isFull(): boolean {
    return this.#characters > MOST_CHARACTERS;
  }

  /** By file name. @throws UsageError when there was too much to keep */
  files(): ReadonlyMap<string, Fixture> {
    if (this.isFull)
      throw new UsageError(
        'This is more than 256 MB of answers: record a smaller organisation, or fewer streams with --streams.',
      );
    // Not as they came: the same organisation makes the same files, whichever answer was quicker.
    const inOrder = [...this.#groups()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, answered]) => answered);
    const pseudonyms = new Pseudonyms();
    const addresses = new Addresses(pseudonyms, new Set([...this.#aliases, ...this.#seen.map(({ url }) => url.origin)]));
    const content = new Content(pseudonyms, addresses, this.#keep);
    // Bodies first: what an id in an address stands for is known from where it was listed.
    const cleaned = inOrder.map((group) => group.map((one) => ({ one, body: this.#bodyOf(one, content) })));
    const fixtures = cleaned.map((group) => {
      const answers = group.map(({ one, body }) => this.#answerOf(one, body, addresses));
      const [first] = group;
      if (first === undefined) throw new Error('a group without a request');
      return { request: this.#requestOf(first.one, addresses), answers };
    });
    return merged(this.#withoutSecrets(fixtures));
  }

  /** Whatever the rules let through: no secret of the settings, and none that was sent for a token, is in a file. */
  #withoutSecrets(fixtures: readonly Fixture[]): readonly Fixture[] {
    const sent = this.#seen.flatMap(({ form, sentSecrets }) => (form === undefined ? [] : sentSecrets));
    const issued = this.#seen.flatMap(tokensIn);
    const redactor = new Redactor([...new Set([...this.#secrets, ...sent, ...issued])]);
    // What JSON makes of a fixture is one.
    return JSON.parse(redactor.text(JSON.stringify(fixtures))) as readonly Fixture[];
  }

  /** By what was asked, in the order of the answers. Refusals that only say "later" are left out where there is a real one. */
  #groups(): ReadonlyMap<string, readonly Answered[]> {
    const groups = new Map<string, Answered[]>();
    for (const one of this.#seen) {
      const key = keyOf(requestOf(one.method, one.url.pathname + one.url.search, formText(one)));
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return new Map([...groups].map(([key, all]) => [key, withoutLater(all)]));
  }

  #requestOf(one: Answered, addresses: Addresses): FixtureRequest {
    return requestOf(one.method, addresses.path(one.url), formText(one));
  }

  #answerOf({ outcome }: Answered, body: unknown, addresses: Addresses): FixtureAnswer {
    const headers = Object.entries(outcome.headers).filter(([name]) => HEADERS.test(name));
    const clean = headers.map(([name, values]) => [name, values.map((value) => this.#header(name, value, addresses))] as const);
    return { status: outcome.status, headers: Object.fromEntries(clean), ...(body !== undefined && { body }) };
  }

  #header(name: string, value: string, addresses: Addresses): string {
    return REPLACED.get(name) ?? value.replace(/https?:\/\/[^\s<>",]+/g, (link) => addresses.link(link));
  }

  #bodyOf({ outcome, form }: Answered, content: Content): unknown {
    // A page for people, or half of an answer: nothing in it can be told apart.
    const parsed = parsedJson(outcome.text);
    if (parsed === undefined) return undefined;
    const body = parsed.value;
    return form === undefined || outcome.status >= 300 ? content.clean(body) : tokenAnswer(body, content);
  }
}

function formText({ form }: ObservedExchange): string | undefined {
  return form === undefined ? undefined : new URLSearchParams(form).toString();
}

function withoutLater(all: readonly Answered[]): readonly Answered[] {
  const real = all.filter(({ outcome }) => outcome.status !== 429 && outcome.status < 500);
  return real.length === 0 ? all.slice(-1) : real;
}

/** A token that is none, and what is said about it. */
function tokenAnswer(body: unknown, content: Content): unknown {
  const clean = content.clean(body);
  if (typeof clean !== 'object' || clean === null || typeof body !== 'object' || body === null) return clean;
  const told = Object.entries(body).filter(([name]) => name === 'token_type' || name === 'scope');
  return { ...clean, ...Object.fromEntries(told), ...('access_token' in body && { access_token: 'replayed-token' }) };
}

/** Requests that look alike without people are one file. */
function merged(fixtures: readonly Fixture[]): ReadonlyMap<string, Fixture> {
  const files = new Map<string, Fixture>();
  for (const fixture of fixtures) {
    const name = fileNameOf(fixture.request);
    const known = files.get(name);
    files.set(name, known === undefined ? fixture : { ...known, answers: [...known.answers, ...fixture.answers] });
  }
  return files;
}
