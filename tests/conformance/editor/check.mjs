// Use the query editor of a running instance as people do: write, complete, run, share, download,
// make mistakes, and leave it with the keyboard; with and without scripts, in light and dark.
//
// usage: node check.mjs BASE_URL [CHECK...]
//
// Makes every check, or those with the names given. Needs `npm install` in ../pages and Debian's
// chromium. Exits with 1 when anything is wrong.

import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import * as axe from '../pages/checks/axe.mjs';
import * as traffic from '../pages/checks/traffic.mjs';
import {launch, open, settle} from '../pages/browser.mjs';

const QUERY = `PREFIX plan: <https://w3id.org/samplan/ns#>

SELECT ?plan (COUNT(?activity) AS ?activities)
WHERE { ?activity a plan:Activity ; plan:inPlan ?plan }
GROUP BY ?plan
ORDER BY ?plan
`;
const BROKEN = `PREFIX plan: <https://w3id.org/samplan/ns#>

SELECT ?activity
WHERE {
  ?activity a plan:Activity ) .
}
`;
const EMPTY = 'PREFIX plan: <https://w3id.org/samplan/ns#>\n\nSELECT * WHERE {\n  \n}\n';
const PHONE = {width: 390, height: 844};
const POLICY = /default-src 'none'/;

const [base, ...wanted] = process.argv.slice(2);
if (base === undefined) {
  console.error('usage: node check.mjs BASE_URL [CHECK...]');
  process.exit(2);
}
const browser = await launch();

const pageOf = (language, query) => `${base}sparql?${new URLSearchParams(
  query === undefined ? {lang: language} : {lang: language, query})}`;

/** What the endpoint itself answers. */
function ask(query, accept, language = 'sv') {
  return fetch(`${base}sparql`, {
    method: 'POST',
    headers: {accept, 'accept-language': language},
    body: new URLSearchParams({query}),
  });
}

/** Values as they stand in the endpoint's answer, row by row. */
async function rowsOf(query) {
  const {head, results} = await (await ask(query, 'application/sparql-results+json')).json();
  const rows = results.bindings.map(row => head.vars.map(name => row[name]?.value ?? ''));
  assert.ok(rows.length > 0, 'the data have nothing for the query of this check');
  return rows;
}

/**
 * Opens the page and uses it; nothing may be asked of another host, no policy broken and nothing
 * complained of on the console meanwhile. `refused` is for those who send what is wrong.
 */
async function inTab(act, {language = 'sv', query, refused = false, tab, ...options} = {}) {
  const page = tab ?? await open(browser, language, {editor: true, ...options});
  try {
    const itself = {url: `${base}sparql`, status: refused ? 400 : 200};
    const findings = traffic.watch(page, itself, base);
    const answer = await page.goto(pageOf(language, query), {waitUntil: 'load'});
    const policy = answer.headers()['content-security-policy'] ?? '';
    assert.match(policy, POLICY, 'the page has no strict content security policy');
    assert.doesNotMatch(policy, /unsafe/, 'the content security policy is not strict');
    if (options.javaScriptEnabled === false) {
      await act(page);
    } else {
      await page.waitForSelector('.CodeMirror');
      await act(page);
      await settle(page);
    }
    assert.deepEqual(findings.map(({rule, help}) => `${rule}: ${help}`), []);
  } finally {
    if (tab === undefined) {
      await page.context().close();
    }
  }
}

const inEditor = (page, act, argument) => page.evaluate(
  ([code, given]) => {
    const editor = document.querySelector('.CodeMirror').CodeMirror;
    return new Function('editor', 'given', `return (${code})(editor, given)`)(editor, given);
  }, [act.toString(), argument]);
const queryIn = page => page.evaluate(() =>
  document.querySelector('.CodeMirror').CodeMirror.getValue());
const put = (page, query) => page.evaluate(text =>
  document.querySelector('.CodeMirror').CodeMirror.setValue(text), query);

/** Puts the cursor at a place, counted from 0, and writes there. */
async function write(page, {line, ch}, text) {
  await page.evaluate(place => {
    const editor = document.querySelector('.CodeMirror').CodeMirror;
    editor.setCursor(place);
    editor.focus();
  }, {line, ch});
  await page.keyboard.type(text, {delay: 20});
}

const suggestions = page => page.waitForSelector('.CodeMirror-hint').then(() =>
  page.$$eval('.CodeMirror-hint', all => all.map(entry => entry.textContent)));

async function run(page) {
  await page.locator('.query-acts button').first().click();
  await answered(page);
}

const answered = page => page.waitForSelector(
  '.query-editor[aria-busy=false] section :is(table, .problem, pre, .verdict)', {state: 'attached'});

/** The table's cells: the address a link leads to, or the text without the mark of language. */
const cells = page => page.$$eval('.query-editor tbody tr', rows => rows.map(row =>
  [...row.cells].map(cell => cell.querySelector('a')?.href ??
    (cell.querySelector('[lang]') ?? cell).textContent)));

