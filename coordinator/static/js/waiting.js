// What was tapped and has not been taken in yet, in this browser's own store: one entry a tap, so that two tabs never
// write over each other. Loaded before the scripts that use it; not imported by them, since an import would carry no
// hash of its content in its address. An entry:
//
//   { kind: "presses", body: { slot, verb, minutes }, to: "/coordinate/…", by: "12", until: ms, key, at: ms, tried }
//
// kind is the name of the list that is sent, body what stands in it. by is whose tap it is: nobody else sends it.

const PREFIX = "callboard.waiting.";
const PAGES = "callboard-night-pages";
const A_DAY = 24 * 3600 * 1000; // a tap waits one day longer than the pages, for a phone that comes home first

function everything() {
  const found = [];
  for (let place = localStorage.length - 1; place >= 0; place -= 1) {
    const name = localStorage.key(place);
    if (!name.startsWith(PREFIX)) continue;
    try {
      const tap = JSON.parse(localStorage.getItem(name));
      if (tap.until + A_DAY > Date.now()) found.push(tap);
      else localStorage.removeItem(name);
    } catch {
      localStorage.removeItem(name);
    }
  }
  return found.sort((one, other) => one.at - other.at);
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function keep(tap) {
  const whole = { key: newKey(), at: Date.now(), tried: false, ...tap };
  localStorage.setItem(PREFIX + whole.key, JSON.stringify(whole));
  return whole;
}

function stored(key) {
  return JSON.parse(localStorage.getItem(PREFIX + key));
}

function drop(key) {
  localStorage.removeItem(PREFIX + key);
}

// Pages of days that are over are thrown away by whichever page of ours is opened next; all of them, once signed out.
async function clearPages(all = false) {
  if (!("caches" in window)) return;
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const page = await pages.match(request, { ignoreVary: true });
    if (all || Number(page?.headers.get("X-Keep-Until")) <= Date.now()) await pages.delete(request, { ignoreVary: true });
  }
}

globalThis.waiting = { clearPages, drop, everything, keep, newKey, stored };
