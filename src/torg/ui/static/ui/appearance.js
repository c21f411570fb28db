// Light or dark at once, without loading the page again; the form's POST remembers it.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-appearance]");
  if (!form || event.submitter?.name !== "scheme") return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  document.documentElement.dataset.colorScheme = event.submitter.value;
  for (const button of form.querySelectorAll("button[name=scheme]")) {
    const chosen = button === event.submitter;
    button.setAttribute("aria-pressed", String(chosen));
    button.dataset.variant = chosen ? "primary" : "secondary";
  }
  await fetch(form.action, { method: "POST", body, redirect: "manual" });
});
