// The query editor: puts Yasqe, the editor of Yasgui, in the place of the plain form of /sparql
// and shows the answers below it. Without it, and when it fails, the form is there and works.
//
// What the page has to hold (all of it rendered by the server):
//
//   <form id="query-form" action="/sparql">   hidden once the editor stands
//     <input type="hidden" name="lang" value="sv">
//     <input type="hidden" name="default-graph-uri" value="…">, and named-graph-uri: any number;
//                                             sent with every query
//     <label for="query">                     its text becomes the editor's accessible name
//     <textarea id="query" name="query">      its text, as sent by the server, is edited
//   <section id="answer">                     may be absent; removed when the editor runs a query
//   <section id="examples">                   any <a data-query href="/sparql?lang=sv&query=…">
//                                             in it is loaded and run without a new page
//   <script type="application/json" id="editor-settings">{
//     "endpoint": "https://plan.example.se/sparql",  the public address; what lies below its
//                                             folder is shown without it in tables. Queries go
//                                             to the form's action, which is of the same origin
//                                             even where a proxy or an alias is in between.
//     "page": "https://plan.example.se/sparql?lang=sv",  for links to a query
//     "language": "sv",                       of numbers, and of the server's messages
//     "run": false,                           whether to run the query at once
//     "prefixes": {"plan": "https://w3id.org/samplan/ns#"},
//     "terms": [{"iri": "…#Activity", "name": "plan:Activity", "kind": "class", "label": "…"}],
//                                             kind: "class" or "property"
//     "words": {…}                            all of WORDS below; {count} and the like stay as
//                                             they are and are filled in here
//   }</script>
//
// The endpoint takes POST with `query` as a form, and answers with SPARQL results in JSON, with
// Turtle, or with a problem document (RFC 9457), which has `line` and `column` (counted from 1,
// in characters) where a query is not valid.
//
// The page works under: default-src 'none'; script-src 'self'; style-src 'self';
// connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'.

import '@zazuko/yasqe/build/yasqe.min.css';
import './editor.css';
import Yasqe from '@zazuko/yasqe';
import {answerView, element} from './answer.js';
import {COMPLETERS, register, suggestWhileTyping} from './completion.js';

const WORDS = [
  'run', // Kör frågan | Run the query
  'stop', // Avbryt | Stop
  'running', // Frågan körs … | Running the query …
  'stopped', // Frågan avbröts. | The query was stopped.
  'keys', // Ctrl+Enter kör frågan. Ctrl+blanksteg ger förslag. Tabb lämnar redigeraren.
  //   | Ctrl+Enter runs the query. Ctrl+Space suggests. Tab leaves the editor.
  'suggestions', // Förslag | Suggestions
  'loaded', // Exemplet är inlagt: {title} | The example is in the editor: {title}
  'share', // Länk till frågan | Link to this query
  'copy', // Kopiera länken | Copy the link
  'copied', // Länken är kopierad. | The link is copied.
  'long', // Frågan är för lång för en länk. | The query is too long for a link.
  'answer', // Svar | Answer
  'row', // 1 rad | 1 row
  'rows', // {count} rader | {count} rows
  'none', // Inget i det som finns här svarar mot frågan. | Nothing here matches the query.
  'shown', // De första {count} av {total} rader visas. | The first {count} of {total} rows are shown.
  'more', // Visa fler rader | Show more rows
  'yes', // Ja | Yes
  'no', // Nej | No
  'graph', // Svaret är en graf. | The answer is a graph.
  'table', // Svaret som tabell | The answer as a table
  'response', // Svaret som det kom | The answer as it came
  'cut', // Här visas bara början. Hela svaret går att hämta. | Only the beginning is shown here. The whole can be downloaded.
  'download', // Hämta svaret: | Download the answer:
  'error', // Frågan gick inte att köra | The query could not be run
  'place', // Gå till rad {line}, tecken {column} | Go to line {line}, character {column}
  'invalid', // Här följer frågan inte SPARQL. | The query is not valid SPARQL here.
  'unreachable', // Servern svarar inte. Försök igen om en stund. | The server does not answer. Try again in a while.
];

// Longer ones do not get through everywhere.
const LONGEST_ADDRESS = 8000;
const ACCEPT = 'application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.8';

