// Renews the kit while it is being made, and says once how far it is. A line that breaks is tried again.
(() => {
  const kit = () => document.getElementById("kit");
  if (!kit() || !("open" in kit().dataset)) return;
  const renew = async () => {
    const answer = await fetch(location.href);
    if (answer.status >= 500) throw new Error(answer.statusText);
    if (!answer.ok || answer.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const held = kit().contains(document.activeElement) ? document.activeElement.name : "";
    kit().replaceWith(page.getElementById("kit"));
    if (held) kit().querySelector(`[name="${held}"]`)?.focus();
    document.getElementById("spoken").textContent = kit().querySelector("h2").textContent;
    if ("open" in kit().dataset) later(2000);
  };
  const later = (pause) => setTimeout(() => renew().catch(() => later(10000)), pause);
  later(2000);
})();
