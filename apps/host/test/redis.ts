/** One of a test's own, on this machine and in memory alone. */
export interface RedisServer {
  readonly url: string;
  /** Again at the same address, after `kill`: what it knew is gone. */
  begin(): Promise<void>;
  kill(): Promise<void>;
}

const {
  redisProgram,
  RedisServer: Server,
}: {
  readonly redisProgram: () => string | undefined;
  readonly RedisServer: { start(): Promise<RedisServer> };
} = await import('../../../test/redis/redis-server.mjs' as string);

/** Without it the tests of Redis are left out. */
export const isRedisHere = redisProgram() !== undefined;
export const startRedis = (): Promise<RedisServer> => Server.start();

/** On either kind of queue. Where there is no Redis the names of its tests say that they were left out. */
export function testOn(backend: 'PostgreSQL' | 'Redis'): (name: string, run: () => Promise<void>, timeout?: number) => void {
  if (backend === 'PostgreSQL' || isRedisHere) return test;
  // oxlint-disable-next-line jest/no-disabled-tests -- Redis is a program of the system's, which not every machine has
  return (name, run) => test.skip(`${name} [left out: there is no redis-server]`, run);
}
