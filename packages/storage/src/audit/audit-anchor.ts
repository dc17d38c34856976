import type { AuditHead } from './audit-mac.js';

/** `SEQ:MAC`: kept outside of the database, it finds what was cut off together with every trace of it there. */
export function anchorText({ seq, mac }: AuditHead): string {
  return `${seq}:${mac.toString('hex')}`;
}

/** `undefined`: no such text. */
export function readAnchor(text: string): AuditHead | undefined {
  const [, seq = '', mac = ''] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  return mac === '' ? undefined : { seq: Number(seq), mac: Buffer.from(mac, 'hex') };
}
