import { sideSocket } from './side-channel';

/**
 * The browser's WebSocket, but binary frames go to the side channel, and one that counts as closed as soon as it is told to close, or as the
 * device says that it is offline. Over a dead network the closing handshake takes up to a minute, in
 * which the page would call itself live. A function, since servers that render pages have no WebSocket.
 */
export function impatientWebSocket(): typeof WebSocket {
  return class extends WebSocket {
    #over = false;
    #onOffline = () => this.close();

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      window.addEventListener('offline', this.#onOffline);
      this.binaryType = 'arraybuffer';
      this.addEventListener('open', () => sideSocket.opened(this));
      this.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (!(event.data instanceof ArrayBuffer)) return;
        event.stopImmediatePropagation();
        sideSocket.received(new Uint8Array(event.data));
      });
      // Registered first, so that the late real event reaches nobody after ours.
      this.addEventListener('close', (event) => {
        window.removeEventListener('offline', this.#onOffline);
        sideSocket.closed(this);
        if (this.#over && event.isTrusted) event.stopImmediatePropagation();
      });
    }

    /** The client still answers what arrives meanwhile: to nobody, and a browser calls that an error. */
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (this.readyState <= WebSocket.OPEN) super.send(data);
    }

    override close(code?: number, reason?: string): void {
      super.close(code, reason);
      if (this.#over || this.readyState === WebSocket.CLOSED) return;
      this.#over = true;
      this.dispatchEvent(new CloseEvent('close', { code: 1006, wasClean: false }));
    }
  };
}
