import { examine } from './doctor/examine';
import type { Finding } from './doctor/finding';

const MARKS = { ok: '✓', warning: '!', wrong: '✗' } as const;

const line = ({ name, state, detail, mend }: Finding): string =>
  `  ${MARKS[state]} ${name.padEnd(13)} ${detail}${mend ? `\n    ${' '.repeat(13)}→ ${mend}` : ''}`;

function summary(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((each) => each.state === state).length;
  if (count('wrong') > 0) return `${count('wrong')} to mend.`;
  return count('warning') > 0 ? `It works; ${count('warning')} to look at.` : 'All is well.';
}

/** `npm run doctor [-- --json]`: exits with 1 when something has to be mended. */
async function main(): Promise<void> {
  const findings = await examine();
  const failed = findings.some(({ state }) => state === 'wrong');
  const text = process.argv.includes('--json')
    ? JSON.stringify({ ok: !failed, findings }, null, 2)
    : ['', ...findings.map(line), '', `  ${summary(findings)}`, ''].join('\n');
  process.stdout.write(`${text}\n`);
  process.exitCode = failed ? 1 : 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
