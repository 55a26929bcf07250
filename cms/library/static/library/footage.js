// Footage on its own page: a line on the strip shows where it plays, and a press there plays on from that place.
const EVERY = 2000; // ms between two looks at how far the worker is

const attach = (root) => {
  const player = root.querySelector("video, audio");
  const length = root.querySelector("[data-length]");
  if (!player || !length) return;
  const now = length.querySelector("[data-now]");
  const show = () => {
    now.hidden = !player.duration;
    now.style.left = `${(100 * player.currentTime) / player.duration}%`;
  };
  ["loadedmetadata", "timeupdate", "seeked"].forEach((name) => player.addEventListener(name, show));
  length.addEventListener("click", (event) => {
    const { left, width } = length.getBoundingClientRect();
    if (player.duration) player.currentTime = (player.duration * (event.clientX - left)) / width;
  });
  show();
};

const follow = async (root) => {
  const open = root.querySelector("[data-open]");
  if (!open) return;
  const answer = await fetch(root.dataset.footage);
  if (!answer.ok) return;
  const fresh = document.createElement("div");
  fresh.innerHTML = await answer.text();
  const still = fresh.querySelector("[data-open]");
  if (still) {
    if (open.textContent !== still.textContent) open.textContent = still.textContent;
  } else {
    root.replaceChildren(...fresh.childNodes);
    attach(root);
  }
  setTimeout(follow, EVERY, root);
};

document.querySelectorAll("[data-footage]").forEach((root) => {
  attach(root);
  setTimeout(follow, EVERY, root);
});
