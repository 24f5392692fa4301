// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build, SiteError } from './build.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const rooms = [];
after(() => rooms.forEach((room) => fs.rmSync(room, { recursive: true })));

let room, source, out;
beforeEach(() => {
  room = fs.mkdtempSync(path.join(os.tmpdir(), 'palabre-site-'));
  rooms.push(room);
  source = path.join(room, 'source');
  out = path.join(room, 'out');
});

const put = (files) => {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(source, name)), { recursive: true });
    fs.writeFileSync(path.join(source, name), text);
  }
};
const small_site = () => put({
  'index.html': '<link rel="stylesheet" href="/style.css"><link rel="canonical" href="/">' +
    '<script type="module" src="/palabre.js"></script><a href="/suite/#fin">Suite</a>',
  'suite/index.html': '<link rel="canonical" href="/suite"><p id="fin">Fin</p><img src="../a.svg">',
  'perdu.html': '<meta name="robots" content="noindex"><link rel="canonical" href="/perdu.html">',
  'style.css': 'main { background: url("/a.svg") }',
  'a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
});
const listing = (folder) => fs.readdirSync(folder, { recursive: true }).map(String).sort()
  .filter((name) => fs.statSync(path.join(folder, name)).isFile());
const read = (name) => fs.readFileSync(path.join(out, name), 'utf8');
const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 10);
const widget_file = () => {
  const file = path.join(room, 'widget.js');
  fs.writeFileSync(file, 'export {};\n');
  return file;
};

describe('names made from content', () => {
  test('pages and style sheets follow the new names', () => {
    small_site();
    build({ source, out });
    const drawing = `a.${digest('<svg xmlns="http://www.w3.org/2000/svg"/>')}.svg`;
    const style = `style.${digest(`main { background: url("/${drawing}") }`)}.css`;
    assert.match(read('index.html'), new RegExp(`href="/${style}"`));
    assert.match(read('suite/index.html'), new RegExp(`src="/${drawing}"`));
    assert.match(read(style), new RegExp(`url\\("/${drawing}"\\)`));
    assert.ok(!fs.existsSync(path.join(out, 'style.css')));
  });

  test('the widget is there twice, under its own name too', () => {
    small_site();
    build({ source, out, widget: widget_file() });
    assert.equal(read('palabre.js'), 'export {};\n');
    assert.equal(read(`palabre.${digest('export {};\n')}.js`), 'export {};\n');
    assert.match(read('index.html'), new RegExp(`src="/palabre.${digest('export {};\n')}.js"`));
  });

  test('the widget asks for its second file by the name made from its content', () => {
    small_site();
    const widget = path.join(room, 'palabre.js');
    fs.writeFileSync(widget, 'import("./palabre-own.js?v=0123456789");\n');
    assert.throws(() => build({ source, out, widget }), /palabre-own\.js cannot be read/);
    fs.writeFileSync(path.join(room, 'palabre-own.js'), 'export {};\n');
    build({ source, out, widget });
    const main = `import("./palabre-own.${digest('export {};\n')}.js");\n`;
    assert.equal(read(`palabre.${digest(main)}.js`), main);
    assert.equal(read(`palabre-own.${digest('export {};\n')}.js`), 'export {};\n');
    assert.equal(read('palabre-own.js'), 'export {};\n');
    assert.match(read('palabre.js'), /palabre-own\.js\?v=0123456789/);
  });

  test('two builds of the same site are the same, byte for byte', () => {
    small_site();
    const other = path.join(room, 'other');
    build({ source, out, widget: widget_file(), base: 'https://exemple.fr' });
    build({ source, out: other, widget: widget_file(), base: 'https://exemple.fr' });
    assert.deepEqual(listing(out), listing(other));
    for (const name of listing(out)) {
      assert.deepEqual(fs.readFileSync(path.join(other, name)), fs.readFileSync(path.join(out, name)));
    }
  });
});

describe('links that lead nowhere', () => {
  const cases = {
    'a page that is not there': ['<a href="/absent/">', /index\.html: "\/absent\/" leads nowhere/],
    'a drawing that is not there': ["<img src='b.svg'>", /"b\.svg" leads nowhere/],
    'an id that is not there': ['<a href="/suite/#debut">', /nothing has the id "debut"/],
    'something that is no address': ['<a href="http://[">', /"http:\/\/\[" is not an address/],
  };
  for (const [name, [html, message]] of Object.entries(cases)) {
    test(name, () => {
      small_site();
      put({ 'index.html': html });
      assert.throws(() => build({ source, out }), (error) =>
        error instanceof SiteError && message.test(error.message));
      assert.ok(!fs.existsSync(out), 'nothing is written');
    });
  }

  test('addresses elsewhere, queries and comments are left alone', () => {
    small_site();
    const html = '<a href="https://example.org/x"><a href="mailto:a@example.org">' +
      '<a href="/suite/?a=1&amp;b=2"><!-- <a href="/absent"> -->';
    put({ 'index.html': html });
    build({ source, out });
    assert.equal(read('index.html'), html);
  });

  test('a widget that cannot be read', () => {
    small_site();
    assert.throws(() => build({ source, out, widget: path.join(room, 'none.js') }), /Build it first/);
  });
});

