'use strict';
(() => {
  const doc = document, root = doc.documentElement, main = doc.querySelector('main');
  const all = (what, where) => [...(where || doc).querySelectorAll(what)];
  const rows = all('.r', main), stories = all('details.st', main);
  const story = new Map(rows.map((r) => [r, r.closest('details.st')]));
  const places = all('.r,details.st', main);
  const views = ['inline', 'side', 'changes', 'old', 'new'];
  const roomy = matchMedia('(min-width:1000px)');
  const off = new Set();
  let view = 'inline', shown = 'inline', reformatted = false, current = null, split = false, list = null;
  root.classList.add('js');

  /* ---- what is a change, as the view and the filters have it ---- */

  const isChange = (r) => {
    if (r.localName === 'details')
      return !r.open && !(shown === 'old' ? r.classList.contains('added') : shown === 'new' && r.classList.contains('removed'));
    const { op, side } = r.dataset;
    if (r.classList.contains('q') || story.get(r)?.open === false) return false;
    if (shown === 'old' && (side === 'new' || op === 'added')) return false;
    if (shown === 'new' && (side === 'old' || op === 'removed')) return false;
    if ('moved' in r.dataset) return side === (shown === 'old' ? 'old' : 'new');
    return op !== 'unchanged';
  };
  const changes = () => list || (list = places.filter(isChange));
  const open = (r) => { if (story.get(r)) story.get(r).open = true; };

  function sift() {
    for (const r of rows) {
      const w = (r.dataset.w || '').split(' ').filter(Boolean);
      const moved = 'moved' in r.dataset;
      let quiet = r.dataset.op !== 'unchanged' && off.has(r.dataset.op);
      if (moved) quiet = off.has('moved') && (r.dataset.op === 'unchanged' || off.has(r.dataset.op));
      if (!quiet && w.length) quiet = w.every((x) => off.has(x));
      r.classList.toggle('q', quiet);
    }
  }

  function apply() {
    shown = view === 'side' && !roomy.matches ? 'inline' : view;
    if (shown === 'side') twoColumns();
    else oneColumn();
    for (const v of views) root.classList.toggle(v, v === shown);
    root.classList.toggle('rf-on', reformatted);
    for (const b of all('[data-view]')) b.setAttribute('aria-pressed', b.dataset.view === shown);
    for (const c of all('.pop input')) c.checked = c.name === 'rf' ? reformatted : !off.has(c.name);
    changed();
  }

  /* Where a row begins. Groups out of sight are not laid out inside, which would
     take long in a large page: there its place is a guess until they are. */
  function top(r) {
    const g = r.closest('.g');
    if (!g || r.checkVisibility({ contentVisibilityAuto: true })) return r.getBoundingClientRect().top;
    const box = g.getBoundingClientRect();
    return box.top + box.height * [...g.children].indexOf(r) / g.children.length;
  }

  /* ---- side by side ---- */

  function twoColumns() {
    if (split) return;
    split = true;
    for (const r of rows) {
      const t = r.querySelector('.t');
      t.classList.add(r.dataset.side === 'old' || r.dataset.op === 'removed' ? 'L' : 'R');
      if (r.dataset.side || r.dataset.op === 'removed' || r.dataset.op === 'added') continue;
      const left = t.cloneNode(true);
      left.classList.replace('R', 'L');
      left.classList.add('twin');
      for (const e of all('[id]', left)) e.removeAttribute('id');
      t.before(left);
    }
  }

  function oneColumn() {
    if (!split) return;
    split = false;
    for (const e of all('.twin', main)) e.remove();
    for (const e of all('.L,.R', main)) e.classList.remove('L', 'R');
  }

  const draw = (name, values) => {
    const e = doc.createElementNS('http://www.w3.org/2000/svg', name);
    for (const key in values) e.setAttribute(key, values[key]);
    return e;
  };

  /* A line for each move, in one of four lanes between the columns. */
  function wires() {
    const svg = doc.querySelector('.wires');
    if (!svg || shown !== 'side') return;
    const box = main.getBoundingClientRect(), lines = [], edges = new Map();
    const edge = (r) => {
      const at = story.get(r) || main;
      if (!edges.has(at)) {
        const [left, right] = ['L', 'R'].map((c) => at.querySelector(`.${c}`)?.getBoundingClientRect());
        edges.set(at, [(left || right).right - 14 - box.left, (right || left).left - 5 - box.left]);
      }
      return edges.get(at);
    };
    const hidden = (r) => r.classList.contains('q') || story.get(r)?.open === false;
    const moves = rows.filter((r) => r.dataset.side === 'old' && 'moved' in r.dataset && !hidden(r)).slice(0, 400);
    for (const [k, r] of moves.entries()) {
      const to = doc.getElementById(r.dataset.m).closest('.r');
      if (hidden(to)) continue;
      const x1 = edge(r)[0], x2 = edge(to)[1];
      const [y1, y2] = [r, to].map((e) => top(e) + 16 - box.top);
      const x = x1 + 6 + (x2 - x1 - 8) * (k % 4) / 4, bend = Math.min(10, Math.abs(y2 - y1) / 2) * Math.sign(y2 - y1);
      lines.push(draw('path', { d: `M${x1} ${y1}Q${x} ${y1} ${x} ${y1 + bend}V${y2 - bend}Q${x} ${y2} ${x2} ${y2}` }),
        draw('circle', { cx: x1, cy: y1, r: 3 }), draw('circle', { cx: x2, cy: y2, r: 3 }));
    }
    svg.replaceChildren(...lines);
  }

  /* ---- the strip, and how far the reader is ---- */

  let drawing = 0, stripping = 0;
  function redraw(wait) {
    clearTimeout(stripping);
    stripping = setTimeout(strip, wait);
    if (!drawing) drawing = requestAnimationFrame(() => { drawing = 0; wires(); });
  }
  function changed() {
    list = null;
    redraw(0);
    told();
  }

  function told() {
    const k = changes().indexOf(current), out = doc.querySelector('.pos');
    out.value = k < 0 ? changes().length + (changes().length === 1 ? ' change' : ' changes')
      : `${k + 1} of ${changes().length}`;
  }

  function strip() {
    const s = doc.querySelector('.strip');
    if (!s.checkVisibility()) return;
    const height = root.scrollHeight, step = Math.ceil(changes().length / 300) || 1;
    s.replaceChildren(...changes().filter((r, k) => k % step === 0).map((r) => {
      const a = doc.createElement('a');
      a.href = '#' + anchor(r);
      a.tabIndex = -1;
      a.className = 'moved' in r.dataset ? 'mvd' : r.dataset.op || r.classList[1];
      a.style.top = 100 * (top(r) + scrollY) / height + '%';
      a.row = r;
      return a;
    }));
    here();
  }
  function here() {
    for (const a of all('.strip a')) a.classList.toggle('here', a.row === current);
  }

  /* ---- going about ---- */

  const anchor = (r) => r.id || (r.querySelector('.t:not(.twin) [id],.r[id]') || {}).id || '';

  function save() {
    const parts = [current ? anchor(current) : ''];
    if (view !== 'inline') parts.push(view);
    if (reformatted) parts.push('rf');
    for (const name of off) parts.push('-' + name);
    const hash = parts.join(',');
    history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search);
  }

  function go(r) {
    if (!r) return;
    open(r);
    list = null;
    if (current) current.classList.remove('cur');
    current = r;
    r.classList.add('cur');
    const e = r.localName === 'details' ? r.firstChild : r;
    if (e === r) r.tabIndex = -1;
    e.focus({ preventScroll: true });
    e.scrollIntoView({ block: 'center' });
    told();
    here();
    save();
  }

  function turn(by) {
    const stops = changes();
    if (!stops.length) return;
    let k = current ? stops.indexOf(current) : -1;
    if (k >= 0) k += by;
    else if (current) {
      /* from where the reader is, though that is no change */
      k = stops.findIndex((r) => current.compareDocumentPosition(r) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (k < 0) k = stops.length;
      if (by < 0) k--;
    } else k = by > 0 ? 0 : -1;
    go(stops[(k + stops.length) % stops.length]);
  }

  function show(next) {
    view = next;
    apply();
    save();
    if (current) current.scrollIntoView({ block: 'center' });
  }

  function next() {
    const offered = views.filter((v) => v !== 'side' || roomy.matches);
    show(offered[(offered.indexOf(shown) + 1) % offered.length]);
  }

  function partner() {
    const r = current && current.dataset.m ? current : changes().find((x) => 'moved' in x.dataset);
    const to = r && doc.getElementById(r.dataset.m);
    if (!to) return;
    const there = to.closest('.r');
    if (shown === 'new' || shown === 'old') show('inline');
    go(there);
  }

  const help = doc.querySelector('dialog');
  const ask = () => { if (help.open) help.close(); else help.showModal(); };
  const keys = { n: () => turn(1), p: () => turn(-1), m: partner, v: next, '?': ask,
    Escape: () => { for (const d of all('.bar details[open]')) { d.open = false; d.firstChild.focus(); } } };
  doc.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || (help.open && e.key !== '?') || !keys[e.key]) return;
    if (e.key !== 'Escape') e.preventDefault();
    keys[e.key]();
  });
  doc.addEventListener('click', (e) => {
    const b = e.target.closest('button');
    if (b && b.dataset.view) show(b.dataset.view);
    else if (b && b.dataset.go) turn(+b.dataset.go);
    else if (b && 'help' in b.dataset) ask();
    for (const d of all('.bar details[open]')) if (!d.contains(e.target)) d.open = false;
    const a = e.target.closest('a[href^="#"]');
    const to = a && (a.row || doc.getElementById(a.getAttribute('href').slice(1)));
    if (!to || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    if (to.closest('.r,details.st')) go(a.row || to.closest('.r'));
    else {
      to.tabIndex = -1;
      to.focus();
    }
  });
  doc.addEventListener('change', (e) => {
    const c = e.target;
    if (!c.closest('.pop')) return;
    if (c.name === 'rf') reformatted = c.checked;
    else if (c.checked) off.delete(c.name);
    else off.add(c.name);
    sift();
    apply();
    save();
  });
  roomy.addEventListener('change', apply);
  let timer;
  addEventListener('resize', () => { clearTimeout(timer); timer = setTimeout(changed, 120); });
  main.addEventListener('toggle', changed, true);
  main.addEventListener('contentvisibilityautostatechange', () => redraw(200), true);

  /* Paper has all stories open, and one column. */
  let folded = null, before;
  addEventListener('beforeprint', () => {
    folded = stories.filter((d) => !d.open);
    for (const d of folded) d.open = true;
    before = view;
    if (view === 'side') { view = 'inline'; apply(); }
  });
  addEventListener('afterprint', () => {
    for (const d of folded || []) d.open = false;
    if (before !== view) { view = before; apply(); }
  });

  function restore() {
    const parts = decodeURIComponent(location.hash.slice(1)).split(',');
    off.clear();
    reformatted = false;
    view = 'inline';
    for (const p of parts.slice(1)) {
      if (views.includes(p)) view = p;
      else if (p === 'rf') reformatted = true;
      else if (p[0] === '-') off.add(p.slice(1));
    }
    sift();
    apply();
    const to = parts[0] && doc.getElementById(parts[0]);
    if (to && to.closest('.r')) go(to.closest('.r'));
  }
  addEventListener('hashchange', restore);
  restore();
})();
