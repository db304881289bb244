// What a page says of itself: language, title, description, headings, address, data.

/** What the checks below go by. */
export function read(page) {
  return page.evaluate(() => {
    const all = selector => [...document.querySelectorAll(selector)];
    return {
      lang: document.documentElement.lang,
      title: document.title.trim(),
      descriptions: all('meta[name=description]').map(meta => meta.content.trim()),
      listed: all('meta[name=robots][content*=noindex]').length === 0,
      canonicals: all('link[rel=canonical]').map(link => link.getAttribute('href')),
      headings: all('h1, h2, h3, h4, h5, h6').filter(heading => heading.checkVisibility())
        .map(heading => ({level: Number(heading.localName[1]), selector: selectorOf(heading)})),
      data: all('script[type="application/ld+json"]').map(script => script.textContent),
    };
  });
}

function headings(found) {
  const wrong = [];
  const first = found.filter(({level}) => level === 1);
  if (first.length !== 1) {
    wrong.push({rule: 'one-h1', selector: first[1]?.selector ?? 'h1',
      help: `a page has one h1, this has ${first.length}`});
  }
  let above = 0;
  for (const {level, selector} of found) {
    if (level > above + 1) {
      wrong.push({rule: 'heading-jump', selector,
        help: `an h${level} comes after ${above ? `an h${above}` : 'no heading at all'}`});
    }
    above = level;
  }
  return wrong;
}

function data(found, needed) {
  const wrong = found.flatMap(text => {
    try {
      JSON.parse(text);
      return [];
    } catch (error) {
      return [{rule: 'json-ld', selector: 'script', help: `not JSON: ${error.message}`}];
    }
  });
  if (needed && found.length === 0) {
    wrong.push({rule: 'json-ld', selector: 'head', help: 'there is no JSON-LD script'});
  }
  return wrong;
}

/** What is wrong with one page by itself. */
export function judge(facts, {language, describes, status}) {
  const wrong = [...headings(facts.headings), ...data(facts.data, describes)];
  const add = (rule, selector, help) => wrong.push({rule, selector, help});
  if (facts.lang !== language) {
    add('lang', 'html', `lang is "${facts.lang}", "${language}" was asked for`);
  }
  if (facts.title === '') {
    add('title', 'title', 'there is no title');
  }
  if (facts.descriptions.length !== 1 || facts.descriptions[0] === '') {
    add('description', 'meta[name=description]',
      `a page has one description that is not empty, this has ${facts.descriptions.length}`);
  }
  // What is not there has no address of its own, and what nobody is to find needs none.
  if (status === 200 && facts.listed && facts.canonicals.length !== 1) {
    add('canonical', 'link[rel=canonical]', `one is needed, there are ${facts.canonicals.length}`);
  }
  for (const href of facts.canonicals) {
    if (!/^https?:\/\//.test(href)) {
      add('canonical', 'link[rel=canonical]', `"${href}" is not a whole address`);
    }
  }
  return wrong;
}

/** What two pages with different addresses have in common and should not, as [page, finding]. */
export function compare(looked) {
  const wrong = [];
  const seen = new Map();
  const claim = (page, rule, value) => {
    const key = `${page.language} ${rule} ${value}`;
    const first = seen.get(key) ?? page.path;
    seen.set(key, first);
    if (value !== undefined && value !== '' && first !== page.path) {
      wrong.push([page, {rule, selector: '-', help: `the same as that of ${first}: "${value}"`}]);
    }
  };
  for (const {page, facts} of looked) {
    if (facts !== undefined && page.status === 200 && facts.listed) {
      claim(page, 'title', facts.title);
      claim(page, 'description', facts.descriptions[0]);
      claim(page, 'canonical', facts.canonicals[0]);
    }
  }
  return wrong;
}