describe('the API key', () => {
  const element = (section) => `<palabre-comments section="${section}"></palabre-comments>`;

  test('stands on every element but those of open sections, and only when asked for', () => {
    small_site();
    put({ 'index.html': element('a') + element('b') });
    build({ source, out });
    assert.equal(read('index.html'), element('a') + element('b'));
    build({ source, out, apiKey: 'plb_k_s', withoutKey: ['b'] });
    assert.equal(read('index.html'),
      '<palabre-comments section="a" api-key="plb_k_s"></palabre-comments>' + element('b'));
  });

  test('may be one that API Gateway made', () => {
    small_site();
    put({ 'index.html': element('a') });
    const apiKey = 'aB3'.repeat(13) + 'x';   // 40 characters, as it makes them
    build({ source, out, apiKey });
    assert.equal(read('index.html'), `<palabre-comments section="a" api-key="${apiKey}"></palabre-comments>`);
  });

  test('cannot leave its attribute', () => {
    small_site();
    for (const apiKey of ['plb_"><script>', 'a'.repeat(30) + '">', 'short', 'a'.repeat(129)]) {
      assert.throws(() => build({ source, out, apiKey }), /must be a key/);
    }
  });
});

describe('the output folder', () => {
  test('what an earlier build wrote is cleared, and nothing else', () => {
    small_site();
    build({ source, out });
    fs.writeFileSync(path.join(out, 'notes.txt'), 'mine');
    fs.rmSync(path.join(source, 'perdu.html'));
    build({ source, out });
    assert.ok(!fs.existsSync(path.join(out, 'perdu.html')));
    assert.equal(read('notes.txt'), 'mine');
  });

  test('a folder of somebody else is refused', () => {
    small_site();
    fs.mkdirSync(out);
    fs.writeFileSync(path.join(out, 'thesis.txt'), 'mine');
    assert.throws(() => build({ source, out }), /choose an empty folder/);
    assert.deepEqual(listing(out), ['thesis.txt']);
  });

  test('a list that points outside removes nothing there', () => {
    small_site();
    build({ source, out });
    fs.writeFileSync(path.join(room, 'precious.txt'), 'mine');
    fs.appendFileSync(path.join(out, '.palabre-site'), '../precious.txt\n');
    build({ source, out });
    assert.ok(fs.existsSync(path.join(room, 'precious.txt')));
  });

  test('the site cannot be built into itself', () => {
    small_site();
    for (const inside of [source, path.join(source, 'out')]) {
      assert.throws(() => build({ source, out: inside }), /choose a folder elsewhere/);
    }
  });
});

describe('the site map', () => {
  test('is written for a base only, without the pages that hide', () => {
    small_site();
    build({ source, out });
    assert.ok(!fs.existsSync(path.join(out, 'sitemap.xml')));
    build({ source, out, base: 'https://exemple.fr/' });
    assert.deepEqual(read('sitemap.xml').match(/https:\/\/exemple[^<]*/g),
      ['https://exemple.fr/', 'https://exemple.fr/suite']);
    assert.match(read('suite/index.html'), /rel="canonical" href="https:\/\/exemple\.fr\/suite"/);
  });

  for (const base of ['exemple.fr', 'ftp://exemple.fr', 'https://exemple.fr/blog', 'https://']) {
    test(`${base} is not a base`, () => {
      small_site();
      assert.throws(() => build({ source, out, base }), /--base must be an origin/);
    });
  }
});

test('the command says what it did, or what is wrong', () => {
  const run = (...words) =>
    spawnSync(process.execPath, [path.join(here, 'build.mjs'), ...words], { encoding: 'utf8' });
  const good = run(out);
  assert.equal(good.status, 0, good.stderr);
  assert.match(good.stdout, /^Built 8 pages, .*\n$/);
  for (const words of [[], [out, '--widget'], [out, '--frobnicate'], [out, 'more']]) {
    const bad = run(...words);
    assert.equal(bad.status, 1);
    assert.match(bad.stderr, /^.*Usage: node site\/build\.mjs/s);
  }
});

describe('the pages of this site', () => {
  const pages = listing(here).filter((name) => name.endsWith('.html'))
    .map((name) => [name, fs.readFileSync(path.join(here, name), 'utf8')]);
  const each = (check) => pages.forEach(([name, html]) => check(html, name));

  test('hold no script, style or handler of their own', () => each((html, name) => {
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i, name);
    assert.doesNotMatch(html, /(?:src|href)="(?:https?:)?\/\//, `${name} loads from elsewhere`);
  }));

  test('have one title each, and headings without a gap', () => each((html, name) => {
    assert.equal(html.match(/<h1/g)?.length, 1, name);
    let depth = 0;
    for (const [, level] of html.matchAll(/<h([1-6])/g)) {
      assert.ok(level <= depth + 1, `${name}: h${level} after h${depth}`);
      depth = Number(level);
    }
  }));

  test('are set as French is', () => each((html, name) => {
    const text = html.replace(/<code>.*?<\/code>/gs, '').replace(/<!--.*?-->/gs, '');
    const words = text.replace(/<[^>]*>/g, '\n');
    assert.doesNotMatch(words, /[a-zà-ÿ]'[a-zà-ÿ]/i, `${name}: a straight apostrophe`);
    assert.doesNotMatch(words, /« |[^\u202f]»| [;:!?]/, `${name}: a space that can break`);
  }));

  test('carry at least six sections, each counted somewhere', () => {
    const all = pages.map(([, html]) => html).join('');
    const sections = [...all.matchAll(/<palabre-comments section="([^"]+)"/g)].map((m) => m[1]);
    assert.ok(sections.length >= 6);
    assert.equal(new Set(sections).size, sections.length, 'no section stands on two pages');
    for (const section of sections) assert.match(all, new RegExp(`<palabre-count section="${section}"`));
  });
});
