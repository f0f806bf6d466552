// The service worker: what was shown last stays readable without a network, and pushes become notices.
const PAGES = 'hotfoot-pages-1';
const FILES = 'hotfoot-files-1';
const OFFLINE = '/offline';
/** An order is somebody's own, as a driver's job is: only the last few are kept, and none after signing out. */
const KEPT_PAGES = 6;

const isKeptPage = (url) => /^\/(orders(\/[\w-]+)?|driver)$/.test(url.pathname);
const isBuilt = (url) => url.pathname.startsWith('/_next/static/');

self.addEventListener('install', (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => ![PAGES, FILES].includes(name)))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

/** The offline page with the files that it names. */
async function keepOfflinePage() {
  const page = await fetch(OFFLINE, { cache: 'reload' });
  const html = await page.clone().text();
  await (await caches.open(FILES)).put(OFFLINE, page);
  await keepFilesOf(html);
}

async function keepFilesOf(html) {
  const files = await caches.open(FILES);
  const named = [...new Set(html.match(/\/_next\/static\/[^"'\\ <>)]+/g) ?? [])];
  await Promise.all(
    named.map(async (file) => {
      if (!(await files.match(file))) await files.add(file).catch(() => undefined);
    }),
  );
}

/** Keeps a page as it is now. Pages that lead elsewhere (to the sign-in) are not kept. */
async function keepPage(path) {
  const ofSession = session;
  const page = await fetch(path, { credentials: 'same-origin', headers: { accept: 'text/html' } });
  if (!page.ok || page.redirected) return;
  const html = await page.clone().text();
  await store(path, page, ofSession);
  await keepFilesOf(html);
}

/** Counts sign-outs: a page that was asked for before one is not kept after it. */
let session = 0;
let turn = Promise.resolve();

/** One after another: a look while a page changes places may find neither the old nor the new one. */
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => undefined);
  return done;
}

/** Whole before it takes the place of the one before: nothing is lost to a network that breaks off. */
async function store(path, page, ofSession) {
  const { status, headers } = page;
  const whole = new Response(await page.blob(), { status, headers });
  await inTurn(async () => {
    if (ofSession !== session) return;
    const pages = await caches.open(PAGES);
    await pages.put(path, whole);
    const kept = await pages.keys();
    await Promise.all(kept.slice(0, -KEPT_PAGES).map((old) => pages.delete(old)));
  });
}

function forget() {
  session += 1;
  return inTurn(() => caches.delete(PAGES));
}

/** A page as it was kept, by its address without the query. */
const keptPage = ({ pathname }) =>
  inTurn(async () => (await caches.open(PAGES)).match(pathname));

self.addEventListener('message', (event) => {
  const { type, path } = event.data ?? {};
  if (type === 'keep' && isKeptPage(new URL(path, self.location.origin))) {
    event.waitUntil(keepPage(path).catch(() => undefined));
  }
  if (type === 'forget') event.waitUntil(forget());
});

async function pageFor(event, url) {
  const ofSession = session;
  try {
    const page = await fetch(event.request);
    if (isKeptPage(url) && page.ok && !page.redirected) {
      const copy = page.clone();
      event.waitUntil(store(url.pathname, copy, ofSession).catch(() => undefined));
    }
    return page;
  } catch {
    return (await keptPage(url)) ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

async function fileFor(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const file = await fetch(request);
  if (file.ok) await files.put(request, file.clone());
  return file;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageFor(event, url));
  else if (isBuilt(url)) event.respondWith(fileFor(request));
});

/** What rings is an offer: its page rings by itself while somebody looks at it. */
async function showPush({ title, body, dir, lang, tag, url, ring }) {
  const windows = ring ? await self.clients.matchAll({ type: 'window' }) : [];
  if (windows.some((each) => each.visibilityState === 'visible' && isAt(each, url))) return;
  const show = { body, dir, lang, tag, renotify: true, data: { url }, icon: '/icons/icon-192.png' };
  const louder = ring ? { requireInteraction: true, vibrate: [180, 90, 180, 90, 180] } : {};
  await self.registration.showNotification(title, { ...show, ...louder });
}

const isAt = (client, path) => new URL(client.url).pathname.startsWith(path);

self.addEventListener('push', (event) => {
  const push = event.data?.json() ?? {};
  if (push.title) event.waitUntil(showPush(push));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? '/', self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((windows) => {
      const open = windows.find((each) => new URL(each.url).pathname === url.pathname);
      return open ? open.focus() : self.clients.openWindow(url.href);
    }),
  );
});
