// Opens the card without signal: one page that holds no person, and what it is drawn with. The two constants above this
// line name the version and the files; another version takes the place of this one as a whole.
import { deliver } from './send.js';

const CACHE = `placement-card-${VERSION}`;
const PATIENCE_WITH_PAGES = 8_000;
const PATIENCE_WITH_FILES = 3_000;
const AWAY = [502, 503, 504];

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    await (await caches.open(CACHE)).addAll(FILES);
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith('placement-card-') && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

const shell = async () => (await (await caches.open(CACHE)).match(SHELL)) ?? Response.error();

const page = async (request) => {
  const late = new Promise((_done, failed) => { setTimeout(() => failed(new Error('late')), PATIENCE_WITH_PAGES); });
  try {
    const answer = await Promise.race([fetch(request), late]);
    return AWAY.includes(answer.status) ? shell() : answer;
  } catch { return shell(); }
};

// An address with a hash always means the same; any other is asked for first, so that pages never mix two versions.
const file = async (request) => {
  const kept = await (await caches.open(CACHE)).match(request);
  if (kept && new URL(request.url).search) return kept;
  const late = new Promise((_done, failed) => { setTimeout(() => failed(new Error('late')), PATIENCE_WITH_FILES); });
  try {
    const answer = await (kept ? Promise.race([fetch(request), late]) : fetch(request));
    return answer.ok ? answer : kept ?? answer;
  } catch { return kept ?? Response.error(); }
};

self.addEventListener('fetch', (event) => {
  const address = new URL(event.request.url);
  // A form that fails on its way stays with the browser, which can send it again.
  if (address.origin !== self.location.origin || event.request.method !== 'GET') return;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request));
  else if (FILES.includes(address.pathname + address.search)) event.respondWith(file(event.request));
});

self.addEventListener('sync', (event) => {
  if (event.tag !== 'card-entries') return;
  event.waitUntil(deliver().then(({ again }) => { if (again !== null) throw new Error('not yet'); }));
});
