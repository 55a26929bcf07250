// Renews the table of files while work is open, and says once how far it is.
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
    if (answer.ok || answer.status === 304) {
      if (answer.status === 304 || table.querySelector("[name=cancel]")) setTimeout(renew, 2000);
    }
  };
  setTimeout(renew, 2000);
})();
