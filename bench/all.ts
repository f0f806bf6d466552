import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Says which benches there are, then runs those in which ours stands beside others, one after the other: events
 * to sockets, and the whole way from an order to the screen. Run: npm run bench [-- --list] [-- --quick]
 */
const { values } = parseArgs({
  options: {
    list: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
  },
});
const BESIDE_OTHERS = ['bench:hub', 'bench:orders'];

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};

/** The first sentence of what a bench says of itself. */
function about(command: string): string {
  const file = command.split(' ').find((word) => word.startsWith('bench/'));
  const comment = /\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file ?? '', 'utf8'))?.[1] ?? '';
  const text = comment.replace(/^\s*\* ?/gm, ' ').replace(/\s+/g, ' ');
  return text.split(/[.:;] /, 1)[0]?.trim() ?? '';
}

for (const [name, command] of Object.entries(scripts)) {
  if (name.startsWith('bench:')) console.log(`${name.padEnd(20)} ${about(command)}`);
}
for (const name of values.list ? [] : BESIDE_OTHERS) {
  console.log(`\n── ${name}`);
  const args = ['run', '-s', name, ...(values.quick ? ['--', '--quick'] : [])];
  const { status } = spawnSync('npm', args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
