// Places of a map: offers the names that the map has which is chosen in the same block.
(() => {
  const ROW = /-places-\d+-value-place$/; // what a place's name in the form ends with
  const lists = {}; // by map, asked for once

  const listOf = async (address, map) => {
    const answer = await fetch(address.replace("/0/", `/${map}/`));
    if (!answer.ok) return null; // the server says what is wrong with a name when the form is sent
    const list = document.createElement("datalist");
    list.id = `places-of-${map}`;
    const { names } = await answer.json();
    list.append(...names.map((name) => new Option(name, name)));
    document.body.append(list);
    return list;
  };

  document.addEventListener("focusin", async ({ target }) => {
    if (!target.matches("input[data-places]") || !ROW.test(target.name)) return;
    const chosen = target.form.querySelector(`[name="${target.name.replace(ROW, "-artwork")}"]`);
    const map = chosen && chosen.value;
    target.removeAttribute("list");
    if (!map) return;
    lists[map] = lists[map] || listOf(target.dataset.places, map);
    const list = await lists[map];
    if (list) target.setAttribute("list", list.id);
  });
})();
