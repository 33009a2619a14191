// The card while there is signal: the same page as without this, that also works once the signal is gone.
import { draftOf, keepForm } from './keeping.js';
import { refresh } from './send.js';
import { all, get, wipe } from './store.js';
import { keepSending } from './waiting.js';
import { words } from './words.js';

const box = document.querySelector('[data-draft]');
const form = box?.querySelector('form');
const leaving = document.querySelector('form[action$="/card/forget"]');

const settleIn = () => {
  const { worker } = document.querySelector('[data-worker]').dataset;
  navigator.serviceWorker?.register(worker, { scope: '/card' }).catch(() => {});
  navigator.storage?.persist?.().catch(() => {});
};

const thanks = ({ shift, by }) => location.assign(`/card/sent?shift=${encodeURIComponent(shift)}${by ? '&by=1' : ''}`);

const afterSending = (entry, became) => {
  if (became === 'saved') thanks(entry);
  else {
    box.hidden = true;
    document.querySelector('[data-waiting]').scrollIntoView({ block: 'center' });
  }
};

// Nothing stays behind on a phone that is not theirs; what would be lost by it is asked about once.
const leave = (event) => {
  event.preventDefault();
  (async () => {
    const unsent = (await all('entries')).some((entry) => entry.state !== 'held');
    if (unsent && !leaving.dataset.asked) {
      leaving.dataset.asked = 'yes';
      const line = document.createElement('p');
      line.setAttribute('role', 'alert');
      line.textContent = words.forget;
      leaving.prepend(line);
      return;
    }
    await wipe();
    HTMLFormElement.prototype.submit.call(leaving);
  })().catch(() => HTMLFormElement.prototype.submit.call(leaving));
};

// What waited for this very shift has arrived since the page was made: it says so, unless somebody is writing here.
// A colleague's form is about nothing that was sent before.
const isOld = async (about) => {
  if (about.by) return false;
  const shift = (await get('card', 'now'))?.data.shifts.find((one) => one.id === about.shift);
  return shift && !box.hidden && String(shift.seen) !== form.elements.seen.value && !(await get('drafts', draftOf(about)))
    && !(await all('entries')).some((entry) => entry.shift === shift.id);
};

const aboutIt = () => {
  const { draft: shift, card, day, start, end, who } = box.dataset;
  return { card, shift, label: { day, start, end }, by: form.elements.by?.value ?? '', by_name: '', who };
};

const start = async () => {
  if (await get('card', 'forget')) {
    await wipe();
    HTMLFormElement.prototype.submit.call(leaving);
    return;
  }
  const about = form && aboutIt();
  if (form) await keepForm(form, about, afterSending, document.getElementById('did-not-come'));
  leaving?.addEventListener('submit', leave);
  await keepSending(async () => {
    await refresh();
    if (form && await isOld(about)) location.reload();
  });
  if (form) form.dataset.ready = 'yes';
};

settleIn();
start().catch(() => { /* no storage: everything works as it does without a script */ });
