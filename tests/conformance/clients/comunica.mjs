// Query a running instance with Comunica.
//
// usage: node comunica.mjs BASE_URL
//
// Prints one JSON object a line, a check ({what, held, found}) or a note; run.py gathers them.
// Needs `npm install` in this folder.

import {QueryEngine} from '@comunica/query-sparql';

const PREFIXES = `
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX plan: <https://w3id.org/samplan/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
`;
const PLAN = 'https://w3id.org/samplan/ns#';
const DCTERMS = 'http://purl.org/dc/terms/';
const LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

const TITLES = 'SELECT ?plan ?title WHERE { ?plan a plan:Plan ; dcterms:title ?title }';
// One pattern that only the file answers, and two that only the endpoint does.
const JOIN = 'SELECT ?plan ?title WHERE ' +
  '{ ?list dcterms:hasPart ?plan . ?plan a plan:Plan ; dcterms:title ?title }';
const NAMES = 'SELECT DISTINCT ?prefix ?namespace ' +
  'WHERE { ?declaration sh:prefix ?prefix ; sh:namespace ?namespace }';
const EXAMPLES = `SELECT DISTINCT ?example ?comment ?text WHERE {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment .
  ?example sh:select|sh:ask|sh:construct|sh:describe ?text }`;
const SCHEMA = `SELECT DISTINCT ?graph ?class ?property ?to ?datatype WHERE {
  OPTIONAL { ?graph sd:graph/void:classPartition ?part }
  ?part void:class ?class ; void:propertyPartition ?narrow .
  ?narrow void:property ?property .
  OPTIONAL {
    { ?narrow void:classPartition/void:class ?to }
    UNION
    { ?narrow void-ext:datatypePartition/void-ext:datatype ?datatype }
  } }`;

const say = found => console.log(JSON.stringify(found));

function holds(what, held, found) {
  say({what, held: Boolean(held), found: held ? '' : JSON.stringify(found)});
}

// An engine remembers what it took an address for, so files have one of their own.
const files = new QueryEngine();

