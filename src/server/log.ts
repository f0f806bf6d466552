import { type DestinationStream, type Logger, pino } from 'pino';
import { unavailability } from '@/db/unavailable';
import { plainError, withoutPeople } from '@/domain/plain-error';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'fatal'> & {
  onError: (error: unknown, where: string) => void;
};

/** The log of a server process, in which no person can be found. Lines go to `destination`, or to stdout. */
export function openLog(level: string, destination?: DestinationStream): Log {
  const options = {
    ...{ level, base: null },
    serializers: { err: (error: unknown) => plainError(error) },
    hooks: { streamWrite: withoutPeople },
  };
  const log = destination ? pino(options, destination) : pino(options);
  return Object.assign(log, {
    onError(error: unknown, where: string) {
      // Said once, when the database is found to be away.
      const level = unavailability(error) ? 'debug' : 'error';
      log[level]({ err: error, where }, 'failed');
    },
  });
}
