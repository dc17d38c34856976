import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { errorCode } from '../failure/error-code.js';
import { BodyTooLarge } from './read-body.js';

/** What {@link decodeBody} understands, for the request's header. */
export const ACCEPT_ENCODING = 'gzip, br, deflate';

const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
  // Some servers send deflate without the envelope that the standard demands.
  rawDeflate: promisify(inflateRaw),
} as const;

/** Undoes the content encoding. The cap holds for what comes out: a bomb is small until it is unpacked. */
export async function decodeBody(body: Buffer, encoding: string | undefined, mostBytes: number): Promise<Buffer> {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity' || body.length === 0) return body;
  const unpack = unpackerFor(name, body);
  if (unpack === undefined) throw new Error('the content encoding is unknown');
  try {
    return await unpack(body, { maxOutputLength: mostBytes });
  } catch (error) {
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') throw new BodyTooLarge(mostBytes);
    throw error;
  }
}

function unpackerFor(name: string, body: Buffer): (typeof unpackers)[keyof typeof unpackers] | undefined {
  if (name === 'deflate') return ((body[0] ?? 0) & 0x0f) === 8 ? unpackers.deflate : unpackers.rawDeflate;
  if (name === 'gzip' || name === 'x-gzip' || name === 'br') return unpackers[name];
  return undefined;
}
