import { Problem } from '../problems/problem.js';
import type { EdgeRule } from './edge-rule.js';

/** What a trusted proxy has received over plain http has been read by everybody on the way: say so instead of serving it. */
export function sealedTransport(publicUrl: string | undefined): EdgeRule {
  const isSealed = publicUrl?.startsWith('https://') === true;
  return (request) => {
    const told = request.headers['x-forwarded-proto'] !== undefined && isFromTrustedProxy(request);
    if (!isSealed || !told || request.protocol === 'https') return undefined;
    const detail = `Use ${publicUrl}: this request came over plain http. Change a key or password that it carried.`;
    return new Problem({ code: 'plain-http', detail });
  };
}

function isFromTrustedProxy(request: Parameters<EdgeRule>[0]): boolean {
  const trusts: unknown = request.app.get('trust proxy fn');
  return typeof trusts === 'function' && trusts(request.socket.remoteAddress, 0) === true;
}
