'use strict';
(() => {
  const doc = document, root = doc.documentElement, main = doc.querySelector('main');
  const all = (what, where) => [...(where || doc).querySelectorAll(what)];
  const rows = all('.r', main);
  const views = ['inline', 'side', 'changes', 'old', 'new'];
  const off = new Set();
  let view = 'inline', reformatted = false, current = null, split = false;
  root.classList.add('js');

  const isChange = (r) => r.dataset.op !== 'unchanged' && !r.classList.contains('q')
    && !(view === 'old' && r.dataset.side === 'new') && !(view === 'new' && r.dataset.side === 'old')
    && r.getClientRects().length > 0;
  const changes = () => rows.filter(isChange);
  const open = (r) => { const d = r.closest('details.st'); if (d) d.open = true; };

  function apply() {
    for (const r of rows) {
      const w = (r.dataset.w || '').split(' ').filter(Boolean);
      const moved = 'moved' in r.dataset;
      let quiet = r.dataset.op !== 'unchanged' && off.has(r.dataset.op);
      if (moved) quiet = off.has('moved') && (r.dataset.op === 'unchanged' || off.has(r.dataset.op));
      if (!quiet && w.length) quiet = w.every((x) => off.has(x));
      r.classList.toggle('q', quiet);
    }
    for (const v of views) root.classList.toggle(v, v === view);
    root.classList.toggle('rf-on', reformatted);
    for (const b of all('[data-view]')) b.setAttribute('aria-pressed', b.dataset.view === view);
    for (const c of all('.pop input')) c.checked = c.name === 'rf' ? reformatted : !off.has(c.name);
    if (view === 'side') { twoColumns(); wires(); }
    strip();
  }

  function twoColumns() {
    if (split) return;
    split = true;
    for (const r of rows) {
      const t = r.querySelector('.t');
      if (r.dataset.side === 'old') { t.classList.add('L'); continue; }
      if (r.dataset.side === 'new') { t.classList.add('R'); continue; }
      const left = t.cloneNode(true);
      left.classList.add('L', 'twin');
      for (const e of all('[id]', left)) e.removeAttribute('id');
      t.classList.add('R');
      t.before(left);
    }
  }

  function oneColumn() {
    if (!split) return;
    split = false;
    for (const e of all('.twin', main)) e.remove();
    for (const e of all('.L,.R', main)) e.classList.remove('L', 'R');
  }

  function wires() {
    const box = main.getBoundingClientRect(), svg = doc.querySelector('.wires');
    if (!svg) return;
    svg.replaceChildren();
    let count = 0;
    for (const r of all('.r[data-side=old][data-moved]', main)) {
      const to = doc.getElementById(r.dataset.m);
      const target = to && to.closest('.r');
      if (!target || count++ > 200) continue;
      const a = r.querySelector('.t').getBoundingClientRect();
      const b = target.querySelector('.R').getBoundingClientRect();
      const x1 = a.right - box.left, y1 = a.top + 16 - box.top, x2 = b.left - box.left, y2 = b.top + 16 - box.top;
      const path = doc.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', `M${x1} ${y1}C${x1 + 40} ${y1} ${x2 - 40} ${y2} ${x2} ${y2}`);
      svg.append(path);
    }
  }

  function strip() {
    const s = doc.querySelector('.strip');
    if (!s) return;
    const height = root.scrollHeight, list = changes(), step = Math.ceil(list.length / 300) || 1;
    s.replaceChildren(...list.filter((r, k) => k % step === 0).map((r) => {
      const a = doc.createElement('a');
      a.href = '#' + anchor(r);
      a.tabIndex = -1;
      a.className = 'moved' in r.dataset ? 'mvd' : r.dataset.op;
      a.style.top = 100 * (r.getBoundingClientRect().top + scrollY) / height + '%';
      a.addEventListener('click', (e) => { e.preventDefault(); go(r); });
      return a;
    }));
  }

  const anchor = (r) => r.id || (r.querySelector('.t:not(.twin) [id]') || {}).id || '';

  function save(at) {
    const parts = [at || ''];
    if (view !== 'inline') parts.push(view);
    if (reformatted) parts.push('rf');
    for (const name of off) parts.push('-' + name);
    const hash = parts.join(',');
    history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
  }

  function go(r) {
    if (!r) return;
    open(r);
    if (current) current.classList.remove('cur');
    current = r;
    r.classList.add('cur');
    r.tabIndex = -1;
    r.focus({ preventScroll: true });
    r.scrollIntoView({ block: 'center' });
    save(anchor(r));
  }

  function turn(by) {
    const list = changes();
    if (!list.length) return;
    let k = current ? list.indexOf(current) : -1;
    if (k < 0) {
      const middle = innerHeight / 2;
      k = list.findIndex((r) => r.getBoundingClientRect().top > (current ? middle : 0));
      k = k < 0 ? list.length : k;
      go(list[Math.min(by > 0 ? k : Math.max(k - 1, 0), list.length - 1)]);
    } else go(list[(k + by + list.length) % list.length]);
  }

  function show(next) {
    if (view === 'side' && next !== 'side') oneColumn();
    view = next;
    apply();
    save(current ? anchor(current) : '');
    if (current) current.scrollIntoView({ block: 'center' });
  }

  function partner() {
    const r = current || changes().find((x) => 'moved' in x.dataset);
    const to = r && r.dataset.m && doc.getElementById(r.dataset.m);
    if (to) go(to.closest('.r'));
  }

  const help = doc.querySelector('dialog');
  const ask = () => { if (help.open) help.close(); else help.showModal(); };
  doc.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
    const keys = { n: () => turn(1), p: () => turn(-1), m: partner, '?': ask,
      v: () => show(views[(views.indexOf(view) + 1) % views.length]) };
    if (help && help.open && e.key !== '?') return;
    if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
  });
  doc.addEventListener('click', (e) => {
    const b = e.target.closest('button');
    if (b && b.dataset.view) show(b.dataset.view);
    else if (b && b.dataset.go) turn(+b.dataset.go);
    else if (b && 'help' in b.dataset) ask();
    const a = e.target.closest('a[href^="#"]');
    const to = a && doc.getElementById(a.getAttribute('href').slice(1));
    if (to && main.contains(to) && to !== main) { e.preventDefault(); go(to.closest('.r')); }
    for (const d of all('.bar details[open]')) if (!d.contains(e.target)) d.open = false;
  });
  doc.addEventListener('change', (e) => {
    const c = e.target;
    if (!c.closest('.pop')) return;
    if (c.name === 'rf') reformatted = c.checked;
    else if (c.checked) off.delete(c.name);
    else off.add(c.name);
    apply();
    save(current ? anchor(current) : '');
  });
  let timer;
  addEventListener('resize', () => { clearTimeout(timer); timer = setTimeout(() => { strip(); if (view === 'side') wires(); }, 120); });
  doc.addEventListener('toggle', () => { strip(); if (view === 'side') wires(); }, true);
  addEventListener('beforeprint', () => { for (const d of all('details.st')) d.open = true; });

  function restore() {
    const parts = decodeURIComponent(location.hash.slice(1)).split(',');
    off.clear();
    reformatted = false;
    let next = 'inline';
    for (const p of parts.slice(1)) {
      if (views.includes(p)) next = p;
      else if (p === 'rf') reformatted = true;
      else if (p[0] === '-') off.add(p.slice(1));
    }
    if (view === 'side' && next !== 'side') oneColumn();
    view = next;
    apply();
    const to = parts[0] && doc.getElementById(parts[0]);
    if (to && to.closest('.r')) go(to.closest('.r'));
  }
  addEventListener('hashchange', restore);
  restore();
})();
