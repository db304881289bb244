// A table of what is wrong where; what is wrong in the same way in many places is told once.

const COLUMNS = ['page', 'language', 'viewport', 'scheme', 'rule', 'selector', 'help'];
const MERGED = ['page', 'language', 'viewport', 'scheme', 'selector'];
// How many of the places are named; of languages, viewports and schemes there are no more.
const NAMED = 2;
const MOST_ROWS = 200;
const WIDEST = 60;

/** Findings that differ only in where they are, as one row each. */
function merge(findings) {
  const rows = new Map();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.help}`;
    if (!rows.has(key)) {
      const places = MERGED.map(name => [name, new Set()]);
      rows.set(key, {...finding, ...Object.fromEntries(places)});
    }
    MERGED.forEach(name => rows.get(key)[name].add(finding[name] ?? '-'));
  }
  const some = all => [...all].slice(0, NAMED).join(', ') +
    (all.size > NAMED ? ` +${all.size - NAMED}` : '');
  return [...rows.values()].map(row =>
    ({...row, ...Object.fromEntries(MERGED.map(name => [name, some(row[name])]))}));
}

export function table(findings) {
  const rows = merge(findings);
  const shown = [Object.fromEntries(COLUMNS.map(name => [name, name])), ...rows.slice(0, MOST_ROWS)]
    .map(row => COLUMNS.map(name => String(row[name]).replace(/\s+/g, ' ')));
  const widths = COLUMNS.map((_, index) =>
    Math.min(WIDEST, Math.max(...shown.map(row => row[index].length))));
  const lines = shown.map(row =>
    row.map((cell, index) => cell.padEnd(widths[index])).join('  ').trimEnd());
  if (rows.length > MOST_ROWS) {
    lines.push(`and ${rows.length - MOST_ROWS} rows more`);
  }
  return lines.join('\n');
}
