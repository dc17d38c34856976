import { type HttpResponse, type Logger, UpstreamError } from '@castellan/connector-sdk';
import { parseLinks } from '../link-header.js';
import { type AddressBook, hostOf } from './address.js';

export interface NextLinkOptions {
  readonly book: AddressBook;
  readonly logger: Logger;
}

/** The next page's URL. Throws where following it would leak credentials, run in a circle, or where it cannot be read. */
export function nextLink(url: URL, response: HttpResponse, { book, logger }: NextLinkOptions): string | undefined {
  const links = parseLinks(response.headers['link'] ?? []);
  const at = `GET ${url.pathname}`;
  if (links === undefined) {
    throw new UpstreamError({
      message: `${url.host} sent a Link header that cannot be read, so the list might be cut short.`,
      detail: at,
    });
  }
  const link = links.find(({ rels }) => rels.includes('next'));
  if (link === undefined) return undefined;
  const next = book.follow(link.target, url);
  if (next === undefined) {
    const host = hostOf(link.target, url.href);
    logger.warn('security: a next link leads to a foreign host', { host: url.host, path: url.pathname, foreign: host });
    throw new UpstreamError({
      message: `${url.host} sent a link to the next page that leads to another host (${host}). It was not followed.`,
      detail: `security: foreign link; ${at} -> ${host}`,
    });
  }
  if (next.href === url.href && !isEmptyPage(response.body)) {
    throw new UpstreamError({ message: `${url.host} sent a next page that is the page itself.`, detail: `link loop; ${at}` });
  }
  return next.href;
}

/** An empty page that points to itself says "nothing new yet, ask here again": the way of endless logs. */
function isEmptyPage(body: unknown): boolean {
  return body === undefined || (Array.isArray(body) && body.length === 0);
}
