import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { contentPolicy } from './content-policy';

const policy = contentPolicy({
  ...{ nonce: 'n', tiles: ['https://tiles.example'], live: ['wss://live.example'], dev: false },
});

describe('the policy of a page', () => {
  it('lets nothing run that is not ours', () => {
    expect(policy).not.toMatch(/unsafe-eval|\*|http:/);
    expect(policy.match(/[\w-]+ [^;]*unsafe-inline/g)).toEqual(["style-src-attr 'unsafe-inline"]);
    expect(policy).toContain("script-src 'self' 'nonce-n' 'strict-dynamic';");
    for (const shut of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(shut);
    }
  });

  it('lets tiles come from where the map’s style is', () => {
    for (const kind of ['img-src', 'connect-src', 'font-src']) {
      expect(policy).toMatch(new RegExp(`${kind}[^;]* https://tiles\\.example[; ]`));
    }
  });

  it('lets live updates come from the channels, and nothing else', () => {
    expect(policy.match(/[\w-]+ [^;]*wss:\/\/live\.example/g)).toEqual([
      "connect-src 'self' data: https://tiles.example wss://live.example",
    ]);
  });

  it('knows the styles of the toaster that is installed', () => {
    const source = readFileSync(createRequire(import.meta.url).resolve('sonner'), 'utf8');
    const written = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1];
    const styles: unknown = JSON.parse(written ?? '""');
    for (const style of [String(styles), '']) {
      expect(policy).toContain(createHash('sha256').update(style).digest('base64'));
    }
  });
});
