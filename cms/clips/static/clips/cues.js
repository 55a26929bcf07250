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
    const at = (name) => table.querySelector(`[data-${name}]`);
    const sentence = (name, values = {}) => Object.entries(values).reduce(
      (words, [key, value]) => words.replace(`{${key}}`, value), at("sentences").content.querySelector(`[data-${name}]`).textContent,
    );
    const say = (words) => { at("said").textContent = words; };
    const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
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
    const { read, written } = window.clipMoments;
    const sought = () => at("find").value.trim().toLocaleLowerCase();
    const found = () => [...body.rows].filter((row) => sought() && part(row, "text").value.toLocaleLowerCase().includes(sought()));
    const look = () => {
      const rows = found();
      [...body.rows].forEach((row) => row.toggleAttribute("data-found", rows.includes(row)));
      if (!sought()) say("");
      else say(rows.length ? sentence("found", { count: rows.length }) : sentence("none"));
    };
    let last = null;
    const next = () => {
      const rows = found();
      last = rows[(rows.indexOf(last) + 1) % rows.length] || null;
      if (last) part(last, "text").select();
    };
    const shift = () => {
      const text = at("by").value.trim().replace("−", "-").replace(/[,٫]/, ".");
      const by = /^[+-]?\d+(\.\d{1,3})?$/.test(text) ? Math.round(1000 * Number(text)) : 0;
      const cells = [...body.rows].flatMap((row) => [part(row, "start"), part(row, "end")]).filter((cell) => read(cell.value) !== null);
      if (!by) { say(sentence("no-number")); return; }
      if (cells.some((cell) => read(cell.value) + by < 0)) { say(sentence("too-early")); return; }
      cells.forEach((cell) => { cell.value = written(read(cell.value) + by); });
      changed();
      say(sentence("moved", { seconds: by / 1000 }));
    };
    at("tools").hidden = false;
    at("find").addEventListener("input", look);
    at("shift").addEventListener("click", shift);
    [["find", next], ["by", shift]].forEach(([name, act]) => at(name).addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it would save the form
      act();
    }));
    body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("textarea")) event.preventDefault(); // lines break by themselves
      const row = event.target.closest("tr");
      const other = event.altKey && { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
      if (!other) return;
      event.preventDefault();
      other.cells[event.target.closest("td").cellIndex].querySelector("input:not([type=hidden]), textarea, button").focus();
    });
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
