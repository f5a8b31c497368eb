// SPDX-License-Identifier: MIT
// A page is used: keys, buttons, filters, links, what the address keeps.
import { holds, same, test } from './check.mjs';
import { show } from './reading.mjs';

// Where the reader is, as the address says.
const place = () => decodeURIComponent(location.hash.slice(1)).split(',')[0];
const state = () => decodeURIComponent(location.hash.slice(1)).split(',').slice(1).join(',');
const pressed = () => [...document.querySelectorAll('[aria-pressed=true]')].map((b) => b.dataset.view);
const current = () => {
  const r = document.querySelector('main .cur');
  const b = r && r.getBoundingClientRect();
  return r && { op: r.dataset.op || 'story', focused: document.activeElement === r || r.contains(document.activeElement),
    seen: b.top >= 0 && b.bottom <= innerHeight };
};
const settle = () => new Promise((done) => setTimeout(done, 250));
// The anchors of the changes in reading order, a folded story being one.
const stops = () => [...document.querySelectorAll('main .r, main details.st')]
  .filter((r) => !r.parentElement.closest('details.st:not([open])'))
  .filter((r) => (r.matches('details') ? !r.open
    : 'moved' in r.dataset ? r.dataset.side === 'new' : r.dataset.op !== 'unchanged'))
  .map((r) => (r.id ? r.id : r.querySelector('[id]').id));

