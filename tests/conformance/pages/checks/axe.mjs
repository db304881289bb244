// axe-core: the rules of WCAG 2.2 A and AA that a program can judge, and its best practices.

import axe from 'axe-core';

const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations', 'incomplete'],
  // Every style sheet is the page's own; there is none to be fetched beforehand.
  preload: false,
};

/** Once for each load of a page. Runs beside the page's own scripts, out of reach of its CSP. */
export function inject(page) {
  return page.evaluate(axe.source);
}

/** What is wrong, and what a person has to look at, with the page as it is on the screen now. */
export async function run(page) {
  const {violations, incomplete} = await page.evaluate(async options => {
    const brief = results => results.flatMap(({id, help, nodes}) => nodes.map(node => ({
      rule: id,
      selector: node.target.flat().join(' '),
      help: [...node.any, ...node.all, ...node.none][0]?.message ?? help,
    })));
    const results = await globalThis.axe.run(document, options);
    return {violations: brief(results.violations), incomplete: brief(results.incomplete)};
  }, OPTIONS);
  return {
    findings: violations,
    warnings: incomplete.filter(({rule}) => rule === 'color-contrast'),
  };
}
