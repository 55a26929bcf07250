// Captions' table: rows are added and taken out, and a file fills it at once instead of when the clip is saved.
(() => {
  const begin = (table) => {
    if (table.dataset.begun) return;
    table.dataset.begun = "1";
    const body = table.querySelector("tbody");
    const wrong = table.querySelector("[data-wrong]");
    const file = table.querySelector("input[type=file]");
    const blank = body.querySelector("[data-spare]").cloneNode(true);
    const uncover = (root) => root.querySelectorAll("[data-remove]").forEach((button) => { button.hidden = false; });
    const changed = () => body.dispatchEvent(new Event("change", { bubbles: true }));
    const add = () => {
      const row = blank.cloneNode(true);
      uncover(row);
      body.append(row);
      return row;
    };
    const fill = async () => {
      const form = new FormData();
      form.append("file", file.files[0]);
      form.append("name", file.name.replace(/-file$/, ""));
      form.append("language", table.dataset.language);
      const token = table.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
      // Told that a script asks, the admin refuses where it would send people to the login: its page is no caption.
      const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
      const answer = await fetch(table.dataset.address, { method: "POST", body: form, headers });
      const text = await answer.text();
      wrong.hidden = answer.ok;
      if (answer.ok) {
        body.innerHTML = text;
        uncover(body);
        add();
        changed();
      } else {
        wrong.textContent = answer.status === 422 ? text : `${answer.status} ${answer.statusText}`;
      }
      file.value = "";
    };
    table.querySelector("[data-add]").hidden = false;
    uncover(table);
    table.querySelector("[data-add]").addEventListener("click", () => add().querySelector("input").focus());
    body.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (!button) return;
      const row = button.closest("tr");
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      (next ? next.querySelector("input") : table.querySelector("[data-add]")).focus();
      changed();
    });
    file.addEventListener("change", () => { if (file.files.length) fill(); });
  };
  const all = () => document.querySelectorAll("[data-cues]").forEach(begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
