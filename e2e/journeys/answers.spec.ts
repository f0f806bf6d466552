import { expect, test } from '../support/people';

test('every answer, of pages and files too, says that it is neither framed nor guessed at', async ({
  page,
  request,
}) => {
  await page.goto('/sign-in');
  const script = await page.locator('script[src*="/_next/static/"]').first().getAttribute('src');
  for (const path of [
    ...['/', '/sign-in', '/sign-up', '/checkout', '/nothing-here', '/s/nobody', '/join/nobody'],
    ...['/offline', '/manifest.webmanifest', '/sw.js', '/icon.svg', script ?? ''],
    ...['/api/auth/csrf', '/api/auth/session', '/api/trpc/auth.me', '/api/v1/orders', '/health'],
  ]) {
    const answer = await request.get(path);
    const headers = answer.headers();
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
    expect(headers['x-frame-options'], path).toBe('DENY');
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toMatch(
      /^(strict-origin-when-cross-origin|no-referrer)$/,
    );
    expect(headers['permissions-policy'], path).toContain('camera=()');
  }
});

test('signing in from a page of another site does nothing', async ({ request, sql }) => {
  const before = await sql`SELECT count(*) FROM sessions`;
  const { csrfToken } = await (await request.get('/api/auth/csrf')).json();
  const form = { csrfToken, email: 'customer@hotfoot.test', password: 'hotfoot-demo' };
  const from = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  for (const path of ['/api/auth/callback/credentials', '/api/auth/signout']) {
    const answer = await request.post(path, { form, headers: from });
    expect(answer.status(), path).toBe(403);
  }
  expect(await sql`SELECT count(*) FROM sessions`).toEqual(before);
});
