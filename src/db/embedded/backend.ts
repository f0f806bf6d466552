import type { PGlite } from '@electric-sql/pglite';
import { copyFail, query, sync } from './protocol';

// The status that PGlite's main loop exits with for an SQL error, which it survives.
const LONGJMP = 100;

const noCopyData = Buffer.concat([
  copyFail('COPY FROM STDIN works only as a simple query of one statement'),
  sync,
]);

/** The database engine is gone: a trap, or an exit. Nothing can be run after it. */
export class BackendDied extends Error {}

export type Backend = {
  /** Runs complete frontend messages and returns all that the backend says. Throws BackendDied. */
  run(messages: Buffer): Buffer;
  /** Runs SQL in the simple protocol and returns the raw answer. Throws BackendDied. */
  sql(text: string): Buffer;
};

/**
 * Takes over the engine's input and output, after which PGlite's own query methods are unusable.
 * PGlite's loop goes on after a trap, so a dead engine could spin for ever: this one stops.
 */
export function takeOverBackend(pg: PGlite): Backend {
  const engine = pg.Module;
  let input: Buffer = Buffer.alloc(0);
  let offset = 0;
  let output: Buffer[] = [];

  const read = engine.addFunction((pointer: number, max: number) => {
    if (offset === input.length) {
      // Only a COPY reads on after its batch, and an end of input there stops the engine.
      input = noCopyData;
      offset = 0;
    }
    const part = input.subarray(offset, offset + max);
    engine.HEAPU8.set(part, pointer);
    offset += part.length;
    return part.length;
  }, 'iii');
  const write = engine.addFunction((pointer: number, length: number) => {
    output.push(Buffer.from(engine.HEAPU8.subarray(pointer, pointer + length)));
    return length;
  }, 'iii');
  engine._pgl_set_rw_cbs(read, write);

  const stackPointer = stackPointerOf(engine);

  function step(): void {
    const stack = stackPointer.value;
    try {
      engine._PostgresMainLoopOnce();
    } catch (error) {
      if (engine._pgl_setPGliteExitStatus(-2) !== LONGJMP) throw error;
      // The jump leaves its frames on the engine's stack: 1.1 KB for each SQL error, until none is left.
      stackPointer.value = stack;
      engine._PostgresMainLongJmp();
    }
  }

  function run(messages: Buffer): Buffer {
    input = messages;
    offset = 0;
    output = [];
    try {
      while (offset < input.length || engine._pq_buffer_remaining_data() > 0) step();
      engine._PostgresSendReadyForQueryIfNecessary();
      engine._pgl_pq_flush();
    } catch (error) {
      throw new BackendDied('the embedded database engine stopped', { cause: error });
    }
    const [only] = output;
    return only && output.length === 1 ? only : Buffer.concat(output);
  }

  return { run, sql: (text) => run(query(text)) };
}

/** The stack pointer, which the engine's loader exports and its types leave out. */
function stackPointerOf(engine: object): { value: number } {
  const pointer: unknown = Reflect.get(engine, '___stack_pointer');
  if (!(pointer instanceof WebAssembly.Global)) throw new Error('this PGlite has no stack pointer');
  return pointer;
}
