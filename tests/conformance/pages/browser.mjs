// Debian's Chromium, and a page opened in it as a reader would have it.

import {existsSync} from 'node:fs';
import {chromium} from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
// Nothing of the browser's own goes out on the network, and it runs as root in a container.
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const PATIENCE = 30_000;

export async function launch() {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`there is no ${CHROMIUM}: apt-get install chromium, or set CHROMIUM`);
  }
  return chromium.launch({executablePath: CHROMIUM, args: FLAGS});
}

/** A short CSS selector of an element, for people to find it by. Runs in the page. */
function selectorOf(element) {
  const steps = [];
  for (let at = element; at !== null && steps.length < 4; at = at.parentElement) {
    if (at.id !== '') {
      steps.unshift(`#${CSS.escape(at.id)}`);
      break;
    }
    const alike = [...at.parentElement?.children ?? []]
      .filter(({localName}) => localName === at.localName);
    const which = alike.length > 1 ? `:nth-of-type(${alike.indexOf(at) + 1})` : '';
    steps.unshift(at.localName + which);
  }
  return steps.join(' > ');
}

/**
 * A new tab with settings of its own: whether the query editor runs in it, and the options of
 * Playwright's newContext. Closing `page.context()` closes the tab.
 */
export async function open(browser, accept, {editor = false, ...options} = {}) {
  const context = await browser.newContext({
    locale: accept, reducedMotion: 'reduce', serviceWorkers: 'block', ...options});
  context.setDefaultTimeout(PATIENCE);
  if (!editor) {
    // As the page of queries is where the program was built without its editor.
    await context.route('**/editor.js*', route =>
      route.fulfill({contentType: 'text/javascript', body: ''}));
  }
  await context.addInitScript(`globalThis.selectorOf = ${selectorOf}`);
  return context.newPage();
}

/** Until what was changed in the page is on the screen. */
export async function settle(page) {
  await page.evaluate(async () => {
    const frame = () => new Promise(done => requestAnimationFrame(done));
    await frame();
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().iterations !== Infinity) {
        animation.finish();
      }
    }
    await frame();
  });
}
