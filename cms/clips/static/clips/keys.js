// The key that was pressed, whichever letters the keyboard writes: S stands where an Arabic one has its seen.
window.clipKey = (event) => {
  if (event.key.length > 1) return event.key;
  if (event.key.charCodeAt(0) < 128) return event.key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(event.code);
  if (letter) return letter[1].toLowerCase();
  return { Comma: ",", Period: ".", Slash: event.shiftKey ? "?" : "/" }[event.code] || event.key;
};
