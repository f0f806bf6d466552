// Runs in the page before anything else: the times of frames, long tasks, and what comes with each batch
// of the board's events, in milliseconds; epoch times where they are compared with the database's.
const seen = { gaps: [], tasks: [], batches: [], bytes: 0 };
let watching = false;
let before = 0;
const now = () => performance.timeOrigin + performance.now();

window.watchBoard = () => {
  Object.assign(seen, { gaps: [], tasks: [], batches: [], bytes: 0 });
  watching = true;
  before = 0;
};
window.boardSeen = () => {
  watching = false;
  return seen;
};

function frame(at) {
  if (watching && before > 0) seen.gaps.push(at - before);
  before = at;
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
new PerformanceObserver((list) => {
  if (watching) seen.tasks.push(...list.getEntries().map(({ duration }) => duration));
}).observe({ entryTypes: ['longtask'] });

const timeAt = (data, from) => Date.parse(data.slice(from + 6, data.indexOf('"', from + 6)));
const Original = window.WebSocket;
window.WebSocket = class extends Original {
  constructor(url, protocols) {
    super(url, protocols);
    this.addEventListener('message', ({ data }) => {
      if (!watching || typeof data !== 'string') return;
      seen.bytes += data.length;
      if (!data.includes('"kind":"events"')) return;
      const events = data.split('"streamId":').length - 1;
      const [oldest, newest] = [
        timeAt(data, data.indexOf('"at":"')),
        timeAt(data, data.lastIndexOf('"at":"')),
      ];
      const batch = { events, oldest, newest, receivedAt: now(), paintedAt: 0 };
      seen.batches.push(batch);
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          batch.paintedAt = now();
        }),
      );
    });
  }
};
