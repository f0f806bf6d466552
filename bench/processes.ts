import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in these, a second. */
const TICKS = 100;
const PAGE_BYTES = 4_096;

type Process = { parent: number; command: string; seconds: number; bytes: number };

/** As it stands in /proc/<pid>/stat, with what its ended children have used. */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
    return { parent, command, seconds: ticks / TICKS, bytes: (fields[21] ?? 0) * PAGE_BYTES };
  } catch {
    // It has ended meanwhile.
    return null;
  }
}

export type Used = { cpuSeconds: number; bytes: number };

/**
 * What the processes below this one have used by now, by the first pattern that a command line matches; a
 * child counts as its parent unless one matches itself. `bytes` is resident memory, shared pages counted
 * in each.
 */
export function usedByPart<Part extends string>(
  parts: Readonly<Record<Part, RegExp>>,
): Record<Part, Used> {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    const process = /^\d+$/.test(name) ? readProcess(Number(name)) : null;
    if (process) processes.set(Number(name), process);
  }
  const names = Object.keys(parts) as Part[];
  const partOf = (pid: number): Part | null => {
    const found = processes.get(pid);
    if (!found || pid === process.pid) return null;
    return names.find((name) => parts[name].test(found.command)) ?? partOf(found.parent);
  };
  const isBelow = (pid: number): boolean => {
    const found = processes.get(pid);
    return found !== undefined && (found.parent === process.pid || isBelow(found.parent));
  };
  const used = Object.fromEntries(
    names.map((name) => [name, { cpuSeconds: 0, bytes: 0 }]),
  ) as Record<Part, Used>;
  for (const [pid, { seconds, bytes }] of processes) {
    const part = isBelow(pid) ? partOf(pid) : null;
    if (!part) continue;
    used[part].cpuSeconds += seconds;
    used[part].bytes += bytes;
  }
  return used;
}
