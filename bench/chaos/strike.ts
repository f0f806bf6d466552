import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { connect } from '@/db/client';
import { ensured } from '@/domain/errors';
import { CLOCK_JUMP_MS, type Fault } from './plan';
import type { System } from './system';

/** Each piece is late by so much on a slow link, milliseconds. */
const SLOW_MS = 60;
/** So long a slow disk takes for what all that wait have written, milliseconds: what PostgreSQL can be told at the most. */
const SLOW_DISK_MS = 100;

/** A screen that can be told to stop reading, and to read on. */
export type Screen = { pause(): void; resume(): void };

/** By a connection that knows nothing of what came before. */
async function ask<T extends Record<string, unknown>>(
  url: string,
  statement: ReturnType<typeof sql>,
) {
  const { db, close } = connect(url, { max: 1 });
  try {
    return await db.execute<T>(statement);
  } finally {
    await close();
  }
}

/** Whoever writes for all that wait to commit waits first. */
async function slowDisk(url: string, milliseconds: number): Promise<void> {
  await ask(url, sql.raw(`ALTER SYSTEM SET commit_delay = ${milliseconds * 1_000}`));
  await ask(url, sql`SELECT pg_reload_conf()`);
}

/** Does one fault, and ends it when its time is over. */
export async function strike(fault: Fault, system: System, screen: Screen): Promise<void> {
  const { postgres } = system;
  const node = ensured(system.nodes[fault.node], 'a node');
  const { link } = node;
  switch (fault.kind) {
    case 'database_killed':
      await postgres.kill();
      await wait(fault.lastsMs);
      await postgres.start();
      return;
    case 'backend_killed': {
      const [row] = await ask<{ pid: number }>(
        postgres.url,
        sql`SELECT pid FROM pg_stat_activity
          WHERE application_name = 'hotfoot' AND pid <> pg_backend_pid() LIMIT 1`,
      );
      if (row) process.kill(row.pid, 'SIGKILL');
      return;
    }
    case 'sessions_ended':
      await ask(
        postgres.url,
        sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE application_name = 'hotfoot' AND pid <> pg_backend_pid()`,
      );
      return;
    case 'node_killed':
      await node.kill();
      await wait(fault.lastsMs);
      await node.run();
      return;
    case 'link_silent':
    case 'link_resetting':
    case 'link_refusing':
      await link.become(
        fault.kind === 'link_silent'
          ? 'silent'
          : fault.kind === 'link_resetting'
            ? 'resetting'
            : 'refusing',
      );
      await wait(fault.lastsMs);
      await link.become('well');
      return;
    case 'link_half_open':
      link.freezeOpen();
      return;
    case 'link_deaf':
      link.deafen();
      return;
    case 'link_slow':
      link.delay(SLOW_MS);
      await wait(fault.lastsMs);
      link.delay(0);
      return;
    case 'slow_reader':
      screen.pause();
      await wait(fault.lastsMs);
      screen.resume();
      return;
    case 'worker_killed':
      await system.worker.kill();
      await wait(fault.lastsMs);
      await system.worker.run();
      return;
    case 'clock_jumped':
      node.jumpClock(fault.lastsMs % 2 === 0 ? CLOCK_JUMP_MS : -CLOCK_JUMP_MS);
      await wait(fault.lastsMs);
      node.jumpClock(0);
      return;
    case 'disk_full':
      system.disk?.fill();
      await wait(fault.lastsMs);
      system.disk?.empty();
      // A server that can't write its log ends, and can't recover before there is room.
      await postgres.start();
      return;
    case 'disk_slow':
      await slowDisk(postgres.url, SLOW_DISK_MS);
      await wait(fault.lastsMs);
      await slowDisk(postgres.url, 0);
      return;
    case 'redis_killed':
      await system.redis.kill();
      await wait(fault.lastsMs);
      await system.redis.restart();
      return;
    case 'redis_silent':
      await system.redisLink.become('silent');
      await wait(fault.lastsMs);
      await system.redisLink.become('well');
  }
}
