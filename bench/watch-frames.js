// Runs in the page before anything else: tells when a socket frame that holds a text has arrived, and
// when the page was painted after it, in milliseconds since the epoch.
const early = [];
let waiting = null;
const now = () => performance.timeOrigin + performance.now();

function settle(arrival) {
  if (!waiting || !arrival.frame.includes(waiting.text)) return false;
  const { resolve } = waiting;
  waiting = null;
  early.length = 0;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => resolve({ receivedAt: arrival.receivedAt, paintedAt: now() })),
  );
  return true;
}

window.arrivalOf = (text) =>
  new Promise((resolve) => {
    waiting = { text, resolve };
    early.some(settle);
  });

const Original = window.WebSocket;
window.WebSocket = class extends Original {
  constructor(url, protocols) {
    super(url, protocols);
    this.addEventListener('message', ({ data }) => {
      const arrival = { frame: String(data), receivedAt: now() };
      if (!settle(arrival)) early.push(arrival);
    });
  }
};
