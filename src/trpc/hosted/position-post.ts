import { sideSocket } from '@/trpc/side-channel';

const PATH = '/api/positions';
/** After a frame that did not get through, milliseconds. */
const RETRY_MS = 3_000;

/** Stands in for the page's socket: binary frames are posted, their answers come back as frames. */
export function openPositionPost(): void {
  const post = {
    send(frame: ArrayBuffer): void {
      void deliver(frame);
    },
  };

  async function deliver(frame: ArrayBuffer): Promise<void> {
    try {
      const response = await fetch(PATH, { method: 'POST', body: frame });
      if (!response.ok) throw new Error(`positions were answered with ${response.status}`);
      sideSocket.received(new Uint8Array(await response.arrayBuffer()));
    } catch {
      sideSocket.closed(post);
      setTimeout(() => sideSocket.opened(post), RETRY_MS);
    }
  }

  sideSocket.opened(post);
}
