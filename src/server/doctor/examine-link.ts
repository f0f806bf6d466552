import { openRedisLink } from '@/realtime/redis-link';
import { type Finding, ok, wrong } from './finding';

const TIMEOUT_MS = 5_000;

/** Whether nodes can tell each other by Redis: by a link of our own, on channels that no node listens to. */
export async function examineLink(redisUrl: string | undefined): Promise<Finding> {
  if (!redisUrl) return ok('nodes', 'each by itself, or by the database: REDIS_URL is not set');
  const { host } = new URL(redisUrl);
  const up = await new Promise<boolean>((resolve) => {
    const end = (heard: boolean) => {
      clearTimeout(late);
      link.stop();
      resolve(heard);
    };
    const late = setTimeout(() => end(false), TIMEOUT_MS);
    const link = openRedisLink(redisUrl, 'doctor', {
      onCommitted: () => undefined,
      onMoved: () => undefined,
      onChange: (heard) => heard && end(true),
    });
  });
  return up
    ? ok('nodes', `they tell each other by Redis at ${host}`)
    : wrong(
        'nodes',
        `Redis at ${host} does not let us in within ${TIMEOUT_MS / 1_000} s`,
        'Check REDIS_URL, and the server there.',
      );
}
