// The list beside an open thread follows what one does in the thread; what others do is told at the top instead.
const OWN_FOR = 20000;
const acted = new Map();
let isAsking = false;

const thread = () => document.querySelector("[data-detail] [data-thread]");
const rowOf = (id) => document.querySelector(`[data-queue] [data-row="${id}"]`);
const isOwn = (id) => thread()?.dataset.enquiry === id || Date.now() - (acted.get(id) ?? 0) < OWN_FOR;

function replace(old, fresh) {
  if (!fresh) return old.remove();
  fresh.toggleAttribute("data-current", old.hasAttribute("data-current"));
  const was = old.querySelector("input[name=chosen]");
  const now = fresh.querySelector("input[name=chosen]");
  if (was && now) now.checked = was.checked;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
  if (hadFocus) fresh.querySelector("[data-open]").focus();
}

async function renew(id) {
  if (!rowOf(id) || isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch(location.href, { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const list = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = rowOf(id);
    if (old) replace(old, list.querySelector(`[data-row="${id}"]`));
  } finally {
    isAsking = false;
  }
}

document.addEventListener("htmx:after:request", (event) => {
  const open = thread();
  const id = open?.dataset.enquiry;
  if (!id || !open.contains(event.target) || event.detail.ctx?.request?.method?.toUpperCase() !== "POST") return;
  if (event.detail.ctx.request.action?.includes("/attendance/")) return;
  acted.set(id, Date.now());
  renew(id);
});

document.addEventListener("torg:news", (event) => {
  const { kind, id } = event.detail;
  if (kind !== "enquiry" || !isOwn(id)) return;
  event.preventDefault();
  renew(id);
});
