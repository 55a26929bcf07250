// Moments of footage in ms, as people write them: 0:09.4.
window.clipMoments = {
  read: (text) => {
    const match = /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,٫](\d{1,3}))?$/.exec(text.trim());
    if (!match) return null;
    const [, hours, minutes, seconds, rest] = match;
    return 1000 * (3600 * Number(hours || 0) + 60 * Number(minutes || 0) + Number(seconds)) + Number((rest || "").padEnd(3, "0"));
  },
  written: (ms) => {
    const seconds = Math.floor(ms / 1000);
    const two = (number) => String(number).padStart(2, "0");
    const minutes = Math.floor(seconds / 60) % 60;
    const front = seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${two(minutes)}` : `${minutes}`;
    const rest = String(Math.round(ms) % 1000).padStart(3, "0").replace(/0+$/, "");
    return `${front}:${two(seconds % 60)}${rest && `.${rest}`}`;
  },
};