const CHECKS = {
  async 'the editor stands in the place of the form'() {
    for (const language of ['sv', 'en']) {
      await inTab(async page => {
        assert.equal(await page.locator('#query-form').isVisible(), false, 'the form is visible');
        const written = await page.locator('#query').evaluate(field => field.defaultValue);
        assert.equal(await queryIn(page), written, 'the editor has another query than the form');
        const field = page.getByRole('textbox', {includeHidden: false});
        assert.equal(await field.count(), 1, 'there is no one field to write in');
        assert.ok(await field.getAttribute('aria-label'), 'the editor has no name');
      }, {language});
    }
  },

  async 'a query is run and its rows are shown'() {
    await inTab(async page => {
      await put(page, QUERY);
      await run(page);
      assert.deepEqual(await cells(page), await rowsOf(QUERY));
    });
  },

  async 'Ctrl+Enter runs the query'() {
    await inTab(async page => {
      await put(page, QUERY);
      await write(page, {line: 1, ch: 0}, '# run');
      await page.keyboard.press('Control+Enter');
      await answered(page);
      assert.deepEqual(await cells(page), await rowsOf(QUERY));
    });
  },

  async 'yes and no, and graphs, are shown'() {
    await inTab(async page => {
      await put(page, 'ASK { ?s ?p ?o }');
      await run(page);
      assert.equal(await page.locator('.verdict').textContent(), 'Ja');
      await put(page, 'CONSTRUCT { ?s a ?type } WHERE { ?s a ?type } LIMIT 3');
      await run(page);
      assert.match(await page.locator('.query-editor section pre').first().textContent(), /<http/);
    });
  },

  async 'an example is loaded and run without a new page'() {
    await inTab(async page => {
      await page.evaluate(() => {
        globalThis.same = true;
      });
      const example = page.locator('#examples a[data-query]').first();
      const query = new URL(await example.evaluate(link => link.href)).searchParams.get('query');
      await example.click();
      await answered(page);
      assert.equal(await page.evaluate(() => globalThis.same), true, 'the page was loaded anew');
      assert.equal(await queryIn(page), query);
      assert.ok(await inEditor(page, editor => editor.hasFocus()), 'the focus is elsewhere');
      const said = await page.locator('.query-editor [role=status]').textContent();
      assert.ok(said.includes(await example.textContent()), `it says only: ${said}`);
    });
  },

  async 'classes and properties are suggested'() {
    await inTab(async page => {
      await put(page, EMPTY);
      await write(page, {line: 3, ch: 2}, '?x a plan:Act');
      const classes = await suggestions(page);
      assert.ok(classes.some(text => text.startsWith('plan:Activity ')), classes.join(', '));
      await page.keyboard.press('Enter');
      await write(page, {line: 3, ch: '  ?x a plan:Activity'.length}, ' ; plan:resp');
      const properties = await suggestions(page);
      assert.ok(properties.some(text => text.startsWith('plan:responsible')), properties.join());
      await page.keyboard.press('Enter');
      assert.match(await queryIn(page), /\?x a plan:Activity ; plan:responsible/);
    });
  },

  async 'a prefix is added as it is used'() {
    await inTab(async page => {
      await put(page, 'SELECT * WHERE {\n  \n}\n');
      await write(page, {line: 1, ch: 2}, '?x a plan:Act');
      assert.match(await queryIn(page), /^PREFIX plan: <https:\/\/w3id\.org\/samplan\/ns#>\n/);
      await suggestions(page);
    });
  },

  async 'a link shows its own query and its rows'() {
    await inTab(async page => {
      await put(page, QUERY);
      await run(page);
      assert.equal(page.url(), pageOf('sv', QUERY), 'the address is not that of the query');
      const link = await page.locator('.share').evaluate(({href}) => href);
      assert.equal(link, page.url(), 'the link is another than the address');
      await put(page, EMPTY);
      await run(page).catch(() => {});
      // In the same browser, where a query could have been kept.
      const other = await page.context().newPage();
      await inTab(async opened => {
        await answered(opened);
        assert.equal(await queryIn(opened), QUERY);
        assert.deepEqual(await cells(opened), await rowsOf(QUERY));
        assert.equal(await opened.locator('#answer').count(), 0, 'there are two answers');
        assert.equal(await opened.evaluate(() => localStorage.length), 0, 'something is kept');
      }, {query: QUERY, tab: other});
    });
  },

  async 'the graphs that an address names are asked'() {
    await inTab(async page => {
      const query = 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }';
      const graph = `&default-graph-uri=${encodeURIComponent(`${base}plan/vasterbotten-2026/stated`)}`;
      const asked = `${base}sparql?format=csv&query=${encodeURIComponent(query)}`;
      const counts = await Promise.all([asked, asked + graph].map(async address =>
        (await (await fetch(address)).text()).trim().split('\r\n')[1]));
      assert.notEqual(counts[0], counts[1], 'the graph is not told from all of them');
      await page.goto(pageOf('sv', query) + graph, {waitUntil: 'load'});
      await answered(page);
      assert.deepEqual(await cells(page), [[counts[1]]]);
      assert.ok(page.url().endsWith(graph), `the graph is not in the address ${page.url()}`);
    });
  },

  async 'an error is told and its place marked'() {
    await inTab(async page => {
      const problem = await (await ask(BROKEN, 'application/problem+json')).json();
      assert.ok(problem.line > 0 && problem.column > 0, 'the server does not say where');
      await put(page, BROKEN);
      await run(page);
      const told = await page.locator('.problem').textContent();
      assert.ok(told.includes(problem.detail), told);
      assert.ok(told.includes(`${problem.line}`) && told.includes(`${problem.column}`), told);
      const marked = await inEditor(page, editor => [...Array(editor.lineCount()).keys()]
        .filter(line => editor.lineInfo(line).bgClass?.includes('error-line')));
      assert.deepEqual(marked, [problem.line - 1], 'another line is marked, or none');
      await page.locator('.problem button').click();
      assert.deepEqual(await inEditor(page, editor => {
        const {line, ch} = editor.getCursor();
        return {line, ch};
      }), {line: problem.line - 1, ch: problem.column - 1});
      await put(page, QUERY);
      assert.equal(await page.locator('.error-line').count(), 0, 'the mark outlives the error');
    }, {refused: true});
  },

  async 'the answer can be downloaded as a table'() {
    await inTab(async page => {
      await put(page, QUERY);
      await run(page);
      const [file] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('button', {name: 'CSV'}).click()]);
      const text = await readFile(await file.path(), 'utf8');
      const served = await (await ask(QUERY, 'text/csv')).text();
      assert.deepEqual(text.trim().split(/\r?\n/), served.trim().split(/\r?\n/));
    });
  },

  async 'the keyboard can leave the editor'() {
    await inTab(async page => {
      await put(page, QUERY);
      await write(page, {line: 0, ch: 0}, '');
      await page.keyboard.press('Tab');
      assert.equal(await inEditor(page, editor => editor.hasFocus()), false, 'Tab stays in it');
      await page.keyboard.press('Shift+Tab');
      assert.equal(await inEditor(page, editor => editor.hasFocus()), true, 'no way back');
      await page.keyboard.press('Shift+Tab');
      assert.equal(await inEditor(page, editor => editor.hasFocus()), false, 'no way out');
      assert.equal(await queryIn(page), QUERY, 'Tab changed the query');
    });
  },

  async 'without scripts the form does it'() {
    await inTab(async page => {
      await page.locator('#query').fill(QUERY);
      await page.locator('#query-form button').click();
      await page.waitForLoadState();
      const answer = await page.locator('#answer').innerText();
      for (const [, activities] of await rowsOf(QUERY)) {
        assert.ok(answer.includes(activities), `there is no ${activities} in: ${answer}`);
      }
      assert.equal(await page.locator('#query').inputValue(), QUERY);
    }, {javaScriptEnabled: false});
  },

  async 'when the editor fails the form is there'() {
    const page = await open(browser, 'sv', {editor: true});
    await page.route(pageOf('sv'), async route => {
      const answer = await route.fetch();
      const body = await answer.text();
      await route.fulfill({response: answer, body: body.replace(/"words"\s*:/, '"nothing":')});
    });
    const failed = page.waitForEvent('pageerror');
    await page.goto(pageOf('sv'));
    await failed;
    assert.equal(await page.locator('#query-form').isVisible(), true, 'there is no form');
    assert.equal(await page.locator('.query-editor').count(), 0, 'half an editor is there');
    await page.context().close();
  },

  async 'it is accessible in every state, in light and dark'() {
    const wrong = [];
    const judge = async (page, state) => {
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({colorScheme});
        await settle(page);
        const {findings, warnings} = await axe.run(page);
        // The list of suggestions lies over other text, whose contrast is then unknown.
        const unsure = state === 'with suggestions' ? [] : warnings;
        wrong.push(...[...findings, ...unsure].map(({rule, selector, help}) =>
          `${state}, ${colorScheme}: ${rule} at ${selector}: ${help}`));
      }
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) {
        wrong.push(`${state}: the page is ${wide} pixels too wide`);
      }
    };
    for (const viewport of [undefined, PHONE]) {
      await inTab(async page => {
        await axe.inject(page);
        await judge(page, 'as it comes');
        await put(page, QUERY);
        await run(page);
        await page.locator('.query-editor summary').click();
        await judge(page, 'with an answer');
        await put(page, BROKEN);
        await run(page);
        await judge(page, 'with an error');
        await put(page, EMPTY);
        await write(page, {line: 3, ch: 2}, '?x a plan:A');
        await suggestions(page);
        await judge(page, 'with suggestions');
      }, {refused: true, ...viewport && {viewport}});
    }
    assert.deepEqual(wrong, []);
  },
};

let failed = 0;
const began = Date.now();
for (const [name, check] of Object.entries(CHECKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) {
    continue;
  }
  try {
    await check();
    console.log(`holds: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`WRONG: ${name}\n  ${error.message.replaceAll('\n', '\n  ')}`);
  }
}
await browser.close();
console.log(`${failed} wrong, ${Math.round((Date.now() - began) / 1000)} s`);
process.exit(failed > 0 ? 1 : 0);
