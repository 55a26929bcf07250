// Renews the state of a film while it is being made, and says once how far it is. A line that breaks is tried again.
(() => {
  const state = () => document.getElementById("film");
  if (!state() || !("open" in state().dataset)) return;
  const renew = async () => {
    const answer = await fetch(location.href);
    if (answer.status >= 500) throw new Error(answer.statusText);
    if (!answer.ok || answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const held = state().contains(document.activeElement) ? document.activeElement.name : "";
    state().replaceWith(page.getElementById("film"));
    if (held) state().querySelector(`[name="${held}"]`)?.focus();
    document.getElementById("spoken").textContent = state().querySelector("h2").textContent;
    if ("open" in state().dataset) later(2000);
  };
  const later = (pause) => setTimeout(() => renew().catch(() => later(10000)), pause);
  later(2000);
})();
