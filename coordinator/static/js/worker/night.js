// Keeps the pages of a night on a phone, of one show only, until the show's day is over: show night as each stage was
// seen, people, the call list and the shift sheet, and what they need. Each is asked for from the network first; what was
// kept is shown when no answer comes. Nothing else is kept.

const PAGES = "callboard-night-pages";
const ASSETS = "callboard-night-assets";
const PATIENCE = 4_000; // ms until a phone in a cellar shows what it has
const NIGHT = /^\/coordinate\/([^/]+)\/(show|people|texts\/call-list|volunteers\/tonight)$/;
const ASSET = /^\/(static\/|callboard\.css$)/;
const IGNORING = { ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.data?.keep && event.waitUntil(keep(event.data.keep)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "POST" && event.request.mode === "navigate" && url.origin === self.location.origin) {
    event.respondWith(fetch(event.request).catch(() => backFrom(event.request)));
  }
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (NIGHT.test(url.pathname)) {
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

// A form that found no network leads back to its page, where sending.js says so, and not to the browser's error page.
function backFrom({ referrer }) {
  const page = referrer ? new URL(referrer) : null;
  if (!page || !NIGHT.test(page.pathname)) return Response.error();
  page.hash = "not-sent";
  return Response.redirect(page, 303);
}

async function ask(request, url) {
  const response = await fetch(request);
  if (response.type === "opaqueredirect" || response.status === 401) await forgetAll(); // nobody is signed in any more
  else if ([403, 404, 410].includes(response.status)) await (await caches.open(PAGES)).delete(nameOf(url), IGNORING);
  else await remember(url, response);
  return response;
}

// A page goes by its stage alone; a search, another day or a press that is looked at is not kept.
function nameOf(url) {
  const stage = url.searchParams.get("stage");
  return url.pathname + (stage ? `?stage=${encodeURIComponent(stage)}` : "");
}

async function remember(url, response) {
  const isPlain = [...url.searchParams.keys()].every((name) => name === "stage");
  if (response.status !== 200 || response.redirected || !isPlain || !response.headers.get("X-Keep-Until")) return;
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set("X-Kept-At", String(Date.now()));
  const [, show] = NIGHT.exec(url.pathname);
  const pages = await caches.open(PAGES);
  for (const other of await pages.keys()) {
    if (NIGHT.exec(new URL(other.url).pathname)?.[1] !== show) await pages.delete(other, IGNORING);
  }
  await pages.put(nameOf(url), new Response(await response.clone().text(), { headers }));
}

async function forgetAll() {
  await caches.delete(PAGES);
}

async function kept(url) {
  const pages = await caches.open(PAGES);
  const page = await bestOf(pages, url);
  if (!page) return undefined;
  if (Number(page.headers.get("X-Keep-Until")) <= Date.now()) return forgetAll();
  const keptAt = Number(page.headers.get("X-Kept-At"));
  const text = (await page.text()).replace("<html ", `<html data-kept-at="${keptAt}" `);
  return new Response(text, { headers: page.headers });
}

// The page itself; of a press that is looked at the page with its slot; else the newest with the same path.
async function bestOf(pages, url) {
  const slot = url.searchParams.get("slot");
  const same = slot ? undefined : await pages.match(nameOf(url), IGNORING);
  if (same) return same;
  let best;
  for (const request of await pages.keys()) {
    if (new URL(request.url).pathname !== url.pathname) continue;
    const page = await pages.match(request, IGNORING);
    if (slot && (await page.clone().text()).includes(`id="slot-${slot}"`)) return page;
    if (!best || Number(page.headers.get("X-Kept-At")) > Number(best.headers.get("X-Kept-At"))) best = page;
  }
  return best;
}

async function asset(request) {
  const assets = await caches.open(ASSETS);
  const known = await assets.match(request, IGNORING);
  if (known) return known;
  const response = await fetch(request);
  if (response.ok) {
    const { pathname } = new URL(request.url);
    for (const old of await assets.keys()) if (new URL(old.url).pathname === pathname) await assets.delete(old, IGNORING);
    await assets.put(request, response.clone());
  }
  return response;
}

// The first page came before this worker was there, and others were not opened yet; so the page says what to keep.
async function keep({ pages: wanted, assets, olderThan }) {
  for (const each of assets) await asset(new Request(each)).catch(() => {});
  const pages = await caches.open(PAGES);
  for (const each of wanted) {
    const url = new URL(each, self.location.origin);
    if (!NIGHT.test(url.pathname)) continue;
    const page = await pages.match(nameOf(url), IGNORING);
    if (page && Date.now() - Number(page.headers.get("X-Kept-At")) < olderThan) continue;
    await ask(new Request(url, { credentials: "same-origin", redirect: "manual" }), url).catch(() => {});
  }
}
