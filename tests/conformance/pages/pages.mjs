// What is looked at: the addresses of kinds.json, in each language, on each screen.
//
// An entry of kinds.json: `kind`; `paths` below the base; `prose` where a page is text and
// describes no resource of the data; `status` where it is not 200.

import {readFileSync} from 'node:fs';

export const LANGUAGES = ['sv', 'en'];
export const VIEWPORTS = {
  phone: {width: 360, height: 740},
  desktop: {width: 1280, height: 900},
};
export const SCHEMES = ['light', 'dark'];
// Asked for where the address names the language, so that it is the address that decides.
const ANOTHER_LANGUAGE = 'de';

/** Every kind with its pages, a page for each path and language. */
export function kinds(base, languages = LANGUAGES) {
  const entries = JSON.parse(readFileSync(new URL('kinds.json', import.meta.url), 'utf8'));
  return entries.map(({kind, paths, prose = false, status = 200}) => ({
    kind,
    pages: paths.flatMap(path => languages.map(language => {
      // An address with a query of its own stays as it is, and the browser asks for a language.
      const whole = path.includes('?');
      return {
        kind, language, status,
        path: `/${path}`,
        url: base + (whole ? path : `${path}?lang=${language}`),
        accept: whole ? language : ANOTHER_LANGUAGE,
        describes: !prose && status === 200,
      };
    })),
  }));
}

/** The answers of a function for every item, some at once, in order. */
export async function each(items, atOnce, work) {
  const answers = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      answers[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({length: atOnce}, worker));
  return answers;
}
