// The footage as it plays, with each placement's frame over it: what is done here is written to the fields around it.
(() => {
  const FPS = 30; // of every clip
  const AT_ONCE = 20; // ms: nearer than a frame of the clip
  const PAUSE = 900; // ms in which several small moves are one for Undo
  const PARTS = ["aspect", "at", "x", "y", "scale", "way"]; // of a key frame's row
  const SMALL = 150; // px of a small picture's long side, at most
  const TYPED = "input:not([type=range]), textarea, select"; // what letters are written into
  const byId = (id) => document.getElementById(id);

  const { read, written } = window.clipMoments;
  const within = (value, least, most) => Math.min(Math.max(value, least), most);
  const per = (share) => String(Math.round(10000 * share) / 100);

  // As the library goes through key frames: a cubic that never overshoots, at rest at the ends of every shot.
  const shotsOf = (keys) => keys.reduce((shots, key) => {
    if (key.cut || !shots.length) shots.push([]);
    shots[shots.length - 1].push(key);
    return shots;
  }, []);
  const slopes = (times, values) => {
    const spans = times.slice(1).map((time, place) => time - times[place]);
    const rises = spans.map((span, place) => (values[place + 1] - values[place]) / span);
    const inner = rises.slice(1).map((after, place) => {
      const before = rises[place];
      if (before * after <= 0) return 0;
      const [one, other] = [2 * spans[place + 1] + spans[place], spans[place + 1] + 2 * spans[place]];
      return (one + other) / (one / before + other / after);
    });
    return rises.length ? [0, ...inner, 0] : [0];
  };
  const aim = (keys, ms) => {
    const shots = shotsOf(keys);
    const shot = shots.filter((one) => one[0].at <= ms).pop() || shots[0];
    const times = shot.map((key) => key.at);
    if (ms <= times[0]) return shot[0];
    if (ms >= times[times.length - 1]) return shot[shot.length - 1];
    const place = times.filter((time) => time <= ms).length - 1;
    const span = times[place + 1] - times[place];
    const share = (ms - times[place]) / span;
    const value = (axis) => {
      const values = shot.map((key) => key[axis]);
      const slope = slopes(times, values).map((rise) => rise * span);
      const left = 1 - share;
      return values[place] + (values[place + 1] - values[place]) * share * share * (3 - 2 * share)
        + left * left * share * slope[place] - left * share * share * slope[place + 1];
    };
    return { x: value("x"), y: value("y"), scale: value("scale") };
  };

  const begin = (root) => {
    if (root.dataset.begun) return;
    const paths = document.querySelector("[data-paths]");
    if (!paths) return; // who may only look has no fields to write to
    root.dataset.begun = "1";
    paths.dataset.begun = "1";
    const told = JSON.parse(byId("at-stage").textContent);
    const at = (name) => root.querySelector(`[data-${name}]`);
    const sentence = (name, values = {}) => Object.entries(values).reduce(
      (words, [key, value]) => words.replace(`{${key}}`, value), at("sentences").content.querySelector(`[data-${name}]`).textContent,
    );
    const say = (words) => { at("said").textContent = words; };
    const form = root.closest("form");
    const [video, player, crop] = ["video", "player", "crop"].map(at);
    const body = paths.querySelector("tbody");
    const made = paths.querySelector("[data-made-for]");
    const blank = body.querySelector("[data-spare]").cloneNode(true);
    blank.removeAttribute("data-spare");
    body.querySelectorAll("[data-spare]").forEach((row) => row.remove());
    const field = (name) => form.elements.namedItem(name);
    const footage = field("footage");
    const ranges = window.clipRanges(form);
    const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
    let outdated = new Set(told.outdated);
    let settled = null;
    let chosen = null;
    let coming = []; // ranges that are still to be played, after the one that ends at `until`
    let until = null;

    const write = (input, value) => {
      if (input.value === String(value)) return;
      input.value = value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    };

    // Framing: a row of its own for some proportions, else what holds for all.
    const own = (aspect) => [...form.querySelectorAll('[name^="framings-"][name$="-aspect"]')]
      .map((select) => select.name.replace(/aspect$/, ""))
      .filter((prefix) => !/__prefix__/.test(prefix))
      .find((prefix) => field(`${prefix}aspect`).value === aspect && !(field(`${prefix}DELETE`) || {}).value) || "";
    const framed = (prefix) => {
      const [fit, x, y] = ["fit", "focal_x", "focal_y"].map((name) => field(prefix + name));
      return { fit: fit.value, x: Number(x.value) / 100, y: Number(y.value) / 100, fields: { fit, x, y } };
    };
    const usual = () => framed("");
    const framing = (aspect) => framed(own(aspect));
    const ofItsOwn = (aspect) => {
      if (!own(aspect)) {
        const whole = usual();
        byId("id_framings-ADD").click();
        const prefix = `framings-${Number(field("framings-TOTAL_FORMS").value) - 1}-`;
        write(field(`${prefix}aspect`), aspect);
        write(field(`${prefix}fit`), whole.fit);
        write(field(`${prefix}focal_x`), Math.round(100 * whole.x));
        write(field(`${prefix}focal_y`), Math.round(100 * whole.y));
      }
      return framing(aspect);
    };

    // Key frames: the rows are the values.
    const rowsOf = (aspect) => [...body.rows].filter((row) => part(row, "aspect").value === aspect);
    const keysOf = (aspect) => rowsOf(aspect)
      .map((row) => ({
        row, at: read(part(row, "at").value), x: parseFloat(part(row, "x").value.replace(/[,٫]/, ".")) / 100,
        y: parseFloat(part(row, "y").value.replace(/[,٫]/, ".")) / 100, scale: parseFloat(part(row, "scale").value.replace(/[,٫]/, ".")) || 1, cut: part(row, "way").value === "cut",
      }))
      .filter((key) => key.at !== null && !Number.isNaN(key.x) && !Number.isNaN(key.y))
      .sort((one, other) => one.at - other.at);
    const addRow = (aspect, key) => {
      const row = blank.cloneNode(true);
      part(row, "aspect").value = aspect;
      part(row, "at").value = written(key.at);
      part(row, "x").value = per(key.x);
      part(row, "y").value = per(key.y);
      part(row, "scale").value = key.scale || 1;
      part(row, "way").value = key.cut ? "cut" : "";
      const next = keysOf(aspect).find((other) => other.at > key.at);
      body.insertBefore(row, next ? next.row : null);
      return row;
    };
    const madeFor = (aspect, values) => {
      const all = JSON.parse(made.value);
      made.value = JSON.stringify({ ...all, [aspect]: { ...all[aspect], ...values } });
    };
    const changed = () => { body.dispatchEvent(new Event("change", { bubbles: true })); show(); };

    // Undo: the values as they were, and what was done to them.
    const past = [];
    const future = [];
    const values = ({ fields }) => Object.fromEntries(Object.entries(fields).map(([name, input]) => [name, input.value]));
    const snapshot = () => ({
      rows: [...body.rows].map((row) => PARTS.map((name) => part(row, name).value)),
      made: made.value,
      ranges: ranges.snapshot(),
      captions: window.clipCaptions && window.clipCaptions.snapshot(),
      usual: values(usual()),
      own: Object.fromEntries(told.aspects.filter(own).map((aspect) => [aspect, values(framing(aspect))])),
    });
    const restore = (was) => {
      body.replaceChildren(...was.rows.map((cells) => {
        const row = blank.cloneNode(true);
        PARTS.forEach((name, place) => { part(row, name).value = cells[place]; });
        return row;
      }));
      made.value = was.made;
      if (was.captions) window.clipCaptions.restore(was.captions);
      ranges.restore(was.ranges, write);
      const put = ({ fields }, kept) => Object.entries(kept).forEach(([name, value]) => write(fields[name], value));
      put(usual(), was.usual);
      told.aspects.filter((aspect) => own(aspect) && !was.own[aspect]).forEach((aspect) => byId(`id_${own(aspect)}DELETE-button`).click());
      Object.entries(was.own).forEach(([aspect, kept]) => put(ofItsOwn(aspect), kept));
    };
    const offer = () => { at("undo").disabled = !past.length; at("redo").disabled = !future.length; };
    const remember = (what) => {
      const now = Date.now();
      const last = past[past.length - 1];
      if (last && what && last.what === what && now - last.when < PAUSE) last.when = now;
      else past.push({ what, when: now, was: snapshot() });
      future.length = 0;
      offer();
    };
    const go = (from, to, word) => {
      const step = from.pop();
      if (!step) return;
      to.push({ what: "", when: 0, was: snapshot() });
      restore(step.was);
      offer();
      changed();
      say(sentence(word));
    };
    const undo = () => go(past, future, "undone");
    const redo = () => go(future, past, "redone");

    // Where the frame is.
    const now = () => 1000 * video.currentTime;
    const size = () => ({ width: video.videoWidth, height: video.videoHeight });
    const ratio = (aspect) => { const [width, height] = aspect.split(":").map(Number); return width / height; };
    const place = (aspect) => {
      const keys = keysOf(aspect);
      const set = framing(aspect);
      return { scale: 1, ...(keys.length ? aim(keys, now()) : { x: set.x, y: set.y }) };
    };
    const box = (aspect, { x, y, scale }) => {
      const { width: whole, height: high } = size();
      const width = Math.min(whole, high * ratio(aspect)) / scale;
      const height = Math.min(high, whole / ratio(aspect)) / scale;
      return { x: within(x * whole - width / 2, 0, whole - width), y: within(y * high - height / 2, 0, high - height), width, height };
    };
    const shotAt = (keys) => { const shots = shotsOf(keys); return shots.filter((shot) => shot[0].at <= now() + AT_ONCE).pop() || shots[0]; };

    const put = (x, y) => {
      const set = ofItsOwn(chosen);
      const keys = keysOf(chosen);
      const { width, height } = size();
      const cutOut = box(chosen, { ...place(chosen), x, y });
      // A centre from which the frame would leave the footage is no other place: the next press must show.
      const [left, top] = width ? [(cutOut.x + cutOut.width / 2) / width, (cutOut.y + cutOut.height / 2) / height] : [x, y];
      let words = sentence("moved", { x: Math.round(100 * left), y: Math.round(100 * top) });
      if (!keys.length) {
        write(set.fields.x, Math.round(100 * left));
        write(set.fields.y, Math.round(100 * top));
      } else {
        const shot = shotAt(keys);
        const here = keys.find((key) => Math.abs(key.at - now()) < AT_ONCE);
        const key = here || (shot.length === 1 ? shot[0] : null); // one that stands all through its shot
        if (key) {
          part(key.row, "x").value = per(left);
          part(key.row, "y").value = per(top);
        } else {
          addRow(chosen, { at: Math.round(now()), x: left, y: top, scale: place(chosen).scale });
          words = sentence("added", { at: written(Math.round(now())) });
        }
        madeFor(chosen, { footage: "" });
      }
      changed();
      say(words);
    };
    const step = (x, y) => {
      remember(`move ${chosen}`);
      const { width, height } = size();
      const here = box(chosen, place(chosen));
      put((here.x + here.width / 2) / width + x, (here.y + here.height / 2) / height + y);
    };

    const aspects = () => {
      const ticked = [...form.querySelectorAll('[name="placements"]:checked')].map((tick) => told.placements[tick.value]);
      const wanted = told.aspects.filter((aspect) => ticked.includes(aspect));
      return wanted.length ? wanted : told.aspects;
    };
    const shownNow = () => [footage.value, ...ranges.told()].join();
    const isOutdated = (aspect) => {
      const since = settled !== null && shownNow() !== settled;
      return framing(aspect).fit === "faces" && rowsOf(aspect).length > 0 && Boolean(outdated.has(aspect) || since);
    };
    const how = (aspect) => {
      const { fit } = framing(aspect);
      const count = keysOf(aspect).length;
      if (fit === "pad") return sentence("whole");
      if (fit === "faces" && !count) return sentence("unfound");
      return count ? sentence("keys", { count }) : sentence("stands");
    };

    const drawFrames = () => {
      const wanted = aspects();
      if (!wanted.includes(chosen)) [chosen] = wanted;
      const frames = at("frames");
      if ([...frames.children].map((one) => one.dataset.aspect).join() !== wanted.join()) {
        frames.replaceChildren(...wanted.map((aspect) => {
          const one = at("frame").content.firstElementChild.cloneNode(true);
          one.dataset.aspect = aspect;
          const canvas = one.querySelector("canvas");
          [canvas.width, canvas.height] = ratio(aspect) < 1 ? [SMALL * ratio(aspect), SMALL] : [SMALL, SMALL / ratio(aspect)].map((side) => side * 0.75);
          one.querySelector("[data-name]").textContent = aspect;
          one.addEventListener("click", () => { chosen = aspect; show(); });
          return one;
        }));
      }
      [...frames.children].forEach((one) => {
        one.setAttribute("aria-pressed", String(one.dataset.aspect === chosen));
        one.querySelector("[data-how]").textContent = how(one.dataset.aspect);
      });
    };
    const drawSmall = (one) => {
      const canvas = one.querySelector("canvas");
      const pen = canvas.getContext("2d");
      const { width, height } = size();
      const whole = framing(one.dataset.aspect).fit === "pad";
      const cutOut = box(one.dataset.aspect, whole ? { x: 0.5, y: 0.5, scale: 1 } : place(one.dataset.aspect));
      pen.filter = whole ? "blur(6px) brightness(0.7)" : "none";
      pen.drawImage(video, cutOut.x, cutOut.y, cutOut.width, cutOut.height, 0, 0, canvas.width, canvas.height);
      if (whole) {
        const scale = Math.min(canvas.width / width, canvas.height / height);
        pen.filter = "none";
        pen.drawImage(video, (canvas.width - width * scale) / 2, (canvas.height - height * scale) / 2, width * scale, height * scale);
      }
    };
    const saidHere = () => {
      const cue = [...form.querySelectorAll('[name="cues-text"]')].find((text) => {
        const row = text.closest("tr");
        const [from, to] = ["cues-start", "cues-end"].map((name) => read(row.querySelector(`[name="${name}"]`).value));
        return from !== null && to !== null && from <= now() && now() < to;
      });
      form.querySelectorAll(".at-cues tr[data-here]").forEach((row) => { if (!cue || row !== cue.closest("tr")) row.removeAttribute("data-here"); });
      if (cue) cue.closest("tr").setAttribute("data-here", "");
      return cue ? cue.value : "";
    };
    const drawStage = () => {
      if (!size().width) return;
      const set = framing(chosen);
      crop.hidden = set.fit === "pad";
      const { width, height } = size();
      const cutOut = box(chosen, place(chosen));
      crop.style.left = `${(100 * cutOut.x) / width}%`;
      crop.style.top = `${(100 * cutOut.y) / height}%`;
      crop.style.width = `${(100 * cutOut.width) / width}%`;
      crop.style.height = `${(100 * cutOut.height) / height}%`;
      at("said-here").textContent = saidHere();
      [...at("frames").children].forEach(drawSmall);
      const keys = keysOf(chosen);
      const here = keys.length ? keys.filter((key) => key.at <= now() + AT_ONCE).pop() || keys[0] : null;
      [...body.rows].forEach((row) => row.toggleAttribute("data-here", Boolean(here) && row === here.row));
      [[at("x"), (cutOut.x + cutOut.width / 2) / width], [at("y"), (cutOut.y + cutOut.height / 2) / height]].forEach(([input, share]) => {
        if (input !== document.activeElement) input.value = Math.round(100 * share);
      });
    };
    const drawTime = () => {
      const length = Math.round(1000 * (video.duration || 0));
      at("now").textContent = written(Math.round(now()));
      at("seek").max = length;
      at("seek").value = Math.round(now());
      at("seek").setAttribute("aria-valuetext", written(Math.round(now())));
      at("play").textContent = sentence(video.paused ? "play" : "pause");
      const bars = at("selection");
      const spans = ranges.spans(length);
      if (bars.children.length !== spans.length) bars.replaceChildren(...spans.map(() => document.createElement("span")));
      spans.forEach(({ from, to }, number) => {
        bars.children[number].style.left = `${length ? (100 * from) / length : 0}%`;
        bars.children[number].style.width = `${length ? (100 * Math.max(0, to - from)) / length : 100}%`;
      });
    };
    const show = () => {
      drawFrames();
      const set = framing(chosen);
      crop.setAttribute("aria-label", sentence("crop", { aspect: chosen }));
      at("fits-label").textContent = sentence("fits", { aspect: chosen });
      root.querySelectorAll("[data-fit]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.fit === set.fit)));
      at("place").hidden = set.fit === "pad" || (set.fit === "faces" && !rowsOf(chosen).length);
      at("find").hidden = set.fit !== "faces";
      at("outdated").hidden = !aspects().some(isOutdated);
      [...body.rows].forEach((row) => {
        row.hidden = part(row, "aspect").value !== chosen;
        row.querySelectorAll("[data-go], [data-remove]").forEach((button) => { button.hidden = false; });
      });
      paths.querySelector("[data-none]").hidden = rowsOf(chosen).length > 0;
      paths.querySelector("table").hidden = !rowsOf(chosen).length;
      paths.querySelector("[data-add]").disabled = set.fit === "pad";
      drawTime();
      drawStage();
    };

    // Looking for faces.
    const ask = async (start) => {
      const data = new FormData();
      const [{ begins, ends }] = ranges.all();
      const values = { footage: footage.value, begins: begins.value, ends: ends.value, begin: start ? "1" : "" };
      Object.entries(values).forEach(([name, value]) => data.append(name, value));
      ranges.told().slice(1).forEach((range) => data.append("then", range));
      told.aspects.map((aspect) => [aspect, framing(aspect)]).filter(([, set]) => set.fit === "faces").forEach(([aspect, set]) => {
        data.append("frame", `${aspect} ${set.fields.x.value} ${set.fields.y.value}`);
      });
      const headers = { "X-CSRFToken": field("csrfmiddlewaretoken").value, "X-Requested-With": "XMLHttpRequest" };
      const answer = await fetch(told.faces, { method: "POST", body: data, headers });
      if (!answer.ok) throw new Error(answer.status === 422 ? await answer.text() : sentence("failed"));
      return answer.json();
    };
    const fill = (found, { everything }) => {
      const wanted = Object.entries(found).filter(([aspect]) => everything || !rowsOf(aspect).length);
      if (!wanted.length) return;
      remember("");
      wanted.forEach(([aspect, path]) => {
        rowsOf(aspect).forEach((row) => row.remove());
        path.keys.forEach((key) => addRow(aspect, key));
        madeFor(aspect, { found: path.found, footage: path.footage });
        outdated.delete(aspect);
      });
      if (everything) settled = shownNow();
      root.querySelectorAll("[data-server-note]").forEach((note) => note.remove());
      changed();
      say(sentence("found"));
    };
    const wait = async (address) => {
      const answer = await fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) throw new Error(sentence("failed"));
      const job = await answer.json();
      if (job.state === "waiting" || job.state === "running") {
        say(sentence("looking", { share: job.total ? Math.floor((100 * job.done) / job.total) : 0 }));
        await new Promise((resolve) => { setTimeout(resolve, 1000); });
        return wait(address);
      }
      if (job.state !== "done") throw new Error(job.problem || sentence("failed"));
      return null;
    };
    const find = async (address = "") => {
      at("find").disabled = true;
      try {
        let job = address;
        if (!job) {
          const answer = await ask(true);
          if (answer.paths) { fill(answer.paths, { everything: true }); return; }
          job = answer.job;
        }
        await wait(job);
        fill((await ask(false)).paths, { everything: !address });
      } catch (error) {
        say(error.message);
      } finally {
        at("find").disabled = false;
      }
    };

    // What people do.
    const seek = (ms) => { video.currentTime = within(ms, 0, 1000 * (video.duration || 0)) / 1000; };
    const play = () => { until = null; coming = []; if (video.paused) video.play(); else video.pause(); };
    const stepFrame = (way) => { video.pause(); seek((Math.round((now() * FPS) / 1000) + way) * (1000 / FPS)); };
    const edge = (part, name) => {
      remember("");
      const input = ranges.here()[part];
      write(input, written(Math.round(now())));
      show();
      const number = ranges.number();
      say(sentence(number ? `${name}-further` : name, { at: input.value, number }));
    };
    const addRange = () => {
      if (ranges.full()) return;
      remember("");
      write(ranges.add().begins, written(Math.round(now())));
      show();
      say(sentence("range", { number: ranges.number(), at: ranges.here().begins.value }));
    };
    const thumbnailHere = () => {
      const input = form.querySelector('[name="thumbnail_at"]');
      write(input, written(Math.round(now())));
      say(sentence("thumbnail", { at: input.value }));
    };
    const playNext = () => {
      const span = coming.shift();
      until = span ? span.to : null;
      if (!span) { video.pause(); return; }
      seek(span.from);
      video.play();
    };
    const addHere = () => {
      remember("");
      const here = place(chosen);
      const keys = keysOf(chosen);
      const same = keys.find((key) => Math.abs(key.at - now()) < AT_ONCE);
      const row = same ? same.row : addRow(chosen, { at: Math.round(now()), x: here.x, y: here.y, scale: here.scale });
      madeFor(chosen, { footage: "" });
      changed();
      part(row, "x").focus();
      say(sentence("added", { at: part(row, "at").value }));
    };
    const choose = (fit) => {
      remember("");
      const set = ofItsOwn(chosen);
      const before = set.fit;
      write(set.fields.fit, fit);
      if (before === "faces" && fit !== "faces" && rowsOf(chosen).length) madeFor(chosen, { found: "", footage: "" });
      show();
      if (fit === "faces" && (!rowsOf(chosen).length || before !== "faces") && footage.value) find();
    };
    const centre = () => {
      remember("");
      const set = ofItsOwn(chosen);
      rowsOf(chosen).forEach((row) => row.remove());
      write(set.fields.fit, "crop");
      write(set.fields.x, 50);
      write(set.fields.y, 50);
      changed();
      say(sentence("moved", { x: 50, y: 50 }));
    };
    const KEYS = {
      " ": play, k: play, j: () => seek(now() - 1000), l: () => seek(now() + 1000), ",": () => stepFrame(-1), ".": () => stepFrame(1),
      i: () => edge("begins", "in"), o: () => edge("ends", "out"), r: addRange, t: thumbnailHere, ArrowLeft: () => stepFrame(-1), ArrowRight: () => stepFrame(1),
    };
    const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const { letters } = root.dataset; // empty where this person has switched off keys of a single character
    const isCaption = (target) => target.matches(".at-cues tbody tr");
    form.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (!player.contains(event.target) && !isCaption(event.target)) return;
      const key = window.clipKey(event);
      const way = event.target === crop && WAYS[key];
      const known = key.length > 1 ? player.contains(event.target) : letters || key === " ";
      const act = way ? () => step(...way.map((side) => side * (event.shiftKey ? 0.1 : 0.01))) : known && KEYS[key];
      if (!act) return;
      event.preventDefault();
      act();
    });
    form.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.target.matches(TYPED)) return;
      if (!root.contains(event.target) && !event.target.closest(".at-cues")) return;
      const act = { z: event.shiftKey ? redo : undo, y: redo }[window.clipKey(event)];
      if (!act) return;
      event.preventDefault();
      act();
    });
    const keyboard = at("keyboard");
    const showKeys = () => keyboard.showModal(); // the browser keeps the focus inside, and gives it back
    form.addEventListener("keydown", (event) => {
      const here = event.target.closest(".at-stage, .at-paths, .at-cues");
      if (window.clipKey(event) !== "?" || !letters || !here || event.target.matches(TYPED) || keyboard.open) return;
      event.preventDefault();
      showKeys();
    });
    at("close").addEventListener("click", () => keyboard.close());
    form.addEventListener("clip-remember", (event) => remember(event.detail));
    crop.addEventListener("pointerdown", (event) => {
      const from = box(chosen, place(chosen));
      const scale = size().width / player.clientWidth;
      const [x, y] = [event.clientX, event.clientY];
      crop.setPointerCapture(event.pointerId);
      remember("");
      const move = (to) => {
        if (to.clientX === x && to.clientY === y) return;
        put((from.x + from.width / 2 + (to.clientX - x) * scale) / size().width, (from.y + from.height / 2 + (to.clientY - y) * scale) / size().height);
      };
      const end = () => { crop.removeEventListener("pointermove", move); };
      video.pause();
      crop.addEventListener("pointermove", move);
      ["pointerup", "pointercancel"].forEach((name) => crop.addEventListener(name, end, { once: true }));
    });
    [at("x"), at("y")].forEach((input, side) => input.addEventListener("change", () => {
      const share = within(Number(input.value) / 100, 0, 1);
      remember(`move ${chosen}`);
      const here = place(chosen);
      put(side ? here.x : share, side ? share : here.y);
    }));
    Object.entries({
      play, undo, redo, centre, keys: showKeys, "play-selection": () => {
        coming = ranges.spans(Math.round(1000 * (video.duration || 0)));
        playNext();
      },
      back: () => stepFrame(-1), forward: () => stepFrame(1), in: () => edge("begins", "in"), out: () => edge("ends", "out"), "add-range": addRange, thumbnail: thumbnailHere, find: () => find(),
    }).forEach(([name, act]) => at(name).addEventListener("click", act));
    root.querySelectorAll("[data-fit]").forEach((button) => button.addEventListener("click", () => choose(button.dataset.fit)));
    at("seek").addEventListener("input", () => seek(Number(at("seek").value)));
    paths.querySelector("[data-add]").addEventListener("click", addHere);
    body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (event.target.closest("[data-go]")) { video.pause(); seek(read(part(row, "at").value) || 0); }
      if (!event.target.closest("[data-remove]")) return;
      remember("");
      const rows = rowsOf(chosen);
      const next = rows[rows.indexOf(row) + 1] || rows[rows.indexOf(row) - 1];
      const gone = part(row, "at").value;
      row.remove();
      madeFor(chosen, { footage: "" });
      changed();
      (next ? part(next, "at") : paths.querySelector("[data-add]")).focus();
      say(sentence("removed", { at: gone }));
    });
    body.addEventListener("focusin", (event) => { if (event.target.matches("input, select")) remember(`rows ${event.target.name}`); });
    body.addEventListener("change", (event) => { if (event.target !== body) { madeFor(chosen, { footage: "" }); show(); } });

    const loop = () => {
      if (until !== null && (now() >= until || video.ended)) playNext();
      drawTime();
      drawStage();
      if (!video.paused) requestAnimationFrame(loop);
    };
    ["play", "pause", "seeked", "loadeddata", "loadedmetadata"].forEach((name) => video.addEventListener(name, loop));
    // No bar may stand beside the picture, or the frame on it would lie elsewhere than it says.
    video.addEventListener("loadedmetadata", () => { player.style.maxWidth = `calc(65vh * ${size().width / size().height})`; });
    video.addEventListener("error", () => say(sentence("silent")));
    let shown = footage.value;
    const follow = async () => {
      if (footage.value === shown) return;
      shown = footage.value;
      const answer = shown && await fetch(told.footage.replace("/0/", `/${shown}/`));
      if (answer && answer.ok) video.src = (await answer.json()).address;
      else video.removeAttribute("src");
      player.hidden = !video.src;
      at("empty").hidden = Boolean(video.src);
      at("transport").hidden = !video.src;
      show();
    };
    form.addEventListener("change", (event) => {
      if (root.contains(event.target) || paths.contains(event.target)) return;
      follow();
      show();
    });
    new MutationObserver(follow).observe(footage, { attributes: true, attributeFilter: ["value"] });

    video.controls = false;
    player.tabIndex = 0;
    player.setAttribute("role", "group");
    player.setAttribute("aria-label", sentence("player"));
    at("side").hidden = false;
    at("transport").hidden = !video.getAttribute("src");
    paths.querySelector("[data-acts]").hidden = false;
    settled = shownNow();
    show();
    const wanting = () => told.aspects.some((aspect) => framing(aspect).fit === "faces" && !rowsOf(aspect).length);
    if (told.job) find(told.job);
    else if (footage.value && wanting()) ask(false).then((answer) => fill(answer.paths, { everything: false })).catch((error) => say(error.message));
  };
  const all = () => document.querySelectorAll("[data-stage]").forEach(begin);
  // Wagtail makes its rows and choosers when the page is there.
  if (document.readyState === "complete") all();
  else window.addEventListener("load", all);
})();
