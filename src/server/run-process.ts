import { isLostTypesQuery } from '@/db/lost-types-query';

export type Stoppable = { stop(): Promise<void> };

/** What has been opened is closed in the opposite order, by a signal, a failure, or when it is asked for. */
export type RunningProcess = {
  opened(part: Stoppable): void;
  isStopping(): boolean;
  stop(code: number): Promise<void>;
};

function sayWhy(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\n  Hotfoot could not start. ${message}\n\n`);
}

/** Runs a process until a signal: SIGTERM lets it finish; what it can't start is said in one line. */
export async function runProcess(
  onError: (error: unknown, where: string) => void,
  start: (running: RunningProcess) => Promise<void>,
): Promise<void> {
  const open: Stoppable[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    for (const part of open.reverse()) {
      await part.stop().catch((error: unknown) => onError(error, 'stop'));
    }
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop(0));
  }
  process.on('unhandledRejection', (error) => {
    if (!isLostTypesQuery(error)) throw error;
    onError(error, 'connection');
  });
  try {
    await start({ opened: (part) => open.push(part), isStopping: () => stopping, stop });
  } catch (error) {
    sayWhy(error);
    await stop(1);
  }
}

/** For what fails before anything runs: settings, secrets. */
export function orSayWhy(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    sayWhy(error);
    process.exit(1);
  });
}
