// Today's card drawn from what this phone keeps, for when there is no signal.
import { drawForm } from './drawing.js';
import { keepForm, sameAnswerer } from './keeping.js';
import { refresh } from './send.js';
import { all, get, put as store, wipe } from './store.js';
import { drawTold, keepTold } from './telling.js';
import { keepSending } from './waiting.js';
import { copyOf, instant, localDay, nameThem, put, when, words } from './words.js';

const part = (name) => document.querySelector(`[data-${name}]`);
const list = (name, items) => {
  part(name).hidden = items.length === 0;
  part(name).querySelector('ul').replaceChildren(...items);
};

const SAVED = 'saved';
// The addresses of the pages behind the card's buttons: without signal they lead here, too.
const TOLD = ['worried', 'accident'];
const PAGE = location.pathname.split('/')[2] ?? '';
const begun = (shift) => shift.begun || instant(shift.day, shift.start) <= new Date();
const label = ({ day, start, end }) => ({ day, start, end });
// A colleague who answers on this phone, by name; '' for the one whose card it is.
let colleague = '';

// The one that was asked for, else today's that has begun, today's, the latest owed, the next one.
const choose = (shifts, wanted) => {
  const today = shifts.filter((one) => one.day === localDay());
  const owed = shifts.filter((one) => one.state !== 'sent' && begun(one));
  return shifts.find((one) => one.id === wanted) ?? today.filter(begun).at(-1) ?? today[0] ?? owed.at(-1)
    ?? shifts.find((one) => !begun(one)) ?? null;
};

const callLine = ({ name, phone }, plain) => {
  const link = copyOf('call');
  link.href = `tel:${phone.replaceAll(' ', '')}`;
  const said = link.querySelector('[data-said]');
  said.textContent = plain ? `${name}: ${phone.replaceAll(' ', '\u00a0')}` : put(said.textContent, { name });
  return link;
};

const drawKnown = (data) => {
  part('known').hidden = false;
  part('lines').hidden = data.lines.length === 0;
  part('lines').firstElementChild.textContent = data.lines.join(' · ');
  part('call').replaceChildren(...data.call.map((one) => callLine(one)));
  part('numbers').replaceChildren(...[...(data.help ?? []), ...data.call].map((one) => callLine(one, true)));
  part('any-country').hidden = Boolean(data.help?.length);
};

const other = (shift, data, waits) => {
  const item = copyOf('other');
  const button = item.querySelector('button');
  if (waits) button.textContent = button.dataset.change;
  item.querySelector('[data-label]').textContent = when(shift);
  button.addEventListener('click', () => { draw(data, shift.id); scrollTo(0, 0); });
  return item;
};

const plain = (shift) => Object.assign(document.createElement('li'), { textContent: when(shift) });

const aboutShift = (data, shift) => ({
  card: data.card ?? '', shift: shift.id, label: label(shift), by: '', by_name: colleague, unseen: !colleague && shift.seen > 0,
});

const drawQuestion = async (data, shift) => {
  const place = part('form');
  if (!shift || !begun(shift)) { place.replaceChildren(); return; }
  const form = drawForm(data, shift, colleague ? 0 : shift.seen);
  place.replaceChildren(form);
  await keepForm(form, aboutShift(data, shift), (_entry, became) => {
    if (became === 'saved') location.assign(`/card/sent?shift=${encodeURIComponent(shift.id)}${colleague ? '&by=1' : ''}`);
    else { colleague = ''; draw(data, SAVED); scrollTo(0, 0); }
  });
  form.dataset.ready = 'yes';
};

const heading = (data, chosen, wanted) => {
  const texts = part('heading').dataset;
  if (!chosen) return texts[wanted === SAVED ? 'saved' : 'none'];
  return put(begun(chosen) ? texts.answer : texts.coming, { name: data.person });
};

// What this answerer has on this phone: shift → state of the entry.
const keptOf = async (data) => {
  const who = { card: data.card ?? '', by: '', by_name: colleague };
  return new Map((await all('entries')).filter((one) => !one.kind && sameAnswerer(one, who)).map((one) => [one.shift, one.state]));
};

