// Differences by placement: fields for what one text field keeps, in step with blocks and ticks as they stand in the form.
(() => {
  const NONE = { headline: "", hidden: [], order: [], crops: [] };
  const LONGEST = 60; // letters of a block's own words, to know it by
  const byId = (id) => document.getElementById(id);

  // The form as it stands: the blocks that are not deleted, in their order, with their pictures.
  const blocksOf = (form, kinds) => {
    const part = (number, name) => form.querySelector(`[name="body-${number}-${name}"]`);
    const count = Number((form.querySelector('[name="body-count"]') || { value: 0 }).value);
    return Array.from({ length: count }, (_, number) => number)
      .filter((number) => part(number, "id") && !part(number, "deleted").value)
      .sort((one, other) => part(one, "order").value - part(other, "order").value)
      .map((number) => {
        const kind = kinds[part(number, "type").value] || { label: part(number, "type").value };
        const child = part(number, "id").closest("[data-streamfield-child]");
        return {
          id: part(number, "id").value,
          headline: kind.headline,
          kind: kind.label,
          words: wordsIn(child),
          pictures: kind.cut ? picturesIn(child) : [],
        };
      });
  };
  const stands = (field, child) => {
    const row = field.closest("[data-streamfield-child]");
    return row === child || !row.querySelector('input[name$="-deleted"]').value;
  };
  const wordsIn = (child) => {
    const said = (field) => ("value" in field ? field.value : field.textContent).trim();
    const fields = [...child.querySelectorAll("input[type=text], textarea, [data-chooser-title]")];
    return fields.filter((field) => stands(field, child)).map(said).find(Boolean) || "";
  };
  const picturesIn = (child) => {
    const chosen = [...child.querySelectorAll('input[type=hidden][name$="-image"]')].filter((field) => field.value && stands(field, child));
    const pictures = chosen.map((field) => {
      const chooser = byId(`${field.id}-chooser`);
      return {
        image: Number(field.value),
        source: chooser.querySelector("img").src,
        title: chooser.querySelector("[data-chooser-title]").textContent.trim(),
      };
    });
    return pictures.filter((one, place) => pictures.findIndex((other) => other.image === one.image) === place);
  };
  const placementsOf = (form) => [...form.querySelectorAll('input[name="placements"]')].map((box) => ({
    name: box.value,
    ticked: box.checked,
    label: box.closest("label").textContent.trim(),
  }));

  const short = (words = "") => (words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : words);
  const saidOf = ({ kind, words }) => (words ? `${kind}: ${short(words)}` : kind);
  // Its words may run in another direction than the page.
  const write = (element, { kind, words }) => {
    const own = document.createElement("bdi");
    own.textContent = short(words);
    element.replaceChildren(...(words ? [`${kind}: `, own] : [kind]));
  };
  const direction = (words) => (/^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thaana}\p{Script=Syriac}]/u.test(words) ? "rtl" : "ltr");

  // Blocks as a placement shows them: those that are named first, the others as in the story.
  const arranged = (blocks, order) => {
    const place = (block) => (order.includes(block.id) ? order.indexOf(block.id) : order.length);
    return blocks.map((block, number) => [block, number]).sort(([a, m], [b, n]) => place(a) - place(b) || m - n).map(([block]) => block);
  };
  // As few names as say the same: what is written later finds its own place behind them.
  const fewest = (wanted, blocks) => {
    const ids = wanted.map((block) => block.id);
    for (let length = 0; length < ids.length; length += 1) {
      if (arranged(blocks, ids.slice(0, length)).every((block, place) => block.id === ids[place])) return ids.slice(0, length);
    }
    return ids;
  };

  const begin = (root) => {
    if (root.dataset.begun) return;
    const field = root.querySelector("textarea");
    const form = field.form;
    const kept = read(field.value);
    if (!kept) return; // its own text stays in sight, with what the server says of it
    root.dataset.begun = "1";
    const at = (name) => root.querySelector(`[data-${name}]`);
    const copy = (name) => at(name).content.firstElementChild.cloneNode(true);
    const sentence = (name) => at("sentences").content.querySelector(`[data-${name}]`).textContent;
    const kinds = JSON.parse(byId("at-kinds").textContent);
    const names = {}; // of blocks and pictures that were there since the page was opened
    const focals = {}; // of the library, by image
    let differences = kept;
    let blocks = [];
    let placements = [];

    const keep = () => {
      field.value = JSON.stringify(differences);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const change = (name, values) => {
      differences = differences.map((one) => (one.placement === name ? { ...one, ...values } : one));
      keep();
    };
    const of = (name) => differences.find((one) => one.placement === name);
    const labelOf = (name) => (placements.find((one) => one.name === name) || { label: name }).label;

    const tie = (element, ...others) => {
      const id = (one) => { one.id = one.id || `at-${Math.random().toString(36).slice(2)}`; return one.id; };
      element.setAttribute("aria-labelledby", [element, ...others].map(id).join(" "));
    };

    const drawPicture = (name, block, picture) => {
      const row = copy("picture");
      const [point, mark, x, y] = ["point", "mark", "x", "y"].map((part) => row.querySelector(`[data-${part}]`));
      const label = row.querySelector("[data-label]");
      const same = (crop) => crop.block === block.id && crop.image === picture.image;
      const own = () => of(name).crops.find(same);
      const usual = () => focals[picture.image];
      const show = () => {
        const crop = own();
        const focal = crop ? crop.focal : usual();
        point.toggleAttribute("data-set", Boolean(crop));
        mark.hidden = !focal;
        row.querySelector("[data-back]").hidden = !crop;
        if (focal) [mark.style.left, mark.style.top] = focal.map((share) => `${100 * share}%`);
        [x, y].forEach((input, side) => {
          if (input !== document.activeElement || !crop) input.value = crop ? Math.round(100 * crop.focal[side]) : "";
          input.placeholder = usual() ? Math.round(100 * usual()[side]) : "";
        });
      };
      const put = (...focal) => {
        const [left, top] = focal.map((share) => Math.round(100 * Math.min(1, Math.max(0, share))) / 100);
        change(name, { crops: [...of(name).crops.filter((crop) => !same(crop)), { block: block.id, image: picture.image, focal: [left, top] }] });
        show();
      };
      const back = () => { change(name, { crops: of(name).crops.filter((crop) => !same(crop)) }); show(); };
      const here = () => (own() || { focal: usual() || [0.5, 0.5] }).focal;

      row.querySelector("img").src = picture.source;
      label.textContent = picture.title;
      tie(point, label);
      [x, y].forEach((input) => input.setAttribute("aria-describedby", label.id));
      point.addEventListener("click", (event) => {
        if (!event.detail) return; // by Enter or Space: the arrows move it
        const box = point.getBoundingClientRect();
        put((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
      });
      point.addEventListener("keydown", (event) => {
        const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
        if (!way) return;
        event.preventDefault();
        const step = event.shiftKey ? 0.1 : 0.01;
        put(...here().map((share, side) => share + step * way[side]));
      });
      [x, y].forEach((input, side) => {
        input.addEventListener("input", () => {
          if (input.value === "") return;
          put(...here().map((share, other) => (other === side ? Number(input.value) / 100 : share)));
        });
        input.addEventListener("blur", show);
      });
      row.querySelector("[data-back]").addEventListener("click", () => { back(); point.focus(); });
      row.addEventListener("at-focal", show);
      show();
      return row;
    };

    const drawBlock = (name, block, place, shown, move) => {
      const row = copy("block");
      const [box, label, up, down] = ["shown", "label", "up", "down"].map((part) => row.querySelector(`[data-${part}]`));
      write(label, block);
      box.checked = !of(name).hidden.includes(block.id);
      box.addEventListener("change", () => {
        const others = of(name).hidden.filter((id) => id !== block.id);
        change(name, { hidden: box.checked ? others : [...others, block.id] });
      });
      [up, down].forEach((button, side) => {
        tie(button, label);
        button.disabled = place === (side ? shown.length - 1 : 0);
        button.addEventListener("click", () => move(place, side ? 1 : -1));
      });
      return row;
    };

    const drawBlocks = (section, name) => {
      const others = blocks.filter((block) => !block.headline);
      const shown = arranged(others, of(name).order);
      const list = section.querySelector("[data-blocks]");
      const move = (place, way) => {
        const wanted = [...shown];
        wanted.splice(place + way, 0, ...wanted.splice(place, 1));
        const gone = of(name).order.filter((id) => !others.some((block) => block.id === id));
        change(name, { order: [...fewest(wanted, others), ...gone] });
        drawBlocks(section, name);
        const row = list.children[place + way];
        const same = row.querySelector(way < 0 ? "[data-up]" : "[data-down]");
        (same.disabled ? row.querySelector(way < 0 ? "[data-down]" : "[data-up]") : same).focus();
        at("said").textContent = sentence("moved")
          .replace("{block}", saidOf(wanted[place + way])).replace("{place}", place + way + 1).replace("{count}", wanted.length);
      };
      list.replaceChildren(...shown.map((block, place) => drawBlock(name, block, place, shown, move)));
      section.querySelector("[data-blocks-part]").hidden = !shown.length && section.querySelector("[data-gone]").hidden;
    };

    // What the story no longer has stays until somebody takes it out: nothing is lost in silence.
    const drawGone = (section, name) => {
      const one = of(name);
      const ids = new Set([...one.hidden, ...one.order, ...one.crops.map((crop) => crop.block)]);
      const blocksGone = [...ids].filter((id) => !blocks.some((block) => block.id === id));
      const picturesGone = one.crops.filter((crop) => {
        const block = blocks.find((other) => other.id === crop.block);
        return block && !block.pictures.some((picture) => picture.image === crop.image);
      });
      const list = section.querySelector("[data-gone]");
      const row = (label, values) => {
        const item = copy("gone-one");
        const words = item.querySelector("[data-label]");
        write(words, label);
        tie(item.querySelector("[data-forget]"), words);
        item.querySelector("[data-forget]").addEventListener("click", () => {
          change(name, values());
          drawGone(section, name);
          drawBlocks(section, name);
          section.querySelector("[data-headline]").focus();
        });
        return item;
      };
      const without = (id) => () => ({
        hidden: of(name).hidden.filter((other) => other !== id),
        order: of(name).order.filter((other) => other !== id),
        crops: of(name).crops.filter((crop) => crop.block !== id),
      });
      list.replaceChildren(
        ...blocksGone.map((id) => row(names[id] || { kind: sentence("block-gone") }, without(id))),
        ...picturesGone.map((gone) => row(names[gone.image] || { kind: sentence("picture-gone") }, () => ({
          crops: of(name).crops.filter((crop) => crop.block !== gone.block || crop.image !== gone.image),
        }))),
      );
      list.hidden = !list.children.length;
    };

    const draw = ({ placement: name, headline }) => {
      const section = copy("placement");
      const [title, remove, words, label] = ["name", "remove", "headline", "headline-label"].map((part) => section.querySelector(`[data-${part}]`));
      const slot = placements.find((other) => other.name === name);
      const story = blocks.find((block) => block.headline);
      title.textContent = labelOf(name);
      title.id = `at-override-${name}`;
      section.setAttribute("aria-labelledby", title.id);
      section.querySelector("[data-idle]").hidden = Boolean(slot && slot.ticked);
      tie(remove, title);
      remove.addEventListener("click", () => {
        differences = differences.filter((one) => one.placement !== name);
        keep();
        render();
        at("choice").focus();
      });
      words.id = `at-headline-${name}`;
      label.htmlFor = words.id;
      words.value = headline;
      words.placeholder = (story && story.words) || "";
      words.dir = direction(words.value || words.placeholder);
      words.addEventListener("input", () => {
        words.dir = direction(words.value || words.placeholder);
        change(name, { headline: words.value.trim() });
      });
      drawGone(section, name);
      drawBlocks(section, name);
      const pictures = blocks.flatMap((block) => block.pictures.map((picture) => drawPicture(name, block, picture)));
      section.querySelector("[data-pictures]").replaceChildren(...pictures);
      section.querySelector("[data-pictures-part]").hidden = !pictures.length;
      return section;
    };

    const render = () => {
      const free = placements.filter((one) => one.ticked && !of(one.name));
      at("list").replaceChildren(...differences.map(draw));
      at("none").hidden = Boolean(differences.length);
      at("choice").replaceChildren(...free.map((one) => new Option(one.label, one.name)));
      at("more").hidden = !free.length;
      at("no-more").hidden = Boolean(free.length);
    };

    const lookUp = async () => {
      const unknown = blocks.flatMap((block) => block.pictures).map((picture) => picture.image).filter((image) => !(image in focals));
      if (!unknown.length) return;
      unknown.forEach((image) => { focals[image] = null; });
      const answer = await fetch(`${root.dataset.focalPoints}?${new URLSearchParams(unknown.map((image) => ["image", image]))}`);
      if (!answer.ok) return; // the picture has no mark until somebody sets one
      Object.assign(focals, await answer.json());
      at("list").querySelectorAll("[data-pictures] > *").forEach((row) => row.dispatchEvent(new Event("at-focal")));
    };

    const follow = () => {
      const before = JSON.stringify([blocks, placements]);
      blocks = blocksOf(form, kinds);
      placements = placementsOf(form);
      blocks.forEach((block) => {
        names[block.id] = block;
        block.pictures.forEach((picture) => { names[picture.image] = { kind: picture.title }; });
      });
      if (JSON.stringify([blocks, placements]) === before) return;
      render();
      lookUp();
    };
    let waiting;
    const later = (event) => {
      if (event && event.target instanceof Node && root.contains(event.target)) return;
      clearTimeout(waiting);
      waiting = setTimeout(follow, 200);
    };

    at("raw").hidden = true;
    at("screen").hidden = false;
    at("add").addEventListener("click", () => {
      const name = at("choice").value;
      differences = [...differences, { placement: name, ...NONE }];
      keep();
      render();
      at("list").lastElementChild.querySelector("[data-headline]").focus();
    });
    ["input", "change", "click"].forEach((kind) => form.addEventListener(kind, later));
    const stream = form.querySelector('[name="body-count"]');
    if (stream) new MutationObserver(() => later()).observe(stream.parentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["value", "src"] });
    follow();
    render();
  };

  const read = (text) => {
    try {
      const kept = JSON.parse(text || "[]");
      const whole = kept.map((one) => ({ ...NONE, ...one }));
      const ours = ({ placement, headline, ...lists }) =>
        [placement, headline].every((words) => typeof words === "string") && Object.values(lists).every(Array.isArray);
      return whole.every(ours) ? whole : null;
    } catch {
      return null;
    }
  };

  const all = () => document.querySelectorAll("[data-overrides]").forEach(begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
