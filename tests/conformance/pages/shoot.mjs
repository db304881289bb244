// Pictures of the pages of a running instance, for looking at.
//
// usage: node shoot.mjs BASE_URL FOLDER [--lang sv|en]
//        node shoot.mjs BASE_URL --readme FILE
//
// The first page of every kind on phone and desktop, in light and dark: what is seen first
// (-top.png) and all of it (-whole.png). Or the one picture of the README.

import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {launch, open, settle} from './browser.mjs';
import {each, kinds, LANGUAGES, SCHEMES, VIEWPORTS} from './pages.mjs';

const AT_ONCE = 3;
// The browser draws no taller picture in one piece.
const TALLEST = 16_000;
const README = {path: 'plan/vastmanland-2021-2022?lang=en', width: 1280, height: 800};

async function shootPage(browser, page, folder) {
  const tab = await open(browser, page.accept);
  await tab.goto(page.url);
  for (const [viewport, size] of Object.entries(VIEWPORTS)) {
    for (const colorScheme of SCHEMES) {
      await tab.setViewportSize(size);
      await tab.emulateMedia({colorScheme});
      await settle(tab);
      const name = `${page.kind.replaceAll(' ', '-')}-${viewport}-${colorScheme}`;
      await tab.screenshot({path: join(folder, `${name}-top.png`)});
      const tall = await tab.evaluate(() => document.documentElement.scrollHeight);
      await tab.screenshot({path: join(folder, `${name}-whole.png`), fullPage: true,
        clip: {x: 0, y: 0, width: size.width, height: Math.min(tall, TALLEST)}});
    }
  }
  await tab.context().close();
}

async function shootReadme(browser, base, file) {
  const {path, width, height} = README;
  const tab = await open(browser, 'en', {
    viewport: {width, height}, deviceScaleFactor: 1, colorScheme: 'light'});
  await tab.goto(base + path);
  await settle(tab);
  await tab.screenshot({path: file});
  await tab.context().close();
}

const {values, positionals} = parseArgs({
  options: {lang: {type: 'string', default: 'sv'}, readme: {type: 'string'}},
  allowPositionals: true,
});
const [base, folder] = positionals;
if (!base?.endsWith('/') || (folder === undefined) === (values.readme === undefined) ||
    !LANGUAGES.includes(values.lang)) {
  console.error('usage: node shoot.mjs BASE_URL (FOLDER [--lang sv|en] | --readme FILE)   ' +
    '(the base ends with a slash)');
  process.exit(2);
}
const browser = await launch();
if (values.readme) {
  await shootReadme(browser, base, values.readme);
} else {
  mkdirSync(folder, {recursive: true});
  const pages = kinds(base, [values.lang]).map(({pages}) => pages[0]);
  await each(pages, AT_ONCE, page => shootPage(browser, page, folder));
}
await browser.close();