function phrases(words) {
  const missing = WORDS.filter(key => words[key] === undefined);
  if (missing.length > 0) {
    throw new Error(`the page lacks the words ${missing.join(', ')}`);
  }
  return (key, values = {}) =>
    words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The short form of an IRI: by prefix, or what follows the address of this instance. */
function shortener({prefixes, endpoint}) {
  const home = new URL('.', endpoint).href;
  // The longest namespace says most.
  const known = Object.entries(prefixes).sort(([, a], [, b]) => b.length - a.length);
  return iri => {
    const found = known.find(([, namespace]) => iri.startsWith(namespace));
    const rest = found === undefined ? '' : iri.slice(found[1].length);
    if (found !== undefined && /^[\p{L}\p{N}_.-]+$/u.test(rest)) {
      return `${found[0]}:${rest}`;
    }
    return iri.startsWith(home) && iri !== home ? iri.slice(home.length) : iri;
  };
}

/** The graphs that the page asks instead of all: names and values of its hidden fields. */
function graphsOf(form) {
  return [...new FormData(form)].filter(([name]) => name.endsWith('-graph-uri'));
}

/** The address of a query of `graphs` at `page`; none when it would be too long. */
function linkTo(page, query, graphs) {
  const address = new URL(page, document.baseURI);
  address.searchParams.set('query', query);
  graphs.forEach(([name, graph]) => address.searchParams.append(name, graph));
  return address.href.length < LONGEST_ADDRESS ? address.href : undefined;
}

function makeEditor(host, {value, label, say, run}) {
  Object.assign(Yasqe.defaults, {
    // Lists in the settings are merged with these, item by item.
    autocompleters: COMPLETERS,
    gutters: ['gutterErrorBar', 'CodeMirror-linenumbers'],
  });
  const yasqe = new Yasqe(host, {
    value,
    screenReaderLabel: label,
    // Screen readers can read the whole of it, line by line.
    inputStyle: 'contenteditable',
    spellcheck: false,
    foldGutter: false,
    highlightSelectionMatches: false,
    editorHeight: 'auto',
    viewportMargin: Infinity,
    resizeable: false,
    showQueryButton: false,
    createShareableLink: null,
    // A link always shows its own query, so nothing is kept in the browser.
    consumeShareLink: null,
    persistenceId: null,
    extraKeys: {
      'Ctrl-Enter': run,
      'Cmd-Enter': run,
      // These keep their meaning in the browser. Tab leads out of the editor.
      'Tab': false,
      'Shift-Tab': false,
      'Esc': false,
      'Ctrl-S': false,
    },
  });
  // The note on Ctrl+Space stands below the editor, in the page's language.
  yasqe.showNotification = () => {};
  // The bubble of the mark has a style of its own, which the page's policy forbids.
  const {setGutterMarker} = yasqe;
  yasqe.setGutterMarker = (line, gutter, mark) => {
    mark.onmouseover = mark.onmouseout = null;
    mark.title = say('invalid');
    return setGutterMarker.call(yasqe, line, gutter, mark);
  };
  yasqe.checkSyntax();
  suggestWhileTyping(yasqe);
  yasqe.on('autocompletionShown', (_, {hints}) =>
    hints.setAttribute('aria-label', say('suggestions')));
  return yasqe;
}

/** A mark at the place that an error is about, until the query is changed. */
function errorMark(yasqe) {
  let marks = [];
  const clear = () => {
    marks.forEach(unmark => unmark());
    marks = [];
  };
  yasqe.on('changes', clear);
  return {
    clear,
    set({line, column}) {
      clear();
      const at = Math.min(line, yasqe.lineCount()) - 1;
      const text = yasqe.getLine(at);
      // The server counts characters, the editor UTF-16 units.
      const from = [...text].slice(0, column - 1).join('').length;
      const handle = yasqe.addLineClass(at, 'background', 'error-line');
      const range = yasqe.markText(
        {line: at, ch: Math.max(0, Math.min(from, text.length - 1))},
        {line: at, ch: text.length}, {className: 'error-place'});
      marks = [
        () => yasqe.removeLineClass(handle, 'background', 'error-line'), () => range.clear(),
      ];
      return () => {
        yasqe.setCursor({line: at, ch: from});
        yasqe.focus();
      };
    },
  };
}

/** What the server says is wrong. */
async function problemOf(response) {
  const text = await response.text();
  try {
    const problem = JSON.parse(text);
    return {...problem, detail: problem.detail ?? problem.title};
  } catch {
    return {detail: text || `${response.status} ${response.statusText}`};
  }
}

function start(form) {
  const settings = JSON.parse(document.getElementById('editor-settings').textContent);
  const say = phrases(settings.words);
  const textarea = form.elements.query;
  const graphs = graphsOf(form);
  const label = textarea.labels[0].textContent.trim();
  const here = `${location.pathname}${new URL(settings.page).search}`;
  register(settings);

  const frame = element('div', {className: 'query-frame'});
  const runButton = element('button', {type: 'button'}, say('run'));
  const stopButton = element('button', {type: 'button', className: 'quiet-button', hidden: true},
    say('stop'));
  const link = element('a', {className: 'share'}, say('share'));
  const copyButton = element('button', {type: 'button', className: 'quiet-button'}, say('copy'));
  const long = element('span', {className: 'quiet', hidden: true}, say('long'));
  const status = element('p', {className: 'query-status'});
  status.setAttribute('role', 'status');
  const answer = element('div');
  const answerHead = element('h2', {id: 'query-answer'}, say('answer'));
  const answerPart = element('section', {hidden: true}, answerHead, answer);
  answerPart.setAttribute('aria-labelledby', answerHead.id);
  const whole = element('div', {className: 'query-editor'},
    element('p', {className: 'label'}, label),
    element('p', {className: 'quiet', id: 'query-keys'}, say('keys')),
    frame,
    element('div', {className: 'query-acts'},
      runButton, stopButton, element('span', {className: 'query-link'}, link, copyButton, long)),
    status, answerPart);
  form.after(whole);

  let yasqe;
  try {
    // What a browser puts back into the field on reloading is not what the link says.
    yasqe = makeEditor(frame, {value: textarea.defaultValue, label, say, run: () => run()});
  } catch (error) {
    whole.remove();
    throw error;
  }
  form.hidden = true;
  const field = yasqe.getInputField();
  field.setAttribute('aria-describedby', 'query-keys');
  // CodeMirror says that it is for presentation only, as if there were another field.
  field.setAttribute('role', 'textbox');
  field.setAttribute('aria-multiline', 'true');

  const view = answerView(answer, {say, shorten: shortener(settings), language: settings.language});
  const mark = errorMark(yasqe);
  let running;

  function showLink() {
    const address = linkTo(settings.page, yasqe.getValue(), graphs);
    link.hidden = address === undefined;
    copyButton.hidden = address === undefined || navigator.clipboard === undefined;
    long.hidden = address !== undefined;
    link.href = address ?? settings.page;
  }

  function busy(controller) {
    running = controller;
    stopButton.hidden = controller === undefined;
    whole.setAttribute('aria-busy', String(controller !== undefined));
  }

  async function ask(query, signal) {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: {'Accept': ACCEPT, 'Accept-Language': settings.language},
      body: new URLSearchParams([['query', query], ...graphs]),
      signal,
    });
    if (!response.ok) {
      return {problem: await problemOf(response)};
    }
    return {type: response.headers.get('content-type') ?? '', text: await response.text()};
  }

  function fail(problem) {
    const go = problem.line > 0 && problem.column > 0 ? mark.set(problem) : undefined;
    status.textContent = '';
    view.fail(problem, go);
  }

  /** Runs the query; true when its answer, and not that of a later one, is shown. */
  async function run() {
    const query = yasqe.getValue();
    running?.abort();
    document.getElementById('answer')?.remove();
    history.replaceState(history.state, '', linkTo(here, query, graphs) ?? here);
    mark.clear();
    view.clear();
    answerPart.hidden = true;
    status.textContent = say('running');
    const controller = new AbortController();
    busy(controller);
    let outcome;
    try {
      outcome = await ask(query, controller.signal);
    } catch (error) {
      outcome = {problem: {detail: say('unreachable')}, aborted: error.name === 'AbortError'};
    }
    if (running !== controller) {
      return false; // A later query has taken over.
    }
    busy(undefined);
    if (outcome.aborted) {
      status.textContent = say('stopped');
      return false;
    }
    answerPart.hidden = false;
    if (outcome.problem === undefined) {
      status.textContent = view.show(outcome.type, outcome.text);
    } else {
      fail(outcome.problem);
    }
    status.scrollIntoView({block: 'nearest'});
    return true;
  }

  async function load(example) {
    yasqe.setValue(new URL(example.href).searchParams.get('query'));
    whole.scrollIntoView({block: 'start'});
    yasqe.focus();
    if (await run()) {
      const loaded = say('loaded', {title: example.textContent.trim()});
      status.textContent = `${loaded} ${status.textContent}`;
    }
  }

  yasqe.on('changes', showLink);
  showLink();
  runButton.addEventListener('click', run);
  stopButton.addEventListener('click', () => {
    running?.abort();
    runButton.focus();
  });
  copyButton.addEventListener('click', async () => {
    await navigator.clipboard.writeText(link.href);
    status.textContent = say('copied');
  });
  document.getElementById('examples')?.addEventListener('click', event => {
    const example = event.target.closest('a[data-query]');
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (example !== null && !elsewhere) {
      event.preventDefault();
      load(example);
    }
  });
  if (settings.run) {
    run();
  }
}

const form = document.getElementById('query-form');
if (form !== null) {
  start(form);
}
