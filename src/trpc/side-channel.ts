/**
 * Binary frames on the page's one socket, beside tRPC's text frames. Holds no socket code itself, so
 * that a page may ask for it without loading that.
 */
type Listener = { onOpen: () => void; onClose: () => void; onFrame: (bytes: Uint8Array) => void };

type SideSocket = { send(data: ArrayBuffer): void };

let present: SideSocket | null = null;
const listeners = new Set<Listener>();

/** For the socket itself: it is open, has got a frame, is closed. */
export const sideSocket = {
  opened(socket: SideSocket): void {
    present = socket;
    for (const { onOpen } of listeners) onOpen();
  },
  received(bytes: Uint8Array): void {
    for (const { onFrame } of listeners) onFrame(bytes);
  },
  closed(socket: SideSocket): void {
    if (present !== socket) return;
    present = null;
    for (const { onClose } of listeners) onClose();
  },
};

/** False while there is no socket: nothing was sent. */
export function sendFrame(frame: ArrayBuffer): boolean {
  present?.send(frame);
  return present !== null;
}

/** Returns how to stop listening. Who comes while the socket is open is told at once. */
export function listenToFrames(listener: Listener): () => void {
  listeners.add(listener);
  if (present) listener.onOpen();
  return () => listeners.delete(listener);
}
