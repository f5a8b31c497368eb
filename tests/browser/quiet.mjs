// SPDX-License-Identifier: MIT
// Pages ask for nothing, complain of nothing, run nothing of what is in their
// texts, and show all of these in each view, and without script.
import { holds, same, test } from './check.mjs';
import { said, seen, show } from './reading.mjs';
import { versions } from './texts.mjs';

const VIEWS = ['inline', 'side', 'old', 'new'];

// By what `find` sees of an old and a new text in a view.
async function complete(page, name, view) {
  const texts = versions()[name];
  for (const [k, side] of ['old', 'new'].entries()) {
    if ((view === 'old' || view === 'new') && view !== side) continue;
    // What moved is at its new place alone where both versions are in one.
    const sorted = view === 'inline';
    same(await page.run(seen, side, view, sorted), said(texts[k], sorted),
      `${name}, ${view}, ${side}`);
  }
}

// Changes alone: nothing twice, and all that is inserted or deleted.
async function changed(page, name) {
  for (const [k, side] of ['old', 'new'].entries()) {
    const shown = await page.run(seen, side, 'inline', false);
    const left = new Map();
    for (const c of said(versions()[name][k])) left.set(c, (left.get(c) || 0) + 1);
    for (const c of shown) left.set(c, (left.get(c) || 0) - 1);
    same([...left].filter(([, n]) => n < 0), [], `${name}, changes, ${side}: shown twice`);
    const words = await page.run((s) => [...document.querySelectorAll(s === 'old' ? 'main del' : 'main ins')]
      .filter((e) => !e.closest('.q') && !e.checkVisibility()).map((e) => e.textContent), side);
    same(words, [], `${name}, changes, ${side}: not shown`);
  }
}

export default async function quiet(browser, pages) {
  for (const name of Object.keys(versions())) {
    await test(`${name}: every character stands once in every view`, async () => {
      const page = await browser.open(pages[name]);
      await page.run(() => {
        for (const d of document.querySelectorAll('main details')) d.open = true;
      });
      for (const view of VIEWS.slice(1)) {
        await page.run(show, view);
        await complete(page, name, view);
      }
      await page.run(() => document.querySelector('[name=rf]').click());
      for (const view of VIEWS) {
        await page.run(show, view);
        await complete(page, name, view);
      }
      await page.run(show, 'changes');
      await changed(page, name);
      await page.run(show, 'inline');
      await complete(page, name, 'inline');
      same(page.troubles, [], 'troubles');
      await page.close();
    });
    await test(`${name}: without script every character is there, in order`, async () => {
      const page = await browser.open(pages[name], { script: false });
      await page.run(() => {
        for (const d of document.querySelectorAll('details')) d.open = true;
        for (const e of document.querySelectorAll('del.rf,.cp'))
          e.style.setProperty('display', 'inline', 'important');
      });
      await complete(page, name, 'none');
      holds(await page.run(() => !document.querySelector('.bar').checkVisibility()),
        'a bar of buttons that do nothing');
      same(page.troubles.filter((t) => !/script execution is disabled/i.test(t)), [], 'troubles');
      await page.close();
    });
  }
  await test('the table of a collation has each version whole in its column, and is quiet', async () => {
    const page = await browser.open(pages.table);
    const texts = versions().demo;
    for (const [column, text] of texts.entries())
      same(await page.run((c) => [...document.querySelectorAll('tbody tr')].map((row) => {
        const cell = row.cells[c + 1].cloneNode(true);
        if (cell.className === 'no') return '';
        cell.querySelectorAll('del,em,.x').forEach((e) => e.remove());
        return cell.textContent;
      }).join('').replace(/\s+/g, '').split('').sort().join(''), column), said(text, true), `column ${column}`);
    same(page.troubles, []);
    await page.close();
  });
  await test('what is markup in a text is text in the page', async () => {
    const page = await browser.open(pages.harm);
    same(await page.run(() => [typeof window.harmed,
      document.querySelectorAll('main img, main script, main style, main iframe, main h1').length,
      [...document.querySelectorAll('a')].filter((a) => !a.getAttribute('href').startsWith('#')).length,
      /[\u202A-\u202E\u2066-\u2069\u0007\u001b]/.test(document.body.textContent)]),
    ['undefined', 0, 0, false]);
    await page.run(() => document.querySelectorAll('main a').forEach((a) => a.click()));
    same(await page.run(() => typeof window.harmed), 'undefined');
    same(page.troubles, [], 'troubles');
    await page.close();
  });
}
