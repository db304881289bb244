// The answer to a query, or what is wrong with it, below the editor.

const ROWS_AT_ONCE = 200;
// What a browser lays out without a noticeable wait; the whole can be downloaded.
const MOST_CHARACTERS = 200_000;
// Types that a value shows by itself.
const PLAIN = 'http://www.w3.org/2001/XMLSchema#';

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** RFC 4180, as in SPARQL 1.1 Query Results CSV: the values, without their types. */
function toCsv({head: {vars}, results: {bindings}}) {
  const cell = value => /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const value = term => term === undefined ? ''
    : cell(term.type === 'bnode' ? `_:${term.value}` : term.value);
  const rows = [vars.map(cell), ...bindings.map(row => vars.map(name => value(row[name])))];
  return rows.map(row => `${row.join(',')}\r\n`).join('');
}

function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], {type}));
  element('a', {href: address, download: name}).click();
  // Some browsers read it only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The view of answers in `host`. `say` gives the page's words, `shorten` a short IRI. */
export function answerView(host, {say, shorten, language}) {
  const number = value => new Intl.NumberFormat(language).format(value);

  const button = (text, act) => {
    const made = element('button', {type: 'button', className: 'quiet-button'}, text);
    made.addEventListener('click', () => act(made));
    return made;
  };

  /** One value as it is shown: an address as a link, a text in its language. */
  function shown({type, value, datatype, 'xml:lang': lang}) {
    if (type === 'uri') {
      return /^https?:/.test(value)
        ? element('a', {href: value, title: value}, shorten(value)) : value;
    }
    if (type === 'bnode') {
      return `_:${value}`;
    }
    if (lang !== undefined) {
      return element('span', {}, element('span', {lang}, value),
        element('span', {className: 'tag'}, ` @${lang}`));
    }
    if (datatype !== undefined && !datatype.startsWith(PLAIN)) {
      return element('span', {}, value,
        element('span', {className: 'tag'}, ` ${shorten(datatype)}`));
    }
    return value;
  }

  function table({head: {vars}, results: {bindings}}) {
    const cells = row => vars.map(name =>
      element('td', {}, ...row[name] === undefined ? [] : [shown(row[name])]));
    const body = element('tbody');
    const note = element('p', {className: 'quiet'});
    const more = button(say('more'), () => addRows());
    function addRows() {
      const from = body.rows.length;
      const next = bindings.slice(from, from + ROWS_AT_ONCE);
      body.append(...next.map(row => element('tr', {}, ...cells(row))));
      const left = bindings.length - body.rows.length;
      more.hidden = note.hidden = left === 0;
      note.textContent = say('shown',
        {count: number(body.rows.length), total: number(bindings.length)});
      if (from > 0) {
        // The keyboard goes on where the new rows begin.
        body.rows[from].tabIndex = -1;
        body.rows[from].focus({preventScroll: true});
      }
    }
    addRows();
    const heads = vars.map(name => element('th', {scope: 'col'}, name));
    const whole = element('table', {},
      element('caption', {className: 'sr'}, say('table')),
      element('thead', {}, element('tr', {}, ...heads)), body);
    return [scrolled('div', say('table'), whole), note, more];
  }

  /** Something wide or high that the keyboard can scroll too. */
  function scrolled(name, label, ...children) {
    const made = element(name, {className: 'scroll', tabIndex: 0}, ...children);
    made.setAttribute('role', 'region');
    made.setAttribute('aria-label', label);
    return made;
  }

  function raw(text) {
    const cut = text.length > MOST_CHARACTERS;
    const pre = scrolled('pre', say('response'),
      element('code', {}, cut ? text.slice(0, MOST_CHARACTERS) : text));
    return cut ? [pre, element('p', {className: 'quiet'}, say('cut'))] : [pre];
  }

  /** The answer as it came, folded; it is laid out only when somebody wants to see it. */
  function folded(text) {
    const details = element('details', {}, element('summary', {}, say('response')));
    details.addEventListener('toggle', () => details.append(...raw(text())), {once: true});
    return details;
  }

  function downloads(...files) {
    return element('p', {className: 'downloads'}, say('download'), ...files.flatMap(
      ([label, name, type, content]) => [' ', button(label, () => download(name, type, content()))],
    ));
  }

  function showResults(json, text) {
    const response = folded(() => JSON.stringify(json, undefined, 2));
    const asJson = ['JSON', 'answer.json', 'application/sparql-results+json', () => text];
    if (typeof json.boolean === 'boolean') {
      const answer = say(json.boolean ? 'yes' : 'no');
      host.append(element('p', {className: 'verdict'}, answer), response, downloads(asJson));
      return answer;
    }
    const {length} = json.results.bindings;
    if (length > 0) {
      host.append(...table(json));
    }
    host.append(
      downloads(['CSV', 'answer.csv', 'text/csv;charset=utf-8', () => toCsv(json)], asJson),
      response);
    return length === 0 ? say('none') : length === 1 ? say('row')
      : say('rows', {count: number(length)});
  }

  function showGraph(type, text) {
    host.append(...raw(text),
      downloads(['Turtle', 'answer.ttl', type, () => text]));
    return say('graph');
  }

  return {
    clear() {
      host.replaceChildren();
    },

    /** Shows an answer and returns what to say about it. */
    show(type, text) {
      host.replaceChildren();
      return type.includes('json') ? showResults(JSON.parse(text), text) : showGraph(type, text);
    },

    /** Says what is wrong; `go` leads to the place in the query, where there is one. */
    fail({detail, line, column}, go) {
      const box = element('div', {className: 'problem'},
        element('p', {className: 'label'}, say('error')), element('p', {}, detail));
      box.setAttribute('role', 'alert');
      if (go !== undefined) {
        box.append(element('p', {}, button(say('place', {line, column}), go)));
      }
      host.replaceChildren(box);
    },
  };
}
