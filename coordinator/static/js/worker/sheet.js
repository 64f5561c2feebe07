// Keeps the shift sheet on a phone: its newest page and what that needs, of one show only, until the show's day is over.
// The page is asked for from the network first; what was kept is shown when no answer comes. Nothing else is kept.

const PAGES = "callboard-sheet-pages";
const ASSETS = "callboard-sheet-assets";
const PATIENCE = 4_000; // ms until a phone in a cellar shows what it has
const SHEET = /^\/coordinate\/[^/]+\/volunteers\/tonight$/;
const ASSET = /^\/(static\/|callboard\.css$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.data?.keep && event.waitUntil(keep(event.data.keep)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (SHEET.test(url.pathname)) {
    event.respondWith(event.request.mode === "navigate" ? open(event.request, url) : ask(event.request, url));
  } else if (ASSET.test(url.pathname)) {
    event.respondWith(asset(event.request));
  }
});

async function open(request, url) {
  const asked = ask(request, url);
  const answer = await Promise.race([asked.catch(() => null), new Promise((done) => setTimeout(done, PATIENCE))]);
  if (answer && answer.status < 500) return answer;
  return (await kept(url)) ?? asked;
}

async function ask(request, url) {
  const response = await fetch(request);
  if (response.type === "opaqueredirect" && !url.search) await forget(url); // nobody is signed in any more
  else await remember(url, response);
  return response;
}

async function remember(url, response) {
  if (response.status !== 200 || response.redirected || url.search || !response.headers.get("X-Keep-Until")) return;
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set("X-Kept-At", String(Date.now()));
  const pages = await caches.open(PAGES);
  for (const other of await pages.keys()) if (new URL(other.url).pathname !== url.pathname) await pages.delete(other);
  await pages.put(url.pathname, new Response(await response.clone().text(), { headers }));
}

async function forget(url) {
  await (await caches.open(PAGES)).delete(url.pathname, { ignoreVary: true });
}

async function kept(url) {
  const page = await (await caches.open(PAGES)).match(url.pathname, { ignoreVary: true });
  if (!page) return undefined;
  if (Number(page.headers.get("X-Keep-Until")) <= Date.now()) return forget(url);
  const keptAt = Number(page.headers.get("X-Kept-At"));
  const text = (await page.text()).replace("<html ", `<html data-kept-at="${keptAt}" `);
  return new Response(text, { headers: page.headers });
}

async function asset(request) {
  const assets = await caches.open(ASSETS);
  const known = await assets.match(request, { ignoreVary: true });
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) await assets.put(request, response.clone());
  return response;
}

// The first page came before this worker was there; so the page says what it is made of.
async function keep({ page, assets: wanted }) {
  const assets = await caches.open(ASSETS);
  for (const old of await assets.keys()) if (!wanted.includes(old.url)) await assets.delete(old);
  for (const each of wanted) await asset(new Request(each)).catch(() => {});
  const url = new URL(page, self.location.origin);
  if (!(await (await caches.open(PAGES)).match(url.pathname, { ignoreVary: true }))) {
    await ask(new Request(url, { credentials: "same-origin", redirect: "manual" }), url).catch(() => {});
  }
}
