import { type DestinationStream, type Logger, pino } from 'pino';
import type { AnsweredCall, CallAbout } from '@/api/context';
import { lacksRoom, unavailability } from '@/db/unavailable';
import { plainError, withoutPeople } from '@/domain/plain-error';
import { traceIdNow } from '@/telemetry/span';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'fatal'> & {
  onError: (error: unknown, where: string, about?: CallAbout) => void;
  onCall: (call: AnsweredCall) => void;
};

/**
 * The log of a server process, in which no person can be found. Lines go to `destination`, or to stdout.
 * `changes`: the level of calls that were to change something; those that read are for `debug`.
 */
export function openLog(
  level: string,
  options: { destination?: DestinationStream; changes?: 'debug' | 'info' } = {},
): Log {
  const { destination, changes = 'debug' } = options;
  const settings = {
    ...{ level, base: null },
    serializers: { err: (error: unknown) => plainError(error) },
    hooks: { streamWrite: withoutPeople },
    mixin() {
      const traceId = traceIdNow();
      return traceId === null ? {} : { traceId };
    },
  };
  const log = destination ? pino(settings, destination) : pino(settings);
  return Object.assign(log, {
    onError(error: unknown, where: string, about: CallAbout = {}) {
      // Said once, when the database is found to be away.
      const level = unavailability(error) && !lacksRoom(error) ? 'debug' : 'error';
      log[level]({ ...about, err: error, where }, 'failed');
    },
    onCall({ milliseconds, ...call }: AnsweredCall) {
      const level = call.kind === 'mutation' ? changes : 'debug';
      log[level]({ ...call, ms: Math.round(milliseconds * 10) / 10 }, 'call');
    },
  });
}
