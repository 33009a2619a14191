// A form that is kept while it is filled in, and sent through the queue.
import { entryOf, fill, saysNothing, valuesOf, valuesOfEntry } from './answers.js';
import { askFirst } from './asking.js';
import { askForSync, sendNow } from './waiting.js';
import { all, drop, get, put, queue } from './store.js';
import { words } from './words.js';

// Where the eyes are: right above the button.
export const note = (form) => {
  const line = document.createElement('p');
  line.className = 'small said';
  line.setAttribute('role', 'status');
  const send = form.querySelector('.send');
  if (send) send.prepend(line);
  else form.querySelector('.actions:last-child').before(line);
  return line;
};

// Whose it is, and about what: nobody finds what somebody else was writing, on this card or on another.
export const draftOf = ({ card, shift, kind = '', by = '', by_name = '' }) => JSON.stringify([card, kind, by || by_name, shift]);

export const sameAnswerer = (one, other) => (one.card ?? '') === (other.card ?? '') && (one.by ?? '') === (other.by ?? '')
  && (one.by_name ?? '') === (other.by_name ?? '');

export const keepDraft = (form, about, said) => {
  let last = Promise.resolve();
  const keep = () => {
    const draft = { id: draftOf(about), seen: form.elements.seen?.value, began_at: about.began_at, values: valuesOf(form) };
    last = last.then(() => put('drafts', draft)).then(() => { said.textContent = words.kept; }, () => { said.textContent = ''; });
  };
  form.addEventListener('input', keep);
  form.addEventListener('change', keep);
  return () => last;
};

const restore = async (form, about, said) => {
  const draft = await get('drafts', draftOf(about));
  const entry = (await all('entries')).find((one) => !one.kind && one.shift === about.shift && one.state === 'waiting' && sameAnswerer(one, about));
  if (entry) {
    about.replaces = entry.key;
    form.elements.seen.value = entry.seen;
    fill(form, valuesOfEntry(entry));
  }
  if (draft?.seen === form.elements.seen.value) {
    fill(form, draft.values);
    about.began_at = draft.began_at;
    said.textContent = words.kept;
  } else if (draft) await drop('drafts', draft.id);
};

// `about`: { card, shift, label, by, by_name, who, unseen }; `unseen`: something was sent that can't be shown here.
// `sent(entry, what became of it)` decides what the page does then.
// `other`: the form behind "did not come", for a page where that is one.
export const keepForm = async (form, about, sent, other = null) => {
  about.began_at = new Date().toISOString();
  const said = note(form);
  await restore(form, about, said);
  const settled = keepDraft(form, about, said);
  let busy = false;
  const submit = async (event, attendance) => {
    event.preventDefault();
    if (busy) return;
    const { replaces, unseen, ...rest } = about;
    const entry = entryOf(form, rest, attendance);
    if (saysNothing(entry)) { said.textContent = words.empty; return; }
    busy = true;
    try {
      await settled();
      const waiting = replaces ? await get('entries', replaces) : null;
      if (!await askFirst(form, entry, entryOf(form, rest), waiting, unseen)) { busy = false; return; }
      await queue(entry, draftOf(about), replaces);
    } catch {
      // No room to keep anything: the form goes the way it goes without any script, where there is one.
      busy = false;
      if (!form.elements.csrf_token) { said.textContent = words.full; return; }
      HTMLFormElement.prototype.submit.call(attendance && other ? other : form);
      return;
    }
    askForSync();
    const became = await sendNow();
    busy = false;
    about.replaces = undefined;
    sent(entry, became[entry.key] ?? 'waits');
  };
  form.addEventListener('submit', (event) => submit(event, event.submitter?.value === 'absent' ? 'absent' : null));
  other?.addEventListener('submit', (event) => submit(event, 'absent'));
};
