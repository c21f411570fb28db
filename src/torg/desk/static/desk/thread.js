// News about the thread that is open: states of our answers change in place, what is new is added at the end and said
// politely; what one is reading does not move.
import { announce } from "../ui/live.js";

const here = () => document.querySelector("[data-thread]");
let isAsking = false;

async function fetched(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

// What has changed with the answer: the deadline, why it stands here, and that it is too late to take the answer back.
function retell(thread, fresh) {
  for (const id of ["deadline", "reasons", "summary"]) {
    const old = thread.querySelector(`#${id}`);
    if (!old || old.contains(document.activeElement) || old.querySelector("details[open]")) continue;
    const now = fresh.querySelector(`#${id}`);
    if (now) old.replaceWith(now);
  }
  for (const undo of document.querySelectorAll('#toasts form[action*="/answers/"]')) {
    if (!fresh.querySelector(`form[action="${undo.getAttribute("action")}"]`)) undo.closest("[data-toast]").remove();
  }
}

function renew(thread, fresh) {
  const answers = thread.querySelector("#answers");
  const theirs = fresh.querySelector("#answers");
  const isBusy = answers?.contains(document.activeElement);
  if (answers && theirs && !isBusy && answers.innerHTML !== theirs.innerHTML) {
    answers.replaceWith(theirs);
    window.htmx?.process(theirs);
    const state = [...theirs.querySelectorAll("[data-state]")].at(-1)?.querySelector(".t-chip");
    if (state) announce(state.textContent.trim());
  }
  retell(thread, fresh);
  const talk = thread.querySelector(".d-talk");
  const known = talk.children.length;
  const added = [...(fresh.querySelector(".d-talk")?.children ?? [])].slice(known);
  for (const entry of added) {
    entry.dataset.new = "";
    talk.append(entry);
    window.htmx?.process(entry);
  }
  if (added.length) announce(added.at(-1).textContent.replace(/\s+/g, " ").trim().slice(0, 200));
  const version = thread.querySelector("[name=seen_version]");
  const newest = fresh.querySelector("[name=seen_version]");
  const isWriting = thread.querySelector("textarea[name=text]")?.value;
  // Whoever writes keeps the version they saw: the collision stop tells them what has changed before they send.
  if (version && newest && !isWriting && !added.length) version.value = newest.value;
  else if (version && newest && version.value !== newest.value) thread.querySelector("[data-changed]").hidden = false;
}

document.addEventListener("torg:news", async ({ detail }) => {
  const thread = here();
  if (!thread || isAsking) return;
  if (detail.kind === "enquiry" && detail.id !== thread.dataset.enquiry) return;
  isAsking = true;
  try {
    const fresh = await fetched(`/desk/threads/${thread.dataset.thread}/`);
    if (fresh && here() === thread) renew(thread, fresh);
  } finally {
    isAsking = false;
  }
});

document.addEventListener("click", (event) => {
  const again = event.target.closest("[data-reload]");
  const detail = again?.closest("[data-detail]");
  if (!detail) return;
  event.preventDefault();
  window.htmx.ajax("GET", again.getAttribute("href"), { target: detail, swap: "innerHTML" });
});
