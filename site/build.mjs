// SPDX-License-Identifier: Apache-2.0

// Builds the site: node site/build.mjs OUT_DIR [--widget FILE] [--base URL] [--api-key KEY]
//
// Copies the pages, names style sheets, scripts and drawings after their content so that they can
// be cached for ever, and refuses a link that leads nowhere. The same input gives the same bytes.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const usage = 'Usage: node site/build.mjs OUT_DIR [--widget FILE] [--base https://example.org]\n' +
  '       [--api-key KEY [--without-key SECTION]…]';
const here = path.dirname(fileURLToPath(import.meta.url));

// Lists what a build wrote, so that the next one can clear it and touch nothing else.
const manifest_name = '.palabre-site';
const not_published = /(^|\/)(README\.md|[^/]+\.mjs|node_modules|\.[^/]*)(\/|$)/;

// A sentence for the person at the keyboard, as opposed to a bug of ours.
export class SiteError extends Error {}

// Returns {files, pages}: how many were written. Throws SiteError with every fault found.
export function build({ out, source = here, widget, base, apiKey, withoutKey = [] }) {
  const origin = base === undefined ? undefined : checkedOrigin(base);
  const files = readSite(source);
  if (widget !== undefined) for (const [name, bytes] of readWidget(widget)) files.set(name, bytes);
  if (apiKey !== undefined) addKey(files, checkedKey(apiKey), withoutKey);

  const faults = checkLinks(files, { widgetElsewhere: widget === undefined });
  if (faults.length > 0) throw new SiteError(faults.join('\n'));

  const published = fingerprint(files);
  for (const name of widget_files) if (files.has(name)) published.set(name, files.get(name));
  if (origin !== undefined) addOrigin(published, origin);
  write(published, prepare(out, source));
  return { files: published.size, pages: pagesOf(published).length };
}

function checkedOrigin(base) {
  const fault = `--base must be an origin such as https://example.org, not "${base}".`;
  let url;
  try {
    url = new URL(base);
  } catch {
    throw new SiteError(fault);
  }
  if (!/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) throw new SiteError(fault);
  return url.origin;
}

function readSite(source) {
  const files = new Map();
  const walk = (folder) => {
    for (const entry of fs.readdirSync(path.join(source, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (not_published.test(name)) continue;
      if (entry.isDirectory()) walk(name);
      else if (entry.isFile()) files.set(name, fs.readFileSync(path.join(source, name)));
      else throw new SiteError(`${name} is neither a file nor a folder; copy the file itself.`);
    }
  };
  walk('');
  if (!files.has('index.html')) throw new SiteError(`${source} has no index.html.`);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readWidget(file) {
  const bytes = readPart(file);
  const files = new Map([['palabre.js', bytes]]);
  // The part for a reader's own comments lies beside it, and is asked for by name.
  if (bytes.includes('palabre-own.js')) {
    files.set('palabre-own.js', readPart(path.join(path.dirname(file), 'palabre-own.js')));
  }
  return files;
}

function readPart(file) {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new SiteError(`The widget ${file} cannot be read (${error.code}). Build it first.`);
  }
}

// --- The API key --------------------------------------------------------------------------------

// It stands in the page for everybody to read, and must not end the attribute it stands in. Those that
// API Gateway makes are letters and digits, 20 to 128 of them.
function checkedKey(key) {
  if (!/^(plb_[\w-]+|[A-Za-z0-9]{20,128})$/.test(key)) {
    throw new SiteError('--api-key must be a key of palabre keys add, or one of API Gateway.');
  }
  return key;
}

function addKey(files, key, without) {
  const element = /<palabre-comments(?=[\s>])(?![^>]*\sapi-key=)([^>]*)>/g;
  for (const name of pagesOf(files)) {
    const text = files.get(name).toString().replace(element, (whole, attributes) => {
      const section = /\ssection="([^"]*)"/.exec(attributes)?.[1];
      return without.includes(section) ? whole : `<palabre-comments${attributes} api-key="${key}">`;
    });
    files.set(name, Buffer.from(text));
  }
}

// --- Links --------------------------------------------------------------------------------------

const tag_pattern = /<!--[\s\S]*?-->|<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;
const link_pattern = /(\s(?:href|src|poster|action)\s*=\s*)("([^"]*)"|'([^']*)')/gi;
const css_pattern = /(url\(\s*["']?)([^"')]+)(["']?\s*\))/gi;

// Calls change(address) for each address of a page or style sheet, and returns the changed text.
function mapLinks(name, text, change) {
  if (name.endsWith('.css')) {
    return text.replace(css_pattern, (_, open, address, close) => open + change(address) + close);
  }
  return text.replace(tag_pattern, (tag) => {
    if (tag.startsWith('<!--')) return tag;
    return tag.replace(link_pattern, (_, before, quoted, double, single) => {
      const quote = quoted[0];
      return before + quote + change(double ?? single) + quote;
    });
  });
}

// Where an address leads inside the site: {path, fragment}, or undefined when it leads outside.
function target(from, address) {
  const page = new URL(from, 'http://site.invalid/');
  const url = new URL(address.replaceAll('&amp;', '&'), page);
  if (url.origin !== page.origin) return undefined;
  return {
    path: decodeURIComponent(url.pathname).slice(1),
    fragment: decodeURIComponent(url.hash).slice(1),
  };
}

// The file that answers for a path, as a static host would choose it.
function fileFor(files, wanted) {
  const candidates = [wanted, path.posix.join(wanted, 'index.html')];
  return candidates.find((name) => files.has(name));
}

