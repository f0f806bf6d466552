// Runs in the page before anything else: keeps each socket frame with the time of its arrival, and
// that of the paint after it, in milliseconds since the epoch.
const arrivals = [];
window.arrivals = arrivals;
const now = () => performance.timeOrigin + performance.now();
const Original = window.WebSocket;
window.WebSocket = class extends Original {
  constructor(url, protocols) {
    super(url, protocols);
    this.addEventListener('message', ({ data }) => {
      const arrival = { frame: String(data), receivedAt: now(), paintedAt: 0 };
      arrivals.push(arrival);
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          arrival.paintedAt = now();
        }),
      );
    });
  }
};
