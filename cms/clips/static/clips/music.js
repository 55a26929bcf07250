// The panel under the chooser of music follows what is chosen in it.
(() => {
  const begin = (root) => {
    const music = root.closest("form").elements.namedItem("music");
    const nothing = document.getElementById("at-no-music").content;
    let shown = music.value;
    const follow = async () => {
      if (music.value === shown) return;
      const asked = music.value;
      shown = asked;
      if (!asked) { root.replaceChildren(nothing.cloneNode(true)); return; }
      const answer = await fetch(root.dataset.music.replace("/0/", `/${asked}/`));
      const page = answer.ok ? await answer.text() : "";
      if (asked === shown) root.innerHTML = page; // somebody may have chosen on meanwhile
    };
    new MutationObserver(follow).observe(music, { attributes: true, attributeFilter: ["value"] });
  };
  const all = () => document.querySelectorAll("[data-music]").forEach(begin);
  // Wagtail makes its choosers when the page is there.
  if (document.readyState === "complete") all();
  else window.addEventListener("load", all);
})();
