/** The board in a terminal, redrawn as things happen; `--once` prints it and ends. */
import {
  applyToBoardView,
  type BoardView,
  createHotfootClient,
  drawBoard,
  tidyBoard,
} from 'hotfoot/client';
import { commandLine } from './command-line';

const options = commandLine({ email: 'admin@hotfoot.test', once: false });
const client = await createHotfootClient(options);
const { stdout } = process;
const onScreen = stdout.isTTY && !options.once;

let { view }: { view: BoardView } = await client.api.admin.board.query();
let live = true;

function draw(): void {
  const now = new Date();
  view = tidyBoard(view, now);
  const size = { columns: stdout.columns ?? 80, rows: stdout.isTTY ? stdout.rows : 1_000 };
  const lines = drawBoard({ view, live, now, size });
  // Over what stands there, line by line: the screen does not flicker.
  if (onScreen) stdout.write(`\x1b[H${lines.map((line) => `${line}\x1b[K`).join('\r\n')}\x1b[J`);
  else stdout.write(`${lines.join('\n')}\n`);
}

/** Gives the terminal back as it was. */
async function leave(error?: unknown): Promise<void> {
  if (onScreen) stdout.write('\x1b[?25h\x1b[?1049l');
  if (error instanceof Error) console.error(error.message);
  await client.close();
  process.exit(error instanceof Error ? 1 : 0);
}

if (options.once) {
  draw();
  await leave();
}
process.once('SIGINT', () => leave()).once('SIGTERM', () => leave());
if (onScreen) {
  stdout.write('\x1b[?1049h\x1b[?25l');
  stdout.on('resize', draw);
  setInterval(draw, 1_000);
}
client.api.admin.watchBoard.subscribe(
  {},
  {
    onData: ({ data }) => {
      view = data.kind === 'events' ? applyToBoardView(view, data.events) : data.view;
      draw();
    },
    onConnectionStateChange: ({ state }) => {
      live = state === 'pending';
      draw();
    },
    onError: leave,
  },
);