async function ask(query, sources, engine = files, send = fetch) {
  const requests = [];
  const begun = Date.now();
  const result = await engine.query(PREFIXES + query, {
    sources,
    async fetch(input, init) {
      const answer = await send(input, init);
      requests.push({
        url: String(input.url ?? input), method: init?.method ?? 'GET', status: answer.status,
        type: answer.headers.get('content-type'),
      });
      return answer;
    },
  });
  const value = result.resultType === 'boolean' ? await result.execute() :
    await (await result.execute()).toArray();
  const rows = result.resultType !== 'bindings' ? undefined :
    value.map(row => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
  return {value, rows, requests, milliseconds: Date.now() - begun};
}

async function part(what, check) {
  try {
    await check();
  } catch (error) {
    holds(what, false, String(error?.message ?? error));
  }
}

const pairs = rows => rows.map(row => `${row.plan} ${row.title}`).sort().join('\n');
const sentTo = (answer, url) =>
  answer.requests.filter(request => request.url.startsWith(url) && request.url !== url ||
    request.method === 'POST').length;

async function endpoint(base, expected) {
  const url = `${base}sparql`;
  const [address, file] = [`${base}plan.ttl`, {type: 'file', value: `${base}plan.ttl`}];
  for (const [name, source, engine, joined] of [
    ['as an address', url, new QueryEngine(), [address]],
    ['of type sparql', {type: 'sparql', value: url}, new QueryEngine(), [address, file]],
  ]) {
    await part(`SELECT ${name}`, async () => {
      const answer = await ask(TITLES, [source], engine);
      holds(`SELECT ${name}`, pairs(answer.rows) === expected, answer.rows.slice(0, 2));
      holds(`${name}: the endpoint answers`, sentTo(answer, url) > 0, answer.requests);
      holds(`${name}: nothing is refused`,
        answer.requests.every(({status}) => status === 200), answer.requests);
      const {type} = answer.requests[0];
      say({note: `first query of the endpoint ${name}: ${answer.milliseconds} ms, ` +
        `${answer.requests.length} requests, its description as ${type}`});
    });
    await part(`ASK ${name}`, async () => {
      holds(`ASK ${name}`, (await ask('ASK { ?x a plan:Plan }', [source], engine)).value === true);
    });
    await part(`CONSTRUCT ${name}`, async () => {
      const {value} = await ask(
        'CONSTRUCT WHERE { ?plan a plan:Plan ; dcterms:title ?title }', [source], engine);
      const found = value.filter(quad => quad.predicate.value === `${DCTERMS}title`)
        .map(quad => ({plan: quad.subject.value, title: quad.object.value}));
      holds(`CONSTRUCT ${name}`, pairs(found) === expected, value.length);
    });
    await part(`a wrong query ${name}`, async () => {
      const refused = await ask('SELECT * WHERE { ?x', [source], engine).then(() => false, () => true);
      holds(`a wrong query ${name} is refused`, refused);
    });
    for (const other of joined) {
      const what = `joined with a ${other.type ?? 'Turtle address'}, the endpoint ${name}`;
      await part(what, async () => {
        const answer = await ask(JOIN, [source, other], engine);
        const found = new Set(answer.rows.map(row => `${row.plan} ${row.title}`));
        holds(what, [...found].sort().join('\n') === expected, answer.rows.length);
        holds(`${what}: the endpoint is asked`, sentTo(answer, url) > 0, answer.requests);
      });
    }
  }
  await part('SERVICE', async () => {
    const answer = await ask(
      `SELECT ?plan ?title WHERE { ?list dcterms:hasPart ?plan . SERVICE <${url}> ` +
      '{ ?plan a plan:Plan ; dcterms:title ?title } }', [`${base}plan.ttl`], new QueryEngine());
    holds('SERVICE', pairs(answer.rows) === expected, answer.rows.length);
  });
}

/**
 * Whether the description alone says that there is an endpoint. Comunica takes any address that
 * ends with /sparql for one, so here it sees the same instance under another address.
 */
async function recognised(base, expected) {
  const [url, other] = [`${base}sparql`, `${base}ask-here`];
  const elsewhere = async (input, init) => {
    const asked = String(input.url ?? input);
    const answer = await fetch(asked.replace(other, url), init);
    if (asked !== other) {
      return answer;
    }
    const text = (await answer.text()).replaceAll(/\/sparql(?=["> ])/g, '/ask-here');
    const {status, headers} = answer;
    const renamed = new Response(text, {status, headers: {
      'content-type': headers.get('content-type')}});
    Object.defineProperty(renamed, 'url', {value: other});
    return renamed;
  };
  await part('recognised by the description', async () => {
    const answer = await ask(TITLES, [other], new QueryEngine(), elsewhere);
    holds('recognised by the description', pairs(answer.rows) === expected, answer.requests);
  });
}

/** The description of the service as a file, which is how an editor reads it. */
async function description(base, documents) {
  const known = new Map();
  for (const [name, url] of Object.entries(documents)) {
    const file = {type: 'file', value: url};
    await part(`prefixes of ${name}`, async () => {
      const {rows, requests, milliseconds} = await ask(NAMES, [file]);
      say({note: `description, ${name}: read in ${milliseconds} ms as ${requests[0].type}`});
      holds(`prefixes of ${name}`,
        rows.some(row => row.prefix === 'plan' && row.namespace === PLAN), rows.slice(0, 3));
      known.set(`${name} prefixes`, rows.length);
    });
    await part(`examples of ${name}`, async () => {
      const {rows} = await ask(EXAMPLES, [file]);
      holds(`examples of ${name}`, rows.length > 0 && rows.every(row => row.text && row.comment),
        rows.length);
      const listed = await ask('SELECT ?query ?text { ?query sh:select|sh:ask|sh:construct ?text }',
        [{type: 'file', value: `${base}query.ttl`}]);
      const texts = list => [...new Set(list.map(row => row.text))].sort().join('\n');
      holds(`examples of ${name} are those of /query`, texts(rows) === texts(listed.rows),
        [rows.length, listed.rows.length]);
      known.set(`${name} examples`, rows.length);
    });
    await part(`schema of ${name}`, async () => {
      const {rows, requests} = await ask(SCHEMA, [file]);
      holds(`schema of ${name}: plan:Activity – dcterms:title – rdf:langString`,
        rows.some(row => row.class === `${PLAN}Activity` && row.property === `${DCTERMS}title` &&
          row.datatype === LANG_STRING), rows.slice(0, 3));
      holds(`schema of ${name}: plan:Activity – plan:inPlan – plan:Plan`,
        rows.some(row => row.class === `${PLAN}Activity` && row.property === `${PLAN}inPlan` &&
          row.to === `${PLAN}Plan`));
      holds(`schema of ${name}: read as a file`,
        !requests.some(request => request.url.includes('query=')), requests);
      known.set(`${name} schema`, rows.length);
    });
  }
  for (const kind of ['prefixes', 'examples', 'schema']) {
    const sizes = Object.keys(documents).map(name => known.get(`${name} ${kind}`));
    holds(`${kind} are as many in every format`, sizes[0] > 0 && new Set(sizes).size === 1, sizes);
  }
}

async function voidFile(base) {
  await part('VoID file', async () => {
    const {rows} = await ask('SELECT ?part ?n WHERE { ?part void:triples ?n }',
      [{type: 'file', value: `${base}.well-known/void.ttl`}]);
    holds('VoID file', rows.length > 100 &&
      rows.some(row => row.part === `${base}.well-known/void#data`), rows.length);
  });
  // Given without a type, a description below another address than the endpoint's is a file.
  await part('a description as an address', async () => {
    const {rows} = await ask(NAMES, [`${base}sparql.ttl`], new QueryEngine());
    holds('a description as an address', rows.some(row => row.prefix === 'plan'), rows.length);
  });
}

async function main(base) {
  const file = await ask(TITLES, [`${base}plan.nt`]);
  const list = await ask('SELECT DISTINCT ?plan WHERE { ?list dcterms:hasPart ?plan }',
    [{type: 'file', value: `${base}plan.nt`}]);
  holds('the list of plans', list.rows.length > 0, file.requests);
  const titles = [];
  for (const {plan} of list.rows) {
    const own = await ask(`SELECT ?title WHERE { <${plan}> dcterms:title ?title }`,
      [{type: 'file', value: `${plan}.nt`}]);
    titles.push(...own.rows.map(({title}) => ({plan, title})));
  }
  holds('the titles of plans', titles.length > 0);
  await endpoint(base, pairs(titles));
  await recognised(base, pairs(titles));
  await description(base, {
    'the endpoint': `${base}sparql`, Turtle: `${base}sparql.ttl`,
  });
  await voidFile(base);
}

const [base] = process.argv.slice(2);
if (!base?.endsWith('/')) {
  console.error('usage: node comunica.mjs BASE_URL');
  process.exit(2);
}
await main(base);
