// How captions read, by the limits and in the words that the page brings: faults and their order are those of
// media_tools/clips/quality.py, which looks over what is saved.
window.clipReading = (limits) => {
  const clusters = new Intl.Segmenter("und", { granularity: "grapheme" });
  const isWide = (point) => limits.wide.some(([first, last]) => first <= point && point <= last);
  const lettersOf = (text) => [...clusters.segment(text.normalize("NFC"))]
    .reduce((sum, { segment }) => sum + (!limits.wide || isWide(segment.codePointAt(0)) ? 1 : 0.5), 0);
  const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);

  const placed = (cue, before) => {
    const found = [];
    const { written } = window.clipMoments;
    const { length } = limits;
    if (cue.end <= cue.start) found.push(["reversed", { at: written(cue.end) }]);
    if (length !== null && cue.start >= length) found.push(["after", { at: written(length) }]);
    else if (length !== null && cue.end > length + limits.slack) found.push(["beyond", { at: written(length) }]);
    if (!before || before.end <= before.start) return found;
    const gap = cue.start - before.end;
    if (gap < 0) found.push(["overlaps", { at: written(before.end) }]);
    else if (gap > 0 && gap < limits.gap) found.push(["gap", { gap, least: limits.gap }]);
    return found;
  };
  const read = (cue, letters) => {
    const seconds = (cue.end - cue.start) / 1000;
    if (seconds <= 0) return [];
    const found = [];
    const room = limits.line * limits.lines;
    if (letters > room) found.push(["long", { room, lines: limits.lines, surplus: Math.ceil(letters - room) }]);
    if (letters / seconds > limits.speed) {
      const more = (Math.ceil(10 * (letters / limits.speed - seconds)) / 10).toFixed(1);
      found.push(["fast", { most: limits.speed, more, surplus: Math.ceil(letters - limits.speed * seconds) }]);
    }
    if (seconds < limits.shortest) found.push(["brief", { shortest: limits.shortest }]);
    if (seconds > limits.longest) found.push(["lasting", { longest: limits.longest }]);
    return found;
  };

  return (cue, before) => {
    const letters = lettersOf(cue.text);
    const speed = cue.end > cue.start && letters ? Math.floor((1000 * letters) / (cue.end - cue.start) + 0.5) : null;
    return {
      speed: speed === null ? "" : filled(limits.said, { speed }),
      faults: [...placed(cue, before), ...read(cue, letters)].map(([fault, values]) => ({
        words: filled(limits.sentences[fault], values), blocks: limits.blocking.includes(fault),
      })),
    };
  };
};
