// A clock that goes on between two answers, in the manner of the page's language and the show's region:
// <time data-clock data-now="…Z" data-zone="…" data-manner="en-US-u-hc-h12">8:52</time> <small>PM</small>
// It counts from the server's time, since a phone's own clock may be wrong.

function start(element) {
  const half = element.parentElement.querySelector("small");
  const mark = element.textContent.includes(".") ? "." : ":";
  const keptAt = Number(document.documentElement.dataset.keptAt); // a page that was kept is older than this moment
  const ahead = Date.parse(element.dataset.now) - (keptAt || Date.now());
  const format = new Intl.DateTimeFormat(element.dataset.manner, {
    hour: "numeric", minute: "2-digit", timeZone: element.dataset.zone,
  });
  const say = (where, words) => { if (where.textContent !== words) where.textContent = words; };
  setInterval(() => {
    const parts = Object.fromEntries(format.formatToParts(Date.now() + ahead).map(({ type, value }) => [type, value]));
    say(element, parts.hour + mark + parts.minute);
    if (half && parts.dayPeriod) say(half, parts.dayPeriod.replace(/\b([ap])\.\s?m\./, "$1.\u00a0m.")); // as coordinator/spoken says it
  }, 1000);
}

document.querySelectorAll("[data-clock]").forEach(start);