export default async function keys(browser, pages) {
  await test('n and p go from change to change, around the ends', async () => {
    const page = await browser.open(pages.demo);
    const all = await page.run(stops);
    const went = [];
    for (let k = 0; k <= all.length; k++) {
      await page.key('n');
      went.push(await page.run(place));
      const at = await page.run(current);
      holds(at.seen && at.focused, `${went.at(-1)} is not shown and focused: ${JSON.stringify(at)}`);
    }
    same(went, [...all, all[0]]);
    await page.key('p');
    same(await page.run(place), all.at(-1));
    await page.key('p');
    same(await page.run(place), all.at(-2));
    same(await page.run(() => document.querySelectorAll('.cur').length), 1);
    same(page.troubles, []);
    await page.close();
  });
  await test('the buttons do as the keys, and tell how far the reader is', async () => {
    const page = await browser.open(pages.demo);
    const all = await page.run(stops);
    await page.click('[data-go="1"]');
    await page.click('[data-go="1"]');
    same(await page.run(place), all[1]);
    same(await page.run(() => document.querySelector('.pos').textContent), `2 of ${all.length}`);
    await page.click('[data-go="-1"]');
    same(await page.run(place), all[0]);
    for (const view of ['side', 'changes', 'old', 'new', 'inline']) {
      await page.click(`[data-view=${view}]`);
      same(await page.run(pressed), [view]);
    }
    await page.close();
  });
  await test('v shows one view after another, and the address keeps it', async () => {
    const page = await browser.open(pages.demo);
    for (const view of ['side', 'changes', 'old', 'new', 'inline']) {
      await page.key('v');
      same([await page.run(pressed), await page.run(state)], [[view], view === 'inline' ? '' : view]);
    }
    await page.close();
  });
  await test('m goes to the other place of what moved, and back', async () => {
    const page = await browser.open(pages.demo);
    await page.key('m');
    const first = await page.run(place);
    await page.key('m');
    const second = await page.run(place);
    holds(first !== second && first && second, `${first} and ${second}`);
    await page.key('m');
    same(await page.run(place), first);
    await page.close();
  });
  for (const name of ['demo', 'merged']) {
    await test(`${name}: what moved is linked at both ends`, async () => {
      const page = await browser.open(pages[name]);
      const moved = await page.run(() => [...document.querySelectorAll('.r[data-moved]')].map((r) => {
        const to = document.getElementById(r.dataset.m)?.closest('.r');
        const here = (r.id || r.querySelector('.t [id]')?.id);
        return { side: r.dataset.side, back: to?.dataset.m === here,
          text: r.querySelector('.mv').textContent.replace(/\d+(–\d+)?/, 'N'),
          link: r.querySelector('.mv').getAttribute('href') === '#' + r.dataset.m };
      }));
      holds(moved.length >= 2, 'nothing moved');
      for (const row of moved)
        same(row, { side: row.side, back: true, link: true,
          text: row.side === 'old' ? 'moved to ¶N' : 'moved from ¶N' });
      // Each view that shows the place says so there.
      for (const view of ['inline', 'side', 'changes', 'old']) {
        await page.run(show, view);
        same(await page.run(() => [...document.querySelectorAll('.r[data-side=old][data-moved]')]
          .filter((r) => [...r.querySelectorAll('a.mv')].filter((a) => a.checkVisibility()).length !== 1).length), 0, view);
      }
      await page.run(show, 'inline');
      await page.click('.r[data-side=new] a.mv');
      const old = await page.run(() => document.querySelector('.cur').dataset.side);
      await page.click('.cur a.mv:not(.to)');
      same([old, await page.run(() => document.querySelector('.cur').dataset.side)], ['old', 'new']);
      await page.close();
    });
  }
  await test('keys are told and closed again by ?, Escape and a button', async () => {
    const page = await browser.open(pages.demo);
    const open = () => document.querySelector('dialog').open;
    await page.key('?');
    same(await page.run(open), true);
    await page.key('n');
    same(await page.run(place), '', 'n under the keys');
    await page.key('Escape');
    same(await page.run(open), false);
    await page.click('.bar [data-help]');
    same(await page.run(open), true);
    await page.click('dialog [data-help]');
    same(await page.run(open), false);
    await page.close();
  });
  await test('Escape closes the filters and gives the focus back', async () => {
    const page = await browser.open(pages.demo);
    await page.click('.bar summary');
    same(await page.run(() => document.querySelector('.bar details').open), true);
    await page.key('Escape');
    same(await page.run(() => [document.querySelector('.bar details').open,
      document.activeElement.tagName]), [false, 'SUMMARY']);
    await page.close();
  });
  for (const name of ['demo', 'merged', 'scripts']) {
    await test(`${name}: filters count what they hide`, async () => {
      const page = await browser.open(pages[name]);
      const boxes = await page.run(() => [...document.querySelectorAll('.pop label')].map((l) => {
        const name = l.querySelector('input').name;
        const rows = [...document.querySelectorAll('.r')].filter((r) => (name === 'moved'
          ? r.dataset.side === 'new' && 'moved' in r.dataset
          : r.dataset.op === name || (r.dataset.w || '').split(' ').includes(name)));
        return { name, count: +l.querySelector('.c')?.textContent, rows: rows.length };
      }).filter((b) => b.name !== 'rf'));
      holds(boxes.length > 1, 'no filters');
      for (const { name: what, count, rows } of boxes) same(count, rows, what);
      for (const { name: what } of boxes) {
        const after = await page.run((w) => {
          const box = document.querySelector(`.pop [name=${w}]`);
          const marked = () => [...document.querySelectorAll('.r')].filter((r) => !r.classList.contains('q')
            && (r.dataset.op === w || (w === 'moved' && r.dataset.side === 'new' && 'moved' in r.dataset && r.dataset.op === 'unchanged')
            || (r.dataset.w || '').trim() === w) && r.checkVisibility()
            && getComputedStyle(r.querySelector('ins,del,.t')).backgroundColor).length;
          box.click();
          const left = marked();
          const hash = decodeURIComponent(location.hash);
          box.click();
          return { left, kept: hash.includes('-' + w), gone: location.hash };
        }, what);
        // What moved and changed stays for the one while the other is hidden.
        const both = await page.run((w) => document.querySelectorAll(`.r[data-moved][data-op=${w}]`).length, what);
        holds(after.left <= both && after.kept && after.gone === '', `${what}: ${JSON.stringify(after)}`);
      }
      same(page.troubles, []);
      await page.close();
    });
  }
  await test('the address brings view, filters and place back', async () => {
    const page = await browser.open(pages.demo);
    await page.run(show, 'side');
    await page.run(() => {
      document.querySelector('[name=removed]').click();
      document.querySelector('[name=rf]').click();
    });
    await page.key('n');
    await page.key('n');
    const before = await page.run(() => [location.href, document.querySelector('.cur').innerText,
      document.querySelectorAll('.q').length]);
    const again = await browser.open(pages.demo, { hash: before[0].replace(/^[^#]*/, '') });
    same(await again.run(() => [location.href, document.querySelector('.cur').innerText,
      document.querySelectorAll('.q').length]), before);
    same(await again.run(pressed), ['side']);
    same(await again.run(() => [...document.querySelectorAll('.pop input')]
      .filter((b) => b.checked === (b.name === 'rf')).map((b) => b.name)), ['removed', 'rf']);
    await page.close();
    await again.close();
  });
  await test('an anchor that is cited is shown, in a folded story too', async () => {
    const folded = await browser.open(pages.demo, { script: false });
    const id = await folded.run(() => document.querySelector('details.st .t [id]').id);
    await folded.close();
    const page = await browser.open(pages.demo, { hash: '#' + id });
    await page.run(settle);
    same(await page.run(() => [document.querySelector('details.st').open,
      document.querySelector('.cur').querySelector('.t [id]').id]), [true, id]);
    await page.close();
  });
  await test('every paragraph of either version has an anchor of its own', async () => {
    const page = await browser.open(pages.demo);
    same(await page.run(() => {
      const ids = [...document.querySelectorAll('main [id]')].map((e) => e.id);
      const links = [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href').slice(1));
      return [new Set(ids).size === ids.length, links.filter((l) => !document.getElementById(l)),
        ids.filter((i) => i[0] === 'n').length];
    }), [true, [], 19]);
    await page.close();
  });
  await test('a repeated paragraph is linked to its twin, and back', async () => {
    const page = await browser.open(pages.merged);
    const twins = await page.run(() => [...document.querySelectorAll('.m a')]
      .filter((a) => /repeats|again at/.test(a.textContent))
      .map((a) => a.textContent.replace(/\d+/, 'N')));
    same(twins, ['again at ¶N', 'repeats ¶N']);
    await page.run(() => [...document.querySelectorAll('.m a')].find((a) => /^repeats/.test(a.textContent)).click());
    same(await page.run(place), 'n2');
    await page.close();
  });
  await test('what the digest says is linked to its place', async () => {
    const page = await browser.open(pages.demo);
    await page.click('.digest a');
    same(await page.run(place), 'n1');
    same(await page.run(() => [...document.querySelectorAll('.digest li')].map((li) => {
      li.querySelector('a')?.click();
      const cur = document.querySelector('.cur');
      return [li.textContent.match(/^[^:]*/)[0], li.querySelector('a') ? cur.dataset.op : 'nowhere',
        'moved' in cur.dataset];
    }).slice(-4)), [['story appended (8 paragraphs)', 'added', false], ['1 paragraph added, 2 removed', 'removed', false],
      ['1 paragraph moved', 'edited', true], ['1 other edit, 1 paragraph split, 1 paragraph reformatted', 'edited', false]]);
    await page.close();
  });
  await test('reformatting is shown on demand alone', async () => {
    const page = await browser.open(pages.demo);
    const shown = () => [...document.querySelectorAll('del.rf')].filter((d) => d.checkVisibility()).length;
    same(await page.run(shown), 0);
    await page.run(() => document.querySelector('[name=rf]').click());
    holds(await page.run(shown) > 0, 'nothing of it is shown');
    await page.close();
  });
  await test('the strip shows each change and goes there', async () => {
    const page = await browser.open(pages.demo);
    await page.run(settle);
    const all = await page.run(stops);
    same(await page.run(() => document.querySelectorAll('.strip a').length), all.length);
    same(await page.run(() => [...document.querySelectorAll('.strip a')].map((a) => a.tabIndex)
      .filter((t) => t !== -1)), []);
    await page.click('.strip a:nth-child(4)');
    same(await page.run(place), all[3]);
    await page.close();
  });
  await test('side by side a line joins the two places of what moved', async () => {
    const page = await browser.open(pages.demo, { width: 1200 });
    await page.run(show, 'side');
    await page.run(settle);
    const wires = await page.run(() => {
      const main = document.querySelector('main').getBoundingClientRect();
      return [...document.querySelectorAll('.r[data-side=old][data-moved]')].map((r, k) => {
        const path = document.querySelectorAll('.wires path')[k];
        const [a, b] = [path.getPointAtLength(0), path.getPointAtLength(path.getTotalLength())];
        const from = r.querySelector('.t').getBoundingClientRect();
        const to = document.getElementById(r.dataset.m).closest('.t').getBoundingClientRect();
        const inside = (p, box) => p.y + main.top >= box.top && p.y + main.top <= box.bottom;
        return [inside(a, from), inside(b, to), a.x < b.x];
      });
    });
    same(wires, [[true, true, true], [true, true, true]]);
    await page.close();
  });
  await test('side by side each row is level, and below 1000 pixels there is one column', async () => {
    const page = await browser.open(pages.demo, { width: 1000, hash: '#,side' });
    const level = () => [...document.querySelectorAll('.r:not([data-side])')]
      .filter((r) => r.checkVisibility() && r.querySelector('.L')).map((r) => {
        const [l, n] = [r.querySelector('.L'), r.querySelector('.R')].map((e) => e.getBoundingClientRect());
        return l.right <= n.left && Math.abs(l.top - n.top) < 1;
      });
    const wide = await page.run(level);
    holds(wide.length > 5 && wide.every(Boolean), `columns: ${wide}`);
    await page.size(990, 800);
    await page.run(settle);
    same(await page.run(() => [document.querySelectorAll('.L,.R').length,
      document.querySelector('[data-view=side]').checkVisibility(), location.hash]), [0, false, '#,side']);
    await page.size(1000, 800);
    await page.run(settle);
    same((await page.run(level)).length, wide.length);
    await page.close();
  });
  for (const [name, op] of [['demo', 'split'], ['merged', 'merged']]) {
    await test(`what was ${op} has a bracket, in both columns`, async () => {
      const page = await browser.open(pages[name]);
      const bracket = (o) => [...document.querySelectorAll(`.r[data-op=${o}]:not([data-side]) > .t`)].map((t) => {
        const s = getComputedStyle(t, '::before');
        return [s.borderTopStyle, s.borderLeftStyle, s.borderBottomStyle].join();
      });
      same(await page.run(bracket, op), ['solid,solid,solid']);
      await page.run(show, 'side');
      same(await page.run(bracket, op), ['solid,solid,solid', 'solid,solid,solid']);
      await page.close();
    });
  }
  await test('changes alone are shown on demand, moves among them', async () => {
    const page = await browser.open(pages.demo, { hash: '#,changes' });
    same(await page.run(() => {
      const shown = [...document.querySelectorAll('.r')].filter((r) => r.checkVisibility());
      return [shown.filter((r) => r.dataset.op === 'unchanged' && !('moved' in r.dataset)).length,
        shown.filter((r) => r.dataset.side === 'new' && 'moved' in r.dataset).length,
        [...document.querySelectorAll('.fold')].every((f) => f.checkVisibility())];
    }), [0, 2, true]);
    await page.close();
  });
  await test('the focus goes through the page as it is read, and is seen', async () => {
    const page = await browser.open(pages.demo);
    const seen = [];
    for (let k = 0; k < 24; k++) {
      await page.key('Tab');
      seen.push(await page.run(() => {
        const e = document.activeElement, before = window.before;
        window.before = e;
        return { what: (e.className || e.tagName) + ' ' + e.textContent.slice(0, 19),
          outlined: getComputedStyle(e).outlineStyle !== 'none',
          after: !before || Boolean(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) };
      }));
    }
    same(seen.filter((s) => !s.outlined || !s.after), []);
    same([seen[0].what, seen[1].what], ['skip To the text', 'A headline: rejects →']);
    await page.close();
  });
  await test('the first link of all goes to the text and leaves the view', async () => {
    const page = await browser.open(pages.demo, { hash: '#,new' });
    await page.key('Tab');
    await page.key('Enter');
    await page.run(settle);
    same(await page.run(() => [document.activeElement.id, document.documentElement.classList.contains('new')]),
      ['text', true]);
    await page.close();
  });
}
