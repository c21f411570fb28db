// A toast without a way back leaves by itself; one with "Undo" stays until it is used or closed by the next.
const STAYS = 8000;
const region = document.getElementById("toasts");

function leave(toast) {
  if (toast.dataset.color !== "success" || toast.querySelector("form")) return;
  setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), STAYS);
}

if (region) {
  region.querySelectorAll("[data-toast]").forEach(leave);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.matches?.("[data-toast]")) leave(node);
  }).observe(region, { childList: true });
}
