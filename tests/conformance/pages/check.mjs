// Look at the pages of a running instance as people meet them: on phones and desktops, in light
// and dark, with the keyboard, with large text, on paper, without scripts; and at their HTML.
//
// usage: node check.mjs BASE_URL [PATH...]
//
// Looks at every page of kinds.json, or at those with the paths given (/plan, say), in every
// language. Needs `npm install` in this folder and Debian's chromium. Exits with 1 when
// anything is wrong, and tells it in a table.

import * as axe from './checks/axe.mjs';
import * as document from './checks/document.mjs';
import * as keyboard from './checks/keyboard.mjs';
import * as layout from './checks/layout.mjs';
import * as scriptless from './checks/scriptless.mjs';
import * as traffic from './checks/traffic.mjs';
import * as validity from './checks/validity.mjs';
import {launch, open, settle} from './browser.mjs';
import {each, kinds, LANGUAGES, SCHEMES, VIEWPORTS} from './pages.mjs';
import {table} from './report.mjs';

const AT_ONCE = 3;
// The walk with the keyboard takes the longest, and what it meets hardly depends on the
// language: one language walks on one screen in one scheme, the other on the other.
const WALKS = {sv: ['desktop', 'light'], en: ['phone', 'dark']};

async function show(tab, viewport, scheme) {
  await tab.setViewportSize(VIEWPORTS[viewport]);
  await tab.emulateMedia({colorScheme: scheme});
  await settle(tab);
}

/** Goes there; what is wrong if that is not the page that was asked for. */
async function visit(tab, {url, status}) {
  const answer = await tab.goto(url, {waitUntil: 'load'});
  const type = answer.headers()['content-type'] ?? 'nothing';
  return answer.status() === status && type.startsWith('text/html') ? [] : [{rule: 'answer',
    selector: '-', help: `it is ${answer.status()} with ${type}, not ${status} with text/html`}];
}

async function onEveryScreen(tab) {
  const findings = [];
  const warnings = [];
  await axe.inject(tab);
  for (const viewport of Object.keys(VIEWPORTS)) {
    for (const scheme of SCHEMES) {
      await show(tab, viewport, scheme);
      const found = await axe.run(tab);
      const here = finding => ({...finding, viewport, scheme});
      findings.push(...found.findings.map(here));
      warnings.push(...found.warnings.map(here));
    }
  }
  return {findings, warnings};
}

async function withoutScripts(browser, page, text) {
  const tab = await open(browser, page.accept, {javaScriptEnabled: false});
  try {
    await visit(tab, page);
    return await scriptless.judge(tab, text);
  } finally {
    await tab.context().close();
  }
}

/** Everything about one page in one language. */
async function lookAt(browser, page, base) {
  const tab = await open(browser, page.accept);
  try {
    const noted = traffic.watch(tab, page, base);
    const wrong = await visit(tab, page);
    if (wrong.length > 0) {
      return {page, findings: wrong, warnings: []};
    }
    const facts = await document.read(tab);
    const [viewport, scheme] = WALKS[page.language];
    await show(tab, viewport, scheme);
    const walked = (await keyboard.walk(tab)).map(finding => ({...finding, viewport, scheme}));
    const screens = await onEveryScreen(tab);
    const findings = [
      ...document.judge(facts, page),
      ...walked,
      ...screens.findings,
      ...await layout.screens(tab),
      ...await layout.paper(tab),
      ...await withoutScripts(browser, page, await scriptless.mainText(tab)),
      ...await validity.judge(page),
      ...noted,
    ];
    return {page, facts, findings, warnings: screens.warnings};
  } catch (error) {
    const help = error.message.split('\n')[0];
    return {page, findings: [{rule: 'could not look', selector: '-', help}], warnings: []};
  } finally {
    await tab.context().close();
  }
}

function wanted(base, paths) {
  const all = kinds(base).flatMap(({pages}) => pages);
  const unknown = paths.filter(path => !all.some(page => page.path === path));
  if (unknown.length > 0) {
    console.error(`not in kinds.json: ${unknown.join(' ')}`);
    process.exit(2);
  }
  return paths.length === 0 ? all : all.filter(({path}) => paths.includes(path));
}

const [base, ...paths] = process.argv.slice(2);
if (!base?.endsWith('/')) {
  console.error('usage: node check.mjs BASE_URL [PATH...]   (the base ends with a slash)');
  process.exit(2);
}
const began = Date.now();
const pages = wanted(base, paths);
const browser = await launch();
const looked = await each(pages, AT_ONCE, page => lookAt(browser, page, base));
await browser.close();

const at = ({path, language}) => ({page: path, language});
const findings = [
  ...looked.flatMap(({page, findings}) => findings.map(finding => ({...finding, ...at(page)}))),
  ...document.compare(looked).map(([page, finding]) => ({...finding, ...at(page)})),
];
const warnings = looked.flatMap(({page, warnings}) =>
  warnings.map(warning => ({...warning, ...at(page)})));
if (warnings.length > 0) {
  console.log(`To be looked at by a person:\n${table(warnings)}\n`);
}
if (findings.length > 0) {
  console.log(`Wrong:\n${table(findings)}\n`);
}
const bad = new Set(findings.map(({page, language}) => `${page} ${language}`)).size;
const seconds = Math.round((Date.now() - began) / 1000);
console.log(`${pages.length} pages (${LANGUAGES.join(', ')}), ${bad} of them with something ` +
  `wrong, ${warnings.length} warnings, ${seconds} s`);
process.exit(findings.length > 0 ? 1 : 0);
