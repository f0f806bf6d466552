import {
  closeStatement,
  type Message,
  ProtocolError,
  readCString,
  replaceCString,
} from './protocol';

const BODY = 5;

/** What goes to the backend for one message, and which of its Close messages the client sent. */
export type Rewritten = { frames: Buffer[]; closes: ('client' | 'ours')[] };

/**
 * Gives one client's prepared statements names of their own on the shared backend. The unnamed
 * statement gets one too, so that another client's unnamed statement can't take its place.
 */
export class StatementNames {
  readonly #prefix: string;
  readonly #names = new Map<string, string>();
  #count = 0;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Close messages for everything that the client may have left prepared. */
  closeAll(): Buffer[] {
    const frames = [...this.#names.values()].map(closeStatement);
    this.#names.clear();
    return frames;
  }

  rewrite({ type, frame }: Message): Rewritten {
    if (type === 'P') return this.#parse(frame);
    if (type === 'B') {
      const portal = readCString(frame, BODY);
      return this.#renamed(frame, portal.end);
    }
    if ((type === 'D' || type === 'C') && frame.length > BODY + 1) {
      const closes: Rewritten['closes'] = type === 'C' ? ['client'] : [];
      if (frame.readUInt8(BODY) !== 'S'.charCodeAt(0)) return { frames: [frame], closes };
      const renamed = this.#renamed(frame, BODY + 1);
      if (type === 'C') this.#names.delete(readCString(frame, BODY + 1).text);
      return { ...renamed, closes };
    }
    if (type === 'D' || type === 'C') throw new ProtocolError('invalid message format');
    return { frames: [frame], closes: [] };
  }

  #parse(frame: Buffer): Rewritten {
    const { text } = readCString(frame, BODY);
    const known = this.#names.get(text);
    const name = known ?? `${this.#prefix}s${++this.#count}`;
    this.#names.set(text, name);
    const parse = replaceCString(frame, BODY, name);
    if (text !== '' || !known) return { frames: [parse], closes: [] };
    return { frames: [closeStatement(known), parse], closes: ['ours'] };
  }

  #renamed(frame: Buffer, start: number): Rewritten {
    const { text } = readCString(frame, start);
    // A name that was not parsed here may come from SQL PREPARE: it passes as it is.
    const name = this.#names.get(text) ?? (text || `${this.#prefix}unnamed`);
    return { frames: [replaceCString(frame, start, name)], closes: [] };
  }
}
