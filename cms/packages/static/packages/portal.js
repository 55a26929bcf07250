// Copies a text in one tap. Without scripts the button is not there, and one tap selects the text whole.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    button.querySelector("span").textContent = button.dataset.done;
  });
}

// Renews what is still being made, without a word while nothing changes; the page keeps its place for who reads it aloud.
const waiting = document.querySelector("[data-renewed]");
if (waiting) {
  const renew = async () => {
    const answer = await fetch(location.href);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById(waiting.id);
    if (now.innerHTML.trim() !== waiting.innerHTML.trim()) waiting.innerHTML = now.innerHTML;
    return "renewed" in now.dataset;
  };
  const later = (pause) =>
    setTimeout(() => renew().then((open) => open && later(3000), () => later(10000)), pause);
  later(3000);
}
