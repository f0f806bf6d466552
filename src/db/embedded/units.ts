import { type Message, ProtocolError } from './protocol';
import { StatementNames } from './statement-names';

/** Messages that the backend takes in one go. */
export type Unit = {
  frames: Buffer[];
  /** Who sent each Close in `frames`: the answers to ours are kept from the client. */
  closes: ('client' | 'ours')[];
  /** How it ends: by Sync, by a query of its own, or open, in a batch that goes on. */
  end: 'sync' | 'query' | 'open';
  /** The client has had its CopyInResponse before the unit ran. */
  copyIn: boolean;
};

export type Taken =
  | { kind: 'unit'; unit: Unit }
  | { kind: 'copy-in'; binary: boolean }
  | { kind: 'terminate' };

const EXTENDED = new Set(['P', 'B', 'D', 'E', 'C']);
const COPY_DATA = new Set(['d', 'c', 'f']);

const COMMENTS = String.raw`(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*`;
const COPY_IN = new RegExp(String.raw`^${COMMENTS}copy\s[^]*?\sfrom\s+stdin\b([^]*)$`, 'i');

/**
 * Groups one client's messages into units. The rows of a COPY FROM STDIN are gathered in memory
 * and run with their statement, because the backend can't wait for a client.
 */
export class Units {
  readonly names: StatementNames;
  #queue: Message[] = [];
  #bytes = 0;
  #frames: Buffer[] = [];
  #closes: Unit['closes'] = [];
  #copying = false;

  constructor(namePrefix: string) {
    this.names = new StatementNames(namePrefix);
  }

  /** Bytes of the messages that wait to be taken. */
  get bytes(): number {
    return this.#bytes;
  }

  add(message: Message): void {
    this.#queue.push(message);
    this.#bytes += message.frame.length;
  }

  /** The next thing to do, or null until more has arrived. Throws ProtocolError. */
  take(): Taken | null {
    let taken: Taken | null = null;
    let used = 0;
    for (const message of this.#queue) {
      const interrupts = message.type === 'Q' || message.type === 'F';
      if (interrupts && !this.#copying && this.#frames.length > 0) {
        // A batch that failed skips all up to its Sync, so it must be known to have before this.
        taken = this.#unit('open');
        break;
      }
      used += 1;
      this.#bytes -= message.frame.length;
      taken = this.#copying ? this.#duringCopy(message) : this.#next(message);
      if (taken) break;
    }
    this.#queue.splice(0, used);
    return taken;
  }

  #next(message: Message): Taken | null {
    const { type, frame } = message;
    if (EXTENDED.has(type)) {
      const { frames, closes } = this.names.rewrite(message);
      this.#frames.push(...frames);
      this.#closes.push(...closes);
      return null;
    }
    if (COPY_DATA.has(type)) return null;
    if (type === 'X') return { kind: 'terminate' };
    if (type === 'H' && this.#frames.length === 0) return null;
    this.#frames.push(frame);
    if (type === 'H') return this.#unit('open');
    if (type === 'S') return this.#unit('sync');
    if (type === 'F') return this.#unit('query');
    if (type !== 'Q') {
      throw new ProtocolError(`invalid frontend message type ${type.charCodeAt(0)}`);
    }
    const copyIn = COPY_IN.exec(frame.toString('utf8', 5, frame.length - 1));
    if (!copyIn) return this.#unit('query');
    this.#copying = true;
    return { kind: 'copy-in', binary: /\bbinary\b/i.test(copyIn[1] ?? '') };
  }

  #duringCopy({ type, frame }: Message): Taken | null {
    if (type === 'X') return { kind: 'terminate' };
    if (!COPY_DATA.has(type)) return null;
    this.#frames.push(frame);
    if (type === 'd') return null;
    this.#copying = false;
    return this.#unit('query', true);
  }

  #unit(end: Unit['end'], copyIn = false): Taken {
    const unit: Unit = { frames: this.#frames, closes: this.#closes, end, copyIn };
    this.#frames = [];
    this.#closes = [];
    return { kind: 'unit', unit };
  }
}
