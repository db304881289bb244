// The HTML as the instance sends it is valid.

import {HtmlValidate} from 'html-validate';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // One way of writing what HTML allows in several; the browser sees no difference.
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'no-implicit-close': 'off',
    'no-self-closing': 'off',
    'no-trailing-whitespace': 'off',
    'prefer-tbody': 'off',
    'void-style': 'off',
    // Only characters that are ambiguous need escaping; all others are valid as they are.
    'no-raw-characters': ['error', {relaxed: true}],
    // Ids come from keys of the data; any without white space is valid.
    'valid-id': ['error', {relaxed: true}],
    // Several values of one choice are several controls of one name, all of which the form sends.
    'form-dup-name': 'off',
    // Titles are words of the plans and stay as long as they are there.
    'long-title': 'off',
    // For scripts and styles of other sites; that there are none is checked on its own.
    'require-sri': 'off',
  },
});

/** What is wrong with the HTML of a page, fetched as a browser would. */
export async function judge({url, accept}) {
  const answer = await fetch(url, {
    headers: {'accept': 'text/html', 'accept-language': accept},
    signal: AbortSignal.timeout(30_000),
  });
  const report = await validator.validateString(await answer.text());
  return report.results.flatMap(({messages}) => messages.map(message => ({
    rule: `html: ${message.ruleId}`,
    selector: message.selector ?? '-',
    help: `${message.message} (line ${message.line})`,
  })));
}
