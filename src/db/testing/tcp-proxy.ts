import { connect, createServer, type Server, type Socket } from 'node:net';
import { ensured } from '@/domain/errors';

/** What a link can do to those who talk over it. */
export type LinkState =
  /** Everything goes through. */
  | 'well'
  /** Nobody listens; what was open is reset. */
  | 'refusing'
  /** Connections come about and are reset; what was open is reset, too. */
  | 'resetting'
  /** Connections come about, or are there, and nothing goes through them, either way. */
  | 'silent';

export type TcpProxy = {
  port: number;
  /** A silent link that becomes well again lets only new connections through: old ones stay dead. */
  become(state: LinkState): Promise<void>;
  /** What is open now goes silent for good, though nobody has closed it; new connections are well. */
  freezeOpen(): void;
  /** What is open now still carries what is asked, and no answers. */
  deafen(): void;
  /** Each piece takes so much longer on its way, milliseconds. */
  delay(milliseconds: number): void;
  stop(): Promise<void>;
};

type Pair = { near: Socket; far: Socket; frozen: boolean; deaf: boolean };

/** A link to a port of this machine that can be broken in the ways in which networks break. */
export async function startTcpProxy(target: { host: string; port: number }): Promise<TcpProxy> {
  let state: LinkState = 'well';
  let delayMs = 0;
  let server: Server | null = null;
  let port = 0;
  const pairs = new Set<Pair>();
  const dead = new Set<Socket>();

  const carry = (pair: Pair, from: Socket, to: Socket) => {
    const pass = (piece: Buffer) => {
      if (!pair.frozen && !(pair.deaf && from === pair.far)) to.write(piece);
    };
    from.on('data', (piece) => {
      if (pair.frozen) return;
      if (delayMs > 0) setTimeout(pass, delayMs, piece);
      else pass(piece);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      if (pair.frozen) return;
      pairs.delete(pair);
      to.destroy();
    });
  };

  const accept = (near: Socket) => {
    near.setNoDelay(true);
    if (state === 'resetting') {
      near.resetAndDestroy();
      return;
    }
    if (state === 'silent') {
      dead.add(near);
      near.on('error', () => undefined).on('close', () => dead.delete(near));
      near.resume();
      return;
    }
    const far = connect(target.port, target.host).setNoDelay(true);
    const pair: Pair = { near, far, frozen: false, deaf: false };
    pairs.add(pair);
    carry(pair, near, far);
    carry(pair, far, near);
  };

  const open = () =>
    new Promise<void>((resolve, reject) => {
      server = createServer(accept).once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = ensured(server, 'a server').address();
        if (typeof address === 'object' && address) port = address.port;
        resolve();
      });
    });
  const shut = () =>
    new Promise<void>((resolve) => {
      if (server) server.close(() => resolve());
      else resolve();
      server = null;
      for (const { near, far } of pairs) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
      pairs.clear();
      for (const near of dead) near.resetAndDestroy();
      dead.clear();
    });
  const freezeOpen = () => {
    for (const pair of pairs) {
      pair.frozen = true;
      dead.add(pair.near).add(pair.far);
    }
    pairs.clear();
  };

  await open();
  return {
    port,
    async become(next) {
      state = next;
      if (next === 'refusing' || next === 'resetting') await shut();
      if (next === 'silent') freezeOpen();
      if (next !== 'refusing' && !server) await open();
    },
    freezeOpen,
    deafen() {
      for (const pair of pairs) pair.deaf = true;
    },
    delay(milliseconds) {
      delayMs = milliseconds;
    },
    stop: shut,
  };
}