// `wanted`: a shift's id; SAVED right after one was filled in: the next one is offered, not begun.
const draw = async (data, wanted) => {
  const kept = await keptOf(data);
  const answered = (one) => !colleague && one.state === 'sent';
  // Between two answers somebody chooses; a third helps nobody.
  const asks = (one) => one.id === wanted && kept.get(one.id) !== 'choice';
  const open = data.shifts.filter((one) => asks(one) || (!kept.has(one.id) && !answered(one)));
  const chosen = wanted === SAVED ? null : choose(open, wanted);
  part('heading').textContent = heading(data, chosen, wanted);
  part('lead').textContent = chosen ? `${data.person} · ${when(chosen)}` : data.person;
  part('not-begun').hidden = !chosen || begun(chosen);
  part('by').hidden = !colleague;
  part('by').querySelector('span').textContent = put(part('by').dataset.said, { name: colleague });
  drawKnown(data);
  const rest = data.shifts.filter((one) => one !== chosen);
  const asked = rest.filter((one) => begun(one) && (kept.has(one.id) ? kept.get(one.id) === 'waiting' : !answered(one)));
  list('owed', asked.map((one) => other(one, data, kept.has(one.id))));
  list('coming-up', rest.filter((one) => !begun(one)).map(plain));
  part('else').hidden = false;
  await drawQuestion(data, chosen);
};

// In place of the card: one of its other forms.
const instead = (id, data) => {
  const place = part('form');
  const box = copyOf(id);
  nameThem(box, { name: data.person });
  // It goes nowhere by itself: what is written never stands in an address.
  box.querySelector('form').method = 'dialog';
  drawKnown(data);
  part('known').hidden = true;
  part('heading').textContent = box.dataset.heading;
  part('lead').textContent = data.person;
  place.replaceChildren(box);
  return box;
};

const drawTelling = async (data) => {
  const box = instead(PAGE, data);
  const form = box.querySelector('form');
  box.querySelector('[data-first-call]').replaceChildren(...data.call.map((one) => callLine(one)));
  if (PAGE === 'accident') {
    const now = new Date();
    form.elements.day.value = localDay(now);
    form.elements.time.value = now.toTimeString().slice(0, 5);
  }
  const running = data.shifts.filter((one) => one.day === localDay() && begun(one)).at(-1);
  const about = { card: data.card ?? '', kind: PAGE, shift: running?.id ?? '' };
  await keepTold(form, about, (became) => { drawTold(box, box.dataset.saved, became); });
};

const askWho = (data, wanted) => {
  const box = instead('colleague', data);
  const form = box.querySelector('form');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    colleague = form.elements.name.value.trim().replace(/\s+/g, ' ');
    if (colleague) { draw(data, wanted); scrollTo(0, 0); } else form.elements.name.focus();
  });
  form.dataset.ready = 'yes';
};

const drawPage = async (data, wanted) => {
  if (TOLD.includes(PAGE)) await drawTelling(data);
  else if (PAGE === 'colleague') askWho(data, wanted);
  else await draw(data, wanted);
  part('by').querySelector('button').addEventListener('click', () => { colleague = ''; draw(data, wanted); });
};

const forget = async () => {
  const unsent = (await all('entries')).some((entry) => entry.state !== 'held');
  if (unsent && !part('asked').textContent) { part('asked').textContent = words.forget; return; }
  await wipe();
  // The cookie can only be taken away with signal: the next visit does.
  await store('card', { id: 'forget' });
  location.reload();
};

// Whether somebody is in the middle of something here: then nothing is drawn anew under their hands.
const isBusy = async () => PAGE !== '' || colleague !== '' || (await all('drafts')).length > 0;

const start = async () => {
  const kept = await get('card', 'now');
  const wanted = new URLSearchParams(location.search).get('shift');
  part('no-card').hidden = Boolean(kept);
  if (kept) await drawPage(kept.data, wanted);
  else part('any-country').hidden = false;
  part('leave').addEventListener('click', forget);
  await keepSending(async () => {
    if (await get('card', 'forget')) { if (navigator.onLine) await goBack(); return; }
    if (!kept) return;
    const found = await refresh();
    if (found === 'unreachable') return;
    part('signal').firstElementChild.textContent = part('signal').dataset.back;
    part('signal').querySelector('a').textContent = part('signal').dataset.open;
    if (found === 'ended') location.assign('/card');
    else if (!await isBusy()) await draw((await get('card', 'now')).data, wanted);
  });
};

// Forgetting waits for signal: the card's own page finishes it.
const goBack = async () => {
  const answer = await fetch('/card', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (answer?.ok) location.assign('/card');
};

start().catch(() => { part('no-card').hidden = false; });
