// Has a worker keep the pages of this show's night on the phone: this one, and those that data-pages names.

const { dataset } = document.querySelector("[data-worker]");
const AGAIN_AFTER = 300_000; // ms until the other pages are asked for anew

function assets() {
  const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], svg.icon use");
  const urls = [...parts].map((part) => new URL(part.getAttribute("href") ?? part.getAttribute("src"), location.href));
  return [...new Set(urls.map(({ href }) => href.split("#")[0]))];
}

async function stay() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(dataset.worker, { scope: /^\/coordinate\/[^/]+\//.exec(location.pathname)[0] });
  const { active } = await navigator.serviceWorker.ready;
  const pages = [location.pathname + location.search, ...dataset.pages.split(" ").filter(Boolean)];
  active.postMessage({ keep: { pages, assets: assets(), olderThan: AGAIN_AFTER } });
}

function tryTo() {
  stay().catch(() => {}); // without a worker the pages still work while there is a network
}

tryTo();
setInterval(() => document.hidden || tryTo(), AGAIN_AFTER);
