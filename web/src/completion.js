// What the editor offers while a query is typed: the instance's own prefixes, classes and
// properties, and nothing that would have to be asked for elsewhere.

import Yasqe from '@zazuko/yasqe';

/** What the completers of this page are called, in the order in which they are asked. */
export const COMPLETERS = ['own-prefixes', 'variables', 'own-classes', 'own-properties'];

/** The name of a term in this query: with the query's own prefix where it has one. */
function nameIn(prefixes, {iri, name}) {
  const own = Object.entries(prefixes).find(([, namespace]) => iri.startsWith(namespace));
  return own === undefined ? name : `${own[0]}:${iri.slice(own[1].length)}`;
}

/** Whether a term may be meant by what was typed: its name, its address or its label. */
function matches(term, name, typed) {
  if (typed.startsWith('<')) {
    return term.iri.toLowerCase().startsWith(typed.slice(1));
  }
  if (typed.includes(':')) {
    return name.toLowerCase().startsWith(typed);
  }
  const words = `${name.replace(':', ' ')} ${term.label}`.toLowerCase().split(/\s+/);
  return words.some(word => word.startsWith(typed));
}

/** An entry of the list: the name, and what it is called in the reader's language. */
function render(name, label) {
  return entry => {
    const words = document.createElement('span');
    words.className = 'hint-label';
    words.textContent = label;
    entry.append(name, ' ', words);
  };
}

/** Without this, a suggestion after a blank would take the place of the blank. */
function afterBlank(yasqe, token) {
  if (token.string.trim() !== '') {
    return token;
  }
  const {line, ch} = yasqe.getDoc().getCursor();
  return {...token, string: '', from: {line, ch}};
}

function termCompleter(name, terms, isValidCompletionPosition) {
  // What was offered last, by the text that a choice puts into the query.
  let offered = new Map();
  return {
    name,
    bulk: false,
    isValidCompletionPosition,
    preProcessToken: afterBlank,
    get(yasqe, token) {
      const prefixes = yasqe.getPrefixesFromQuery();
      const typed = token.string.trim().toLowerCase();
      offered = new Map(terms
        .map(term => [nameIn(prefixes, term), term])
        .filter(([text, term]) => matches(term, text, typed)));
      return [...offered.keys()];
    },
    postprocessHints: (_, hints) => hints.map(hint =>
      ({...hint, render: render(hint.text, offered.get(hint.text)?.label ?? '')})),
  };
}

/** Makes the completers known to Yasqe. Once, before an editor is made. */
export function register({prefixes, terms}) {
  const {class: classes, prefixes: prefixed} = Yasqe.Autocompleters;
  const ofKind = kind => terms.filter(term => term.kind === kind);
  const completers = [
    {
      ...prefixed,
      name: 'own-prefixes',
      // Kept in the browser, yesterday's prefixes would win over today's.
      persistenceId: undefined,
      get: () => Object.entries(prefixes).map(([name, iri]) => `${name}: <${iri}>`),
    },
    termCompleter('own-classes', ofKind('class'), classes.isValidCompletionPosition),
    termCompleter('own-properties', ofKind('property'), yasqe => {
      const {string, state} = yasqe.getCompleteToken();
      return !/^[?$]/.test(string) && state.possibleCurrent.includes('a');
    }),
  ];
  for (const completer of completers) {
    Yasqe.registerAutocompleter(completer, false);
  }
}

/** Offers suggestions as a name is typed; Yasqe itself would wait for Ctrl+Space. */
export function suggestWhileTyping(yasqe) {
  yasqe.on('inputRead', (_, {text}) => {
    if (/^[\p{L}\p{N}_:-]$/u.test(text.join('')) && !yasqe.state.completionActive) {
      yasqe.autocomplete();
    }
  });
}
