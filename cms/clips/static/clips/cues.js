// Captions' table: rows are added, split, merged and taken out, each says how it reads while it is typed, and a file
// fills the table at once instead of when the clip is saved.
(() => {
  const NEW = 2000; // ms that a new caption lasts, where there is room

  const halves = (text, share, { language, unspaced }) => {
    const starts = unspaced
      ? [...new Intl.Segmenter(language || "und", { granularity: "word" }).segment(text)]
        .filter((each) => each.isWordLike).map((each) => each.index).slice(1)
      : [...text.matchAll(/\s+/gu)].map((space) => space.index + space[0].length);
    if (!starts.length) return null;
    const wanted = text.length * share;
    const cut = starts.reduce((best, start) => (Math.abs(start - wanted) < Math.abs(best - wanted) ? start : best));
    return [text.slice(0, cut).trimEnd(), text.slice(cut).trimStart()];
  };
  const bare = (text) => text.replace(/\s+/gu, "");
  // Where words have times the playhead parts them; times that are of words which are gone say nothing.
  const halvesOfWords = (text, words, by) => {
    if (words.length < 2 || bare(words.map((word) => word.text).join("")) !== bare(text)) return null;
    const later = words.findIndex((word) => word.start >= by);
    const place = later < 0 ? words.length - 1 : Math.max(1, later);
    let left = bare(words.slice(0, place).map((word) => word.text).join("")).length;
    let cut = 0;
    while (left) { if (!/\s/u.test(text[cut])) left -= 1; cut += 1; }
    return {
      texts: [text.slice(0, cut).trimEnd(), text.slice(cut).trimStart()],
      words: [words.slice(0, place), words.slice(place).map((word) => ({ ...word, start: Math.max(0, word.start - by) }))],
    };
  };

  const begin = (table) => {
    if (table.dataset.begun) return;
    table.dataset.begun = "1";
    const form = table.closest("form");
    const stage = form.querySelector("[data-stage]");
    const [player, video] = ["player", "video"].map((name) => stage && stage.querySelector(`[data-${name}]`));
    const body = table.querySelector("tbody");
    const wrong = table.querySelector("[data-wrong]");
    const file = table.querySelector("input[type=file]");
    const blank = body.querySelector("[data-spare]").cloneNode(true);
    const limits = table.querySelector("#at-cues-limits") && JSON.parse(table.querySelector("#at-cues-limits").textContent);
    const reading = limits && window.clipReading(limits);
    const uncover = (root) => root.querySelectorAll("[data-remove]").forEach((button) => { button.hidden = false; });
    const at = (name) => table.querySelector(`[data-${name}]`);
    const sentence = (name, values = {}) => Object.entries(values).reduce(
      (words, [key, value]) => words.replace(`{${key}}`, value), at("sentences").content.querySelector(`[data-${name}]`).textContent,
    );
    const say = (words) => { at("said").textContent = words; };
    const { read, written } = window.clipMoments;
    const now = () => Math.round(1000 * video.currentTime);

    // Rows: the inputs are the values.
    const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
    const PARTS = ["start", "end", "text", "more"];
    const textOf = (row) => part(row, "text").value.split("\n").map((line) => line.trim()).filter(Boolean).join(" ");
    const isEmpty = (row) => !["start", "end", "text"].some((name) => part(row, name).value.trim());
    const filled = () => [...body.rows].filter((row) => !isEmpty(row));
    const cueOf = (row) => ({ row, start: read(part(row, "start").value), end: read(part(row, "end").value), text: textOf(row) });
    const isTimed = (cue) => cue.start !== null && cue.end !== null;
    const cues = () => filled().map(cueOf).filter(isTimed);
    const standing = () => (video ? cues().find((cue) => cue.start <= now() && now() < cue.end) : undefined);
    const span = (cue) => ({ begin: written(cue.start), end: written(cue.end) });
    const moreOf = (row) => { try { return JSON.parse(part(row, "more").value || "{}"); } catch { return {}; } };
    const put = (row, { start, end, text, more = {} }) => {
      part(row, "start").value = written(start);
      part(row, "end").value = written(end);
      part(row, "text").value = text;
      part(row, "more").value = Object.keys(more).length ? JSON.stringify(more) : "";
    };
    const fresh = () => {
      const row = blank.cloneNode(true);
      row.removeAttribute("data-spare");
      uncover(row);
      return row;
    };

    // How each reads.
    const show = (row, { speed, faults }) => {
      const told = [{ words: speed, kind: "speed", "wrong-so": faults.length > 0 }, ...faults.map((fault) => ({ ...fault, kind: "fault" }))];
      row.querySelector("[data-reading]").replaceChildren(...told.filter((each) => each.words).map((each) => {
        const span = document.createElement("span");
        span.className = `at-cues-${each.kind}`;
        span.toggleAttribute("data-wrong-so", Boolean(each["wrong-so"]));
        span.toggleAttribute("data-blocks", Boolean(each.blocks));
        span.textContent = each.words;
        return span;
      }));
    };
    const timedBefore = (row) => {
      for (let one = row.previousElementSibling; one; one = one.previousElementSibling) {
        const cue = cueOf(one);
        if (isTimed(cue)) return cue;
      }
      return null;
    };
    const readOver = (row, before = timedBefore(row)) => {
      const cue = cueOf(row);
      if (reading) show(row, isTimed(cue) ? reading(cue, before) : { speed: "", faults: [] });
      return isTimed(cue) ? cue : before;
    };
    const readOnward = (row) => {
      readOver(row);
      for (let one = row.nextElementSibling; one; one = one.nextElementSibling) {
        if (readOver(one, timedBefore(one)).row === one) return;
      }
    };
    const settle = () => {
      let [number, before] = [0, null];
      [...body.rows].forEach((row) => {
        const empty = isEmpty(row);
        if (!empty) number += 1;
        const [from, to] = ["start", "end"].map((name) => part(row, name).value);
        row.setAttribute("aria-label", empty ? sentence("new-row") : sentence("row", { number, begin: from, end: to }));
        row.querySelector("[data-number]").textContent = empty ? "+" : number;
        before = readOver(row, before);
      });
    };
    // What is remembered and brought back is all that can be done in the form: the stage keeps it.
    const remember = (what = "") => form.dispatchEvent(new CustomEvent("clip-remember", { detail: what }));
    const changed = () => { settle(); body.dispatchEvent(new Event("change", { bubbles: true })); };
    const snapshot = () => [...body.rows].map((row) => PARTS.map((name) => part(row, name).value));
    window.clipCaptions = {
      snapshot,
      restore: (was) => {
        if (JSON.stringify(was) === JSON.stringify(snapshot())) return;
        const place = [...body.rows].indexOf(document.activeElement);
        body.replaceChildren(...was.map((cells) => {
          const row = fresh();
          PARTS.forEach((name, number) => { part(row, name).value = cells[number]; });
          return row;
        }));
        if (body.rows.length) reach(body.rows[0]);
        if (place >= 0 && body.rows.length) body.rows[Math.min(place, body.rows.length - 1)].focus();
        settle();
      },
    };

    // Focus: one row at a time is reached by Tab.
    let current = null;
    const reach = (row) => {
      if (current) current.tabIndex = -1;
      current = row;
      row.tabIndex = 0;
    };
    const seek = (cue) => { if (video && video.paused && cue.start !== null) video.currentTime = cue.start / 1000; };
    const add = () => {
      const row = fresh();
      body.append(row);
      settle();
      return row;
    };

    const fill = async () => {
      const data = new FormData();
      data.append("file", file.files[0]);
      data.append("name", file.name.replace(/-file$/, ""));
      data.append("language", table.dataset.language);
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      // Told that a script asks, the admin refuses where it would send people to the login: its page is no caption.
      const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
      const answer = await fetch(table.dataset.address, { method: "POST", body: data, headers });
      const text = await answer.text();
      wrong.hidden = answer.ok;
      if (answer.ok) {
        remember();
        body.innerHTML = text;
        uncover(body);
        reach(body.rows[0]);
        add();
        changed();
      } else {
        wrong.textContent = answer.status === 422 ? text : `${answer.status} ${answer.statusText}`;
      }
      file.value = "";
    };

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
      remember();
      cells.forEach((cell) => { cell.value = written(read(cell.value) + by); });
      changed();
      say(sentence("moved", { seconds: by / 1000 }));
    };

    const split = () => {
      const [cue, by] = [standing(), now()];
      if (!cue || cue.start === by) { say(sentence("no-caption", { at: written(by) })); return; }
      const { words = [], ...more } = moreOf(cue.row);
      const timed = halvesOfWords(cue.text, words, by - cue.start);
      const share = (by - cue.start) / (cue.end - cue.start);
      const texts = timed ? timed.texts : halves(cue.text, share, { language: table.dataset.language, unspaced: limits && limits.unspaced });
      if (!texts) { say(sentence("one-word")); return; }
      remember();
      const [first, second] = [0, 1].map((half) => (timed ? { ...more, words: timed.words[half] } : more));
      const row = fresh();
      put(cue.row, { start: cue.start, end: by, text: texts[0], more: first });
      put(row, { start: by, end: cue.end, text: texts[1], more: second });
      cue.row.after(row);
      changed();
      say(sentence("split", { at: written(by) }));
    };
    const merge = (row = null) => {
      const cue = row ? cueOf(row) : standing() || (current && cueOf(current));
      if (!cue || !isTimed(cue)) { say(sentence("no-caption", { at: written(video ? now() : 0) })); return; }
      const rows = cues();
      const other = rows[rows.findIndex((one) => one.row === cue.row) + 1];
      if (!other) { say(sentence("no-next")); return; }
      const text = [cue.text, other.text].filter(Boolean).join(limits ? limits.joint : " ");
      const most = Number(part(cue.row, "text").maxLength);
      if (text.length > most) { say(sentence("too-many", { most })); return; }
      remember();
      const [{ words: one, ...more }, { words: two }] = [moreOf(cue.row), moreOf(other.row)];
      const later = (two || []).map((word) => ({ ...word, start: word.start + other.start - cue.start }));
      put(cue.row, { start: cue.start, end: other.end, text, more: one && two ? { ...more, words: [...one, ...later] } : more });
      if (current === other.row) reach(cue.row);
      other.row.remove();
      changed();
      say(sentence("merged", span({ start: cue.start, end: other.end })));
    };
    const insert = () => {
      const from = now();
      const rows = cues();
      const after = rows.find((cue) => cue.start > from);
      const end = Math.min(from + NEW, after ? after.start : Infinity, (limits && limits.length > from && limits.length) || Infinity);
      if (standing() || end <= from) { say(sentence("taken", { at: written(from) })); return; }
      remember();
      const row = fresh();
      put(row, { start: from, end, text: "" });
      const before = rows.filter((cue) => cue.start <= from).pop();
      if (before) before.row.after(row);
      else body.prepend(row);
      changed();
      part(row, "text").focus();
      say(sentence("begun", span({ start: from, end })));
    };
    const take = (row) => {
      remember();
      const [cue, other] = [cueOf(row), row.nextElementSibling || row.previousElementSibling];
      row.remove();
      if (other) reach(other);
      (other ? other.querySelector("input") : at("add")).focus();
      changed();
      if (isTimed(cue)) say(sentence("taken-out", span(cue)));
    };

    // Keys of the table and of the player; a single character does something only outside of fields.
    let cameFrom = null;
    const search = () => { cameFrom = document.activeElement; at("find").focus(); at("find").select(); };
    const step = (way, row) => {
      const [rows, here] = [filled(), row || (standing() || {}).row];
      const moment = video ? now() : 0;
      const passed = cues().filter((cue) => cue.start <= moment);
      const place = here ? rows.indexOf(here) + way : passed.length - (way > 0 ? 0 : 1);
      const other = rows[place];
      if (!other) return;
      seek(cueOf(other));
      if (row) other.focus();
      else say(other.getAttribute("aria-label"));
    };
    const LETTERS = { s: () => split(), m: merge, n: () => insert(), "/": search };
    const act = (event, row) => {
      const key = window.clipKey(event);
      const way = { ArrowUp: -1, ArrowDown: 1 }[key];
      if (event.ctrlKey || event.metaKey) return null;
      if (event.altKey) return way && (() => step(way, row));
      if (key === "Enter" && row) return () => part(row, "text").focus();
      if (key === "Enter" && event.target === player) return standing() && (() => part(standing().row, "text").focus());
      if (key === "Escape" && row && player) return () => player.focus();
      const written = stage && stage.dataset.letters && LETTERS[key];
      return written && (() => written(row));
    };
    form.addEventListener("keydown", (event) => {
      const row = event.target.matches("tr") && body.contains(event.target) ? event.target : null;
      if (!row && !(player && player.contains(event.target))) return;
      const does = act(event, row);
      if (!does) return;
      event.preventDefault();
      does();
    });
    body.addEventListener("keydown", (event) => {
      const row = event.target.closest("tr");
      if (event.target === row) return;
      if (event.key === "Enter" && event.target.matches("textarea")) event.preventDefault(); // lines break by themselves
      if (event.key === "Escape") { event.preventDefault(); row.focus(); return; }
      const other = event.altKey && { ArrowUp: row.previousElementSibling, ArrowDown: row.nextElementSibling }[event.key];
      if (!other) return;
      event.preventDefault();
      other.cells[event.target.closest("td").cellIndex].querySelector("input:not([type=hidden]), textarea, button").focus();
    });

    let touched = null;
    body.addEventListener("focusin", (event) => { reach(event.target.closest("tr")); touched = null; });
    body.addEventListener("beforeinput", (event) => {
      if (touched === event.target) return;
      touched = event.target;
      remember();
    });
    body.addEventListener("input", (event) => readOnward(event.target.closest("tr")));
    body.addEventListener("change", (event) => { if (event.target !== body) settle(); });
    body.addEventListener("click", (event) => { if (event.target.closest("[data-remove]")) take(event.target.closest("tr")); });

    at("tools").hidden = false;
    ["split", "merge", "insert"].forEach((name) => { at(name).hidden = !video; });
    Object.entries({ split, insert, shift, merge: () => merge() }).forEach(([name, does]) => at(name).addEventListener("click", does));
    at("find").addEventListener("input", look);
    [["find", next], ["by", shift]].forEach(([name, does]) => at(name).addEventListener("keydown", (event) => {
      if (event.key === "Escape" && cameFrom) { event.preventDefault(); cameFrom.focus(); cameFrom = null; }
      if (event.key !== "Enter") return;
      event.preventDefault(); // it would save the form
      does();
    }));
    at("add").hidden = false;
    uncover(table);
    reach(body.rows[0]);
    at("add").addEventListener("click", () => add().querySelector("input").focus());
    file.addEventListener("change", () => { if (file.files.length) fill(); });
  };
  const all = () => document.querySelectorAll("[data-cues]").forEach(begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
