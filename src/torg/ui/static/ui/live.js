// News by /events: said politely, and counted at the top. Never moves what one is reading: the person loads it.
// A page says what it wants to hear of with <… data-news="enquiry enquiries" data-news-one="…" data-news-many="%s …">.
// Others listen for the event "torg:news" on the document, whose detail is {kind, id, count}; kind "refetch" means
// that the stream was away for a while and anything may have changed. Whoever shows the news at once, because the
// person did it or is looking at it, prevents the default: then it is not counted.
const announcements = document.getElementById("announcements");
const news = document.getElementById("news");
const seen = new Set();
let count = 0;

const wanted = () => document.querySelector("[data-news]");

export function announce(text) {
  if (announcements) announcements.textContent = text;
}

function tell(detail) {
  const page = wanted();
  if (!page?.dataset.news.split(" ").includes(detail.kind)) return;
  if (detail.id && seen.has(detail.id)) return;
  seen.add(detail.id);
  count += detail.count || 1;
  const text = count === 1 ? page.dataset.newsOne : page.dataset.newsMany.replace("%s", count);
  news.querySelector("[data-news-text]").textContent = text;
  news.hidden = false;
  announce(text);
}

document.addEventListener("htmx:sse:before:message", (event) => {
  // What comes is ids, not markup: it must not be put into the page.
  event.preventDefault();
  const { event: kind, data } = event.detail.message;
  let detail;
  try {
    detail = { kind, ...JSON.parse(data) };
  } catch {
    return;
  }
  // Whoever is signed out sees nothing more by looking on: the sign-in page says so.
  if (kind === "signed-out") return location.reload();
  const isNews = document.dispatchEvent(new CustomEvent("torg:news", { detail, cancelable: true }));
  if (isNews) tell(detail);
});

// While the stream cannot be had, nothing of the failure is put before the person: it is tried again by itself.
document.getElementById("live")?.addEventListener("htmx:before:swap", (event) => {
  if (event.target.id === "live") event.preventDefault();
});
