import { isSecretParameter } from '@castellan/http-client';
import { RECORDED_ORIGIN } from '@castellan/connector-testkit/replay';
import { isAmountName } from './field-names.js';
import { Pseudonyms } from './pseudonyms.js';

/** Runs of characters that an id, a name or a mail address is written in. */
const TOKEN = /[A-Za-z0-9@._+~-]+/g;

/**
 * Addresses without people: hosts become that of the replay, and ids in paths and queries what stands for them elsewhere. A
 * request and the link that leads to it come out alike.
 */
export class Addresses {
  readonly #pseudonyms: Pseudonyms;
  readonly #origins: ReadonlySet<string>;

  /** @param origins of the provider: whatever was asked, and what it calls itself */
  constructor(pseudonyms: Pseudonyms, origins: ReadonlySet<string>) {
    this.#pseudonyms = pseudonyms;
    this.#origins = origins;
  }

  /** One in a body or a header. Those of others are only told apart. */
  link(text: string): string {
    if (!URL.canParse(text)) return this.#pseudonyms.of(text, 'link');
    const url = new URL(text);
    if (!this.#origins.has(url.origin)) return `https://${this.#pseudonyms.of(text, 'site').toLowerCase()}.example`;
    const path = this.path(url);
    // `{userId}` is a place to be filled in.
    return `${RECORDED_ORIGIN}${path}`.replaceAll('%7B', '{').replaceAll('%7D', '}');
  }

  /** Path and query. */
  path(url: URL): string {
    const parts = url.pathname.split('/');
    // `/api/3/users`: the number is a version.
    const path = parts
      .map((part, at) => (/^\d{1,2}$/.test(part) && parts[at - 1] === 'api' ? part : this.#part(part)))
      .join('/');
    const query = url.search
      .slice(1)
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => this.#pair(pair));
    return `${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  }

  #pair(pair: string): string {
    const [name = '', ...rest] = pair.split('=');
    const value = rest.join('=');
    if (isSecretParameter(decoded(name))) return `${name}=redacted`;
    // A page is no id, though it may be the same number.
    if (isAmountName(decoded(name)) && /^\d+$/.test(value)) return pair;
    return rest.length === 0 ? name : `${name}=${this.#part(value)}`;
  }

  #part(part: string): string {
    const text = decoded(part);
    const clean = this.#pseudonyms.addressed(text) ?? text.replace(TOKEN, (token) => this.#token(token));
    // As it was written, where nothing has changed: providers write addresses in their own ways.
    return clean === text ? part : encodeURIComponent(clean);
  }

  #token(token: string): string {
    const isMoment =
      /^\d{4}-\d{2}-\d{2}(T\d{2})?$/.test(token) || /^1\d{9}(\d{3})?$/.test(token) || /^\d{2}(\.\d+)?Z?$/.test(token);
    if (isMoment) return token;
    return this.#pseudonyms.addressed(token) ?? (Pseudonyms.isTelling(token) ? this.#pseudonyms.of(token, 'id', true) : token);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