function checkLinks(files, { widgetElsewhere }) {
  const faults = [];
  for (const [name, bytes] of files) {
    if (!/\.(html|css)$/.test(name)) continue;
    mapLinks(name, bytes.toString(), (address) => {
      const fault = faultOf(files, name, address, widgetElsewhere);
      if (fault) faults.push(fault);
      return address;
    });
  }
  return faults;
}

function faultOf(files, name, address, widgetElsewhere) {
  let wanted;
  try {
    wanted = target(name, address);
  } catch {
    return `${name}: "${address}" is not an address.`;
  }
  if (!wanted || (widgetElsewhere && wanted.path === 'palabre.js')) return undefined;

  const file = fileFor(files, wanted.path);
  if (!file) return `${name}: "${address}" leads nowhere, no file answers for it.`;
  if (wanted.fragment && file.endsWith('.html') && !hasId(files.get(file), wanted.fragment)) {
    return `${name}: "${address}" leads to ${file}, where nothing has the id "${wanted.fragment}".`;
  }
  return undefined;
}

function hasId(bytes, id) {
  return new RegExp(`\\sid=["']?${id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["'\\s>]`).test(bytes);
}

// --- Names made from content --------------------------------------------------------------------

// Style sheets come after what they name, pages last, so that each digest covers the final bytes.
// The two files of the widget: under their own names too, for who includes them from elsewhere.
const widget_files = ['palabre.js', 'palabre-own.js'];

function fingerprint(files) {
  const published = new Map();
  const renamed = new Map();
  const rank = (name) =>
    name.endsWith('.html') ? 2 : name.endsWith('.css') || name === 'palabre.js' ? 1 : 0;
  const ordered = [...files].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  for (const [name, bytes] of ordered) {
    const final = rank(name) > 0 ? rewritten(name, bytes, files, renamed) : bytes;
    const published_name = /\.(css|js|svg)$/.test(name) ? named(name, final) : name;
    renamed.set(name, published_name);
    published.set(published_name, final);
  }
  return published;
}

function named(name, bytes) {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return name.replace(/\.(\w+)$/, `.${digest}.$1`);
}

function rewritten(name, bytes, files, renamed) {
  if (name === 'palabre.js') {
    const own = renamed.get('palabre-own.js');
    return own ? Buffer.from(bytes.toString().replace(/palabre-own\.js(\?v=\w+)?/, own)) : bytes;
  }
  const text = mapLinks(name, bytes.toString(), (address) => {
    const wanted = target(name, address);
    const file = wanted && fileFor(files, wanted.path);
    const new_name = file && renamed.get(file);
    if (!new_name || new_name === file) return address;
    return `/${new_name}${/[?#].*$/.exec(address)?.[0] ?? ''}`;
  });
  return Buffer.from(text);
}

// --- What needs the site's own address ----------------------------------------------------------

function pagesOf(files) {
  return [...files.keys()].filter((name) => name.endsWith('.html'));
}

function addOrigin(files, origin) {
  const addresses = [];
  for (const name of pagesOf(files)) {
    const text = files.get(name).toString();
    const own = /<link rel="canonical" href="(\/[^"]*)"/.exec(text)?.[1];
    if (own && !/<meta name="robots" content="noindex/.test(text)) addresses.push(origin + own);
    const whole = text
      .replace(/(<link rel="canonical" href=")(?=\/)/, `$1${origin}`)
      .replace(/(<meta property="og:(?:url|image)" content=")(?=\/)/g, `$1${origin}`);
    files.set(name, Buffer.from(whole));
  }
  const entries = addresses.sort().map((address) => `  <url><loc>${address}</loc></url>\n`);
  files.set('sitemap.xml', Buffer.from(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('')}</urlset>\n`,
  ));
}

// --- The output folder --------------------------------------------------------------------------

// Makes the folder ready, and never removes what an earlier build did not write.
function prepare(out, source) {
  const folder = path.resolve(out);
  const inside = path.relative(path.resolve(source), folder);
  if (inside === '' || !(inside.startsWith('..') || path.isAbsolute(inside))) {
    throw new SiteError(`${out} is inside the site itself; choose a folder elsewhere.`);
  }
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) clear(folder, out);
  return folder;
}

function clear(folder, shown) {
  const list = path.join(folder, manifest_name);
  if (!fs.existsSync(list)) {
    throw new SiteError(`${shown} holds files of somebody else; choose an empty folder.`);
  }
  for (const name of fs.readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
    const file = path.resolve(folder, name);
    if (file.startsWith(folder + path.sep)) fs.rmSync(file, { force: true });
  }
}

function write(files, folder) {
  const names = [...files.keys()].sort();
  for (const name of names) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, files.get(name));
  }
  fs.writeFileSync(path.join(folder, manifest_name), `${names.join('\n')}\n`);
}

// --- The command --------------------------------------------------------------------------------

function parse(words) {
  const options = { withoutKey: [] };
  const names = { '--widget': 'widget', '--base': 'base', '--api-key': 'apiKey' };
  for (let i = 0; i < words.length; ++i) {
    const word = words[i];
    if (names[word] || word === '--without-key') {
      if (words[i + 1] === undefined) throw new SiteError(`${word} needs a value.\n${usage}`);
      if (names[word]) options[names[word]] = words[++i];
      else options.withoutKey.push(words[++i]);
    } else if (word.startsWith('-') || options.out !== undefined) {
      throw new SiteError(`"${word}" is not understood.\n${usage}`);
    } else {
      options.out = word;
    }
  }
  if (options.out === undefined) throw new SiteError(usage);
  return options;
}

function main(words) {
  try {
    const options = parse(words);
    const { pages, files } = build(options);
    const widget = options.widget ? 'with the widget' : 'without the widget (see --widget)';
    console.log(`Built ${pages} pages, ${files} files in all, ${widget}, into ${options.out}.`);
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2));
}
