// The ranges of footage that a clip shows: the first in fields of its own, the others in rows, in the rows' order.
window.clipRanges = (form) => {
  const { read } = window.clipMoments;
  const field = (name) => form.elements.namedItem(name);
  const of = (prefix) => ({ prefix, begins: field(`${prefix}begins`), ends: field(`${prefix}ends`) });
  const order = ({ prefix }) => Number((field(`${prefix}ORDER`) || {}).value || 0);
  const further = () => [...form.querySelectorAll('[name^="ranges-"][name$="-begins"]')]
    .map((input) => input.name.replace(/begins$/, ""))
    .filter((prefix) => !/__prefix__/.test(prefix) && !(field(`${prefix}DELETE`) || {}).value)
    .map(of)
    .sort((one, other) => order(one) - order(other));
  const all = () => [of(""), ...further()];
  let chosen = "";

  const here = () => all().find(({ prefix }) => prefix === chosen) || of("");
  const choose = (prefix) => {
    chosen = prefix;
    all().forEach((range) => [range.begins, range.ends].forEach((input) => input.toggleAttribute("data-here", range.prefix === prefix && prefix !== "")));
  };
  form.addEventListener("focusin", ({ target }) => {
    const range = all().find(({ begins, ends }) => target === begins || target === ends);
    if (range) choose(range.prefix);
  });
  return {
    all,
    here,
    // Of the one that was last chosen, as its row is called; 0 for the first of all.
    number: () => all().findIndex(({ prefix }) => prefix === here().prefix),
    // What would be sent: so one sees whether any of it changed.
    told: () => all().map(({ begins, ends }) => `${begins.value} ${ends.value}`),
    // In ms; without an end, up to that of the footage.
    spans: (length) => all().map(({ begins, ends }) => ({ from: read(begins.value) || 0, to: read(ends.value) || length })),
    add: () => {
      document.getElementById("id_ranges-ADD").click();
      choose(`ranges-${Number(field("ranges-TOTAL_FORMS").value) - 1}-`);
      return here();
    },
    full: () => document.getElementById("id_ranges-ADD").disabled,
    snapshot: () => Object.fromEntries(all().map(({ prefix, begins, ends }) => [prefix, [begins.value, ends.value]])),
    restore: (was, write) => {
      all().filter(({ prefix }) => !was[prefix]).forEach(({ prefix }) => document.getElementById(`id_${prefix}DELETE-button`).click());
      all().filter(({ prefix }) => was[prefix]).forEach(({ prefix, begins, ends }) => {
        write(begins, was[prefix][0]);
        write(ends, was[prefix][1]);
      });
    },
  };
};
