/** The body is larger than we are ready to hold. */
export class BodyTooLarge extends Error {
  readonly code = 'CASTELLAN_BODY_TOO_LARGE';
  constructor(readonly mostBytes: number) {
    super(`the body is larger than ${mostBytes} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/** Collects a body, at most `mostBytes` of it. Leaving the loop early destroys the stream and with it the socket. */
export async function readBody(chunks: AsyncIterable<Uint8Array>, mostBytes: number, onBytes: () => void): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    onBytes();
    size += chunk.byteLength;
    if (size > mostBytes) throw new BodyTooLarge(mostBytes);
    parts.push(chunk);
  }
  return Buffer.concat(parts, size);
}
