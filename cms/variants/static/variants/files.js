// Renews the table of files while work is open, and says once how far it is. A line that breaks is tried again.
(() => {
  const table = document.querySelector("[data-controller-files]");
  if (!table || !table.dataset.open) return;
  let tag = "";
  const renew = async () => {
    const answer = await fetch(table.dataset.address, { headers: { "If-None-Match": tag, "X-Requested-With": "XMLHttpRequest" } });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag") || "";
      table.innerHTML = await answer.text();
      const words = table.querySelector(".at-progress strong");
      if (words) document.getElementById("spoken").textContent = words.textContent;
    }
    if (answer.status >= 500) throw new Error(answer.statusText);
    return answer.status === 304 || (answer.ok && table.querySelector("[data-open]") !== null);
  };
  const later = (pause) =>
    setTimeout(() => renew().then((open) => open && later(2000), () => later(10000)), pause);
  later(2000);
})();
